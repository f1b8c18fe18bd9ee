# Вступление: заявки, соглашения, участники

network-apply = 📝 Подать заявку
network-withdraw = ↩️ Отозвать заявку
network-agree = 📄 Принять соглашение
network-agreement = 📄 Соглашение
network-applied = 📝 Ваша заявка ждёт решения координатора. Я сообщу, как только он решит.
network-apply-hint = Заявку рассмотрит координатор: он увидит ваши ФИО и место работы.
network-declined = ↩️ Прошлую заявку отклонили: «{ $reason }». Можно подать новую.
network-expired = ⌛ На прошлую заявку никто не ответил, её срок истёк. Можно подать новую.
network-must-agree = 📄 Соглашение сети обновилось. Прочитайте и примите его.
network-now-applied = Заявка подана
network-now-withdrawn = Заявка отозвана
network-leave-why = Выйти и сказать почему
network-left-behind =
    <b>Вы вышли из сети «{ $title }»</b>

    Её видят только участники, поэтому карточка больше не откроется.

joining-button = 🚪 Вступление
joining-title = <b>Вступление: { $title }</b>
joining-applications = 📝 Заявки
joining-invitations = ✉️ Приглашения
joining-policy = 🔑 Как вступают
joining-visibility = 👁 Кто видит сеть
joining-agreement = 📄 Соглашение
joining-no-agreement = 📄 Соглашения нет
joining-agreement-line = 📄 Соглашение, версия { $version }
joining-waiting = { $count ->
        [0] 📝 Заявок нет
        [one] 📝 Ждёт решения { $count } заявка
        [few] 📝 Ждут решения { $count } заявки
       *[many] 📝 Ждут решения { $count } заявок
    }
joining-saved = ✅ Сохранено
joining-open-network = 🔎 Открыть сеть
joining-reason = 💬 { $reason }

joining-policy-ask =
    <b>Как вступают в сеть «{ $title }»?</b>

    Кто уже состоит, тот останется.
joining-policy-open = 🔓 Сразу, каждый
joining-policy-application = 📝 По заявке
joining-policy-invitation = 🔒 По приглашению
joining-visibility-ask =
    <b>Кто видит сеть «{ $title }»?</b>

    Участники и координаторы видят её всегда.
joining-visibility-everyone = 🌍 Все
joining-visibility-registered = 👤 Зарегистрированные
joining-visibility-parent = 🌳 Участники сети выше
joining-visibility-members = 🙈 Никто, скрыта
joining-visibility-everyone-is = 👁 Видят все
joining-visibility-registered-is = 👁 Видят зарегистрированные
joining-visibility-parent-is = 👁 Видят участники вышестоящей сети
joining-visibility-members-is = 👁 Скрыта: видят только участники

applications-title = <b>Заявки: { $title }</b>
applications-none = Заявок сейчас нет.
application-line = { $number }. { $name } — { $organisation }
application-head =
    <b>Заявка в сеть «{ $network }»</b>

    { $name }
    { $organisation }
application-approve = ✅ Одобрить
application-decline = ✖️ Отклонить
application-all = 📝 Все заявки
application-approve-all = ✅ Одобрить все
application-approve-all-ask = <b>Одобрить { $count ->
        [one] { $count } заявку
        [few] { $count } заявки
       *[many] { $count } заявок
    } в сеть «{ $title }»?</b> Все эти люди станут участниками.
application-approve-all-yes = Да, одобрить
application-approve-all-no = Нет, назад
application-is-approved = ✅ Заявка одобрена.
application-is-declined = ✖️ Заявка отклонена.
application-is-withdrawn = ↩️ Заявку отозвали.
application-is-expired = ⌛ Срок заявки истёк.
application-now-approved = ✅ Принят(а) в сеть
application-now-approved-all = { $count ->
        [0] Одобрять уже нечего
        [one] ✅ Одобрена { $count } заявка
        [few] ✅ Одобрены { $count } заявки
       *[many] ✅ Одобрено { $count } заявок
    }
