# Карточка сети: что в ней меняет координатор, документы, вид сети

card-edit-title = <b>Изменить карточку: { $title }</b>
card-edit-hint = Что изменить?
card-saved = Сохранено
card-nothing = не указано
card-form-line = <b>Форма:</b> { $form }
card-subjects-line = <b>Предметы:</b> { $subjects }
card-goal-line = <b>Цель:</b> { $goal }
card-about-line = <b>Описание:</b> { $description }
card-chat-line = <b>Чат:</b> { $url }
card-kind-line = <b>Вид:</b> { $kind }
card-title = Название
card-goal = Цель
card-about = Описание
card-form = Форма
card-subjects = Предметы
card-kind = Вид сети
card-chat = 💬 Чат
card-documents = 📄 Документы

card-kind-text =
    <b>Вид сети: { $title }</b>

    <b>Статус:</b> { $status }
    <b>Состав:</b> { $structure }
    <b>Подчинённость:</b> { $level }
    <b>Задача:</b> { $orientation }
    <b>Сферы:</b> { $scope }

    Что изменить?
card-status = Статус
card-structure = Состав
card-level = Подчинённость
card-orientation = Задача
card-leave-open = Не указывать
card-scope = Сферы

network-status-formal = формальная
network-status-informal = неформальная
network-structure-linear = линейная
network-structure-hierarchical = иерархическая
network-structure-mixed = смешанная по составу
network-level-municipal = муниципальная
network-level-regional = региональная
network-level-federal = федеральная
network-level-mixed = смешанная по подчинённости
network-orientation-information = информационная
network-orientation-social = социально-функциональная
network-orientation-innovation = инновационная
network-scope-single = однонаправленная
network-scope-multiple = полинаправленная

network-edit-title-short = карточка сети
network-edit-about = Сеть: { $about }
network-edit-title-ask =
    <b>Как назвать сеть?</b>

    Коротко и понятно: на кнопке видно первые 30 букв.
network-edit-goal-ask =
    <b>Какая у сети цель?</b>

    Одно-два предложения.
network-edit-goal-skip = Без цели
network-edit-description-ask =
    <b>О чём сеть?</b>

    Чем она занимается, кого ждёт, как часто собирается.
network-edit-description-skip = Без описания
network-edit-chat-ask =
    <b>Где чат сети?</b>

    Пришлите ссылку или имя чата, которое начинается с «@». Кнопку чата увидят только участники сети.
network-edit-chat-skip = Без чата
network-edit-form-ask =
    <b>Какая это форма?</b>

    Выберите или напишите часть названия.
network-edit-subjects-ask =
    <b>Для каких предметов сеть?</b>

    Отметьте предметы или направления: по ним сеть покажется в «Для вас».
network-edit-subjects-skip = Без предметов
network-edit-files-ask =
    <b>Какие документы добавить?</b>

    Пришлите файлы: положение, план, приказ. Если файл один, напишите к нему название в подписи.
card-status-ask =
    <b>Сеть формальная?</b>

    Формальная создана приказом и отчитывается, неформальная сложилась сама.

    Сеть: { $title }
card-structure-ask =
    <b>Кто входит в сеть?</b>

    Линейная — организации одного типа, иерархическая — разных ступеней образования, смешанная — и те и другие.

    Сеть: { $title }
card-level-ask =
    <b>Кому подчинены её организации?</b>

    Сеть: { $title }
card-orientation-ask =
    <b>Какая у сети главная задача?</b>

    Информационная — обмен информацией и методиками, социально-функциональная — живое общение, инновационная — новые идеи и технологии.

    Сеть: { $title }
card-scope-ask =
    <b>В скольких сферах она работает?</b>

    Однонаправленная — в одной, например в образовании; полинаправленная — в нескольких: образование, культура, спорт.

    Сеть: { $title }

documents-title =
    <b>Документы: { $title }</b>

    Нажмите на документ, и я пришлю файл.
documents-none = Документов пока нет.
documents-line = { $number }. { $title }
documents-untitled = Файл № { $number }
documents-lost = ⚠️ Этого файла больше нет: ни у нас, ни в Telegram.
documents-add = ➕ Добавить документ
documents-added = { $count ->
        [one] Добавлен { $count } документ
        [few] Добавлено { $count } документа
       *[many] Добавлено { $count } документов
    }
documents-remove = 🗑 Убрать документ
documents-remove-which = <b>Какой документ убрать из карточки «{ $title }»?</b>
documents-remove-ask = <b>Убрать документ «{ $title }»?</b> Его больше никто не увидит.
documents-remove-yes = Да, убрать
documents-remove-no = Нет, оставить
documents-removed = Документ убран
