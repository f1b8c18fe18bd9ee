# Объявления: сказать всем в сети, увидеть, кто получил

announcement-title = Объявление
announcement-title-short = объявление
announcement-new = 📣 Объявление
announcement-network-ask =
    <b>Кому объявить?</b>

    Выберите сеть или напишите часть названия.
announcement-network-label = Сеть
announcement-pieces-ask =
    <b>Что объявить?</b>

    Пришлите текст, фото, файл или несколько сразу. Жирный шрифт, курсив и ссылки сохранятся. Когда всё, нажмите «Готово».
announcement-pieces-label = Объявление
announcement-whom-label = Кому
announcement-whom-network = только этой сети
announcement-whom-network-switch = Только этой сети
announcement-whom-branch = этой сети и всем ниже
announcement-whom-branch-switch = ➕ И сетям ниже
announcement-summary =
    <b>Разослать?</b> Так объявление увидят участники ⬆️

    Сеть: «{ $network }»{ $whom ->
        [branch] {""} и все сети ниже
       *[network] {""}
    }
    { $people ->
        [0] Получат: никто, других участников в сети пока нет
        [one] Получат: { $people } человек
        [few] Получат: { $people } человека
       *[many] Получат: { $people } человек
    }
announcement-quiet = 🌙 Сейчас тихие часы. Объявление придёт людям { $moment }.
announcement-finish = 📣 Разослать

announcement-head = 📣 <b>Объявление: { $network }</b>
announcement-author = <i>{ $name }</i>
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
announcement-refresh = 🔄 Обновить
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
