# Settings: language, clock, quiet hours, news, personal data

settings-text =
    <b>Settings</b>

    <b>Time zone:</b> { $zone }
    <b>Quiet hours:</b> { $quiet }

    The language is chosen here too. “Auto” follows your Telegram.
settings-language =
    <b>Settings</b>

    Choose a language. “Auto” follows your Telegram.
settings-language-auto = Auto
settings-zone = 🕓 Time zone
settings-zone-centre = that of the centre
settings-quiet = 🌙 Quiet hours
settings-quiet-hours = from { $starts } until { $ends }
settings-quiet-none = none
settings-news = 🔔 What to tell me
settings-data = 🔐 Personal data
settings-changed = ✅ Saved

zone-title-short = time zone
zone-zone-ask =
    <b>What is your time zone?</b>

    Type your city, for example “Perm”, or choose from the list.

quiet-title = Quiet hours
quiet-title-short = quiet hours
quiet-text =
    <b>Quiet hours</b>

    Now: { $quiet }.

    I keep silent then: what has come in is told in the morning. Only answers in your consultations, the reminder an hour before an event and what is urgent pass.
quiet-usual = Usual: 21:00 to 07:00
quiet-own = ✏️ My own hours
quiet-none = None
quiet-from-ask =
    <b>From what hour are you not to be disturbed?</b>

    Tap or type an hour from 0 to 23, for example 22.
quiet-from-value = from { $count }:00
quiet-until-ask =
    <b>Until what hour?</b>

    Tap or type an hour from 0 to 23, for example 7.
quiet-until-value = until { $count }:00

news-text =
    <b>What to tell me</b>

    Tap to turn on 🔔 or off 🔕. What is off does not come, but stays in the menu.

    Always told: answers in your consultations, moved and cancelled events that you signed up for, mandatory announcements, appointments, and what waits for you as an expert or coordinator.
news-events = New events of my networks
news-reminders = Reminders of events
news-products = Decisions on my works
news-announcements = Announcements of my networks

data-text =
    <b>Personal data</b>

    Here is all that is stored about you, and what you consented to. You may withdraw the consent any day.
data-mine = 📦 My data
data-consent-text = 📄 Text of the consent
data-withdraw = Withdraw the consent

data-delete = 🗑 Delete me

delete-goes =
    <b>Delete me</b>

    For ever go: your name, organisation, position, subjects, experience, number in Telegram, settings, consents, what you left unfinished (drafts of announcements too), your entry in the centre's lists and the notifications sent to you. You leave all networks, seats at events are given up, open questions closed, duties ended.
delete-goes-works = The works that you withdrew go too: { $count }.
delete-stays = <b>What stays without your name, under “participant”:</b>
delete-stays-messages = • messages in consultations: { $count }
delete-stays-works = • works: { $count }
delete-stays-announcements = • announcements: { $count }
delete-stays-events = • events: { $count }
delete-stays-nothing = <b>Nothing of yours stays</b> but a nameless journal of deeds.
delete-first = Texts and files stay as they are: if your name is in them, withdraw the work first (/products → “Mine”). In messages already sent to others your name stays too.
delete-on = Go on
delete-confirm =
    <b>Delete for ever?</b>

    Nothing can be brought back: not a day later, not by the administrator. You may register again, but as somebody new.
delete-yes = 🗑 Yes, delete for ever
delete-done =
    <b>You are deleted</b>

    Nothing is stored about you. If you write again, I remember the number of the chat and the language, as with everybody who comes for the first time.
delete-again = Begin anew
