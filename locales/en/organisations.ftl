# Running the centre: organisations

admin-text =
    <b>Running the centre</b>

    Make networks and organisations, open topics of questions, appoint coordinators and experts, announce.
admin-new-network = ➕ New network
admin-new-organisation = ➕ New organisation
admin-organisations = 🏫 Organisations
admin-proposed = ⏳ Proposed by people
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
