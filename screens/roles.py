"""Appointments, topics with their experts, and the coordinator's page of a network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

import screens.finding
import screens.joining
from dialogs.announcements import ANNOUNCEMENT
from dialogs.finding import FIND_MEMBER, FIND_NETWORK
from dialogs.roles import COORDINATOR, TOPIC, TOPIC_EXPERT
from models import (
    EventView,
    Network,
    Person,
    ProductView,
    Topic,
)
from screens.addresses import (
    AskDismissCoordinator,
    AskDismissExpert,
    BeginDialog,
    DismissCoordinator,
    DismissExpert,
    ListAnnouncements,
    ListCoordinators,
    ListEvents,
    ListManaged,
    ListMembers,
    ListProducts,
    ListTopics,
    ManageJoining,
    ManageNetwork,
    ManageTree,
    OpenAdmin,
    OpenPeople,
    OpenTeam,
    OpenTopic,
    SendMembers,
)
from screens.l10n import L10n
from screens.navigation import PAGE, beside, counted, pages, ways
from screens.screen import LABEL, Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.managing import Line, Managed

MANAGED = PAGE - 1
"""Networks on a page of those that one coordinates: two buttons stand above them, and «Найти» below."""


def coordinators(
    t: L10n, lines: Sequence[tuple[Person, Network]], total: int, page: int, *, toast: str | None = None
) -> Screen:
    """Who coordinates what; a tap ends an appointment after a question."""
    appoint = (Button(t.plain("roles-appoint-coordinator"), BeginDialog(dialog=COORDINATOR.name)),)
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(
        t("roles-coordinator-line", number=str(number), name=person.full_name or "", network=network.title)
        for number, (person, network) in numbered
    )
    buttons = [
        Button(
            shorten(f"{number}. {person.full_name}"),
            AskDismissCoordinator(person_id=person.id, network_id=network.id),
        )
        for number, (person, network) in numbered
    ]
    text = _joined(t("roles-coordinators-title"), body or t("roles-nobody-yet"), counted(t, page, len(lines), total))
    turn = pages(t, page, total, lambda other: ListCoordinators(page=other))
    return Screen(text, (appoint, *column(buttons), *turn, ways(t, OpenPeople())), toast=toast)


def ask_dismiss_coordinator(t: L10n, person: Person, network: Network) -> Screen:
    """Sure?"""
    return _ask(
        t,
        t("roles-dismiss-coordinator-ask", name=person.full_name or "", network=network.title),
        DismissCoordinator(person_id=person.id, network_id=network.id),
        ListCoordinators(),
    )


def coordinator_appointed(t: L10n, network: Network) -> Screen:
    """Done; the person is told."""
    rows = column([Button(t.plain("roles-to-coordinators"), ListCoordinators())])
    return Screen(t("roles-coordinator-appointed", network=network.title), (*rows, ways(t, OpenPeople())))


def topics(t: L10n, lines: Sequence[tuple[Topic, int]], total: int, page: int, *, network_id: int = 0) -> Screen:
    """The topics with how many experts each has: of the whole centre, or of a network's branch. New ones the administrator opens."""
    create = () if network_id else column([Button(t.plain("roles-new-topic"), BeginDialog(dialog=TOPIC.name))])
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(
        t("roles-topic-line", number=str(number), title=topic.title, experts=experts)
        for number, (topic, experts) in numbered
    )
    buttons = [
        Button(shorten(f"{number}. {topic.title}"), OpenTopic(topic_id=topic.id)) for number, (topic, _) in numbered
    ]
    text = _joined(t("roles-topics-title"), body or t("roles-no-topics-yet"), counted(t, page, len(lines), total))
    turn = pages(t, page, total, lambda other: ListTopics(page=other, network_id=network_id))
    back = OpenTeam(network_id=network_id) if network_id else OpenPeople()
    return Screen(text, (*create, *column(buttons), *turn, ways(t, back)))


