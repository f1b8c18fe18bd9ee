# An organisation's card

org-card-no-contacts = No contacts are given yet.
org-card-phone-line = ☎️ { $phone }
org-card-email-line = ✉️ { $email }
org-card-site-line = 🌐 { $site }
org-card-head = 👤 Head: { $name }
org-card-people = 👥 People
org-card-networks = 🧩 Networks
org-card-works = 📚 Materials
org-card-events = 📅 Events
org-card-edit = ✏️ Contacts
org-card-appoint = 👤 Appoint its head
org-card-dismiss = ⛔ Dismiss its head
org-card-dismiss-ask = <b>Should { $name } head “{ $title }” no longer?</b>
org-card-open = 🏫 The organisation’s card
org-card-my = 🏫 My organisation
org-card-empty = Nothing here yet.
org-card-people-title = <b>People: { $title }</b>
org-card-worker = { $number }. { $name }
org-card-worker-networks = { "    " }{ $networks }
org-card-networks-title = <b>Networks: { $title }</b>
org-card-works-title = <b>Materials: { $title }</b>
org-card-work-line = { $number }. { $title } — { $name }
org-card-events-title = <b>Events: { $title }</b>
org-card-event-line = { $number }. { $title } — { $on }
org-card-saved = ✅ Saved
org-card-head-appointed = Appointed. I will tell them
org-card-head-dismissed = Dismissed. I will tell them
head-told-appointed =
    👤 <b>You head “{ $title }”</b>

    You keep its card and accept the agreements of networks on its behalf.
head-told-dismissed = <b>You head “{ $title }” no longer</b>

org-card-title = Contacts of the organisation
org-card-title-short = contacts of an organisation
org-card-address-ask = <b>What is the address?</b>
org-card-address-label = Address
org-card-phone-ask =
    <b>What is the phone number?</b>

    Several are fine, with commas.
org-card-phone-label = Phone
org-card-email-ask = <b>What is the e-mail address?</b>
org-card-email-label = E-mail
org-card-site-ask = <b>What is the site?</b>
org-card-site-label = Site
org-card-summary = <b>Save the contacts?</b>
org-card-finish = ✅ Save
org-card-wrong-email = This does not look like an e-mail address. Type it like { $example }.
org-card-wrong-phone = There is no number in this. Type it like { $example }.
org-head-title-short = the head of an organisation
org-head-person-ask =
    <b>Who heads the organisation?</b>

    Type a surname. It has to be somebody who works there by their own profile.
