# Organisations in networks

network-organisations = 🏫 Organisations
network-coordinating = 🏫 Coordinated by { $titles }
network-covered = 📄 Your organisation has accepted the agreement for you: all that is needed is your own wish.

participations-title = <b>Organisations of “{ $network }”</b>
participations-none = No organisation takes part yet.
participation-line = { $number }. { $title } ({ $role })
participation-role-participant = participant
participation-role-partner = partner
participation-role-coordinator = coordinator
participation-add = ➕ Add an organisation
participation-bring = 🏫 Bring my organisation in
participation-head =
    <b>{ $title }</b>
    “{ $network }”

    Takes part since { $since }, as { $role }.
participation-agreed =
    📄 Agreement, version { $version }: accepted on { $on }
    Accepted by: { $name }
participation-head-gone = its head
participation-must-agree = ⏳ The organisation has not accepted the agreement in force yet.
participation-people = 🧭 Coordinating on its behalf: { $names }
participation-nobody = 🧭 Nobody coordinates on its behalf yet.
participation-agree = 📄 Accept the agreement
participation-scan = 📎 Scan of the agreement
participation-rescan = 🔁 Replace the scan
participation-make-participant = 🏫 Make it a participant
participation-make-partner = 🤝 Make it a partner
participation-make-coordinator = 🧭 Make it the coordinator
participation-represent = 👤 Appoint one of its people
participation-organisation = 🏫 The organisation’s card
participation-open = 🔎 Open
participation-end = ⛔ Remove from the network
participation-leave = 🚪 Leave the network
participation-end-ask = <b>Should “{ $title }” take part in “{ $network }” no longer?</b> People who are members themselves stay.
participation-end-yes = Yes
participation-end-no = No, back
participation-accept = ✅ Accept for the organisation
participation-accept-hint = You accept the agreement on behalf of “{ $title }”. Its people then only need to join. A scan or photo of the signed agreement is needed.
participation-now-added = The organisation takes part now
participation-now-changed = ✅ Saved
participation-now-represented = Appointed. I will tell them
participation-now-agreed = Agreement accepted
participation-now-ended = The organisation takes part no longer
participation-told-agree = 📄 Please read and accept the agreement on its behalf.
participation-told-began = 🏫 <b>“{ $title }” takes part in “{ $network }” now</b>
participation-told-ended = <b>“{ $title }” takes part in “{ $network }” no longer</b>
participation-told-asked = 📄 <b>“{ $network }” has a new agreement, to be accepted on behalf of “{ $title }”</b>
participation-told-came = 🏫 <b>“{ $title }” takes part in “{ $network }” now</b>
participation-told-agreed = 📄 <b>“{ $title }” accepted the agreement of “{ $network }”</b>
participation-told-left = 🚪 <b>“{ $title }” has left “{ $network }”</b>

part-title-short = an organisation in a network
part-organisation-ask =
    <b>Which organisation should take part?</b>

    Type a part of its name.
part-rep-title-short = a coordinator for an organisation
part-rep-person-ask =
    <b>Who will coordinate the network on behalf of the organisation?</b>

    Type a surname. It has to be somebody who works there.
org-agree-title-short = an organisation’s agreement
org-agree-scan-ask =
    <b>Send a scan or photo of the signed agreement</b>

    Several pages are fine. Only the coordinator and you will see it.
org-agree-scan-label = Scan
org-agree-summary = <b>Accept the agreement on behalf of the organisation?</b>
org-agree-finish = ✅ Accept

error-not-of-organisation = This person does not work at “{ $title }”. Please choose somebody else.
error-not-coordinating = “{ $title }” does not coordinate this network.
