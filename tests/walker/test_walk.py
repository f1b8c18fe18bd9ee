"""Everyone of the demo city walks through everything that the bot shows them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import datetime, tzinfo
from typing import Any

import pytest
from aiosqlite import Connection
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.commands import ADMINISTRATOR, EVERYONE
from demo import NEWCOMER_ID, accounts, build
from demo.applications import TOKENS
from models import (
    Event,
    Network,
    Notification,
    NotificationState,
    Organisation,
    Person,
    Product,
    ProductState,
    RegistryEntry,
)
from services import announced, announcements, events, heads, organisations, participations, persons, registry
from services.audiences import Part
from services.registry import names
from tests.support.demo_city import PLAYERS
from tests.support.house import ADMINISTRATOR_ID, House
from tests.walker.groups import (
    ADMINISTRATORS,
    COORDINATOR,
    GROUPS,
    NEVER_PRESSED,
    ONLY_ANNOUNCING,
    ONLY_JOBS,
    SPECIALISTS,
    TEACHERS,
    UNDER_PREVIEWS,
)
from tests.walker.memory import Memory
from tests.walker.shares import announcing, jobs
from tests.walker.sight import ADDRESSES
from tests.walker.walker import Kind, Walker

ROLES = {key: account.telegram_id for key, account in PLAYERS.items()} | {"administrator": ADMINISTRATOR_ID}
"""Whoever can be played in the demo, by what they are."""

COMMANDS = (
    *(f"/{command}" for command in ("start", *EVERYONE, *ADMINISTRATOR)),
    f"/start {TOKENS['informatics']}",
)
"""The last one is a link that lies about in the city."""

assert {*TEACHERS, *SPECIALISTS, *COORDINATOR, *ADMINISTRATORS} == ROLES.keys()


MOST_SECONDS = 60
"""Of the processor's time for a group, whatever else the machine is doing; whole groups may walk side by side."""


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
        await _put_namesake(session, teacher, now)
        announcement_id = await _tell_everybody(session, now)
        await _could_not_tell_somebody(session, now)
        await _put_head(session, now)
    for one in accounts():
        started = one.telegram_id != NEWCOMER_ID
        house.world.visitor(one.first_name, one.last_name, one.language_code, one.telegram_id, started=started)
    house.world.visitor("Татьяна", id=ADMINISTRATOR_ID, started=True)
    await house.delivers()
    async with house.db.write() as session:
        await _go_on_telling(session, announcement_id, zone=house.clock.zone, now=now)
    await house.delivers()
    async with house.db.write() as session:
        await _tell_everybody(session, now)  # this one is on its way
    return house


async def _put_namesake(session: AsyncSession, teacher: Person, now: datetime) -> None:
    """The centre's lists know the teacher's name, in another organisation."""
    name = teacher.full_name or ""
    elsewhere = await session.scalar(select(Organisation.id).where(Organisation.id != teacher.organisation_id).limit(1))
    session.add(
        RegistryEntry(
            full_name=name,
            name_key=names.key(name),
            surname=names.surname(name),
            organisation_id=elsewhere,
            created_at=now,
            updated_at=now,
        )
    )
    await session.flush()
    await registry.recognise(session, teacher, now=now)


async def _put_head(session: AsyncSession, now: datetime) -> None:
    """Alice heads her school, which a coordinator brought into a network whose agreement it has yet to accept."""
    alice, administrator = await persons.find(session, ROLES["english-speaker"]), await _administrator(session)
    assert alice is not None
    assert alice.organisation_id is not None
    await heads.appoint(session, administrator, alice.organisation_id, alice.id, now=now)
    network_id = await session.scalar(select(Network.id).where(Network.agreement_version.is_not(None)).limit(1))
    assert network_id is not None
    await participations.add(session, administrator, network_id, alice.organisation_id, now=now)


async def _administrator(session: AsyncSession) -> Person:
    administrator = await persons.find(session, ADMINISTRATOR_ID)
    assert administrator is not None
    return administrator


async def _coordinator(session: AsyncSession) -> Person:
    coordinator = await persons.find(session, ROLES["coordinator"])
    assert coordinator is not None
    return coordinator


async def _go_on_telling(session: AsyncSession, announcement_id: int, *, zone: tzinfo, now: datetime) -> None:
    """Those who have not acknowledged the announcement are reminded."""
    coordinator = await _coordinator(session)
    assert await announced.remind(session, coordinator, announcement_id, zone=zone, now=now)


async def _tell_everybody(session: AsyncSession, now: datetime) -> int:
    """The coordinator announces something to the association and invites it to the next event. Gives the announcement's id."""
    coordinator = await _coordinator(session)
    event = await session.scalar(
        select(Event)
        .where(Event.created_by_id == coordinator.id, Event.starts_at > now, Event.taken < Event.seats)
        .order_by(Event.starts_at)
        .limit(1)
    )
    assert event is not None
    product = await session.scalar(select(Product).where(Product.state == ProductState.PUBLISHED).limit(1))
    assert product is not None
    said = {"text": "В пятницу собираемся у Ольги Викторовны.", "html": "В пятницу собираемся у Ольги Викторовны."}
    announcement = await announcements.publish(
        session,
        coordinator,
        event.network_id,
        audience=[Part(network_id=event.network_id)],
        texts=[said],
        buttons=[
            {"kind": "event", "label": event.title, "id": event.id},
            {"kind": "product", "label": product.title, "id": product.id},
        ],
        wishes=announcements.Wishes(wants_acknowledgement=True),
        starts_at=now,
        now=now,
    )
    await events.invite_members(session, coordinator, event.id, now=now)
    return announcement.id


async def _could_not_tell_somebody(session: AsyncSession, now: datetime) -> None:
    """One of the city's announcements failed just now, so that the administrator has something to try again."""
    failed = select(Notification).where(Notification.state == NotificationState.FAILED).limit(1)
    (await session.scalars(failed)).one().settled_at = now


@pytest.fixture
def memory(city: House) -> Iterator[Memory]:
    """The city's database, to go back in."""
    kept = Memory(city.db)
    yield kept
    kept.close()


@pytest.mark.usefixtures("_database_without_threads")
@pytest.mark.parametrize("group", GROUPS)
async def test_every_screen_of_every_role_leads_on(city: House, memory: Memory, group: str) -> None:
    roles, share, elsewhere = GROUPS[group]
    pressed: set[str] = set()
    known: set[Kind] = set()
    found = ""
    spent = time.process_time()
    for role in roles:
        began = time.process_time()
        walk = await Walker(city, memory, city.world.visitor(id=ROLES[role]), known, share).go(COMMANDS)
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
    never = {one.__name__ for one in ADDRESSES.values()} - pressed
    if share is announcing:
        assert not ONLY_ANNOUNCING & never
    elif share is jobs:
        assert not ONLY_JOBS[roles] & never
    else:
        assert never == NEVER_PRESSED[roles] | elsewhere
    assert spent < MOST_SECONDS


def test_every_class_of_buttons_is_pressed_by_somebody() -> None:
    assert set.intersection(*NEVER_PRESSED.values()) == UNDER_PREVIEWS
