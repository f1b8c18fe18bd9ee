# Events: lists, card, signing up, management

events-mine = Mine
events-my-networks = My networks
events-all = All
events-mine-title = <b>Events you are going to</b>
events-my-networks-title = <b>Events of your networks</b>
events-all-title = <b>All events of the city</b>
events-found-title = <b>Events for “{ $query }”</b>
events-network-title = <b>Events: { $network }</b>
events-hint = You can type a word of the title, and I will search.
events-empty = Nothing is planned here yet.
events-empty-mine = You have not signed up for anything yet.
events-empty-found = Nothing found. Type another word.
events-line =
    { $number }. { $when }
    <b>{ $title }</b>
    { $facts }
events-line-free = { $free } of { $seats } seats left
events-line-full = no seats left
events-line-going-on = 🟢 going on now
events-line-registered = ✅ you are going
events-line-waiting = ⏳ you are on the waiting list
events-new = ➕ New event

event-kind-seminar = Seminar
event-kind-webinar = Webinar
event-kind-master-class = Master class
event-kind-open-lesson = Open lesson
event-kind-meeting = Association meeting
event-kind-consultation = Group consultation
event-kind-workshop = Workshop
event-kind-discussion = Discussion
event-kind-contest = Contest
event-kind-conference = Web conference

event-head =
    <b>{ $title }</b>
    { $kind } · { $network }
event-card-about = { $text }
event-when = 🕒 { $when }
event-where = 📍 { $place }
event-where-hidden = 🔗 The link is shown to those who have signed up
event-seats-free = 🪑 { $free ->
        [one] { $free } seat left
       *[other] { $free } seats left
    } of { $seats }
event-seats-none = 🪑 All seats are taken ({ $seats }){ $waiting ->
        [0] {""}
        [one] , { $waiting } person waits
       *[other] , { $waiting } people wait
    }
event-seats-open = 🪑 Seats for everyone{ $taken ->
        [0] {""}
        [one] , { $taken } person is going
       *[other] , { $taken } people are going
    }
event-you-registered = ✅ <b>You are going.</b>{ $reminders ->
        [0] {""}
        [1] {" "}We will remind you an hour before.
       *[other] {" "}We will remind you a day and an hour before.
    }
event-you-were-registered = ✅ You had signed up.
event-you-wait = ⏳ <b>You are number { $turn } of { $waiting } on the waiting list.</b> As soon as a seat is free, we will write to you.
event-going-on = 🟢 The event is going on, sign-up is closed.
event-over = The event is over.
event-called-off = 🚫 <b>The event is cancelled.</b> Reason: { $reason }
event-network-closed = the network is closed

event-sign-up = ✅ Sign up
event-wait = ⏳ Join the waiting list
event-leave = ✖️ I will not come
event-to-calendar = 📆 Add to calendar
event-calendar-again = 📆 Update the calendar
event-calendar-remove = 📆 Remove from calendar
event-manage = 🧭 Manage the event
event-open = More
event-back = ‹ To the event
event-others = 📅 Other events
event-registered-toast = You are going
event-waiting-toast = No seats left: you are on the waiting list
event-left-toast = You are not going any more
event-leave-ask = <b>Not coming to “{ $title }”?</b> { $seat ->
        [yes] Your seat goes at once to the next one on the waiting list.
       *[no] Your place on the waiting list goes to the next one.
    } You can sign up again while there are seats.
event-leave-yes = No, I will not come
event-leave-no = Yes, I will come
event-file-caption = <b>{ $title }</b>

    Open the file to put the event into your phone’s calendar. If the event is moved, tap “Add to calendar” again.
event-file-caption-cancelled = <b>{ $title }</b>

    Open the file to take the event out of your phone’s calendar.

event-new-head = 📅 <b>A new event in your network</b>
event-promoted-head = 🎉 <b>A seat is free: you are going!</b>
event-remind-day = ⏰ <b>A reminder: { $when }</b>
event-remind-hour = ⏰ <b>Starting soon: { $when }</b>
event-moved-head = 🕒 <b>The event is moved</b>
event-moved-times =
    It was: { $old }
    <b>It is now: { $new }</b>
event-place-head = 📍 <b>The event has another place</b>
event-cancelled-head = 🚫 <b>The event is cancelled</b>
event-cancelled-text =
    { $when }
    Reason: { $reason }

