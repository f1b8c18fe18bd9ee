# Объявления: сказать всем в сети, увидеть, кто получил

announcement-title = Объявление
announcement-title-short = объявление
announcement-new = 📣 Объявление
announcement-network-ask =
    <b>Кому объявить?</b>

    Выберите сеть или напишите часть названия.
announcement-pieces-ask =
    <b>Что объявить?</b>

    Пришлите текст, фото, файл или несколько сразу, можно переслать пост. Жирный шрифт, курсив и ссылки сохранятся. Вместо «{"{"}имя{"}"}» и «{"{"}организация{"}"}» каждый увидит своё. Когда всё, нажмите «Готово».
announcement-head = 📣 <b>Объявление: { $network }</b>
announcement-author = <i>{ $name }</i>
announcement-from-channel = ↪️ из канала «{ $title }»
announcement-from-chat = ↪️ из группы «{ $title }»
announcement-somebody = коллега
announcement-some-organisation = ваша организация
announcement-network-button = 👥 О сети

announcement-report-title = <b>📊 Отчёт об объявлении</b>
announcement-report-head =
    Сеть «{ $network }»
    { $moment }

    <blockquote>{ $snippet }</blockquote>
announcement-report-sent = ✅ Доставлено: { $count } из { $total }
announcement-report-waiting = ⏳ Ещё в пути: { $count }
announcement-report-blocked = 🚫 Остановили бота: { $count }
announcement-report-failed = ⚠️ Не удалось доставить: { $count }
announcement-report-unknown = ❔ Неизвестно, дошло ли: { $count }
announcement-report-cancelled = 👋 Вышли из сети до отправки: { $count }
announcement-report-twice = 🔁 Возможно, получили дважды: { $count }
announcement-report-button = 📊 Отчёт
announcement-show = 👁 Показать объявление
announcement-files-only = Без слов, { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }

announcements-title = <b>📣 Объявления моих сетей</b>
announcements-of = <b>📣 Объявления: { $title }</b>
announcements-none-yet = Объявлений пока не было.
announcement-line = { $number }. { $moment }{ $network }: { $snippet } — дошло { $sent } из { $total }
announcement-line-network = , { $title }
announcements-button = 🗂 Отправленные
announcement-about = Сеть: { $about }
announcement-when-ask =
    <b>Когда разослать?</b>

    Напишите день и время, как говорите: «завтра 10:00», «в пятницу в 9».
announcement-deadline-ask =
    <b>До какого времени люди должны ознакомиться?</b>

    Напишите день и время: «в пятницу 18:00».
announcement-url-ask =
    <b>Куда ведёт кнопка?</b>

    Пришлите ссылку: её можно скопировать в браузере.
announcement-wrong-link = Это не похоже на ссылку. Пришлите адрес целиком, например: { $example }
announcement-caption-ask =
    <b>Что написать на кнопке?</b>

    До 30 знаков, например: «Записаться на курсы». Можно пропустить: тогда на кнопке будет адрес сайта.
announcement-way-network-ask =
    <b>Какую сеть откроет кнопка?</b>

    Выберите или напишите часть названия.
announcement-way-event-ask =
    <b>Какое событие откроет кнопка?</b>

    Выберите или напишите часть названия.
announcement-way-product-ask =
    <b>Какой материал откроет кнопка?</b>

    Выберите или напишите часть названия.
announcement-part-network-ask =
    <b>Какая сеть?</b>

    Выберите или напишите часть названия.
announcement-part-organisation-ask =
    <b>Какая организация?</b>

    Напишите часть названия, например: «лицей 1».
announcement-part-subject-ask =
    <b>Какой предмет?</b>

    Выберите или напишите часть названия.
