# Where a network stands, temporary groups, closing

tree-button = 🌳 Its place and card
tree-title = <b>The place of: { $title }</b>
tree-above = ⬆️ Stands in: { $path }
tree-top = ⬆️ A network of the top level
tree-below = 🌿 { $count ->
        [0] No networks inside
        [one] { $count } network inside
       *[other] { $count } networks inside
    }
tree-ends = ⏳ A temporary group, its last day: { $day }
tree-new-child = ➕ A network inside it
tree-new-group = ⏳ A temporary group
tree-extend = 📅 Change the last day
tree-move = 🔀 Move
tree-close = 🗄 Close the network
tree-open-place = 🌳 Its place
tree-open-closed = 🔎 The closed network
tree-manage-created = 🧭 Manage the new network
tree-created =
    <b>The network “{ $title }” is there</b>

    It is in the catalogue, and one can join at once. You change how one joins where you manage it.
tree-group-created =
    <b>The temporary group “{ $title }” is there</b>

    Its last day: { $day }. After it the group closes by itself; its members are reminded a week before.
tree-moved =
    <b>“{ $title }” has moved</b>

    Everything inside it moved along. Its coordinators will be told.
tree-extended = <b>The last day of “{ $title }”: { $day }</b>
tree-closed =
    <b>“{ $title }” is closed</b>

    Its members will be told. It can still be read.

tree-close-ask = <b>Close the network “{ $title }”?</b>
tree-close-branch = 🌿 { $count ->
        [0] No networks inside.
        [one] { $count } network inside: it closes with everything in it.
       *[other] { $count } networks inside: they close with everything in them.
    }
tree-close-lifted = 🌿 { $count ->
        [0] No networks inside.
        [one] { $count } network inside goes one level up.
       *[other] { $count } networks inside go one level up.
    }
tree-close-members = 👥 { $count ->
        [0] No members.
        [one] { $count } member will be told that it is closed.
       *[other] { $count } members will be told that it is closed.
    }
tree-close-brought = 👥 { $count ->
        [0] No members.
        [one] { $count } member becomes a member of “{ $title }”.
       *[other] { $count } members become members of “{ $title }”.
    }
tree-close-events = 📅 { $count ->
        [one] { $count } coming event will be cancelled.
       *[other] { $count } coming events will be cancelled.
    }
tree-close-products = 📥 { $count ->
        [one] { $count } undecided work goes back to its author.
       *[other] { $count } undecided works go back to their authors.
    }
tree-close-applications = 📝 { $count ->
        [one] { $count } application will be dropped.
       *[other] { $count } applications will be dropped.
    }
tree-close-for-ever = A closed network cannot be opened again: its card, members and materials can only be read.

child-title = A network inside
child-title-short = a network inside
child-about = Inside “{ $about }”.
group-title = A temporary group
group-title-short = a temporary group
group-about = Inside “{ $about }”. The group closes by itself after its last day.
network-ends-ask =
    <b>Which day is the last one?</b>

    Choose or type, for example “May 31” or “in a month”.
network-ends-label = Last day
extend-title-short = a group's last day
move-title-short = moving a network
move-parent-ask =
    <b>Where should it stand?</b>

    Choose the network that it will be inside of, or type a part of its title.
move-parent-label = New place
move-parent-skip = To the top
move-parent-empty = the top level
move-summary = <b>Move the network?</b>
move-finish = 🔀 Move
close-title = Closing a network
close-title-short = closing a network
close-below-ask = <b>What becomes of the networks inside?</b>
close-below-label = Networks inside
close-below-stay = Close them with it
close-below-up = Take them one level up
close-members-ask = <b>What becomes of the members?</b>
close-members-label = Members
close-members-stay = Only tell them
close-members-up = Take them into the one above
close-reason-ask =
    <b>Why is it closing?</b>

    Every member will read this. You may skip it.
close-reason-label = Reason
close-finish = 🗄 Close the network

tree-told-moved = 🔀 “{ $network }” is inside “{ $parent }” now.
tree-told-top = 🔀 “{ $network }” stands at the top level now.
tree-told-not-yours = You do not coordinate it any more.
tree-told-ending =
    ⏳ <b>The temporary group “{ $network }” is about to end</b>

    Its last day: { $day }. After it the group can only be read.
tree-told-closed = 🗄 <b>The network “{ $network }” is closed</b>
tree-told-ended = ⏳ <b>The temporary group “{ $network }” has ended</b>
tree-told-closed-all = 🗄 { $networks ->
        [one] <b>{ $networks } network is closed:</b>
       *[other] <b>{ $networks } networks are closed:</b>
    }
tree-told-one = • { $title }
tree-told-read-only = Its card, members and materials can still be read. One cannot join, sign up or publish there any more.
tree-told-works-back = 📄 Your works that waited for a decision are back with you: you can hand them in to another network.
tree-told-in-parent = ✅ You are a member of “{ $title }”. You can leave it any day.
