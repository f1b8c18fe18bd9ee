"""Who has a role: the coordinators' page of a network's moderators, the administrators' pages of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from dialogs.roles import ADMINISTRATOR, MODERATOR
from models import Network, Person
from screens.addresses import (
    AskDismissAdministrator,
    AskDismissModerator,
    BeginDialog,
    DismissAdministrator,
    DismissModerator,
    ListAdministrators,
    ListApplications,
    ListCoordinators,
    ListManaged,
    ListMembers,
    ListTopics,
    ManageNetwork,
    OpenAdmin,
    OpenNetwork,
    OpenPeople,
    OpenTeam,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Screen, column, shorten

if TYPE_CHECKING:
    from services.managing import People
    from services.moderators import Team


def team(t: L10n, shown: Team, page: int, *, toast: str | None = None) -> Screen:
    """Who has a role in the network; a tap on a moderator ends the appointment after a question."""
    network = shown.network
    numbered = list(enumerate(shown.moderators, start=page * PAGE + 1))
    coordinators = ", ".join(_name(t, one) for one in shown.coordinators) or t.plain("team-nobody")
    lines = [t("team-line", number=str(number), name=_name(t, person)) for number, person in numbered]
    text = _joined(
        t("team-title", title=network.title),
        t("team-coordinators", names=coordinators),
        "\n".join((t("team-moderators"), *lines)) if lines else t("team-no-moderators"),
        counted(t, page, len(lines), shown.total),
    )
    makers = [Button(t.plain("team-appoint-moderator"), BeginDialog(dialog=MODERATOR.name, arg=network.id))]
    if shown.topics:
        makers.append(Button(f"{t.plain('admin-topics')} · {shown.topics}", ListTopics(network_id=network.id)))
    buttons = [
        Button(
            shorten(f"{number}. {_name(t, person)}"),
            AskDismissModerator(network_id=network.id, person_id=person.id),
        )
        for number, person in numbered
    ]
    turn = pages(t, page, shown.total, lambda other: OpenTeam(network_id=network.id, page=other))
    back = ways(t, ManageNetwork(network_id=network.id))
    return Screen(text, (*column(makers), *column(buttons), *turn, back), toast=toast)


def moderator_appointed(t: L10n, network: Network) -> Screen:
    """Done; the person is told."""
    rows = column([Button(t.plain("team-button"), OpenTeam(network_id=network.id))])
    text = t("team-moderator-appointed", network=network.title)
    return Screen(text, (*rows, ways(t, ManageNetwork(network_id=network.id))))


def ask_dismiss_moderator(t: L10n, person: Person, network: Network) -> Screen:
    """Sure?"""
    place = {"network_id": network.id}
    return _ask(
        t,
        t("team-dismiss-moderator-ask", name=_name(t, person), network=network.title),
        DismissModerator(**place, person_id=person.id),
        OpenTeam(**place),
    )


def moderate(t: L10n, network: Network, *, members: int, applications: int) -> Screen:
    """What a moderator does in one network."""
    place = {"network_id": network.id}
    label = t.plain("joining-applications")
    buttons = [
        Button(f"{label} · {applications}" if applications else label, ListApplications(**place)),
        Button(f"{t.plain('roles-members')} · {members}", ListMembers(**place)),
        Button(t.plain("roles-open-card"), OpenNetwork(**place)),
    ]
    text = _joined(t("team-moderate", title=network.title), t("joining-waiting", count=applications))
    return Screen(text, (*column(buttons), ways(t, ListManaged())))


def people(t: L10n, counts: People) -> Screen:
    """Everybody with a role, in numbers."""
    text = t(
        "people-text",
        registered=str(counts.registered),
        coordinators=str(counts.coordinators),
        moderators=str(counts.moderators),
        experts=str(counts.experts),
        administrators=str(counts.administrators),
    )
    buttons = [
        Button(t.plain("admin-coordinators"), ListCoordinators()),
        Button(t.plain("admin-topics"), ListTopics()),
        Button(t.plain("people-administrators"), ListAdministrators()),
    ]
    return Screen(text, (*column(buttons), ways(t, OpenAdmin())))


def administrators(t: L10n, lines: Sequence[Person], total: int, page: int, *, toast: str | None = None) -> Screen:
    """The administrators; a tap ends somebody's rights after a question."""
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(t("team-line", number=str(number), name=_name(t, person)) for number, person in numbered)
    appoint = Button(t.plain("people-appoint-administrator"), BeginDialog(dialog=ADMINISTRATOR.name))
    buttons = [
        Button(shorten(f"{number}. {_name(t, person)}"), AskDismissAdministrator(person_id=person.id))
        for number, person in numbered
    ]
    text = _joined(t("people-administrators-title"), body, counted(t, page, len(lines), total))
    turn = pages(t, page, total, lambda other: ListAdministrators(page=other))
    return Screen(text, ((appoint,), *column(buttons), *turn, ways(t, OpenPeople())), toast=toast)


def administrator_appointed(t: L10n, person: Person) -> Screen:
    """Done; the person is told."""
    rows = column([Button(t.plain("people-administrators"), ListAdministrators())])
    return Screen(t("people-administrator-appointed", name=_name(t, person)), (*rows, ways(t, OpenPeople())))


def ask_dismiss_administrator(t: L10n, person: Person, *, is_own: bool) -> Screen:
    """Sure?"""
    text = t("people-dismiss-own-ask") if is_own else t("people-dismiss-administrator-ask", name=_name(t, person))
    return _ask(t, text, DismissAdministrator(person_id=person.id), ListAdministrators())


def no_longer(t: L10n) -> Screen:
    """Dismissed by themselves, or told so: they administer no longer."""
    return Screen(t("people-you-administer-no-longer"), (ways(t),))


def told_appointed(t: L10n, key: str, network: Network, *, waiting: int) -> Screen:
    """A notification of an appointment to a network, with how much waits for a decision already."""
    parts = [t(key, network=network.title)]
    if waiting:
        parts.append(t("joining-waiting", count=waiting))
    return Screen(_joined(*parts), ((Button(t.plain("menu-manage"), ListManaged()),), ways(t)))


def told_administrator(t: L10n) -> Screen:
    """A notification: you administer the centre now."""
    return Screen(t("people-you-administer"), ((Button(t.plain("menu-admin"), OpenAdmin()),), ways(t)))


def _ask(t: L10n, text: str, yes: CallbackData, no: CallbackData) -> Screen:
    rows = column([Button(t.plain("roles-dismiss-yes"), yes), Button(t.plain("roles-dismiss-no"), no)])
    return Screen(text, (*rows, ways(t)))


def _name(t: L10n, person: Person) -> str:
    """Whoever is named in the setting may administer before they have registered."""
    return person.full_name or t.plain("team-unnamed")


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
