# The card of a network: what its coordinator edits, documents, the kind of network

card-edit-title = <b>Edit the card: { $title }</b>
card-edit-hint = What should be changed?
card-saved = Saved
card-nothing = not given
card-form-line = <b>Form:</b> { $form }
card-subjects-line = <b>Subjects:</b> { $subjects }
card-goal-line = <b>Goal:</b> { $goal }
card-about-line = <b>Description:</b> { $description }
card-chat-line = <b>Chat:</b> { $url }
card-kind-line = <b>Kind:</b> { $kind }
card-title = Title
card-goal = Goal
card-about = Description
card-form = Form
card-subjects = Subjects
card-kind = Kind of network
card-chat = 💬 Chat
card-documents = 📄 Documents

card-kind-text =
    <b>Kind of network: { $title }</b>

    <b>Status:</b> { $status }
    <b>Who takes part:</b> { $structure }
    <b>Level:</b> { $level }
    <b>Task:</b> { $orientation }
    <b>Fields:</b> { $scope }

    What should be changed?
card-status = Status
card-structure = Who takes part
card-level = Level
card-orientation = Task
card-leave-open = Leave open
card-scope = Fields

network-status-formal = formal
network-status-informal = informal
network-structure-linear = linear
network-structure-hierarchical = hierarchical
network-structure-mixed = mixed in its members
network-level-municipal = municipal
network-level-regional = regional
network-level-federal = federal
network-level-mixed = of mixed level
network-orientation-information = for information
network-orientation-social = for contacts
network-orientation-innovation = for innovation
network-scope-single = in one field
network-scope-multiple = in several fields

network-edit-title-short = card of a network
network-edit-about = Network: { $about }
network-edit-title-ask =
    <b>What should the network be called?</b>

    Short and clear: a button shows the first 30 letters.
network-edit-goal-ask =
    <b>What is the goal of the network?</b>

    One or two sentences.
network-edit-goal-skip = No goal
network-edit-description-ask =
    <b>What is the network about?</b>

    What it does, for whom it is, how often it meets.
network-edit-description-skip = No description
network-edit-chat-ask =
    <b>Where is the chat of the network?</b>

    Send a link or the name of the chat that begins with “@”. Only members of the network see its button.
network-edit-chat-skip = No chat
network-edit-form-ask =
    <b>Which form is it?</b>

    Choose one or type a part of its name.
network-edit-subjects-ask =
    <b>For which subjects is the network?</b>

    Tick subjects or directions: by them it is shown in “For you”.
network-edit-subjects-skip = No subjects
network-edit-files-ask =
    <b>Which documents should be added?</b>

    Send files: the regulation, the plan, the order. If it is one file, write its title in the caption.
card-status-ask =
    <b>Is the network formal?</b>

    A formal one is set up by an order and reports, an informal one grew by itself.

    Network: { $title }
card-structure-ask =
    <b>Who takes part in the network?</b>

    Linear: organisations of one type. Hierarchical: of different stages of education. Mixed: both.

    Network: { $title }
card-level-ask =
    <b>To whom do its organisations belong?</b>

    Network: { $title }
card-orientation-ask =
    <b>What is the main task of the network?</b>

    Information: exchange of knowledge and methods. Contacts: people meet. Innovation: new ideas and techniques.

    Network: { $title }
card-scope-ask =
    <b>In how many fields does it work?</b>

    In one, such as education, or in several: education, culture, sports.

    Network: { $title }

documents-title =
    <b>Documents: { $title }</b>

    Tap a document, and I send the file.
documents-none = There are no documents yet.
documents-line = { $number }. { $title }
documents-untitled = File No. { $number }
documents-lost = ⚠️ This file is gone, with us and in Telegram.
documents-add = ➕ Add a document
documents-added = { $count ->
        [one] { $count } document is added
       *[other] { $count } documents are added
    }
documents-remove = 🗑 Remove a document
documents-remove-which = <b>Which document should be taken off the card “{ $title }”?</b>
documents-remove-ask = <b>Remove the document “{ $title }”?</b> Nobody will see it any more.
documents-remove-yes = Yes, remove
documents-remove-no = No, keep
documents-removed = The document is removed