event-manage-head = <b>Managing the event</b>
event-manage-counts = 👥 { $taken ->
        [0] Nobody has signed up yet
        [one] { $taken } person is going
       *[other] { $taken } people are going
    }{ $waiting ->
        [0] {""}
        [one] , { $waiting } waits
       *[other] , { $waiting } wait
    }
event-manage-seats-line = 🪑 Seats: { $seats }
event-manage-no-limit = 🪑 Seats: no limit
event-manage-announced = 📣 The members of the network have been told.
event-manage-not-announced = 📣 The members of the network have not been told yet.
event-manage-people = 👥 Who is coming
event-manage-move = 🕒 Move
event-manage-place = 📍 Place
event-manage-seats = 🪑 Seats
event-manage-title = 🏷 Title
event-manage-annotation = 📝 About
event-manage-tell = 📣 Tell the members
event-manage-tell-new = 📣 Tell the new members
event-manage-cancel = 🚫 Cancel the event
event-told-toast = { $count ->
        [0] There is nobody to tell: everyone knows
        [one] Telling { $count } person
       *[other] Telling { $count } people
    }
event-changed-toast = Changed

event-people-title = <b>Who is coming: { $title }</b>
event-people-waiting-title = <b>Waiting list: { $title }</b>
event-people-line = { $number }. { $name }
event-people-line-organisation = { $number }. { $name }, { $organisation }
event-people-nobody = Nobody yet.
event-people-to-waiting = ⏳ Waiting list
event-people-to-registered = 👥 Who is coming
event-person-gone = participant

event-title = New event
event-title-short = new event
event-network-ask =
    <b>Which network is the event for?</b>

    Choose, or type a part of the title.
event-network-label = Network
event-kind-ask = <b>What will it be?</b>
event-kind-label = Kind
event-title-ask =
    <b>What is the event called?</b>

    One line, for example “Fractions without tears”.
event-title-label = Title
event-starts-ask =
    <b>When does it start?</b>

    Type it as you say it: “tomorrow at 15:00”, “November 25, 2:30 pm”, “on Friday at 10”.
event-starts-label = Start
event-place-ask =
    <b>Where, or by which link?</b>

    Everyone sees an address. A link is shown only to those who have signed up.
event-place-label = Where
event-seats-ask = <b>How many seats?</b>
event-seats-label = Seats
event-seats-value = { $count }
event-seats-skip = No limit
event-seats-empty = no limit
event-annotation-ask =
    <b>What is the event about?</b>

    A few sentences: what will happen, for whom it is useful, what to bring.
event-summary =
    <b>Publish the event?</b>

    Check the day of the week and the time.
event-finish = ✅ Publish
event-published =
    <b>The event is published</b>

    { $title }
    { $when }
event-published-tell = Tell the members of the network? { $members ->
        [0] The network has nobody yet.
        [one] The network has { $members } member.
       *[other] The network has { $members } members.
    }
event-not-now = Not now

event-edit-title-short = changing the event
event-move-title-short = moving the event
event-move-starts-ask =
    <b>When shall the event be?</b>

    Type it as you say it: “tomorrow at 15:00”, “November 25, 2:30 pm”.
event-move-starts-label = New start
event-move-summary =
    <b>Move “{ $title }”?</b>

    It was: { $old }
    <b>It will be: { $new }</b>
event-move-finish = ✅ Move
event-cancel-title-short = cancelling the event
event-cancel-reason-ask =
    <b>Why is the event cancelled?</b>

    Everyone who has signed up will see the reason.
event-cancel-reason-label = Reason
event-cancel-summary =
    <b>Cancel “{ $title }”?</b>

    { $when }
    Reason: { $reason }
event-cancel-finish = 🚫 Yes, cancel the event
event-tells = { $people ->
        [0] Nobody has signed up yet.
        [one] { $people } person will be told.
       *[other] { $people } people will be told.
    }

error-event-cancelled = The event “{ $title }” is cancelled.
error-event-begun = The event “{ $title }” has begun, sign-up is closed.
error-event-in-past = That time has passed. Name another start.
error-seats-are-taken = { $taken ->
        [one] { $taken } person has
       *[other] { $taken } people have
    } signed up already: there cannot be fewer seats.
