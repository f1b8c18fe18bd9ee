# Объявление в пути и потом: ход рассылки, отчёт, ознакомление, исправление, отзыв

announced-bar = { $bar } { $done } из { $total }
announced-paused = ⏸ <b>Рассылка на паузе.</b> Она продолжится, когда вы нажмёте «Продолжить».
announced-cancelled = ⏹ <b>Рассылка остановлена.</b>
announced-recalled = ↩️ <b>Объявление отозвано.</b>
announced-in-digest = 🗞 Из них придут вечером одной подборкой: { $count }
announced-muted = 🔕 Отключили объявления: { $count }
announced-stopped = ⏹ Не отправлено, рассылку остановили: { $count }
announced-acknowledged = ✍️ Ознакомились: { $count } из { $total }
announced-acknowledge-by = Срок ознакомления: { $moment }
announced-changing = 🔄 Ещё меняется: { $count }
announced-corrected = ✏️ Исправлено: { $count }
announced-removed = ↩️ Отозвано: { $count }

announced-pause = ⏸ Пауза
announced-resume = ▶️ Продолжить
announced-stop = ⏹ Остановить
announced-readers = ✍️ Кто ознакомился
announced-shares = 🏘 По сетям и организациям
announced-correct = ✏️ Исправить текст
announced-recall = ↩️ Отозвать
announced-table = 📥 Скачать XLSX
announced-back = ‹ К отчёту

announced-cancel-ask =
    <b>Остановить рассылку?</b>

    { $sent ->
        [0] Объявление ещё никто не получил, и никто не получит.
        [one] Уже получил { $sent } человек, у него оно останется. Остальные не получат: { $waiting }.
        [few] Уже получили { $sent } человека, у них оно останется. Остальные не получат: { $waiting }.
       *[many] Уже получили { $sent } человек, у них оно останется. Остальные не получат: { $waiting }.
    }

    Продолжить потом будет нельзя. Если нужно только подождать, поставьте на паузу.
announced-cancel-yes = ⏹ Да, остановить
announced-cancel-no = Нет, пусть идёт
announced-recall-ask =
    <b>Отозвать объявление?</b>

    { $sent ->
        [0] Его ещё никто не получил, и никто не получит.
        [one] Его получил { $sent } человек.
        [few] Его получили { $sent } человека.
       *[many] Его получили { $sent } человек.
    }

    Сообщения моложе 48 часов исчезнут из чатов. Более старые Telegram удалять не даёт: вместо текста там будет «Объявление отозвано». Вернуть потом нельзя.
announced-recall-yes = ↩️ Да, отозвать
announced-recall-no = Нет, оставить
announced-recalled-text = ↩️ <i>Объявление отозвано.</i>
announced-moved-below = ✏️ <i>Текст исправлен, он ниже.</i>

announced-shares-networks = <b>🏘 По сетям</b>
announced-shares-organisations = <b>🏫 По организациям</b>
announced-shares-note = Кто состоит в нескольких сетях, посчитан в каждой.
announced-share-line = { $number }. { $title } — дошло { $sent } из { $people }
announced-share-waiting = , в пути { $count }
announced-share-acknowledged = , ознакомились { $count }
announced-share-none = Без организации
announced-shares-nobody = Здесь пока пусто.
announced-by-networks = 🏘 По сетям
announced-by-organisations = 🏫 По организациям

announced-readers-title = <b>✍️ Ознакомились: { $count }</b>
announced-unread-title = <b>⏳ Ещё не ознакомились: { $count }</b>
announced-reader-line = { $number }. { $name }
announced-reader-gone = участник
announced-reader-organisation = , { $title }
announced-readers-nobody = Пока никто.
announced-unread-nobody = Все, кто получил, ознакомились.
announced-to-readers = ✅ Ознакомились · { $count }
announced-to-unread = ⏳ Ещё нет · { $count }
announced-remind = 🔔 Напомнить им
announced-reminded = { $count ->
        [0] Сегодня им уже напоминали
        [one] Напомню { $count } человеку
       *[other] Напомню { $count } людям
    }

announced-acknowledge = ✍️ Ознакомлен(а)
announced-please-by = ✍️ Отметьте, пожалуйста, что ознакомились, до { $day }, { $time }.
announced-acknowledged-button = ✅ Вы ознакомлены
announced-acknowledge-preview = Эту кнопку увидит каждый получатель. Пока объявление не отправлено, отмечать нечего.
announced-thanks = Отмечено: вы ознакомлены
announced-already = Вы уже отметили, что ознакомлены
announced-read = 👁 Прочитать
announced-unread-notice =
    🔔 <b>Отметьте, пожалуйста, что ознакомились</b>

    Объявление сети «{ $network }» от { $moment }:
    <blockquote>{ $snippet }</blockquote>
announced-unread-by = Срок: { $moment }
announced-deadline =
    ⏰ <b>Срок ознакомления прошёл</b>

    Объявление сети «{ $network }» от { $moment }:
    <blockquote>{ $snippet }</blockquote>
    { $count ->
        [0] Ознакомились все, кто его получил.
        [one] Не ознакомился { $count } человек.
        [few] Не ознакомились { $count } человека.
       *[many] Не ознакомились { $count } человек.
    }

announced-digest =
    🗞 { $count ->
        [one] <b>Ещё { $count } объявление за день</b>
        [few] <b>Ещё { $count } объявления за день</b>
       *[many] <b>Ещё { $count } объявлений за день</b>
    }

    Чтобы не отвлекать вас, они пришли одним сообщением. Нажмите, чтобы прочитать целиком.
announced-digest-line = { $number }. <b>{ $network }</b>: { $snippet }

announced-mute = 🔕 Не присылать объявления
announced-unmute = 🔔 Присылать объявления
announced-mute-done = Обычные объявления этой сети больше не придут. Обязательные придут всё равно.
announced-unmute-done = Объявления этой сети снова будут приходить

correction-title-short = исправление объявления
correction-pieces-ask =
    <b>Какой текст вместо прежнего?</b>

    Пришлите новый текст целиком: он заменит прежний у всех, кто уже получил. Файлы останутся. Когда всё, нажмите «Готово».
correction-pieces-label = Новый текст
correction-finish = ✏️ Исправить у всех
correction-about = Сейчас: { $about }
correction-summary-text =
    <b>Исправить?</b> Так объявление будет выглядеть ⬆️

    { $count ->
        [0] Его ещё никто не получил: придёт сразу исправленным.
        [one] Сообщение изменится у { $count } человека.
        [few] Сообщение изменится у { $count } человек.
       *[many] Сообщение изменится у { $count } человек.
    }

announced-table-title = Объявление
announced-table-name = ФИО
announced-table-organisation = Организация
announced-table-network = Сеть
announced-table-state = Состояние
announced-table-sent = Доставлено
announced-table-acknowledged = Ознакомлен(а)
announced-table-acknowledged-at = Когда ознакомлен(а)
announced-table-yes = да
announced-table-no = нет
announced-table-state-sent = доставлено
announced-table-state-waiting = ещё в пути
announced-table-state-blocked = остановил(а) бота
announced-table-state-failed = не удалось доставить
announced-table-state-left = вышел(а) из сети
announced-table-state-muted = отключил(а) объявления
announced-table-state-stopped = рассылку остановили
announced-table-state-unknown = неизвестно