def topic(
    t: L10n,
    topic: Topic,
    experts: Sequence[Person],
    page: int = 0,
    *,
    is_administrator: bool = True,
    toast: str | None = None,
) -> Screen:
    """One topic; a tap on an expert ends the appointment after a question."""
    appoint = (Button(t.plain("roles-appoint-expert"), BeginDialog(dialog=TOPIC_EXPERT.name, arg=topic.id)),)
    shown = experts[page * PAGE : (page + 1) * PAGE]
    body = "\n".join(f"• {name}" for name in (t("roles-name", name=expert.full_name or "") for expert in shown))
    buttons = [
        Button(shorten(expert.full_name or ""), AskDismissExpert(person_id=expert.id, topic_id=topic.id))
        for expert in shown
    ]
    text = _joined(
        t("roles-topic-head", title=topic.title, network=topic.network.title),
        body or t("roles-nobody-yet"),
        counted(t, page, len(shown), len(experts)),
    )
    turn = pages(t, page, len(experts), lambda other: OpenTopic(topic_id=topic.id, page=other))
    back = ways(t, ListTopics() if is_administrator else ListTopics(network_id=topic.network_id))
    return Screen(text, (appoint, *column(buttons), *turn, back), toast=toast)


def topic_created(t: L10n, topic: Topic) -> Screen:
    """Done; now it needs experts."""
    rows = column(
        [
            Button(t.plain("roles-appoint-expert"), BeginDialog(dialog=TOPIC_EXPERT.name, arg=topic.id)),
            Button(t.plain("roles-open-topic"), OpenTopic(topic_id=topic.id)),
        ]
    )
    return Screen(t("roles-topic-created", title=topic.title), (*rows, ways(t, ListTopics())))


def ask_dismiss_expert(t: L10n, person: Person, topic: Topic) -> Screen:
    """Sure?"""
    return _ask(
        t,
        t("roles-dismiss-expert-ask", name=person.full_name or "", topic=topic.title),
        DismissExpert(person_id=person.id, topic_id=topic.id),
        OpenTopic(topic_id=topic.id),
    )


def expert_appointed(t: L10n, topic: Topic) -> Screen:
    """Done; the person is told."""
    rows = column([Button(t.plain("roles-open-topic"), OpenTopic(topic_id=topic.id))])
    return Screen(t("roles-expert-appointed", topic=topic.title), (*rows, ways(t)))


def managed(t: L10n, shown: Managed, page: int, *, is_administrator: bool) -> Screen:
    """The networks that this coordinator rules, the own ones and those below them, or a moderator's; where something waits first."""
    numbered = list(enumerate(shown.lines, start=page * MANAGED + 1))
    body = "\n".join(_managed_line(t, number, line) for number, line in numbered)
    text = _joined(
        t("roles-managed-title"),
        "\n".join(waiting(t, shown)),
        t("roles-managed-choose") if shown.total else t("roles-nothing-managed"),
        body,
        counted(t, page, len(shown.lines), shown.total, size=MANAGED),
    )
    turn = pages(t, page, shown.total, lambda other: ListManaged(page=other), size=MANAGED)
    find = screens.finding.find(t, FIND_NETWORK, 0, total=shown.total, shown=len(shown.lines))
    announce = column(
        [
            Button(t.plain("announcement-new"), BeginDialog(dialog=ANNOUNCEMENT.name)),
            Button(t.plain("announcements-button"), ListAnnouncements()),
        ]
    )
    return Screen(
        text,
        (
            *(announce if shown.coordinates and shown.total else ()),
            *column([_managed_button(number, line) for number, line in numbered]),
            *find,
            *turn,
            ways(t, OpenAdmin() if is_administrator else None),
        ),
    )


def waiting(t: L10n, shown: Managed) -> list[str]:
    """What waits for a decision, in numbers; nothing where nothing does."""
    lines = []
    if shown.applications:
        lines.append(t("roles-wait-applications", count=str(shown.applications)))
    if shown.products:
        lines.append(t("roles-wait-products", count=str(shown.products)))
    return lines


def _managed_line(t: L10n, number: int, line: Line) -> str:
    parts = [t("roles-managed-line", number=str(number), title=line.network.title)]
    if line.applications:
        parts.append(t("roles-managed-applications", count=str(line.applications)))
    if line.products:
        parts.append(t("roles-managed-products", count=str(line.products)))
    return "".join(parts)


