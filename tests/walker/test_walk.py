"""Everyone of the demo city walks through everything that the bot shows them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from aiosqlite import Connection
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import ADMINISTRATOR, EVERYONE
from demo import NEWCOMER_ID, accounts, build
from demo.applications import TOKENS
from models import Event
from services import announcements, events, organisations, persons
from tests.support.demo_city import PLAYERS
from tests.support.house import ADMINISTRATOR_ID, House
from tests.walker.memory import Memory
from tests.walker.sight import ADDRESSES
from tests.walker.walker import Kind, Walker

ROLES = {key: account.telegram_id for key, account in PLAYERS.items()} | {"administrator": ADMINISTRATOR_ID}
"""Whoever can be played in the demo, by what they are."""

COMMANDS = (
    *(f"/{command}" for command in ("start", *EVERYONE, *ADMINISTRATOR)),
    f"/start {TOKENS['informatics']}",
)
"""The last one is a link that lies about in the city."""

TEACHERS = ("newcomer", "teacher", "expert", "english-speaker")
MANAGERS = ("coordinator", "administrator")

NEVER_PRESSED: dict[tuple[str, ...], set[str]] = {
    TEACHERS: {
        "ApproveAll",
        "ApproveApplication",
        "AskApproveAll",
        "AskDismissCoordinator",
        "AskDismissExpert",
        "AssignExpert",
        "ChooseExpert",
        "ChooseJoinPolicy",
        "ChooseVisibility",
        "ConfirmOrganisation",
        "DismissCoordinator",
        "DismissExpert",
        "InviteToEvent",
        "ListAnnouncements",
        "ListApplications",
        "ListCoordinators",
        "ListEventPeople",
        "ListInvitationTopics",
        "ListInvitations",
        "ListManaged",
        "ListMembers",
        "ListOrganisations",
        "ListTopics",
        "ListUnaccepted",
        "MakeInvitation",
        "ManageAgreement",
        "ManageEvent",
        "ManageJoining",
        "ManageNetwork",
        "NewInvitation",
        "OpenAdmin",
        "OpenAnnouncement",
        "OpenApplication",
        "OpenInvitation",
        "OpenMember",
        "OpenOrganisation",
        "OpenTopic",
        "PublishProduct",
        "RevokeInvitation",
        "SendInvitationPicture",
        "SetJoinPolicy",
        "SetVisibility",
        "ShowAnnouncement",
        "SkipQuestion",
    },
    MANAGERS: {"OpenMenuBelow", "OpenNetworkBelow", "OpenQueue", "TakeConsultation"},
}
"""Classes of buttons that none of these walks to: what others' roles alone may do."""

assert {*TEACHERS, *MANAGERS} == ROLES.keys()


MOST_SECONDS = 75
"""Of the processor's time for a group, whatever else the machine is doing; the groups walk side by side on two cores.

It was a minute before joining had its two dozen classes of buttons, nearly all of them the managers'."""


@pytest.fixture
def _database_without_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite is asked in this very thread: one person walks at a time, and handing every statement over takes a third of the walk."""

    async def execute_here(connection: Connection, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return call(*args, **kwargs)

    monkeypatch.setattr(Connection, "_execute", execute_here)


@pytest.fixture
async def city(house: House) -> House:
    """The demo city, where one organisation waits to be confirmed; everybody wrote to the bot before, but the newcomer."""
    now = house.clock.now()
    async with house.db.write() as session:
        await build(session, now=now, administrator_telegram_id=ADMINISTRATOR_ID, copies=house.kept)
        teacher = await persons.find(session, ROLES["teacher"])
        assert teacher is not None
        await organisations.propose(session, teacher, title="Частная школа «Ковчег»", now=now)
        await _tell_everybody(session, now)
    for one in accounts():
        started = one.telegram_id != NEWCOMER_ID
        house.world.visitor(one.first_name, one.last_name, one.language_code, one.telegram_id, started=started)
    house.world.visitor("Татьяна", id=ADMINISTRATOR_ID, started=True)
    await house.delivers()
    return house


async def _tell_everybody(session: AsyncSession, now: datetime) -> None:
    """The coordinator announces something to the association and invites it to the next event."""
    coordinator = await persons.find(session, ROLES["coordinator"])
    assert coordinator is not None
    event = await session.scalar(
        select(Event)
        .where(Event.created_by_id == coordinator.id, Event.starts_at > now, Event.taken < Event.seats)
        .order_by(Event.starts_at)
        .limit(1)
    )
    assert event is not None
    said = {"text": "В пятницу собираемся у Ольги Викторовны.", "html": "В пятницу собираемся у Ольги Викторовны."}
    await announcements.announce(
        session, coordinator, event.network_id, with_branch=False, texts=[said], said_files=[], now=now
    )
    await events.invite_members(session, coordinator, event.id, now=now)


@pytest.fixture
def memory(city: House) -> Iterator[Memory]:
    """The city's database, to go back in."""
    kept = Memory(city.db)
    yield kept
    kept.close()


@pytest.mark.usefixtures("_database_without_threads")
@pytest.mark.parametrize("roles", [TEACHERS, MANAGERS], ids=["teachers", "managers"])
async def test_every_screen_of_every_role_leads_on(city: House, memory: Memory, roles: tuple[str, ...]) -> None:
    pressed: set[str] = set()
    known: set[Kind] = set()
    found = ""
    spent = time.process_time()
    for role in roles:
        began = time.process_time()
        walk = await Walker(city, memory, city.world.visitor(id=ROLES[role]), known).go(COMMANDS)
        seconds = time.process_time() - began
        print(
            f"{role}: {walk.screens.total()} screens of {len(walk.screens)} classes, {walk.deeds} deeds, {seconds:.1f} s"
        )
        pressed |= walk.pressed
        known |= walk.screens.keys()
        if walk.faults:
            found += f"\n{role}\n{walk.report()}\n"
    spent = time.process_time() - spent
    print(sorted({one.__name__ for one in ADDRESSES.values()} - pressed))
    assert not found, found
    assert {one.__name__ for one in ADDRESSES.values()} - pressed == NEVER_PRESSED[roles]
    assert spent < MOST_SECONDS


def test_every_class_of_buttons_is_pressed_by_somebody() -> None:
    assert not NEVER_PRESSED[TEACHERS] & NEVER_PRESSED[MANAGERS]
