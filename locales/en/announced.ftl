# An announcement on its way and afterwards: progress, report, acknowledgement, correction, recall

announced-bar = { $bar } { $done } of { $total }
announced-paused = ⏸ <b>The sending is paused.</b> It goes on when you press “Go on”.
announced-cancelled = ⏹ <b>The sending was stopped.</b>
announced-recalled = ↩️ <b>The announcement was recalled.</b>
announced-in-digest = 🗞 Of these, coming in the evening digest: { $count }
announced-muted = 🔕 Switched announcements off: { $count }
announced-stopped = ⏹ Not sent, the sending was stopped: { $count }
announced-acknowledged = ✍️ Acknowledged: { $count } of { $total }
announced-acknowledge-by = To be acknowledged by: { $moment }
announced-changing = 🔄 Still being changed: { $count }
announced-corrected = ✏️ Corrected: { $count }
announced-removed = ↩️ Recalled: { $count }

announced-pause = ⏸ Pause
announced-resume = ▶️ Go on
announced-stop = ⏹ Stop
announced-readers = ✍️ Who acknowledged
announced-shares = 🏘 Networks, organisations
announced-correct = ✏️ Correct the text
announced-recall = ↩️ Recall
announced-table = 📥 Download XLSX
announced-back = ‹ To the report

announced-cancel-ask =
    <b>Stop the sending?</b>

    { $sent ->
        [0] Nobody has got the announcement yet, and nobody will.
        [one] { $sent } person has got it and keeps it. The others will not get it: { $waiting }.
       *[other] { $sent } people have got it and keep it. The others will not get it: { $waiting }.
    }

    It cannot go on afterwards. If it should only wait, pause it.
announced-cancel-yes = ⏹ Yes, stop
announced-cancel-no = No, let it go on
announced-recall-ask =
    <b>Recall the announcement?</b>

    { $sent ->
        [0] Nobody has got it yet, and nobody will.
        [one] { $sent } person has got it.
       *[other] { $sent } people have got it.
    }

    Messages younger than 48 hours will vanish from the chats. Telegram does not delete older ones: they will say “The announcement was recalled”. This cannot be undone.
announced-recall-yes = ↩️ Yes, recall
announced-recall-no = No, leave it
announced-recalled-text = ↩️ <i>The announcement was recalled.</i>
announced-moved-below = ✏️ <i>The text was corrected, see below.</i>

announced-shares-networks = <b>🏘 By network</b>
announced-shares-organisations = <b>🏫 By organisation</b>
announced-shares-note = Whoever is in several networks is counted in each.
announced-share-line = { $number }. { $title } — { $sent } of { $people } delivered
announced-share-waiting = , { $count } on the way
announced-share-acknowledged = , { $count } acknowledged
announced-share-none = No organisation
announced-shares-nobody = Nothing here yet.
announced-by-networks = 🏘 By network
announced-by-organisations = 🏫 By organisation

announced-readers-title = <b>✍️ Acknowledged: { $count }</b>
announced-unread-title = <b>⏳ Not acknowledged yet: { $count }</b>
announced-reader-line = { $number }. { $name }
announced-reader-gone = participant
announced-reader-organisation = , { $title }
announced-readers-nobody = Nobody yet.
announced-unread-nobody = Everybody who got it has acknowledged it.
announced-to-readers = ✅ Acknowledged · { $count }
announced-to-unread = ⏳ Not yet · { $count }
announced-remind = 🔔 Remind them
announced-reminded = { $count ->
        [0] They were reminded today already
        [one] Reminding { $count } person
       *[other] Reminding { $count } people
    }

announced-acknowledge = ✍️ I have read it
announced-please-by = ✍️ Please note that you have read this by { $day }, { $time }.
announced-acknowledged-button = ✅ You have read it
announced-acknowledge-preview = Everybody who gets it will see this button. Until it is sent there is nothing to acknowledge.
announced-thanks = Noted: you have read it
announced-already = You have already noted that you read it
announced-read = 👁 Read
announced-unread-notice =
    🔔 <b>Please note that you have read this</b>

    An announcement of “{ $network }”, { $moment }:
    <blockquote>{ $snippet }</blockquote>
announced-unread-by = By: { $moment }
announced-deadline =
    ⏰ <b>The time to acknowledge is over</b>

    An announcement of “{ $network }”, { $moment }:
    <blockquote>{ $snippet }</blockquote>
    { $count ->
        [0] Everybody who got it has acknowledged it.
        [one] { $count } person has not acknowledged it.
       *[other] { $count } people have not acknowledged it.
    }

announced-digest =
    🗞 { $count ->
        [one] <b>{ $count } more announcement today</b>
       *[other] <b>{ $count } more announcements today</b>
    }

    They came in one message so as not to disturb you. Press to read the whole.
announced-digest-line = { $number }. <b>{ $network }</b>: { $snippet }

announced-mute = 🔕 Mute announcements
announced-unmute = 🔔 Get announcements
announced-mute-done = Usual announcements of this network will not come any more. Mandatory ones will.
announced-unmute-done = Announcements of this network will come again

correction-title-short = correcting an announcement
correction-pieces-ask =
    <b>Which text instead?</b>

    Send the whole new text: it replaces the old one for everybody who has it. Files stay. When that is all, press “Done”.
correction-pieces-label = New text
correction-finish = ✏️ Correct for everybody
correction-about = Now: { $about }
correction-summary-text =
    <b>Correct it?</b> This is how the announcement will look ⬆️

    { $count ->
        [0] Nobody has it yet: it will come corrected.
        [one] The message changes for { $count } person.
       *[other] The message changes for { $count } people.
    }

announced-table-title = Announcement
announced-table-name = Name
announced-table-organisation = Organisation
announced-table-network = Network
announced-table-state = State
announced-table-sent = Delivered
announced-table-acknowledged = Acknowledged
announced-table-acknowledged-at = Acknowledged at
announced-table-yes = yes
announced-table-no = no
announced-table-state-sent = delivered
announced-table-state-waiting = on the way
announced-table-state-blocked = stopped the bot
announced-table-state-failed = could not be delivered
announced-table-state-left = left the network
announced-table-state-muted = switched announcements off
announced-table-state-stopped = the sending was stopped
announced-table-state-unknown = nobody knows
