# Menu, help, settings, free text

menu-text =
    <b>Menu</b>

    { $name }, { $networks ->
        [0] you are in no network yet. Start with the button “Networks”.
        [one] you are in { $networks } network.
       *[other] you are in { $networks } networks.
    }
menu-events = 📅 Events
menu-products = 📚 Materials
menu-networks = 👥 Networks
menu-profile = 🪪 My profile
menu-admin = 🏛 Running the centre
menu-manage = 🧭 Managing networks
menu-settings = ⚙️ Settings
menu-help = ❓ Help

help-title = <b>Help</b>
help-registered =
    • /ask — ask an expert
    • /events — events: sign up, see your own
    • /products — colleagues' works; hand in yours
    • /networks — find a network, join, leave
    • /profile — see and correct your profile
    • /settings — language, time, quiet hours, personal data
    • /cancel — cancel what was begun
    • /menu — back to the beginning

    You may simply type a word, say “mathematics”, and I will look for networks, events and materials.
help-stranger =
    I help the city's teachers find their professional associations and join them.

    Send /start, read what your consent is needed for and fill in a short form: five questions, two minutes. The language is changed in /settings.
help-coordinator = <b>Coordinators:</b> /manage — members, events and works to be decided in your networks; /announce — tell everybody of a network.
help-moderator = <b>Moderators:</b> /manage — members and applications of your networks.
help-admin = <b>For the administrator:</b> /admin — networks and organisations, topics of questions, coordinators and experts, announcements.
help-footer = Buttons always work, even in old messages.

free-text-found =
    <b>You wrote: “{ $typed }”</b>

    What shall I do with it?
free-text-nothing =
    <b>You wrote: “{ $typed }”</b>

    Nothing was found with these words. Try another word or look at all networks.
free-text-people =
    <b>You wrote: “{ $typed }”</b>

    No networks, events or materials have these words. If it is a question or a message, choose whom to pass it on to, word for word.
free-text-not-taken = This has not been taken yet. Not finished: { $title }. If it is the answer, press “Continue” and I take it.
free-text-waiting = Not finished: { $title }. To answer its question, press “Continue”.
free-text-networks = 🔍 Show networks: { $count }
free-text-events = 📅 Show events: { $count }
free-text-products = 📚 Find in materials: { $count }
free-text-all-networks = 👥 All networks
free-text-to-draft = 📣 Add it to the announcement
free-text-perhaps-taken = The connection broke off. If this was an answer to my question, it has been taken.
free-file-where =
    <b>This has not been sent anywhere yet</b>

    Choose what to do with it.
free-file =
    <b>What you sent went nowhere</b>

    Thank you, but I had not asked for anything. Choose in the menu what you would like to do.
