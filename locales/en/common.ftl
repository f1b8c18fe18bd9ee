# Common: ways on, dates, languages, refusals, commands

nav-menu = ☰ Menu
nav-back = ‹ Back
nav-previous = « Earlier
nav-next = More »
nav-counted-one = { $number } of { $total }
nav-counted = { $first }–{ $last } of { $total }

date-yesterday = yesterday
date-today = today
date-tomorrow = tomorrow
date-after-tomorrow = the day after tomorrow
date-near = { $day }, { $time }
date-read-back-near = { $moment } ({ $near })
date-read-back = { $moment } ({ $days ->
        [one] in { $days } day
       *[other] in { $days } days
    })

language-ru = Русский
language-en = English

error-not-administrator = Only the administrator of the centre does this. Everything open to you is in the menu: /menu
error-not-a-coordinator = Announcements are made by the coordinators of networks. If you lead one, ask the administrator of the centre to appoint you.
error-no-network-yet = There is nobody to announce to yet: no network. Create the first one: /admin
error-not-allowed = You have no right to do this. If you need it, ask the administrator of the centre.
error-not-registered = Please register first: send /start.
error-not-found = This is no longer here. Open the menu: /menu
error-organisation-exists = “{ $title }” is in the registry already. Please give another title.
error-network-exists = There is a network “{ $title }” already. Please give another title.
error-nobody-to-tell = There is nobody to tell: the network “{ $title }” has no such people yet.
error-not-your-audience = Among those who would get it are people outside your networks. Open “To” and take them out, or ask the administrator.
error-too-many-parts = At most { $most } groups of people can be named. Take one out, or choose a network with all below it.
error-too-many-buttons = An announcement has at most { $most } buttons. Take one away first.
error-unknown-placeholder = It is not clear what to put in place of “{"{"}{ $name }{"}"}”. The bot knows “{"{"}name{"}"}” and “{"{"}organisation{"}"}”.
error-placeholder-too-long = With names and titles in it the text would be too long. Shorten it, or send it in two messages.
error-draft-changed = The announcement was changed. See what it is like now.
error-draft-gone = This announcement has gone out: it cannot be changed here.
error-send-time-passed = This time has passed. Name another one, or choose “At once”.
error-deadline-too-early = The deadline to confirm comes before the announcement itself. Set a later one.
error-topic-exists = There is a topic “{ $title }” already. Please give another title.
error-form-exists = There is a form “{ $title }” already. Call it otherwise.
error-form-in-use = The form “{ $title }” cannot be removed: some networks have it. Give them another one first.
error-order-in-future = This order is not signed yet: its date is in the future. Tap “Correct” and name another one.
error-network-archived = The network “{ $title }” is closed: it can only be read.
error-group-has-no-branch = “{ $title }” is a temporary group: there are no networks inside it. Please choose another place.
error-move-into-itself = A network cannot stand inside itself. “{ $title }” is a part of it, please choose another place.
error-end-passed = That day is over. Please name today or a later one.
error-network-not-open = One joins “{ $title }” by application or invitation. Please ask its coordinator.
error-not-a-member = You are not a member of “{ $title }”. Join it or choose another one.
error-announcement-recalled = This announcement was recalled.
error-quiet-hours-empty = They begin and end at the same hour. Name another one; if you need no quiet hours, cancel and press “None”.
error-dialog-over = This is done already. Menu: /menu
error-question-answered = You have answered this question. Here is where we are now.

surprise = Something broke, and it is our fault. Nothing you typed is lost; please try again. If it does not help, tell the administrator the code { $code }.
surprise-note = ⚠️ An error happened in the bot, code { $code }. The log has the details.

unknown-command = <b>There is no such command.</b> Here is what you can do:
unknown-button = This button is from an older version. Here is the menu.

command-menu = Menu
command-events = Events: sign up
command-products = Materials: find, hand in yours
command-networks = Networks: find and join
command-profile = My profile
command-settings = Language, time, personal data
command-help = What the bot can do
command-cancel = Cancel what was begun
command-announce = Tell everybody of a network
command-manage = Managing networks
command-admin = Running the centre

bot-description =
    “Metodset” is the city's professional network of teachers in one chat.

    Find your association and join it. Press “Start” to begin.
bot-short-description = The city's professional network of teachers

group-text = I work in a private chat: nobody disturbs you there, and what is private stays private.
group-button = Open the private chat
