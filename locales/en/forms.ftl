# The forms of networks, which the administrator edits

forms-button = 🗂 Forms of networks
forms-title =
    <b>Forms of networks</b>

    One of them is chosen when a network is created or its card is edited.
forms-line = { $number }. { $title } — { $count ->
        [0] no networks
        [one] { $count } network
       *[other] { $count } networks
    }
forms-none = There are no forms yet.
forms-new = ➕ New form
forms-one =
    <b>{ $title }</b>

    { $count ->
        [0] No network has this form.
        [one] { $count } network has this form.
       *[other] { $count } networks have this form.
    }
forms-rename = ✏️ Rename
forms-remove = 🗑 Remove from the list
forms-networks = Networks of this form
forms-added = The form is added
forms-renamed = The form is renamed
forms-removed = The form is off the list

form-title-ask =
    <b>What is the form called?</b>

    For example “City methodical association”.
form-title-short = new form
form-rename-title-short = name of a form
