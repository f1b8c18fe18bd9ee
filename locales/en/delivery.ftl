# What was not delivered: for the administrator

undelivered-button = 📮 Not delivered
undelivered-title =
    <b>📮 Not delivered</b>

    In the last 7 days: about what, and why.
undelivered-none = Everything arrived.
undelivered-line = { $number }. { $kind }: { $count } — { $reason }
undelivered-no-reason = reason unknown
undelivered-stale =
    <b>Not sent: its time had passed</b>
    { $lines }
undelivered-stale-line = { $kind }: { $count }
undelivered-head =
    <b>📮 { $kind }</b>

    Reason: { $reason }
undelivered-failed = ⚠️ Did not arrive: { $count }
undelivered-unknown = ❔ Unknown whether it arrived: { $count }
undelivered-unreachable = 🚫 Of them stopped the bot: { $count }
undelivered-retry-plain = If the reason is gone, send it again. What is outdated by now will not go out.
undelivered-retry-advice = If the reason is gone, send it again. What is outdated by now will not go out. Whoever got the message after all gets it twice.
undelivered-retry = 🔁 Try again
undelivered-retried =
    { $count ->
        [0] Nothing to send again
        [one] Sending again: { $count } message
       *[other] Sending again: { $count } messages
    }
undelivered-about-announcement = Announcements
undelivered-about-consultation = Consultations
undelivered-about-reminder = Reminders of events
undelivered-about-event = Events
undelivered-about-product = Works
undelivered-about-role = Appointments
undelivered-about-other = Other
delivery-overdue =
    <b>⏳ Sending stands still</b>

    { $count ->
        [one] { $count } message has
       *[other] { $count } messages have
    } waited for over 10 minutes after their time. Look into the bot's log.
