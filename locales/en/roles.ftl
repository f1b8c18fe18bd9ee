# Appointments, topics and experts, the coordinator's page

roles-coordinators-title =
    <b>Coordinators</b>

    Press a person to end the appointment.
roles-coordinator-line = { $number }. { $name } — { $network }
roles-nobody-yet = Nobody yet.
roles-appoint-coordinator = ➕ Appoint a coordinator
roles-to-coordinators = All coordinators
roles-coordinator-appointed =
    <b>Coordinator appointed: { $network }</b>

    They will be told.
roles-dismiss-coordinator-ask = <b>End the appointment?</b> { $name } will no longer coordinate the network “{ $network }”.
roles-dismiss-yes = Yes, end it
roles-dismiss-no = No, keep it
roles-dismissed = The appointment is ended

roles-topics-title =
    <b>Topics and experts</b>

    Teachers ask questions on these topics.
roles-topic-line = { $number }. { $title } — { $experts ->
        [0] no experts
        [one] { $experts } expert
       *[other] { $experts } experts
    }
roles-no-topics-yet = There are no topics yet.
roles-new-topic = ➕ New topic
roles-open-topic = Open the topic
roles-appoint-expert = ➕ Appoint an expert
roles-name = { $name }
roles-topic-head =
    <b>Topic: { $title }</b>
    Its questions are watched over by: { $network }

    Experts (press one to end the appointment):
roles-topic-created =
    <b>The topic “{ $title }” is open</b>

    Appoint experts: nothing can be asked without them.
roles-expert-appointed =
    <b>Expert appointed: { $topic }</b>

    They will be told.
roles-dismiss-expert-ask = <b>End the appointment?</b> { $name } will no longer be an expert on “{ $topic }”.

roles-managed-title = <b>Managing networks</b>
roles-managed-choose = Choose a network.
roles-managed-line = { $number }. { $title }
roles-managed-applications = {""}, applications: { $count }
roles-managed-products = {""}, works: { $count }
roles-wait-applications = 📝 Applications to be decided: { $count }
roles-wait-products = 📦 Works to be decided: { $count }
roles-nothing-managed = You coordinate no network. Coordinators are appointed by the administrator of the centre.
roles-events = 📅 Events of the network
roles-manage-text =
    <b>Managing: { $title }</b>

    { $members ->
        [0] Nobody is in the network yet.
        [one] The network has { $members } member.
       *[other] The network has { $members } members.
    }
roles-members = 👥 Members
roles-open-card = 🔎 Card of the network
roles-members-title = <b>Members: { $title }</b>
roles-member-line = { $number }. { $name } — { $organisation }

roles-you-coordinate =
    <b>You coordinate the network “{ $network }”</b>

    Manage it with the command /manage.
roles-you-coordinate-no-longer = You no longer coordinate the network “{ $network }”.
roles-you-are-expert =
    <b>You are an expert on “{ $topic }”</b>

    When teachers ask, the question comes to you here.
roles-you-are-expert-no-longer = You are no longer an expert on “{ $topic }”.

coordinator-title = Appointing a coordinator
coordinator-title-short = appointing a coordinator
coordinator-person-ask =
    <b>Whom do you appoint?</b>

    Type the family name and choose from the list.
coordinator-person-label = Whom
coordinator-network-ask =
    <b>In which network?</b>

    Choose one or type a part of its title.
coordinator-network-label = Network
coordinator-order-ask =
    <b>By which order?</b>

    Type its number and date, say “No. 12 of 01.09.2026”. You may skip this.
coordinator-order-wrong = I see no number and date. Write it like “No. 12 of 01.09.2026”.
coordinator-order-label = Order
coordinator-summary = <b>Appoint this coordinator?</b>
coordinator-finish = ✅ Appoint

topic-title = New topic
topic-title-short = new topic
topic-title-ask =
    <b>What is the topic called?</b>

    For example: “Preparing for the maths exam”.
topic-title-label = Title
topic-network-ask =
    <b>Which network watches over its questions?</b>

    Its coordinator is told when a question stays unanswered.
topic-network-label = Network
topic-subject-ask =
    <b>Which subject does it belong to?</b>

    Teachers of this subject see the topic first. You may skip this.
topic-subject-label = Subject
topic-summary = <b>Open this topic?</b>
topic-finish = ✅ Open

expert-title = Appointing an expert
expert-title-short = appointing an expert
expert-person-ask =
    <b>Whom do you appoint?</b>

    Type the family name and choose from the list.
expert-person-label = Whom
expert-topic-ask =
    <b>On which topic?</b>

    Choose one or type a part of its title.
expert-topic-label = Topic
expert-summary = <b>Appoint this expert?</b>
expert-finish = ✅ Appoint
