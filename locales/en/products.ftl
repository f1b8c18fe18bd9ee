# Materials: the bank, handing in, the coordinator's decision

products-title = <b>Materials</b>
products-text = { $count ->
        [0] The methodical works of the city's teachers gather here. Nothing is published yet: yours may be the first.
        [one] { $count } work of the city's teachers is in the bank. The newest:
       *[other] { $count } works of the city's teachers are in the bank. The newest:
    }
products-hint = To find what you need just type a word, for example “fractions”.
products-join-first = Works are handed in to a network one belongs to. Join yours first.
products-hand-in = ➕ Hand in a work
products-all = 🆕 All, newest first
products-by-kind = 🗂 By kind
products-by-network = 👥 By network
products-mine = 📁 Mine
products-to-networks = 👥 Find my network
products-line =
    { $number }. <b>{ $title }</b>
    { $kind } · { $author }
products-mine-line =
    { $number }. <b>{ $title }</b>
    { $state }
products-queue-line =
    { $number }. <b>{ $title }</b>
    { $author } · { $network } · waiting since { $since }
products-new-title = <b>Materials: newest first</b>
products-kind-title =
    <b>{ $kind }</b>
    Newest first
products-network-title = <b>Materials of “{ $network }”</b>
products-mine-title = <b>My works</b>
products-found-title = <b>Materials for the words “{ $query }”</b>
products-queue-title = <b>To be decided: { $network }</b>
products-kinds-text = <b>Materials by kind</b>
products-networks-text = <b>Materials by network</b>
products-empty = Nothing here yet.
products-empty-mine = You have not handed anything in yet.
products-empty-queue = Nothing is waiting: everything has been decided.
products-queue = 📚 To be decided

product-kind-lesson = Lesson plan
product-kind-guidelines = Methodical guidelines
product-kind-tests = Tests and assessments
product-kind-programme = Programme
product-kind-project = Project
product-kind-innovation = Innovative programme
product-kind-score-sheet = Score sheet
product-kind-other = Other

product-state-submitted = ⏳ waiting for a decision ({ $when })
product-state-returned = ↩️ returned for correction ({ $when })
product-state-published = ✅ published ({ $when })
product-state-withdrawn = 🗄 withdrawn ({ $when })

product-head =
    <b>{ $title }</b>
    { $kind }
product-annotation = { $annotation }
product-author = 👤 { $name }
product-author-gone = a participant
product-coordinator = coordinator
product-organisation = 🏫 { $title }
product-network = 👥 { $title }
product-files = 📎 { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
product-published = 📅 Published: { $when }
product-stands = Now: { $state }
product-version = Version { $number }
product-remark =
    💬 <b>Remark</b> ({ $name }, { $when }):
    <blockquote>{ $text }</blockquote>
product-download = ⬇️ Download
product-open-files = 📎 Open the files
product-publish = ✅ Publish
product-return = ↩️ Return
product-correct = ✏️ Correct and hand in again
product-withdraw = 🗄 Withdraw
product-open-own = 📄 Open the work
product-files-lost = ⚠️ { $count ->
        [one] { $count } file could not be opened: Telegram does not hand it out any more, and we have no copy. Ask the author to send it again.
       *[other] { $count } files could not be opened: Telegram does not hand them out any more, and we have no copies. Ask the author to send them again.
    }
product-now-published = Published. The author will be told
product-now-returned = Returned. The author will be told
product-now-withdrawn = The work is withdrawn

product-withdraw-ask = <b>Withdraw “{ $title }”?</b> The coordinator will not look at it. You may correct it and hand it in again any day.
product-withdraw-ask-published = <b>Withdraw “{ $title }”?</b> It leaves the bank: nobody will find or download it any more. You may hand it in again any day.
product-withdraw-yes = Yes, withdraw
product-withdraw-no = No, keep it

product-told-submitted = 📥 <b>A new work was handed in. Your decision is needed</b>
product-told-corrected = 📥 <b>A work was corrected and handed in again. Your decision is needed</b>
product-told-published =
    🎉 <b>Your work is published: { $title }</b>

    Colleagues can find and download it now. Network: { $network }.
product-told-returned =
    ↩️ <b>Your work was returned for correction: { $title }</b>

    Correct it and hand it in again: everything you entered is kept.
product-handed-in =
    <b>Handed in: { $title }</b>

    The coordinator of “{ $network }” will look at it. I will write to you here when there is a decision.
product-too-large = ⚠️ { $count ->
        [one] This file is larger than 20 MB: { $names }. We will have no copy of it, Telegram alone keeps it. Do not delete your message with it.
       *[other] These files are larger than 20 MB: { $names }. We will have no copies of them, Telegram alone keeps them. Do not delete your messages with them.
    }
product-file-photo = photo
product-file-document = document
product-file-voice = voice message
product-file-audio = audio
product-file-video = video
product-file-video_note = video message
product-file-animation = animation

product-title = New work
product-title-short = work
product-fix-title = Correcting a work
product-fix-about = 💬 <b>Remark:</b> { $about }
product-fix-title-short = correction
product-kind-ask = <b>What do you hand in?</b>
product-kind-label = Kind
product-title-ask =
    <b>What is it called?</b>

    For example: “Adding fractions: a lesson as a game, grade 5”.
product-title-label = Title
product-annotation-ask =
    <b>What is it about, and for whom?</b>

    Two or three sentences: grade or age, topic, what is inside. Colleagues will find the work by these words.
product-annotation-label = Annotation
product-files-ask =
    <b>Send the files</b>

    Documents, presentations, photos: one by one or several at once, up to 10. When all have arrived, tap “Done”.
product-files-label = Files
product-network-ask =
    <b>To which network?</b>

    Its coordinator will look at the work.
product-network-label = Network
product-summary = <b>Hand the work in?</b>
product-finish = ✅ Hand in

product-return-title-short = return
product-return-remark-ask =
    <b>What is to be corrected?</b>

    Write to the author what is missing. They will get your words in full.
product-return-remark-label = Remark
product-return-summary = <b>Return it to the author for correction?</b>
product-return-finish = ↩️ Return

error-no-network-of-mine = Works are handed in to a network you belong to. Join yours first: /networks
error-nothing-corrected = Nothing has changed yet. Tap “Correct” and change what the remark is about.
error-own-product = Somebody else publishes one's own work: another coordinator or the administrator, for a second pair of eyes.
error-product-submitted = The work is waiting for a decision already. I will write when there is one.
error-product-published = Published already: { $name }.
error-product-returned = Returned for correction already: { $name }.
error-product-withdrawn = The author has withdrawn this work.
error-product-corrected = The author has handed in a newer version. Here it is.
