# Networks: the catalogue and the card

networks-text = <b>Networks</b>
networks-first-for-me = These suit you:
networks-first = Networks of the city:
networks-ways = Press a network, open a list, or simply type a word, say “математика”.
networks-none-yet =
    <b>Networks</b>

    There are no networks yet. They will appear here as soon as the centre makes them.
networks-mine = ⭐ My networks
networks-followed = 🔔 News I follow
networks-followed-title = <b>News I follow</b>
networks-for-me = 💡 For you
networks-tree = 🌳 All networks
networks-forms = 🗂 By form
networks-closed = 🗄 Closed networks
networks-closed-title = <b>Closed networks</b>
networks-forms-text = <b>Networks by form</b>
networks-form-line = { $number }. { $title } — { $count ->
        [one] { $count } network
       *[other] { $count } networks
    }
networks-tree-title = <b>All networks</b>
networks-in = <b>Inside: { $place }</b>
networks-form-title = <b>{ $form }</b>
networks-mine-title = <b>My networks</b>
networks-for-me-title =
    <b>Networks for you</b>

    By your position and subjects.
networks-found-title = <b>Networks with “{ $query }”</b>
networks-empty = There is nothing here yet.
networks-empty-mine = You are in no network yet.
networks-empty-for-me = There is nothing to suggest now: no network for your position and subjects that you are not in already. Look at all networks.
networks-line = { $number }. { $title } — { $members ->
        [0] nobody yet
        [one] { $members } member
       *[other] { $members } members
    }
networks-line-below = {""}, networks inside: { $count }

network-head =
    <b>{ $title }</b>
    { $form }
network-goal = <b>Goal:</b> { $goal }
network-description = { $description }
network-members = 👥 { $count ->
        [0] Nobody yet
        [one] { $count } member
       *[other] { $count } members
    }
network-followers = 🔔 Following the news: { $count }
network-parent = ⬆️ Part of: { $title }
network-subjects = 📚 { $subjects }
network-coordinators = { $count ->
        [1] 🧭 Coordinator: { $names }
       *[other] 🧭 Coordinators: { $names }
    }
network-ends = ⏳ A temporary group, its last day: { $day }
network-kind = 🧩 Kind: { $kind }
network-coordinator = { $name }
network-coordinator-by-such-order = { $name } (order { $order })
network-coordinator-by-order = { $name } (order No. { $number } of { $on })
network-policy-open = 🔓 Open: everyone may join
network-policy-application = 📝 Joining by application
network-policy-invitation = 🔒 Joining by invitation
network-archived = 🗄 The network is closed; it can only be read.
network-you-are-in = ✅ You are a member of this network.
network-join = ✅ Join
network-leave = Leave the network
network-chat = 💬 Chat of the network
network-below = Networks inside
network-documents = 📄 Documents
network-edit = ✏️ Edit the card
network-follow = 🔔 Follow the news
network-unfollow = 🔕 Stop following
network-follow-done = You will get the announcements of this network too
network-unfollow-done = You will not get its announcements any more
network-you-follow = 🔔 You follow the news of this network.
network-joined = You have joined the network
network-left = You have left the network
network-leave-ask = <b>Leave the network “{ $title }”?</b>
network-leave-open = You may come back any day.
network-leave-application = To come back you will need a new application.
network-leave-invitation = To come back you will need a new invitation.
network-leave-archived = The network is closed: there will be no way back.
network-leave-yes = Yes, leave
network-leave-no = No, stay

network-title = New network
network-title-short = new network
network-title-ask =
    <b>What is the network called?</b>

    Short and clear, like “Mathematics teachers”: a button shows the first 30 letters.
network-title-label = Title
network-form-ask =
    <b>Which form does it have?</b>

    Choose one or type a part of its title.
network-form-label = Form
network-parent-ask =
    <b>Which network is it a part of?</b>

    Choose the network above it. If there is none, press “Skip”.
network-parent-label = Part of
network-subjects-ask =
    <b>Whom is it for?</b>

    Tick subjects or directions: by them the network shows up in “For you”.
network-subjects-label = Subjects
network-goal-ask =
    <b>What is its goal?</b>

    A sentence or two. You may skip this.
network-goal-label = Goal
network-summary = <b>Create this open network?</b>
network-finish = ✅ Create
network-created =
    <b>The network “{ $title }” is created</b>

    Everyone sees it in the catalogue and may join at once.
network-open-created = Open its card
network-another = ➕ One more
