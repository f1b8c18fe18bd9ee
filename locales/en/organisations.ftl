# Running the centre: organisations

admin-text = <b>Running the centre</b>
admin-nothing-waits = Nothing waits for your decision now.
admin-waits-registry = 📇 To be decided in the registry: { $count }
admin-waits-undelivered = 📮 Not delivered: { $count }
admin-new-network = ➕ New network
admin-new-organisation = ➕ New organisation
admin-organisations = 🏫 Organisations
admin-proposed = ⏳ Proposed by people
admin-people = 👥 People and roles
admin-coordinators = 🧭 Coordinators
admin-topics = 💬 Topics and experts
admin-manage = 📋 Working with networks
admin-organisations-title = <b>Organisations</b>
admin-proposed-title =
    <b>Proposed by people</b>

    These are not in the registry. Open and confirm them.
admin-organisations-empty = There is nothing here.
admin-organisation-line = { $number }. { $title }

organisation-head =
    <b>{ $title }</b>
    { $kind }
organisation-kind-school = School
organisation-kind-kindergarten = Kindergarten
organisation-kind-extra = Extracurricular education
organisation-kind-other = Other
organisation-address-line = 📍 { $address }
organisation-waits = ⏳ Waits to be confirmed: until then it is not found at registration.
organisation-confirm = ✅ Into the registry
organisation-confirmed = The organisation is in the registry

organisation-title = New organisation
organisation-title-short = organisation
organisation-title-ask =
    <b>What is the organisation called?</b>

    For example, “МОУ «Лицей № 1»”.
organisation-title-label = Title
organisation-kind-ask = <b>What kind of organisation is it?</b>
organisation-kind-label = Kind
organisation-address-ask =
    <b>What is its address?</b>

    You may skip this.
organisation-address-label = Address
organisation-summary = <b>Add this organisation?</b>
organisation-finish = ✅ Add
organisation-created =
    <b>“{ $title }” is in the registry</b>

    It can be chosen at registration now.
organisation-another = ➕ One more

organisation-correct = ✏️ Accept, correct title
organisation-is-other = 🔁 It is another one
organisation-decline = ❌ Decline
organisation-replaced = This is the one. People are told
organisation-declined =
    <b>Declined</b>

    “{ $title }” is not in the registry. Its people are told the reason.
organisation-choose-another = 🏫 Choose another one
organisation-told-accepted =
    <b>Your organisation is in the registry</b>

    “{ $title }” is confirmed by the administrator of the centre.
organisation-told-replaced =
    <b>Your organisation is made clear</b>

    “{ $proposed }” is called “{ $title }” in the registry: so your profile says now. If this is not the one, choose another.
organisation-told-declined =
    <b>Your organisation is not confirmed</b>

    The administrator of the centre did not take “{ $title }” into the registry: { $reason }

    Choose another organisation.

org-accept-title-short = title of the organisation
org-accept-title-ask = <b>What is it to be called in the registry?</b>
org-is-title-short = replacement
org-is-organisation-ask =
    <b>Which organisation of the registry is it?</b>

    Type a part of its title.
org-decline-title-short = refusal
org-decline-reason-ask =
    <b>Why is it not taken into the registry?</b>

    Whoever named it will read this.
