"""Every catalogue, list and search screen, as each kind of person meets it in a region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from aiogram.filters.callback_data import CallbackData

from bench.null import pressed, typed
from bench.region.shape import (
    ADMINISTRATOR,
    BIG,
    BY_APPLICATION,
    COORDINATOR,
    EVERYBODY,
    EXPERT,
    LEAF_COORDINATOR,
    TEACHERS,
    Region,
    telegram_id,
)
from models import ConsultationView, EventView, NetworkView, ProductKind, ProductView
from screens import addresses as to

PAGE = 6
"""Lines of most lists: where the last page of a long one is."""

_WHICH = ("page 1", "page 2", "a far page", "the last page")

Who = Sequence[int]


@dataclass(frozen=True, slots=True)
class Sight:
    """A screen: how one comes there. `steps` are pressed or typed one after another, the last one is what is looked at.

    `replies_to` is what was typed before, where the screens answer to that (ADR 0007). `who` are some people who see it.
    A `report` counts what became of announcements, person by person: of one to 100 000 people that is no matter of 20 ms.
    """

    what: str
    who: Who
    steps: tuple[CallbackData | str, ...]
    replies_to: str = ""
    report: bool = False

    def updates(self, person_id: int) -> list[dict[str, Any]]:
        """The updates by which this person comes there."""
        chat_id = telegram_id(person_id)
        return [
            typed(chat_id, step) if isinstance(step, str) else pressed(chat_id, step.pack(), replies_to=self.replies_to)
            for step in self.steps
        ]


def sights(region: Region) -> list[Sight]:
    """All of them."""
    return [
        *_of_everybody(region, "teacher", TEACHERS),
        *_of_everybody(region, "coordinator", (COORDINATOR,)),
        *_of_everybody(region, "administrator", (ADMINISTRATOR,)),
        *_of_experts(),
        *_of_coordinators(region, "coordinator", (COORDINATOR,)),
        *_of_coordinators(region, "administrator", (ADMINISTRATOR,)),
        *_of_one_network("coordinator of a small network", (LEAF_COORDINATOR,), region.leaf),
        *_of_administrators(region),
    ]


def _pages(who: Who, what: str, address: type[CallbackData], *pages: int, **place: Any) -> Iterator[Sight]:
    """Some pages of a list, the first two unless they are named."""
    replies_to, report = place.pop("replies_to", ""), place.pop("report", False)
    for which, page in zip(_WHICH, pages or (0, 1), strict=False):
        yield Sight(f"{what}, {which}", who, (address(**place, page=page),), replies_to, report)


def _by_name(who: Who, what: str, address: type[CallbackData], people: int, **place: Any) -> Iterator[Sight]:
    """A list that is turned from person to person: its beginning, and far in it from somebody whose name is in the middle."""
    yield Sight(f"{what}, page 1", who, (address(**place),))
    far = max(1, people // PAGE // 2)
    yield Sight(f"{what}, onwards", who, (address(**place, page=far, after=TEACHERS[0]),))
    yield Sight(f"{what}, back", who, (address(**place, page=far, before=TEACHERS[0]),))


def _of_everybody(region: Region, role: str, who: Who) -> Iterator[Sight]:
    """What every participant finds: menu, networks, events, works, own questions; and what typing finds."""
    yield Sight(f"{role}: menu", who, (to.OpenMenu(),))
    yield Sight(f"{role}: networks, entrance", who, (to.OpenNetworks(),))
    tree = NetworkView.TREE.value
    yield from _pages(who, f"{role}: networks, the tops", to.ListNetworks, view=tree)
    yield from _pages(who, f"{role}: networks, below the first", to.ListNetworks, view=tree, arg=EVERYBODY)
    for what, view in (("mine", NetworkView.MINE), ("for me", NetworkView.FOR_ME)):
        yield from _pages(who, f"{role}: networks, {what}", to.ListNetworks, view=view.value)
    for query in ("сообщество", "математике", "сообщество математика 11"):
        found = {"view": NetworkView.FOUND.value, "replies_to": query}
        yield from _pages(who, f"{role}: networks, found by «{query}»", to.ListNetworks, 0, **found)
    yield from _pages(who, f"{role}: networks, forms", to.OpenForms)
    yield from _pages(who, f"{role}: networks, of a form", to.ListNetworks, view=NetworkView.FORM.value, arg=1)
    for what, number in (("everybody's", EVERYBODY), ("by application", BY_APPLICATION), ("small", region.leaf)):
        yield Sight(f"{role}: card of a network, {what}", who, (to.OpenNetwork(network_id=number),))
    for what, listed in (("documents", to.ListDocuments), ("organisations", to.ListParticipations)):
        yield from _pages(who, f"{role}: {what} of a network", listed, network_id=EVERYBODY)
    yield Sight(f"{role}: card of an organisation", who, (to.OpenOrganisation(organisation_id=1),))
    for what, its in (
        ("people", to.ListOrganisationPeople),
        ("networks", to.ListOrganisationNetworks),
        ("works", to.ListOrganisationWorks),
        ("events", to.ListOrganisationEvents),
    ):
        yield from _pages(who, f"{role}: {what} of an organisation", its, organisation_id=1)
    yield from _events(role, who)
    yield from _products(role, who)
    yield from _pages(who, f"{role}: own questions", to.ListConsultations, view=ConsultationView.ASKED.value)
    for query in ("математика", "встреча", "конспект"):
        yield Sight(f"{role}: «{query}» typed outside a dialog", who, (query,))
    yield Sight(f"{role}: topics to ask about", who, (to.AskExpert(),))
    edit = "edit-organisation"
    yield Sight(f"{role}: own organisation, «школа 12» typed", who, (to.BeginDialog(dialog=edit), "школа 12"))
    yield Sight(f"{role}: own organisation, «школа» typed", who, (to.BeginDialog(dialog=edit), "школа"))
    yield Sight(f"{role}: the dialog is left", who, ("/cancel",))


def _events(role: str, who: Who) -> Iterator[Sight]:
    for what, view in (("mine", EventView.MINE), ("my networks'", EventView.MY_NETWORKS), ("all", EventView.ALL)):
        yield from _pages(who, f"{role}: events, {what}", to.ListEvents, view=view.value)
    yield from _pages(
        who, f"{role}: events, of a network", to.ListEvents, 0, view=EventView.NETWORK.value, arg=EVERYBODY
    )
    found = {"view": EventView.FOUND.value, "replies_to": "встреча"}
    yield from _pages(who, f"{role}: events, found by «встреча»", to.ListEvents, **found)
    yield Sight(f"{role}: card of an event, a crowded one", who, (to.OpenEvent(event_id=BIG),))


def _products(role: str, who: Who) -> Iterator[Sight]:
    yield Sight(f"{role}: bank, entrance", who, (to.OpenProducts(),))
    yield from _pages(who, f"{role}: bank, kinds", to.ListProductGroups, 0, view=ProductView.KIND.value)
    yield from _pages(who, f"{role}: bank, networks", to.ListProductGroups, view=ProductView.NETWORK.value)
    for what, view, arg in (
        ("new", ProductView.NEW, ""),
        ("of a kind", ProductView.KIND, ProductKind.LESSON.value),
        ("of a network", ProductView.NETWORK, str(EVERYBODY)),
        ("mine", ProductView.MINE, ""),
    ):
        yield from _pages(who, f"{role}: bank, {what}", to.ListProducts, view=view.value, arg=arg)
    for query in ("конспект", "дроби"):
        found = {"view": ProductView.FOUND.value, "replies_to": query}
        yield from _pages(who, f"{role}: bank, found by «{query}»", to.ListProducts, **found)


def _of_experts() -> Iterator[Sight]:
    who = (EXPERT,)
    yield Sight("expert: menu", who, (to.OpenMenu(),))
    yield Sight("expert: queue", who, (to.OpenQueue(),))
    for view in ConsultationView:
        if view is not ConsultationView.ASKED:
            yield from _pages(who, f"expert: {view.name.lower()}", to.ListConsultations, view=view.value)


def _of_coordinators(region: Region, role: str, who: Who) -> Iterator[Sight]:
    """What the coordinator of half the tree, or the administrator, sees of what they rule."""
    yield from _pages(who, f"{role}: what I coordinate", to.ListManaged, 0, 1, region.networks // 3 // PAGE)
    yield from _of_one_network(f"{role} of everybody's network", who, EVERYBODY, region.participants * 29 // 30)
    yield from _pages(who, f"{role}: announcements", to.ListAnnouncements, report=True)
    yield from _pages(who, f"{role}: drafts", to.ListDrafts)
    for waiting in (False, True):
        what = "those who wait" if waiting else "those who come"
        yield from _pages(who, f"{role}: event, {what}", to.ListEventPeople, event_id=BIG, waiting=waiting)
    announce = to.BeginDialog(dialog="announcement")
    yield Sight(f"{role}: whose network, «математике» typed", who, (announce, "математике"))
    yield Sight(f"{role}: the dialog is left", who, ("/cancel",))
    yield Sight(f"{role}: an announcement, its report", who, (to.OpenAnnouncement(announcement_id=BIG),), report=True)
    for whether in (True, False):
        for address, name in ((to.ListReaders, "have_read"), (to.ListShares, "by_organisation")):
            step = address(announcement_id=BIG, **{name: whether})
            yield Sight(f"{role}: an announcement, {address.__name__} {whether}", who, (step,), report=True)


def _of_one_network(role: str, who: Who, network_id: int, members: int = 0) -> Iterator[Sight]:
    """Of `members` the list is turned to its middle and its end."""
    place = {"network_id": network_id}
    yield Sight(f"{role}: what there is to do", who, (to.ManageNetwork(**place),))
    yield from _by_name(who, f"{role}: members", to.ListMembers, members, **place)
    for what, typed_word in (("member", "Елена"), ("member", "иванова анна"), ("applicant", "Елена")):
        find = to.BeginDialog(dialog=f"find-{what}", arg=network_id)
        yield Sight(f"{role}: find {what}, «{typed_word}» typed", who, (find, typed_word))
    yield Sight(f"{role}: the search is left", who, ("/cancel",))
    yield Sight(f"{role}: rules of joining", who, (to.ManageJoining(**place),))
    yield Sight(f"{role}: agreement", who, (to.ManageAgreement(**place),))
    yield from _by_name(who, f"{role}: who has not accepted", to.ListUnaccepted, members // 2, **place)
    yield from _pages(who, f"{role}: applications", to.ListApplications, **place)
    yield from _pages(who, f"{role}: invitations", to.ListInvitations, **place)
    yield Sight(f"{role}: topics to invite to", who, (to.ListInvitationTopics(**place),))
    yield from _pages(who, f"{role}: announcements", to.ListAnnouncements, report=True, **place)
    yield from _pages(who, f"{role}: drafts", to.ListDrafts, **place)
    queue = {"view": ProductView.QUEUE.value, "arg": str(network_id)}
    yield from _pages(who, f"{role}: works that wait", to.ListProducts, **queue)


def _of_administrators(region: Region) -> Iterator[Sight]:
    """The registry, organisations, roles."""
    who, role = (ADMINISTRATOR,), "administrator"
    yield Sight(f"{role}: what there is to do", who, (to.OpenAdmin(),))
    yield Sight(f"{role}: registry", who, (to.OpenRegistry(),))
    yield from _pages(
        who, f"{role}: applications to a network", to.ListApplications, 0, 1, 50, network_id=BY_APPLICATION
    )
    for proposed in (False, True):
        what = "proposed" if proposed else "confirmed"
        last = 1 if proposed else region.organisations // PAGE - 10
        yield from _pages(who, f"{role}: organisations, {what}", to.ListOrganisations, 0, 1, last, proposed=proposed)
    yield from _pages(who, f"{role}: administrators", to.ListAdministrators, 0)
    yield from _pages(who, f"{role}: coordinators", to.ListCoordinators, 0, 1, region.networks // 2 // PAGE)
    yield from _pages(who, f"{role}: topics", to.ListTopics)
    yield Sight(f"{role}: card of a topic", who, (to.OpenTopic(topic_id=BIG),))
    yield from _pages(who, f"{role}: whom to assign", to.ChooseExpert, consultation_id=region.topics * 5)
    yield from _pages(who, f"{role}: who may be whom", to.ListDoubts)
    yield from _pages(who, f"{role}: not delivered", to.ListUndelivered)
    begin = to.BeginDialog(dialog="coordinator")
    for query in ("Елена", "иванова анна", "участник"):
        yield Sight(f"{role}: whom to appoint, «{query}» typed", who, (begin, query))
    yield Sight(
        f"{role}: whom to appoint, turned", who, (to.TurnQuestion(dialog="coordinator", question="person", page=3),)
    )
    yield Sight(f"{role}: the dialog is left", who, ("/cancel",))
    topic = to.BeginDialog(dialog="topic")
    yield Sight(f"{role}: which network, all", who, (topic, "Подготовка к олимпиаде"))
    yield Sight(f"{role}: which network, «математика» typed", who, ("математика",))
    yield Sight(f"{role}: the dialog is left", who, ("/cancel",))
