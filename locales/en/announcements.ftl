# Announcements: tell everybody of a network, see who got it

announcement-title = Announcement
announcement-title-short = an announcement
announcement-new = 📣 Announce
announcement-network-ask =
    <b>Whom to tell?</b>

    Choose a network or type a part of its title.
announcement-pieces-ask =
    <b>What is the announcement?</b>

    Send a text, a photo, a file or several at once, or forward a post. Bold, italics and links are kept. Instead of “{"{"}name{"}"}” and “{"{"}organisation{"}"}” people see their own. When it is all there, press “Done”.
announcement-head = 📣 <b>Announcement: { $network }</b>
announcement-author = <i>{ $name }</i>
announcement-from-channel = ↪️ from the channel “{ $title }”
announcement-from-chat = ↪️ from the group “{ $title }”
announcement-somebody = colleague
announcement-some-organisation = your organisation
announcement-network-button = 👥 The network

announcement-report-title = <b>📊 What became of the announcement</b>
announcement-report-head =
    Network “{ $network }”
    { $moment }

    <blockquote>{ $snippet }</blockquote>
announcement-report-sent = ✅ Delivered: { $count } of { $total }
announcement-report-waiting = ⏳ On their way: { $count }
announcement-report-blocked = 🚫 Stopped the bot: { $count }
announcement-report-failed = ⚠️ Could not be delivered: { $count }
announcement-report-unknown = ❔ Unknown whether it arrived: { $count }
announcement-report-cancelled = 👋 Left the network before: { $count }
announcement-report-twice = 🔁 Perhaps got it twice: { $count }
announcement-report-button = 📊 Report
announcement-show = 👁 Show the announcement
announcement-files-only = No words, { $count ->
        [one] { $count } file
       *[other] { $count } files
    }

announcements-title = <b>📣 Announcements of my networks</b>
announcements-of = <b>📣 Announcements: { $title }</b>
announcements-none-yet = There have been no announcements yet.
announcement-line = { $number }. { $moment }{ $network }: { $snippet } — { $sent } of { $total } delivered
announcement-line-network = , { $title }
announcements-button = 🗂 Sent ones
announcement-about = Network: { $about }
announcement-when-ask =
    <b>When to send it?</b>

    Type a day and a time as you say them: “tomorrow 10:00”, “on Friday at 9 am”.
announcement-deadline-ask =
    <b>By when should people confirm?</b>

    Type a day and a time: “Friday 18:00”.
announcement-url-ask =
    <b>Where does the button lead?</b>

    Send a link: you can copy it in the browser.
announcement-wrong-link = This does not look like a link. Send the whole address, such as { $example }
announcement-caption-ask =
    <b>What does the button say?</b>

    Up to 30 characters, such as “Sign up for the course”. You may skip it: then the button shows the site.
announcement-way-network-ask =
    <b>Which network does the button open?</b>

    Choose one or type a part of its title.
announcement-way-event-ask =
    <b>Which event does the button open?</b>

    Choose one or type a part of its title.
announcement-way-product-ask =
    <b>Which work does the button open?</b>

    Choose one or type a part of its title.
announcement-part-network-ask =
    <b>Which network?</b>

    Choose one or type a part of its title.
announcement-part-organisation-ask =
    <b>Which organisation?</b>

    Type a part of its title, such as “lyceum 1”.
announcement-part-subject-ask =
    <b>Which subject?</b>

    Choose one or type a part of its title.
