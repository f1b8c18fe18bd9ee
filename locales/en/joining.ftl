# Joining: applications, agreements, members

network-apply = 📝 Apply
network-withdraw = ↩️ Withdraw the application
network-agree = 📄 Accept the agreement
network-agreement = 📄 Agreement
network-applied = 📝 Your application waits for the coordinator. I will tell you as soon as it is decided.
network-apply-hint = The coordinator decides and will see your name and workplace.
network-declined = ↩️ Your last application was declined: “{ $reason }”. You may apply again.
network-expired = ⌛ Nobody answered your last application in time. You may apply again.
network-must-agree = 📄 The network has a new agreement. Please read and accept it.
network-now-applied = Application sent
network-now-withdrawn = Application withdrawn
network-leave-why = Leave and say why
network-left-behind =
    <b>You have left “{ $title }”</b>

    Only its members see it, so its card will not open any more.

joining-button = 🚪 Joining
joining-title = <b>Joining: { $title }</b>
joining-applications = 📝 Applications
joining-invitations = ✉️ Invitations
joining-policy = 🔑 How people join
joining-visibility = 👁 Who sees it
joining-agreement = 📄 Agreement
joining-no-agreement = 📄 No agreement
joining-agreement-line = 📄 Agreement, version { $version }
joining-waiting = { $count ->
        [0] 📝 No applications
        [one] 📝 { $count } application waits
       *[other] 📝 { $count } applications wait
    }
joining-saved = ✅ Saved
joining-open-network = 🔎 Open the network
joining-reason = 💬 { $reason }

joining-policy-ask =
    <b>How do people join “{ $title }”?</b>

    Whoever is in stays in.
joining-policy-open = 🔓 At once, anybody
joining-policy-application = 📝 By application
joining-policy-invitation = 🔒 By invitation
joining-visibility-ask =
    <b>Who sees “{ $title }”?</b>

    Members and coordinators always do.
joining-visibility-everyone = 🌍 Everybody
joining-visibility-registered = 👤 Registered people
joining-visibility-parent = 🌳 Members of the one above
joining-visibility-members = 🙈 Nobody, it is hidden
joining-visibility-everyone-is = 👁 Everybody sees it
joining-visibility-registered-is = 👁 Registered people see it
joining-visibility-parent-is = 👁 Members of the network above see it
joining-visibility-members-is = 👁 Hidden: only members see it

applications-title = <b>Applications: { $title }</b>
applications-none = No applications now.
application-line = { $number }. { $name } — { $organisation }
application-head =
    <b>Application to “{ $network }”</b>

    { $name }
    { $organisation }
application-approve = ✅ Approve
application-decline = ✖️ Decline
application-all = 📝 All applications
application-approve-all = ✅ Approve all
application-approve-all-ask = <b>Approve { $count ->
        [one] { $count } application
       *[other] { $count } applications
    } to “{ $title }”?</b> All these people become members.
application-approve-all-yes = Yes, approve
application-approve-all-no = No, back
application-is-approved = ✅ Approved.
application-is-declined = ✖️ Declined.
application-is-withdrawn = ↩️ Withdrawn by the applicant.
application-is-expired = ⌛ Expired.
application-now-approved = ✅ Taken in
application-now-approved-all = { $count ->
        [0] Nothing left to approve
        [one] ✅ { $count } application approved
       *[other] ✅ { $count } applications approved
    }
application-now-declined = Declined. I will tell them
application-told-came =
    📥 <b>New application to “{ $network }”</b>

    { $name }
    { $organisation }
application-told-waits =
    ⏳ <b>An application to “{ $network }” has waited for three working days</b>

    { $name }
    { $organisation }
application-told-approved = 🎉 <b>You are a member of “{ $network }”</b>
application-told-declined =
    <b>Your application to “{ $network }” was declined</b>

    You may put things right and apply again.
application-told-expired =
    ⌛ <b>Your application to “{ $network }” was left without an answer</b>

    Nobody decided about it for a month. You may apply again.

member-head =
    <b>{ $name }</b>
    { $organisation }

    A member of “{ $network }” since { $since }.
member-remove = ⛔ Remove
member-removed =
    <b>The member is removed: { $network }</b>

    I will tell them, with the reason.
member-told-removed = <b>You were removed from “{ $network }”</b>
member-told-left = 🚪 <b>{ $name } has left “{ $network }”</b>

agreement-text =
    <b>Agreement on methodical cooperation</b>
    “{ $network }”, version { $version }

    { $text }
agreement-asked = 📄 <b>Please read and accept the new agreement</b>
agreement-accept = ✅ I accept
agreement-accept-and-join = ✅ I accept and join
agreement-now-accepted = Agreement accepted
agreement-none =
    <b>Agreement: { $network }</b>

    There is none: people join without it. If you need one, send its text, and every member will accept it.
agreement-standing =
    <b>Agreement: { $network }</b>

    Version { $version } of { $on }.
    Accepted by { $accepted } of { $members }
agreement-read = 📄 Read
agreement-new = ✏️ New version
agreement-unaccepted = ⏳ Not accepted
agreement-unaccepted-title = <b>Have not accepted the agreement: { $network }</b>
agreement-unaccepted-line = { $number }. { $name } — { $organisation }
agreement-unaccepted-none = Everybody has accepted it.
agreement-published = The agreement is in force. The members are asked to accept it

decline-title-short = declining an application
decline-reason-ask =
    <b>Why do you decline it?</b>

    A sentence or two: the person gets your words as they are.
decline-reason-label = Reason
decline-summary = <b>Decline the application?</b>
decline-finish = ✖️ Decline
expel-title-short = removing a member
expel-reason-ask =
    <b>Why do you remove this member?</b>

    A sentence or two: the person gets your words as they are.
expel-reason-label = Reason
expel-summary = <b>Remove from the network?</b>
expel-finish = ⛔ Remove
leave-title-short = leaving a network
leave-reason-ask =
    <b>Why do you leave?</b>

    A sentence or two: the coordinator will read your words.
leave-reason-label = Reason
leave-summary = <b>Leave the network?</b>
leave-finish = Leave
agreement-title-short = a network's agreement
agreement-text-ask =
    <b>Send the text of the agreement</b>

    Up to 3000 characters. Every member will read it and tap “I accept”.
agreement-text-label = Text
agreement-summary = <b>Put the agreement in force?</b> The members get it at once.
agreement-finish = ✅ Put in force

error-agreement-not-accepted = “{ $title }” has a new agreement. Please read and accept it.
error-application-approved = This application is approved already.
error-application-declined = This application was declined already: { $name }.
error-application-withdrawn = This application was withdrawn.
error-application-expired = This application has expired.
