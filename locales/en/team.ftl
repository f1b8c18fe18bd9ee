# Roles: a network's moderators, the centre's administrators

team-button = 🎓 Roles in the network
team-title = <b>Roles: { $title }</b>
team-coordinators = 🧭 Coordinators: { $names }
team-nobody = nobody yet
team-moderators = 🛡 Moderators (press one to end the appointment):
team-no-moderators = 🛡 There are no moderators yet. A moderator sees the members and decides about applications.
team-line = { $number }. { $name }
team-unnamed = not registered yet
team-appoint-moderator = ➕ Appoint a moderator
team-moderator-appointed =
    <b>Moderator appointed: { $network }</b>

    They will be told.
team-now-moderator = Appointed. They will be told
team-dismiss-moderator-ask = <b>End the appointment?</b> { $name } will no longer moderate the network “{ $network }”.
team-moderate = <b>You moderate: { $title }</b>
team-you-moderate =
    <b>You moderate the network “{ $network }”</b>

    You see its members and decide about applications: the command is /manage.
team-you-moderate-no-longer = You no longer moderate the network “{ $network }”.

member-moderates = 🛡 A moderator of this network.
member-appoint-moderator = 🛡 Make a moderator
member-dismiss-moderator = 🛡 A moderator no longer

people-text =
    <b>People and roles</b>

    People registered: { $registered }
    Coordinators: { $coordinators }
    Moderators: { $moderators }
    Experts: { $experts }
    Administrators: { $administrators }
people-administrators = 🔑 Administrators
people-administrators-title =
    <b>Administrators of the centre</b>

    Press a person to end the appointment.
people-appoint-administrator = ➕ Appoint an administrator
people-administrator-appointed =
    <b>Administrator appointed: { $name }</b>

    They will be told.
people-dismiss-administrator-ask = <b>End the appointment?</b> { $name } will no longer administer the centre.
people-dismiss-own-ask = <b>Give up your rights as an administrator?</b> Only another administrator can give them back.
people-you-administer =
    <b>You administer the centre</b>

    The command for it is /admin.
people-you-administer-no-longer = You no longer administer the centre.

moderator-title-short = the appointment of a moderator
moderator-person-ask =
    <b>Who is to moderate?</b>

    Choose a member of the network or type their surname.
moderator-person-label = Who
moderator-summary = <b>Appoint a moderator?</b>
moderator-finish = ✅ Appoint

administrator-title-short = the appointment of an administrator
administrator-person-ask =
    <b>Who is to administer the centre?</b>

    Type the surname and choose from the list.
administrator-person-label = Who
administrator-summary = <b>Appoint an administrator of the centre?</b> They will have all your rights.
administrator-finish = ✅ Appoint

error-last-administrator = This is the last administrator of the centre. Appoint another one first.
error-administrator-named = { $name }: this administrator is named in the settings of the server. Only there can the appointment be ended.
