# Invitations

invitation-offer-network = ✉️ <b>You are invited to “{ $title }”</b>
invitation-offer-organisation = ✉️ <b>You are invited by “{ $title }”</b>
invitation-offer-expert = ✉️ <b>You are invited as an expert of “{ $title }”</b>
invitation-offer-coordinator = ✉️ <b>You are invited to coordinate “{ $title }”</b>
invitation-offer-moderator = ✉️ <b>You are invited to moderate “{ $title }”</b>
invitation-offer-administrator = ✉️ <b>You are invited to administer the centre</b>
invitation-accept-network = ✅ Join
invitation-accept-organisation = ✅ I work here
invitation-accept-expert = ✅ Become an expert
invitation-accept-coordinator = ✅ Become a coordinator
invitation-accept-moderator = ✅ Become a moderator
invitation-accept-administrator = ✅ Become an administrator
invitation-waits = The invitation waits: consent and a short form come first.
invitation-registered = <b>Done, { $name }, you are registered!</b>
invitation-accepted-organisation = <b>Your workplace is now “{ $title }”</b>
invitation-accepted-expert = <b>You are an expert of “{ $title }”</b>
invitation-accepted-coordinator = <b>You coordinate “{ $title }”</b>
invitation-accepted-moderator = <b>You moderate “{ $title }”</b>
invitation-accepted-administrator = <b>You administer the centre</b>

invitations-title = <b>Invitations: { $title }</b>
invitations-of-centre = the whole centre
invitations-none = No invitations are in force. Make a link and send it to colleagues, or show its QR code at a meeting.
invitation-new = ➕ Invite by a link
invitation-new-expert = ➕ Invite an expert
invitation-new-coordinator = ➕ Invite a coordinator
invitation-new-moderator = ➕ Invite a moderator
invitation-to-network = to the network
invitation-to-organisation = to the organisation
invitation-to-expert = as an expert
invitation-to-coordinator = as a coordinator
invitation-to-moderator = as a moderator
invitation-to-administrator = as an administrator
invitation-for-one = for one
invitation-for-many = for everybody with the link
invitation-for-ever = without an end
invitation-until = until { $on }
invitation-came = { $count ->
        [0] nobody has come yet
        [one] { $count } person came
       *[other] { $count } people came
    }
invitation-sort-ask =
    <b>Which invitation do you need?</b>

    By a common link everybody comes who has it. A one-off link works once.
invitation-sort-month = 👥 For everybody, 30 days
invitation-sort-always = ♾ For everybody, no end
invitation-sort-one = 👤 For one, 7 days
invitation-topic-ask = <b>An expert of which topic?</b>
invitation-made = ✅ The invitation is ready
invitation-revoked = Invitation revoked
invitation-head = <b>Invitation { $to }: { $title }</b>
invitation-link =
    Send this link, or show the QR code:
    { $link }
invitation-over = ⛔ This link lets nobody in any more.
invitation-picture = 🔳 QR code
invitation-revoke = ⛔ Revoke
invitation-caption =
    <b>Invitation { $to }: { $title }</b>
    { $link }
organisation-invite = ✉️ Invite the staff

error-invitation-invalid = This invitation is not in force: it has expired, was revoked or used already. Ask for a new link.
error-invitation-used-up = Somebody else has come by this invitation already. Ask for a new link.
error-too-many-wrong-tokens = Too many wrong links. Try again in an hour.
