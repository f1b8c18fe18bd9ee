# Announcements: tell everybody of a network, see who got it

announcement-title = Announcement
announcement-title-short = an announcement
announcement-new = 📣 Announce
announcement-network-ask =
    <b>Whom to tell?</b>

    Choose a network or type a part of its title.
announcement-network-label = Network
announcement-pieces-ask =
    <b>What is the announcement?</b>

    Send a text, a photo, a file or several at once. Bold, italics and links are kept. When it is all there, press “Done”.
announcement-pieces-label = Announcement
announcement-whom-label = To
announcement-whom-network = this network only
announcement-whom-network-switch = This network only
announcement-whom-branch = this network and all below
announcement-whom-branch-switch = ➕ And networks below
announcement-summary =
    <b>Send it?</b> This is what members will see ⬆️

    Network: “{ $network }”{ $whom ->
        [branch] {""} and all networks below
       *[network] {""}
    }
    { $people ->
        [0] Nobody will get it: the network has no other members yet
        [one] { $people } person will get it
       *[other] { $people } people will get it
    }
announcement-quiet = 🌙 These are quiet hours. People will get it { $moment }.
announcement-finish = 📣 Send

announcement-head = 📣 <b>Announcement: { $network }</b>
announcement-author = <i>{ $name }</i>
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
announcement-refresh = 🔄 Refresh
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
