# Что не доставлено: для администратора

undelivered-button = 📮 Не доставлено
undelivered-title =
    <b>📮 Не доставлено</b>

    За последние 7 дней: о чём и почему.
undelivered-none = Всё дошло.
undelivered-line = { $number }. { $kind }: { $count } — { $reason }
undelivered-no-reason = причина неизвестна
undelivered-stale =
    <b>Не отправлено: время прошло</b>
    { $lines }
undelivered-stale-line = { $kind }: { $count }
undelivered-head =
    <b>📮 { $kind }</b>

    Причина: { $reason }
undelivered-failed = ⚠️ Не дошло: { $count }
undelivered-unknown = ❔ Неизвестно, дошло ли: { $count }
undelivered-unreachable = 🚫 Из них остановили бота: { $count }
undelivered-retry-plain = Если причина устранена, отправьте ещё раз. Что за это время устарело, не уйдёт.
undelivered-retry-advice = Если причина устранена, отправьте ещё раз. Что за это время устарело, не уйдёт. Кому сообщение всё-таки дошло, получит его дважды.
undelivered-retry = 🔁 Повторить
undelivered-retried =
    { $count ->
        [0] Повторять нечего
        [one] Отправляем снова: { $count } сообщение
        [few] Отправляем снова: { $count } сообщения
       *[many] Отправляем снова: { $count } сообщений
    }
undelivered-about-announcement = Объявления
undelivered-about-consultation = Консультации
undelivered-about-reminder = Напоминания о событиях
undelivered-about-event = События
undelivered-about-product = Работы
undelivered-about-role = Назначения
undelivered-about-other = Другое
delivery-overdue =
    <b>⏳ Отправка стоит</b>

    { $count ->
        [one] { $count } сообщение ждёт
        [few] { $count } сообщения ждут
       *[many] { $count } сообщений ждут
    } больше 10 минут после своего времени. Посмотрите журнал бота.
