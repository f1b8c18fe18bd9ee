# Consent, the form, the profile

welcome-text =
    <b>Hello! This is “Metodset”</b>, the professional network of the city's teachers.

    Here you find your association and join it in a couple of minutes.

    To register you I need your consent to the processing of personal data (Federal Law 152-FZ): full name, workplace, position, subjects and experience. The city's methodical centre keeps them. Your name and workplace are seen by coordinators of your networks and events, by experts when you ask them, and by readers of your works. You may withdraw the consent any day.
consent-give = ✅ I consent
consent-read = 📄 Read it all
consent-disagree = I do not agree
consent-again =
    <b>The text of the consent has changed</b>

    To go on I need your consent to the new version. What you have just done is kept: after the consent it goes on by itself.

    If you do not agree, the form is deleted, as when the consent is withdrawn.
consent-again-done = <b>Thank you, the consent is written down.</b> Going on.
consent-refuse = Not now
consent-think-again = Back to the consent
consent-refused =
    <b>All right, not now</b>

    I have kept nothing about you but the number of this chat and the language.

    When you decide to join, send /start.
consent-full =
    <b>Consent to personal-data processing</b> (version { $version })

    I consent that the municipal methodical centre which runs this bot processes my personal data under Federal Law No. 152-FZ of 27.07.2006.

    <b>Which data:</b> my number in Telegram, full name, workplace, position, subjects or directions, years of experience, the time zone I choose; whatever I send to the bot myself.

    <b>What for:</b> taking part in professional networks of teachers: associations, consultations, events, teaching materials and reports on them.

    <b>What is done with them:</b> they are collected, stored, corrected, used, shown to participants as said below, and deleted. Messages and files go through Telegram, which stores them too. They are given to nobody else unless the law demands it.

    <b>Who sees what.</b> The methodical centre: everything. Your name and workplace: coordinators of your networks and of those above them, of the events you signed up for and of the topics you asked about; experts of these topics; readers of the works you published. If you coordinate a network, your name stands on its card, in your announcements and remarks; if you are an expert, other experts of the topic and those you answer see it. The bot does not show your position, subjects and experience to other participants.

    <b>How long:</b> until withdrawn. You may withdraw the consent any day: /settings → “Personal data”. The form is then deleted. The number of the chat, the language, the dates of the consent and the journal of what you took part in and did are kept, and all that you wrote and sent stays without your name. In messages that the bot has already sent to others your name stays. There you can also get all that is stored about you, and delete yourself altogether: then not even the number of the chat is kept.
withdraw-ask =
    <b>Withdraw the consent?</b>

    Your form will be deleted and you will leave all networks. Your seats at events will be given up, your open questions closed, your duties as coordinator or expert ended. This cannot be undone, but you may register anew any day.

    All that you wrote and sent will stay without your name. You may take your works back first: /products → “Mine”.
withdraw-yes = Yes, delete my data
withdraw-no = No, keep them
withdraw-done =
    <b>The consent is withdrawn, the form is deleted.</b>

    Left are the number of this chat, the language, the dates of the consent, the journal of what you took part in and did, and all that you wrote and sent, without your name. You will be welcome back.

registration-title = Registration
registration-title-short = registration
registration-begin = Fill in the form
registration-needed =
    <b>One step is left</b>

    You have given your consent. Fill in a short form and the networks will open.
registration-continue =
    <b>The form is not finished</b>

    Everything you typed is kept. Press “Continue” and we go back to the question where you stopped.
registration-not-taken =
    <b>The form is not finished</b>

    What you typed has not been taken yet. If it answers the question of the form, press “Continue” and I take it.
registration-name-ask =
    <b>What is your name?</b>

    Type your full name, for example: Ivanova Anna Petrovna.
registration-name-label = Full name
registration-name-wrong-letters = A name has letters only: family name, first name and patronymic, for example “Ivanova Anna Petrovna”.
registration-name-wrong-words = { $count ->
        [1] One word is not enough: type your family name and first name with a space between them.
       *[other] From two to four words are needed, and there were { $count }.
    }
registration-organisation-ask =
    <b>Where do you work?</b>

    Type a part of its title, for example “лицей 1”, and choose from the list.
registration-organisation-label = Workplace
registration-organisation-absent = Mine is not in the list
registration-organisation-title-ask =
    <b>What is the title of your organisation?</b>

    Type it in full. The administrator of the centre will add it to the registry.
registration-organisation-title-label = Workplace (new)
registration-position-ask =
    <b>Your position?</b>

    Choose one or type your own.
registration-position-label = Position
registration-subjects-ask =
    <b>What do you teach?</b>

    Tick subjects or directions and press “Done”. Type a word to find one sooner.
registration-subjects-label = Subjects
registration-experience-ask =
    <b>How many full years have you worked with children?</b>

    Press or type a number; 0 if less than a year.
registration-experience-label = Experience
registration-experience-value = { $count ->
        [0] less than a year
        [one] { $count } year
       *[other] { $count } years
    }
registration-summary = <b>Please check that everything is right</b>
registration-finish = ✅ All is right
registration-done =
    <b>Done, you are registered!</b>

    Welcome, { $name }. Now choose your networks.
registration-young = 🌱 You have worked for less than three years. “{ $title }” is there for young specialists: have a look there first.
registration-to-networks = Networks for you

experience-years = { $count ->
        [0] less than a year
        [one] { $count } year
       *[other] { $count } years
    }

profile-text =
    <b>My profile</b>

    <b>Full name:</b> { $name }
    <b>Workplace:</b> { $organisation }
    <b>Position:</b> { $position }
    <b>Subjects:</b> { $subjects }
    <b>Experience:</b> { $experience }
    <b>Networks:</b> { $networks }
profile-unknown = not given
profile-organisation-waits = The administrator has not confirmed your organisation yet. This hinders nothing.
profile-edit-title = Profile change
profile-edit-title-short = profile change
profile-changed = ✅ Saved
profile-edit-name = ✏️ Full name
profile-edit-organisation = ✏️ Workplace
profile-edit-position = ✏️ Position
profile-edit-subjects = ✏️ Subjects
profile-edit-experience = ✏️ Experience
