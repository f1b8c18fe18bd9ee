# Объявление, пока его составляют: кому, когда, с какими кнопками; черновики и шаблоны

draft-title = Кнопка под объявлением
draft-title-short = изменение объявления

draft-ask-send = <b>Разослать?</b> Так объявление увидят участники ⬆️
draft-ask-schedule = <b>Запланировать?</b> Так объявление увидят участники ⬆️
draft-title-scheduled = <b>🗓 Объявление запланировано</b>
draft-title-template = <b>📋 Шаблон объявления</b>
draft-title-sent = <b>📣 Объявление разослано</b>

draft-to = Кому: { $parts }
draft-to-nobody = Кому: пока никому, добавьте кого-нибудь
draft-but = Кроме: { $parts }
draft-part-members = участники сети «{ $network }»{ $branch ->
    [yes] {" "}и всех сетей ниже
   *[no] {""}
}
draft-part-experts = эксперты сети «{ $network }»{ $branch ->
    [yes] {" "}и сетей ниже
   *[no] {""}
}
draft-part-coordinators = координаторы сети «{ $network }»{ $branch ->
    [yes] {" "}и сетей ниже
   *[no] {""}
}
draft-part-moderators = модераторы сети «{ $network }»{ $branch ->
    [yes] {" "}и сетей ниже
   *[no] {""}
}
draft-part-followers = подписчики сети «{ $network }»
draft-part-organisation = все из организации «{ $title }»
draft-part-subject = все, кто ведёт предмет «{ $title }»
draft-part-within = { $who } в сети «{ $network }» и ниже
draft-people = { $people ->
    [0] Получат: никто, таких людей пока нет
    [one] Получат: { $people } человек
    [few] Получат: { $people } человека
   *[many] Получат: { $people } человек
}
draft-when-now = Когда: сразу
draft-when-at = Когда: { $moment }
draft-weekly = 🔁 Повтор: каждую неделю
draft-monthly = 🔁 Повтор: каждый месяц
draft-mandatory = ❗ Обязательное: придёт и тем, кто отключил объявления
draft-urgent = 🚨 Срочное: придёт сразу, даже ночью
draft-acknowledge = ✍️ Попросим нажать «Ознакомлен(а)»
draft-acknowledge-by = ✍️ Попросим нажать «Ознакомлен(а)», срок: { $moment }
draft-buttons-are = Кнопки: { $labels }
draft-quiet = 🌙 Это тихие часы. Объявление придёт людям { $moment }.

draft-send = 📣 Разослать
draft-schedule = 🗓 Запланировать
draft-unschedule = 🚫 Отменить отправку
draft-with-branch = ➕ И сетям ниже
draft-network-only = Только этой сети
draft-audience-button = 👥 Кому
draft-when-button = 🕒 Когда
draft-text-button = ✏️ Текст
draft-buttons-button = 🔘 Кнопки
draft-settings-button = ⚙️ Важность и другое
draft-keep = 💾 Сохранить черновик
draft-kept = Черновик сохранён. Он виден всем координаторам сети.
draft-use = ✍️ Написать по шаблону
draft-open = Открыть объявление

draft-audience-title = <b>Кому объявить?</b>
draft-remove-hint = Чтобы убрать строку, нажмите ✖ с её номером.
draft-part-in = { $number }. { $part }
draft-part-out = { $number }. кроме: { $part }
draft-include = ➕ Добавить людей
draft-exclude = ➖ Кого не надо
draft-include-ask =
    <b>Кого добавить?</b>

    Эксперты, координаторы и модераторы — те, что в сети «{ $network }» и ниже. Каждый получит объявление один раз.
draft-exclude-ask =
    <b>Кто не должен получить?</b>

    Эксперты, координаторы и модераторы — те, что в сети «{ $network }» и ниже.
draft-a-network = Участники сети
draft-a-branch = Сеть и все ниже
draft-an-organisation = Организация
draft-a-subject = Предмет
draft-experts = Эксперты
draft-coordinators = Координаторы
draft-moderators = Модераторы
draft-followers = Подписчики

draft-when-title = <b>Когда разослать?</b>
draft-repeat-hint = Можно повторять: в тот же день недели или в то же число месяца и в то же время.
draft-at-once = Сразу
draft-at-time = Назвать день и время
draft-once = Один раз
draft-every-week = Каждую неделю
draft-every-month = Каждый месяц

draft-buttons-text =
    <b>Кнопки под объявлением</b>

    { $count ->
        [0] Своих кнопок пока нет. Можно добавить до трёх.
        [one] Добавлена { $count } кнопка из трёх. Нажмите на неё, чтобы убрать.
        [few] Добавлено { $count } кнопки из трёх. Нажмите на кнопку, чтобы убрать.
       *[many] Добавлено { $count } кнопок из трёх. Нажмите на кнопку, чтобы убрать.
    }
draft-link = 🔗 Ссылка
draft-to-network = 👥 Сеть
draft-to-event = 📅 Событие
draft-to-product = 📚 Материал

draft-settings-text =
    <b>Важность и другое</b>

    Обычное объявление ждёт утра, а кто отключил объявления сети, его не получит.
    Обязательное придёт и им.
    Срочное придёт всем сразу, даже ночью: только если ждать нельзя.
draft-usual-button = Обычное
draft-mandatory-button = Обязательное
draft-urgent-button = Срочное
draft-acknowledge-button = Просить ознакомиться
draft-set-deadline = 📅 Назначить срок
draft-no-deadline = Без срока
draft-keep-as-template = 📋 Сохранить как шаблон
draft-kept-as-template = Шаблон сохранён. Он лежит рядом с черновиками.
draft-preview-button = 👁 Показать, как увидят
draft-delete = 🗑 Удалить
draft-delete-ask =
    <b>Удалить?</b>

    { $snippet }
draft-delete-yes = Да, удалить
draft-delete-no = Нет, оставить
draft-deleted = Удалено.

drafts-button = 📝 Черновики и план
drafts-title = <b>📝 Черновики и запланированные объявления</b>
drafts-of = <b>📝 Черновики и план: { $title }</b>
drafts-none-yet = Черновиков, шаблонов и запланированных объявлений нет.
drafts-line-scheduled = { $number }. 🗓 Запланировано на { $moment }{ $network }: { $snippet }
drafts-line-draft = { $number }. 📝 Черновик{ $network }: { $snippet }
drafts-line-template = { $number }. 📋 Шаблон{ $network }: { $snippet }

draft-not-sent =
    <b>⚠️ Объявление не разослано</b>

    Оно было запланировано на { $moment }:
    <blockquote>{ $snippet }</blockquote>
    { $why }
draft-not-sent-late = Бот не работал в это время. Проверьте, не устарело ли объявление, и разошлите его.
draft-not-sent-nobody = Получать его некому: таких людей сейчас нет. Оно лежит в черновиках.
draft-not-sent-closed = Сеть закрыта. Объявление лежит в черновиках.
draft-not-sent-deadline = Срок ознакомления раньше самого объявления. Назначьте другой, объявление лежит в черновиках.
draft-not-sent-right = У того, кто его запланировал, больше нет права рассылать. Объявление лежит в черновиках, его может разослать другой координатор.
