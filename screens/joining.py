"""How one comes into a network: the applicant's side, and the coordinator's pages of applications, rules and members."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import screens.finding
from dialogs.finding import FIND_APPLICANT
from dialogs.joining import DECLINE, EXPEL
from models import Application, ApplicationState, JoinPolicy, Membership, Network, Person, Visibility
from screens.addresses import (
    AppointModerator,
    ApproveAll,
    ApproveApplication,
    AskApproveAll,
    AskDismissModerator,
    BeginDialog,
    ChooseJoinPolicy,
    ChooseVisibility,
    ListApplications,
    ListInvitations,
    ListMembers,
    ListParticipations,
    ManageAgreement,
    ManageJoining,
    ManageNetwork,
    OpenApplication,
    OpenMember,
    OpenNetwork,
    SetJoinPolicy,
    SetVisibility,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.agreements import Standing
    from services.applications import Page
    from services.memberships import Member


def manage(t: L10n, standing: Standing, *, waiting: int, toast: str | None = None) -> Screen:
    """Who comes in how, who sees the network, its agreement; `waiting` applications come first."""
    network = standing.network
    place = {"network_id": network.id}
    buttons = []
    if waiting:
        buttons.append(Button(f"{t.plain('joining-applications')} · {waiting}", ListApplications(**place)))
    buttons += [
        Button(t.plain("joining-invitations"), ListInvitations(**place)),
        Button(t.plain("joining-policy"), ChooseJoinPolicy(**place)),
        Button(t.plain("joining-visibility"), ChooseVisibility(**place)),
        Button(t.plain("joining-agreement"), ManageAgreement(**place)),
        Button(t.plain("network-organisations"), ListParticipations(**place)),
    ]
    lines = [
        t(f"network-policy-{network.join_policy.value}"),
        t(f"joining-visibility-{network.visibility.value}-is"),
        _agreement_line(t, standing),
        t("joining-waiting", count=waiting),
    ]
    text = t("joining-title", title=network.title) + "\n\n" + "\n".join(lines)
    return Screen(text, (*column(buttons), ways(t, ManageNetwork(network_id=network.id))), toast=toast)


def _agreement_line(t: L10n, standing: Standing) -> str:
    if standing.agreement is None:
        return t("joining-no-agreement")
    return t("joining-agreement-line", version=str(standing.agreement.version))


def choose_policy(t: L10n, network: Network) -> Screen:
    """How should one come in?"""
    buttons = [
        Button(
            _ticked(t.plain(f"joining-policy-{rule.value}"), rule is network.join_policy),
            SetJoinPolicy(network_id=network.id, policy=rule.value),
        )
        for rule in JoinPolicy
    ]
    return Screen(
        t("joining-policy-ask", title=network.title), (*column(buttons), ways(t, ManageJoining(network_id=network.id)))
    )


def choose_visibility(t: L10n, network: Network) -> Screen:
    """Who should see it? «Members of the network above» only where there is one."""
    offered = [one for one in Visibility if one is not Visibility.PARENT or network.parent_id is not None]
    buttons = [
        Button(
            _ticked(t.plain(f"joining-visibility-{seers.value}"), seers is network.visibility),
            SetVisibility(network_id=network.id, visibility=seers.value),
        )
        for seers in offered
    ]
    return Screen(
        t("joining-visibility-ask", title=network.title),
        (*column(buttons), ways(t, ManageJoining(network_id=network.id))),
    )


def _ticked(label: str, is_chosen: bool) -> str:
    return f"{label} ✓" if is_chosen else label


def applications(t: L10n, page_of: Page, page: int, *, toast: str | None = None) -> Screen:
    """What waits for a decision, the oldest first."""
    network, total = page_of.network, page_of.total
    numbered = list(enumerate(page_of.lines, start=page * PAGE + 1))
    body = "\n".join(
        t("application-line", number=str(number), name=_name(one.person), organisation=_organisation(t, one.person))
        for number, one in numbered
    )
    rows: list[Row] = []
    if total > 1:
        label = f"{t.plain('application-approve-all')} · {total}"
        rows.append((Button(label, AskApproveAll(network_id=network.id)),))
    buttons = [
        Button(shorten(f"{number}. {_name(one.person)}"), OpenApplication(application_id=one.id))
        for number, one in numbered
    ]
    text = _joined(
        t("applications-title", title=network.title),
        body or t("applications-none"),
        counted(t, page, len(page_of.lines), total),
    )
    turn = pages(t, page, total, lambda other: ListApplications(network_id=network.id, page=other))
    find = screens.finding.find(t, FIND_APPLICANT, network.id, total=total, shown=len(page_of.lines))
    above = ManageJoining if page_of.may_manage else ManageNetwork
    return Screen(text, (*rows, *column(buttons), *find, *turn, ways(t, above(network_id=network.id))), toast=toast)


def application(t: L10n, one: Application, *, is_waiting: bool, waiting: int, toast: str | None = None) -> Screen:
    """One application as its coordinator sees it; `waiting` is how many wait in all."""
    parts = [_application_text(t, "application-head", one)]
    if is_waiting:
        rows = _decisions(t, one)
    else:
        end = ApplicationState.EXPIRED if one.state is ApplicationState.PENDING else one.state
        parts.append(t(f"application-is-{end.value}"))
        if one.reason:
            parts.append(t("joining-reason", reason=one.reason))
        rows = ()
    return Screen(
        _joined(*parts),
        (*rows, *_to_all(t, one, waiting), ways(t, ListApplications(network_id=one.network_id))),
        toast=toast,
    )


def _application_text(t: L10n, key: str, one: Application) -> str:
    return t(key, network=one.network.title, name=_name(one.person), organisation=_organisation(t, one.person))


def _decisions(t: L10n, one: Application) -> tuple[Row, ...]:
    return column(
        [
            Button(t.plain("application-approve"), ApproveApplication(application_id=one.id)),
            Button(t.plain("application-decline"), BeginDialog(dialog=DECLINE.name, arg=one.id)),
        ]
    )


def _to_all(t: L10n, one: Application, waiting: int) -> tuple[Row, ...]:
    if not waiting:
        return ()
    return column([Button(f"{t.plain('application-all')} · {waiting}", ListApplications(network_id=one.network_id))])


def ask_approve_all(t: L10n, page_of: Page) -> Screen:
    """Sure? What comes in after this question is not meant by its answer."""
    network = page_of.network
    yes = ApproveAll(network_id=network.id, newest_id=page_of.newest_id)
    rows = column(
        [
            Button(t.plain("application-approve-all-yes"), yes),
            Button(t.plain("application-approve-all-no"), ListApplications(network_id=network.id)),
        ]
    )
    return Screen(t("application-approve-all-ask", title=network.title, count=page_of.total), (*rows, ways(t)))


def told_application(t: L10n, one: Application, *, waiting: int, again: bool) -> Screen:
    """A notification: somebody wants in, or (`again`) has waited for days."""
    key = "application-told-waits" if again else "application-told-came"
    return Screen(_application_text(t, key, one), (*_decisions(t, one), *_to_all(t, one, waiting), ways(t)))


def told_applicant(t: L10n, key: str, one: Application) -> Screen:
    """A notification: you are in, or not, or nobody said anything."""
    parts = [t(key, network=one.network.title)]
    if one.reason:
        parts.append(t("joining-reason", reason=one.reason))
    return Screen(_joined(*parts), (_to_card(t, one.network_id), ways(t)))


def told_removed(t: L10n, membership: Membership, *, sees: bool) -> Screen:
    """A notification: you are a member no longer, and why."""
    parts = [t("member-told-removed", network=membership.network.title)]
    if membership.reason:
        parts.append(t("joining-reason", reason=membership.reason))
    rows = (_to_card(t, membership.network_id),) if sees else ()
    return Screen(_joined(*parts), (*rows, ways(t)))


def told_left(t: L10n, membership: Membership) -> Screen:
    """A notification to the coordinator: somebody left, and said why."""
    text = t("member-told-left", network=membership.network.title, name=_name(membership.person))
    reason = t("joining-reason", reason=membership.reason or "")
    rows = column([Button(t.plain("roles-members"), ListMembers(network_id=membership.network_id))])
    return Screen(_joined(text, reason), (*rows, ways(t)))


def _to_card(t: L10n, network_id: int) -> Row:
    return (Button(t.plain("joining-open-network"), OpenNetwork(network_id=network_id)),)


def member(t: L10n, one: Member, *, toast: str | None = None) -> Screen:
    """One member as the coordinator sees them."""
    text = t(
        "member-head",
        name=_name(one.person),
        organisation=_organisation(t, one.person),
        network=one.network.title,
        since=f"{one.membership.state_at.astimezone(t.zone):%d.%m.%Y}",
    )
    if one.person.phone is not None:
        text += "\n\n" + t("profile-phone", phone=one.person.phone)
    if one.is_moderator:
        text += "\n\n" + t("member-moderates")
    rows = _member_deeds(t, one) if one.may_manage else ()
    return Screen(text, (*rows, ways(t, ListMembers(network_id=one.network.id))), toast=toast)


def _member_deeds(t: L10n, one: Member) -> tuple[Row, ...]:
    place = {"network_id": one.network.id, "person_id": one.person.id}
    if one.is_moderator:
        role = Button(t.plain("member-dismiss-moderator"), AskDismissModerator(**place))
    else:
        role = Button(t.plain("member-appoint-moderator"), AppointModerator(**place))
    expel = Button(t.plain("member-remove"), BeginDialog(dialog=EXPEL.name, arg=one.membership.id))
    return column([role, expel])


def removed(t: L10n, network: Network) -> Screen:
    """Done; they are told."""
    rows = column([Button(t.plain("roles-members"), ListMembers(network_id=network.id))])
    return Screen(t("member-removed", network=network.title), (*rows, ways(t, ManageNetwork(network_id=network.id))))


def member_buttons(t: L10n, network: Network, people: Sequence[Person], first: int) -> tuple[Row, ...]:
    """A button to each member of a page."""
    return column(
        [
            Button(shorten(f"{number}. {_name(one)}"), OpenMember(network_id=network.id, person_id=one.id))
            for number, one in enumerate(people, start=first)
        ]
    )


def _name(person: Person) -> str:
    return person.full_name or ""


def _organisation(t: L10n, person: Person) -> str:
    return person.organisation.title if person.organisation else t.plain("profile-unknown")


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