def _managed_button(number: int, line: Line) -> Button:
    waits = line.applications + line.products
    sign = f" · {waits}" if waits else ""
    label = shorten(f"{number}. {line.network.title}", LABEL - len(sign)) + sign
    return Button(label, ManageNetwork(network_id=line.network.id))


def manage_network(t: L10n, network: Network, *, members: int, products: int, applications: int) -> Screen:
    """What a coordinator does in one network. `products` and `applications` are how many wait for a decision."""
    if network.archived_at is not None:
        return _manage_closed(t, network, members=members)
    rows: list[Row] = [
        (Button(f"{t.plain('roles-members')} · {members}", ListMembers(network_id=network.id)),),
        (Button(t.plain("team-button"), OpenTeam(network_id=network.id)),),
        (_joining(t, network, applications),),
        *_waiting_products(t, network, products),
        (Button(t.plain("roles-events"), ListEvents(view=EventView.NETWORK.value, arg=network.id)),),
        (Button(t.plain("announcement-new"), BeginDialog(dialog=ANNOUNCEMENT.name, arg=network.id)),),
        (Button(t.plain("announcements-button"), ListAnnouncements(network_id=network.id)),),
        (Button(t.plain("tree-button"), ManageTree(network_id=network.id)),),
    ]
    return Screen(t("roles-manage-text", title=network.title, members=members), (*rows, ways(t, ListManaged())))


def _manage_closed(t: L10n, network: Network, *, members: int) -> Screen:
    """What is left to read."""
    buttons = [
        Button(f"{t.plain('roles-members')} · {members}", ListMembers(network_id=network.id)),
        Button(t.plain("tree-button"), ManageTree(network_id=network.id)),
    ]
    text = _joined(t("roles-manage-text", title=network.title, members=members), t("network-archived"))
    return Screen(text, (*column(buttons), ways(t, ListManaged())))


def _waiting_products(t: L10n, network: Network, count: int) -> tuple[Row, ...]:
    if not count:
        return ()
    queue = ListProducts(view=ProductView.QUEUE.value, arg=str(network.id))
    return ((Button(f"{t.plain('products-queue')} · {count}", queue),),)


def _joining(t: L10n, network: Network, applications: int) -> Button:
    label = t.plain("joining-button")
    return Button(f"{label} · {applications}" if applications else label, ManageJoining(network_id=network.id))


def members(
    t: L10n, network: Network, people: Sequence[Person], total: int, page: int, *, may_manage: bool = True
) -> Screen:
    """Who is in the network; the list as a file is for its coordinators."""
    numbered = enumerate(people, start=page * PAGE + 1)
    body = "\n".join(
        t(
            "roles-member-line",
            number=str(number),
            name=person.full_name or "",
            organisation=person.organisation.title if person.organisation else "",
        )
        for number, person in numbered
    )
    text = _joined(
        t("roles-members-title", title=network.title),
        body or t("roles-nobody-yet"),
        counted(t, page, len(people), total),
    )
    turn = pages(t, page, total, lambda other: ListMembers(network_id=network.id, **beside(people, page, other)))
    files = column([Button(t.plain("registry-members"), SendMembers(network_id=network.id))]) if may_manage else ()
    each = screens.joining.member_buttons(t, network, people, page * PAGE + 1)
    find = screens.finding.find(t, FIND_MEMBER, network.id, total=total, shown=len(people))
    return Screen(text, (*files, *each, *find, *turn, ways(t, ManageNetwork(network_id=network.id))))


def appointment(t: L10n, key: str, **values: str) -> Screen:
    """A notification of an appointment or its end."""
    return Screen(t(key, **values), (ways(t),))


def _ask(t: L10n, text: str, yes: CallbackData, no: CallbackData) -> Screen:
    rows = column([Button(t.plain("roles-dismiss-yes"), yes), Button(t.plain("roles-dismiss-no"), no)])
    return Screen(text, (*rows, ways(t)))


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
