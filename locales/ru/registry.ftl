# Реестр: списки людей и организаций

admin-registry = 📇 Реестр

registry-text =
    <b>Реестр</b>

    Организаций: { $organisations }
    Людей в списках центра: { $people }, из них уже в боте: { $recognised }

    Пришлите список из XLSX или CSV. Кто зарегистрируется, будет узнан по имени и организации.
registry-upload = ⬆️ Загрузить из файла
registry-download = ⬇️ Скачать в XLSX
registry-template = 📄 Образец таблицы
registry-doubts = ❓ Кто это?
registry-how =
    <b>Загрузка списка</b>

    Пришлите сюда файл XLSX или CSV: людей, организации или и то и другое на разных листах. Колонки узнаются по заголовкам: ФИО (или Фамилия, Имя, Отчество), Организация, Должность, Предметы, Телефон, Работает с; для организаций ещё Вид и Адрес.

    Сначала вы увидите, что изменится. Без вашего подтверждения ничего не запишется.
registry-refused =
    <b>Список не загружен</b>

    { $reason }
registry-preview = <b>Список «{ $file }» проверен</b>
registry-organisations-line = 🏫 Организации — новых: { $new }, изменятся: { $changed }, без изменений: { $unchanged }
registry-people-line = 👤 Люди — новых: { $new }, изменятся: { $changed }, без изменений: { $unchanged }
registry-no-good-rows = Строк, которые можно загрузить, нет.
registry-wrong-found = { $count ->
        [one] ⚠️ С ошибкой { $count } строка: она в файле выше, с причиной. Её не загрузим.
        [few] ⚠️ С ошибками { $count } строки: они в файле выше, с причинами. Их не загрузим.
       *[many] ⚠️ С ошибками { $count } строк: они в файле выше, с причинами. Их не загрузим.
    }
registry-new-titles =
    Новые организации из списка людей (проверьте, нет ли опечаток):
    { $titles }
registry-and-more = { " " }и ещё { $count }
registry-unknown = Не загружаются колонки: { $columns }
registry-not-yet = Пока ничего не записано.
registry-nothing-new = Загружать нечего: всё это в реестре уже есть.
registry-take = ✅ Загрузить
registry-taking = Загружаю…
registry-taken = <b>Список загружен</b>
registry-wrong-left = { $count ->
        [one] ⚠️ Не загружена { $count } строка: она с ошибкой.
        [few] ⚠️ Не загружены { $count } строки: они с ошибками.
       *[many] ⚠️ Не загружено { $count } строк: они с ошибками.
    }
registry-doubts-wait = Про некоторых участников нужно сказать, кто они из списка.

registry-doubts-title = <b>Кто это?</b>
registry-doubts-why = Эти участники похожи на людей из списков, но точно сказать нельзя.
registry-no-doubts = Все узнаны, решать нечего.
registry-doubt =
    <b>Кто это из списка?</b>

    Зарегистрирован(а): { $name }
    Организация: { $organisation }
registry-no-organisation = не указана
registry-candidate = { $number }. { $name } — { $organisation }{ $position }
registry-candidate-taken = { $number }. { $name } — { $organisation }: уже узнан(а) как другой участник
registry-is-this = ✅ Это { $number }
registry-is-none = Никто из них
registry-no-candidates = Похожих в списках больше нет.
registry-settled =
    <b>Записано</b>

    { $name } — это { $entry } из списка, { $organisation }.
registry-settled-none =
    <b>Записано</b>

    { $name } — никто из списка.

registry-template-file = Образец реестра.xlsx
registry-template-caption =
    <b>Образец таблицы</b>

    Заполните листы «Люди» и «Организации» и пришлите файл сюда. Строки-примеры не загружаются.
registry-wrong-file = Строки с ошибками.xlsx
registry-file = Реестр.xlsx
registry-file-caption =
    <b>Реестр</b>

    Организаций { $organisations }, людей { $people }. Исправьте и пришлите обратно: загрузятся только изменения.
registry-members = ⬇️ Скачать в XLSX
registry-members-file = Участники сети.xlsx
registry-members-caption =
    <b>Участники «{ $title }»</b>

    { $count ->
        [one] { $count } участник
        [few] { $count } участника
       *[many] { $count } участников
    }

