# An announcement while it is composed: to whom, when, with which buttons; drafts and templates

draft-title = A button under the announcement
draft-title-short = a change of the announcement

draft-ask-send = <b>Send it?</b> This is what members will see ⬆️
draft-ask-schedule = <b>Schedule it?</b> This is what members will see ⬆️
draft-title-scheduled = <b>🗓 The announcement is scheduled</b>
draft-title-template = <b>📋 A template</b>
draft-title-sent = <b>📣 The announcement was sent</b>

draft-to = To: { $parts }
draft-to-nobody = To: nobody yet, add somebody
draft-but = Except: { $parts }
draft-part-members = members of “{ $network }”{ $branch ->
    [yes] {" "}and all networks below
   *[no] {""}
}
draft-part-experts = experts of “{ $network }”{ $branch ->
    [yes] {" "}and networks below
   *[no] {""}
}
draft-part-coordinators = coordinators of “{ $network }”{ $branch ->
    [yes] {" "}and networks below
   *[no] {""}
}
draft-part-moderators = moderators of “{ $network }”{ $branch ->
    [yes] {" "}and networks below
   *[no] {""}
}
draft-part-followers = followers of “{ $network }”
draft-part-organisation = everybody of “{ $title }”
draft-part-subject = everybody who teaches “{ $title }”
draft-part-within = { $who } in “{ $network }” and below
draft-people = { $people ->
    [0] Nobody will get it: there are no such people yet
    [one] { $people } person will get it
   *[other] { $people } people will get it
}
draft-when-now = When: at once
draft-when-at = When: { $moment }
draft-weekly = 🔁 Repeated every week
draft-monthly = 🔁 Repeated every month
draft-mandatory = ❗ Mandatory: also for those who muted announcements
draft-urgent = 🚨 Urgent: it comes at once, even at night
draft-acknowledge = ✍️ We shall ask people to confirm they have read it
draft-acknowledge-by = ✍️ We shall ask people to confirm they have read it, by { $moment }
draft-buttons-are = Buttons: { $labels }
draft-quiet = 🌙 These are quiet hours. People will get it { $moment }.

draft-send = 📣 Send
draft-schedule = 🗓 Schedule
draft-unschedule = 🚫 Do not send it
draft-with-branch = ➕ And networks below
draft-network-only = This network only
draft-audience-button = 👥 To
draft-when-button = 🕒 When
draft-text-button = ✏️ Text
draft-buttons-button = 🔘 Buttons
draft-settings-button = ⚙️ Importance and more
draft-keep = 💾 Save the draft
draft-kept = Saved. All coordinators of the network see it.
draft-use = ✍️ Write by this template
draft-open = Open the announcement

draft-audience-title = <b>Whom to tell?</b>
draft-remove-hint = To take a line out, press ✖ with its number.
draft-part-in = { $number }. { $part }
draft-part-out = { $number }. except: { $part }
draft-include = ➕ Add people
draft-exclude = ➖ Leave somebody out
draft-include-ask =
    <b>Whom to add?</b>

    Experts, coordinators and moderators are those of “{ $network }” and below. Everybody gets it once.
draft-exclude-ask =
    <b>Who should not get it?</b>

    Experts, coordinators and moderators are those of “{ $network }” and below.
draft-a-network = Members of a network
draft-a-branch = A network and all below
draft-an-organisation = An organisation
draft-a-subject = A subject
draft-experts = Experts
draft-coordinators = Coordinators
draft-moderators = Moderators
draft-followers = Followers

draft-when-title = <b>When to send it?</b>
draft-repeat-hint = It may be repeated: on the same weekday or the same day of the month, at the same time.
draft-at-once = At once
draft-at-time = Name a day and a time
draft-once = Once
draft-every-week = Every week
draft-every-month = Every month

draft-buttons-text =
    <b>Buttons under the announcement</b>

    { $count ->
        [0] None of your own yet. You may add up to three.
        [one] { $count } button of three. Press it to take it away.
       *[other] { $count } buttons of three. Press one to take it away.
    }
draft-link = 🔗 A link
draft-to-network = 👥 A network
draft-to-event = 📅 An event
draft-to-product = 📚 A work

draft-settings-text =
    <b>Importance and more</b>

    A usual announcement waits for the morning, and whoever muted the network does not get it.
    A mandatory one comes to them too.
    An urgent one comes to everybody at once, even at night: only if it cannot wait.
draft-usual-button = Usual
draft-mandatory-button = Mandatory
draft-urgent-button = Urgent
draft-acknowledge-button = Ask people to confirm
draft-set-deadline = 📅 Set a deadline
draft-no-deadline = No deadline
draft-keep-as-template = 📋 Save as a template
draft-kept-as-template = Saved as a template, beside the drafts.
draft-preview-button = 👁 Show what people will see
draft-delete = 🗑 Delete
draft-delete-ask =
    <b>Delete it?</b>

    { $snippet }
draft-delete-yes = Yes, delete
draft-delete-no = No, keep
draft-deleted = Deleted.

drafts-button = 📝 Drafts and plan
drafts-title = <b>📝 Drafts and scheduled announcements</b>
drafts-of = <b>📝 Drafts and plan: { $title }</b>
drafts-none-yet = There are no drafts, templates or scheduled announcements.
drafts-line-scheduled = { $number }. 🗓 Scheduled for { $moment }{ $network }: { $snippet }
drafts-line-draft = { $number }. 📝 Draft{ $network }: { $snippet }
drafts-line-template = { $number }. 📋 Template{ $network }: { $snippet }

draft-not-sent =
    <b>⚠️ An announcement was not sent</b>

    It was scheduled for { $moment }:
    <blockquote>{ $snippet }</blockquote>
    { $why }
draft-not-sent-late = The bot was not working then. Look whether it is still true, and send it.
draft-not-sent-nobody = There is nobody to get it now. It is among the drafts.
draft-not-sent-closed = The network is closed. The announcement is among the drafts.
draft-not-sent-deadline = The deadline to confirm comes before the announcement. Set another one; it is among the drafts.
draft-not-sent-right = Whoever scheduled it may no longer send it. It is among the drafts: another coordinator may.