application-now-declined = Отклонено. Я сообщу об этом
application-told-came =
    📥 <b>Новая заявка в сеть «{ $network }»</b>

    { $name }
    { $organisation }
application-told-waits =
    ⏳ <b>Заявка в сеть «{ $network }» ждёт уже три рабочих дня</b>

    { $name }
    { $organisation }
application-told-approved = 🎉 <b>Вас приняли в сеть «{ $network }»</b>
application-told-declined =
    <b>Заявку в сеть «{ $network }» отклонили</b>

    Можно поправить дело и подать новую.
application-told-expired =
    ⌛ <b>Заявка в сеть «{ $network }» осталась без ответа</b>

    За месяц её никто не рассмотрел. Можно подать новую.

member-head =
    <b>{ $name }</b>
    { $organisation }

    В сети «{ $network }» с { $since }.
member-remove = ⛔ Исключить
member-removed =
    <b>Участник исключён: { $network }</b>

    Я сообщу ему об этом и назову причину.
member-told-removed = <b>Вас исключили из сети «{ $network }»</b>
member-told-left = 🚪 <b>{ $name } больше не участник сети «{ $network }»</b>

agreement-text =
    <b>Соглашение о методическом взаимодействии</b>
    Сеть «{ $network }», версия { $version }

    { $text }
agreement-asked = 📄 <b>Прочитайте и примите новое соглашение</b>
agreement-accept = ✅ Принимаю
agreement-accept-and-join = ✅ Принимаю и вступаю
agreement-now-accepted = Соглашение принято
agreement-none =
    <b>Соглашение: { $network }</b>

    Соглашения нет: вступают без него. Если оно нужно, пришлите текст, и каждый участник его примет.
agreement-standing =
    <b>Соглашение: { $network }</b>

    Версия { $version } от { $on }.
    Приняли: { $accepted } из { $members }
agreement-read = 📄 Прочитать
agreement-new = ✏️ Новая версия
agreement-unaccepted = ⏳ Не приняли
agreement-unaccepted-title = <b>Не приняли соглашение: { $network }</b>
agreement-unaccepted-line = { $number }. { $name } — { $organisation }
agreement-unaccepted-none = Приняли все.
agreement-published = Соглашение действует. Участники получат его на подпись

decline-title-short = отклонение заявки
decline-reason-ask =
    <b>Почему вы отклоняете заявку?</b>

    Напишите в одном-двух предложениях: человек получит ваши слова целиком.
decline-reason-label = Причина
decline-summary = <b>Отклонить заявку?</b>
decline-finish = ✖️ Отклонить
expel-title-short = исключение из сети
expel-reason-ask =
    <b>Почему вы исключаете участника?</b>

    Напишите в одном-двух предложениях: человек получит ваши слова целиком.
expel-reason-label = Причина
expel-summary = <b>Исключить из сети?</b>
expel-finish = ⛔ Исключить
leave-title-short = выход из сети
leave-reason-ask =
    <b>Почему вы выходите?</b>

    Напишите в одном-двух предложениях: ваши слова прочитает координатор.
leave-reason-label = Причина
leave-summary = <b>Выйти из сети?</b>
leave-finish = Выйти
agreement-title-short = соглашение сети
agreement-text-ask =
    <b>Пришлите текст соглашения</b>

    До 3000 знаков. Каждый участник прочитает его и нажмёт «Принимаю».
agreement-text-label = Текст
agreement-summary = <b>Ввести соглашение в действие?</b> Участники получат его сразу.
agreement-finish = ✅ Ввести в действие

error-agreement-not-accepted = В сети «{ $title }» действует новое соглашение. Прочитайте его и примите.
error-application-approved = Эта заявка уже одобрена.
error-application-declined = Эту заявку уже отклонили: { $name }.
error-application-withdrawn = Эту заявку отозвали.
error-application-expired = Срок этой заявки истёк.