registry-file-people = Люди
registry-file-organisations = Организации
registry-file-explained = Пояснения
registry-file-wrong = Ошибки
registry-file-name = ФИО
registry-file-organisation = Организация
registry-file-position = Должность
registry-file-subjects = Предметы
registry-file-phone = Телефон
registry-file-since = Работает с
registry-file-kind = Вид
registry-file-address = Адрес
registry-file-in-bot = В боте с
registry-file-registered = Зарегистрировано людей
registry-file-experience = Стаж, лет
registry-file-joined = В сети с
registry-file-sheet = Лист
registry-file-row = Строка
registry-file-reason = Что не так
registry-file-column = Колонка
registry-file-meaning = Что в ней писать
registry-file-example = Пример: { $value }
registry-file-example-name = Иванова Анна Петровна
registry-file-example-organisation = МОУ «Лицей № 1»
registry-file-example-position = Учитель
registry-file-example-subjects = Математика, информатика
registry-file-example-address = ул. Мира, 5
registry-file-about-name = Обязательно. Фамилия, имя и отчество в одной ячейке. Можно и в трёх колонках: Фамилия, Имя, Отчество.
registry-file-about-organisation = Обязательно. Как в реестре. Кавычки, «№», «ё» и большие буквы не важны. Новая организация будет добавлена.
registry-file-about-position = Можно не заполнять.
registry-file-about-subjects = Можно не заполнять. Несколько — через запятую.
registry-file-about-phone = Можно не заполнять. В любом виде: 8 (902) 123-45-67.
registry-file-about-since = Можно не заполнять. Дата, с которой человек преподаёт: 01.09.2015.
registry-file-about-kind = Школа, детский сад, дополнительное образование или другое. Если пусто, определим по названию.
registry-file-about-address = Можно не заполнять.
registry-file-about-all = Пустая ячейка не стирает того, что уже записано. Тот же список можно присылать снова: повторов не будет. Строки, которые начинаются со слова «Пример», пропускаются.

registry-wrong-repeated = То же самое уже есть в строке { $row }
registry-wrong-formula = В колонке «{ $column }» формула без значения ({ $value }): впишите само значение
registry-wrong-date-here = В колонке «{ $column }» дата, а нужны слова
registry-wrong-long = В колонке «{ $column }» больше { $most } знаков
registry-wrong-empty = Не заполнена колонка «{ $column }»
registry-wrong-kind = Неизвестный вид организации: { $value }. Бывают: школа, детский сад, дополнительное образование, другое
registry-wrong-title = Это не похоже на название организации: { $value }
registry-wrong-phone = Это не похоже на телефон: { $value }
registry-wrong-day = В колонке «{ $column }» нужна дата, например 01.09.2015, а стоит: { $value }

error-registry-file = { $reason ->
        [too-large] Файл больше { $most } МБ: таких бот не открывает. Разделите список на части.
        [huge] Файл слишком велик, когда распакован: для списка людей это странно. Скопируйте список в новую таблицу и пришлите её.
        [long] В файле больше { $most } строк. Разделите список на части.
        [wide] В файле больше { $most } колонок. Оставьте только нужные.
        [old] Это файл старого Excel (XLS) или под паролем. Сохраните его как «Книга Excel (.xlsx)» без пароля.
        [empty] В файле нет ни одной строки, которую можно загрузить.
        [encoding] Буквы в файле не разобрать. Сохраните его как XLSX или как «CSV UTF-8».
        [headings] В файле нет знакомых колонок. Нужны «ФИО» и «Организация» для людей или «Организация» для организаций.
       *[broken] Файл не открывается: он повреждён или это не таблица XLSX и не CSV.
    }
error-list-gone = Файла больше нет в чате, или он не пришёл целиком. Пришлите его ещё раз.
error-doubt-decided = Уже решено, кто это.
error-entry-taken = Этот человек из списка уже узнан: это другой участник.
error-merge-refused = { $reason ->
        [same] Это один и тот же участник: выберите двух разных.
        [own] Это вы сами: свою карточку можно только оставить. Выберите её первой.
        [talked] Эти двое переписывались в консультации как автор вопроса и эксперт: это разные люди.
       *[needed] На эту организацию ссылаются списки центра: её нельзя убрать.
    }
error-proposal-decided = «{ $title }» уже в реестре.

registry-merge = 👥 Объединить двойников

merge-title = <b>Двойники: что оставить</b>
merge-title-short = объединение
merge-kept-ask = <b>Чья карточка останется?</b>
merge-other-ask = <b>Какая карточка — её двойник?</b>
merge-line =
    <b>{ $field }</b>
    { $first } 1) { $kept }
    { $second } 2) { $other }
merge-how = Останется первая карточка с отмеченным ✅. Сети, роли, вопросы, работы и записи второй перейдут к ней.
merge-take-first = { $field }: взять из 1
merge-take-second = { $field }: взять из 2
merge-swap = ⇄ Поменять местами
merge-go = Объединить…
merge-telegram = Telegram
merge-nothing = не указано
merge-ask =
    <b>Объединить двух участников?</b>

    Карточка «{ $other }» исчезнет, всё её перейдёт к «{ $kept }». Отменить это нельзя. С аккаунта Telegram, который не выбран, придётся регистрироваться заново.
merge-yes = ✅ Да, объединить
merge-no = Нет, вернуться
merge-done =
    <b>Объединено</b>

    Теперь это один участник: { $name }.
