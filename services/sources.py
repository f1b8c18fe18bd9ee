"""Where the choices of a dialog come from: rows of the registry, in pages, found by typing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, aliased

from dialogs.languages import language_of
from models import (
    Application,
    ApplicationState,
    Appointment,
    Event,
    Found,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Notification,
    Organisation,
    Person,
    PersonSubject,
    Position,
    Product,
    ProductState,
    Role,
    Subject,
    Topic,
)
from services import announced, members, policy, roles, rolls, search, zones
from services.consultations import answerable
from services.errors import NotAllowed, NotFound


@dataclass(frozen=True, slots=True)
class Option:
    """One row to choose. `facts` are kept with the answer, for the questions that depend on it."""

    id: int
    label: str
    facts: Mapping[str, Any] = field(default_factory=dict)

    def as_answer(self) -> dict[str, Any]:
        """The answer of whoever chooses it."""
        return {"id": self.id, "label": self.label, **self.facts}


class Source(Protocol):
    """A supply of options."""

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """Some options by title, of those that `query` finds or of all, and how many there are."""

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """The option with this id, if it still stands."""


class SmallTable:
    """A short list of words (forms, positions, subjects), read whole."""

    def __init__(self, table: type[NetworkForm] | type[Position] | type[Subject] | type[Topic]) -> None:
        self._table = table

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; in the order the administrator gave."""
        rows = await session.execute(select(self._table.id, self._table.title).order_by(self._table.id))
        options = [Option(row.id, row.title) for row in rows]
        if query is not None:
            sought = search.wanted(query)
            options = [option for option in options if sought and search.has_all(option.label, sought)]
        return options[offset : offset + limit], len(options)

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        query = select(self._table.id, self._table.title).where(self._table.id == option_id)
        row = (await session.execute(query)).one_or_none()
        return Option(row.id, row.title) if row else None


class Registry:
    """A long list with words of its own in the search."""

    def __init__(
        self,
        table: type[Organisation] | type[Network] | type[Event] | type[Product],
        kind: Found,
        standing: ColumnElement[bool],
        *,
        newest: InstrumentedAttribute[datetime] | None = None,
    ) -> None:
        self._table = table
        self._kind = kind
        self._standing = standing
        self._order = (table.title if newest is None else newest.desc(), table.id)

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; by title, or the newest first."""
        condition = self._standing
        if query is not None:
            found = search.matching(self._kind, query)
            if found is None:
                return [], 0
            condition = condition & self._table.id.in_(found)
        total = await session.scalar(select(func.count()).select_from(self._table).where(condition))
        rows = await session.execute(
            select(self._table.id, self._table.title)
            .where(condition)
            .order_by(*self._order)
            .offset(offset)
            .limit(limit)
        )
        return [Option(row.id, row.title) for row in rows], total or 0

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        row = (
            await session.execute(
                select(self._table.id, self._table.title).where(self._table.id == option_id, self._standing)
            )
        ).one_or_none()
        return Option(row.id, row.title) if row else None


class People:
    """Registered participants of whom all `conditions` are true, with their organisations."""

    def __init__(self, *conditions: ColumnElement[bool]) -> None:
        self._conditions = (Person.registered_at.is_not(None), *conditions)

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; by name."""
        return await _people(session, self._conditions, query=query, offset=offset, limit=limit)

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        return await _person(session, self._conditions, option_id)


Listed = Callable[[AsyncSession, Person, int], Awaitable[ColumnElement[bool]]]
"""The condition that a person is in the list about something, for one who may look through it. Raises NotAllowed, NotFound."""


class PeopleOf:
    """Registered people of a list about something: of a network, of an announcement. Of a list that is not theirs nobody finds anybody."""

    def __init__(self, listed: Listed, person_id: int, about: int) -> None:
        self._listed = listed
        self._person_id = person_id
        self._about = about

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; by name."""
        inside = await self._inside(session)
        return await _people(session, inside, query=query, offset=offset, limit=limit) if inside else ([], 0)

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        inside = await self._inside(session)
        return await _person(session, inside, option_id) if inside else None

    async def _inside(self, session: AsyncSession) -> list[ColumnElement[bool]]:
        try:
            return [await self._listed(session, await session.get_one(Person, self._person_id), self._about)]
        except (NotAllowed, NotFound):
            return []


async def _people(
    session: AsyncSession, inside: Sequence[ColumnElement[bool]], *, query: str | None, offset: int, limit: int
) -> tuple[list[Option], int]:
    who = [Person.registered_at.is_not(None), *inside]
    conditions = who
    if query is not None:
        found = search.matching(Found.PERSON, query)
        if found is None:
            return [], 0
        conditions = [*who, Person.id.in_(found)]
    total = await session.scalar(select(func.count()).select_from(Person).where(*conditions)) or 0
    if query is not None and total > rolls.MANY:  # what begins with so usual a word is soon met among all names
        conditions = [*who, *(one.is_word_of(Found.PERSON, Person.id) for one in search.wanted(query))]
    shown = (  # by themselves first: else an organisation is looked up for each of the thousands that are found
        select(Person.id, Person.full_name, Person.organisation_id)
        .where(*conditions)
        .order_by(Person.full_name, Person.id)
        .offset(offset)
        .limit(limit)
        .subquery()
    )
    rows = await session.execute(
        select(shown.c.id, shown.c.full_name, Organisation.title)
        .outerjoin(Organisation, Organisation.id == shown.c.organisation_id)
        .order_by(shown.c.full_name, shown.c.id)
    )
    return [Option(row.id, _with_organisation(row.full_name, row.title)) for row in rows], total


async def _person(session: AsyncSession, inside: Sequence[ColumnElement[bool]], person_id: int) -> Option | None:
    row = (
        await session.execute(
            select(Person.id, Person.full_name, Organisation.title)
            .outerjoin(Organisation, Organisation.id == Person.organisation_id)
            .where(Person.id == person_id, Person.registered_at.is_not(None), *inside)
        )
    ).one_or_none()
    return Option(row.id, _with_organisation(row.full_name, row.title)) if row else None


async def _members(session: AsyncSession, actor: Person, network_id: int) -> ColumnElement[bool]:
    await policy.require_moderator(session, actor, network_id)
    return exists().where(Membership.person_id == Person.id, *members.of(network_id))


async def _applicants(session: AsyncSession, actor: Person, network_id: int) -> ColumnElement[bool]:
    await policy.require_moderator(session, actor, network_id)
    waits = (Application.network_id == network_id, Application.state == ApplicationState.PENDING)
    return exists().where(Application.person_id == Person.id, *waits)


async def _readers(session: AsyncSession, actor: Person, announcement_id: int) -> ColumnElement[bool]:
    await announced.ruled(session, actor, announcement_id)
    have_it = announced.have_it(announcement_id)
    return exists().where(Notification.person_id == Person.id, *have_it)


class TopicsToAsk:
    """The topics that this person can ask about: those of the own subjects first."""

    def __init__(self, person_id: int) -> None:
        self._person_id = person_id

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; a city has some dozens of topics, so they are read whole."""
        mine = exists().where(PersonSubject.person_id == self._person_id, PersonSubject.subject_id == Topic.subject_id)
        rows = await session.execute(
            select(Topic.id, Topic.title)
            .where(answerable(self._person_id))
            .order_by(mine.desc(), Topic.title, Topic.id)
        )
        options = [Option(row.id, row.title) for row in rows]
        if query is not None:
            sought = search.wanted(query)
            options = [option for option in options if sought and search.has_all(option.label, sought)]
        return options[offset : offset + limit], len(options)

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        query = select(Topic.id, Topic.title).where(Topic.id == option_id, answerable(self._person_id))
        row = (await session.execute(query)).one_or_none()
        return Option(row.id, row.title) if row else None


class CoordinatedNetworks:
    """The networks that a person coordinates, with those below them."""

    def __init__(self, person_id: int) -> None:
        self._person_id = person_id

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; by title."""
        options = await self._all(session)
        if query is not None:
            sought = search.wanted(query)
            options = [option for option in options if sought and search.has_all(option.label, sought)]
        return options[offset : offset + limit], len(options)

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        return next((option for option in await self._all(session) if option.id == option_id), None)

    async def _all(self, session: AsyncSession) -> list[Option]:
        person = await session.get_one(Person, self._person_id)
        return [Option(one.id, one.title) for one in await roles.coordinated_networks(session, person)]


class TimeZones:
    """The time zones of Russia, named in the person's language."""

    def __init__(self, person_id: int) -> None:
        self._person_id = person_id

    async def page(
        self, session: AsyncSession, *, query: str | None, offset: int, limit: int
    ) -> tuple[list[Option], int]:
        """See Source; from west to east."""
        language = await self._language(session)
        found = [zone for zone in zones.zones() if query is None or zone.is_meant(query)]
        return [Option(zone.id, zone.label(language)) for zone in found[offset : offset + limit]], len(found)

    async def one(self, session: AsyncSession, option_id: int) -> Option | None:
        """See Source."""
        zone = zones.by_id(option_id)
        return Option(zone.id, zone.label(await self._language(session))) if zone else None

    async def _language(self, session: AsyncSession) -> str:
        person = await session.get_one(Person, self._person_id)
        return language_of(person.language_code, person.telegram_language)


def _with_organisation(name: str | None, organisation: str | None) -> str:
    return f"{name or ''} ({organisation})" if organisation else name or ""


def _own_networks(person_id: int) -> Source:
    """The open networks that this person is a member of."""
    is_member = exists().where(
        Membership.network_id == Network.id,
        Membership.person_id == person_id,
        Membership.state == MembershipState.MEMBER,
    )
    return Registry(Network, Found.NETWORK, Network.archived_at.is_(None) & is_member)


def _coordinated(person_id: int) -> ColumnElement[bool]:
    """The condition that a network is this person's to coordinate: theirs, below it, or any for the administrator."""
    own = select(Appointment.network_id).where(Appointment.person_id == person_id, *policy.standing(Role.COORDINATOR))
    down = select(Network.id).where(Network.id.in_(own)).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    administers = exists().where(Person.id == person_id, Person.administrator_at.is_not(None))
    return Network.id.in_(select(down.c.id)) | administers


def _own_events(person_id: int) -> Source:
    """The events of the networks that this person coordinates, the latest first."""
    mine = Event.network_id.in_(select(Network.id).where(_coordinated(person_id)))
    return Registry(Event, Found.EVENT, Event.cancelled_at.is_(None) & mine, newest=Event.starts_at)


def _own_products(person_id: int) -> Source:
    """What is published in the networks that this person coordinates, the latest first."""
    mine = Product.network_id.in_(select(Network.id).where(_coordinated(person_id)))
    published = Product.state == ProductState.PUBLISHED
    return Registry(Product, Found.PRODUCT, published & mine, newest=Product.state_at)


def _topic_people(person_id: int, topic_id: int) -> Source:
    """Of whom an expert of the topic is made: the members of the branch that watches over it; anybody, for the administrator."""
    down = select(Topic.network_id.label("id")).where(Topic.id == topic_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    chooser = aliased(Person)
    administers = exists().where(chooser.id == person_id, chooser.administrator_at.is_not(None))
    in_branch = (Membership.network_id.in_(select(down.c.id)), Membership.state == MembershipState.MEMBER)
    return People(exists().where(Membership.person_id == Person.id, *in_branch) | administers)


SOURCES: dict[str, Source | Callable[[int], Source]] = {
    "persons": People(),
    "topics": SmallTable(Topic),
    "topics-to-ask": TopicsToAsk,
    "organisations": Registry(Organisation, Found.ORGANISATION, Organisation.confirmed_at.is_not(None)),
    "coordinated-networks": CoordinatedNetworks,
    "networks": Registry(Network, Found.NETWORK, Network.archived_at.is_(None)),
    "own-events": _own_events,
    "own-networks": _own_networks,
    "own-products": _own_products,
    "network-forms": SmallTable(NetworkForm),
    "positions": SmallTable(Position),
    "subjects": SmallTable(Subject),
    "time-zones": TimeZones,
}
"""Every supply of options by the name that questions give; one that is different for everybody is made for a person's id."""


SOURCES_ABOUT: dict[str, Callable[[int, int], Source]] = {
    "applicants": partial(PeopleOf, _applicants),
    "members": partial(PeopleOf, _members),
    "readers": partial(PeopleOf, _readers),
    "topic-people": _topic_people,
}
"""Those that are made for a person's id and what the dialog is about."""


def source(name: str, person_id: int, about: int = 0) -> Source:
    """The supply called `name` for this person, in a dialog about this (its `arg`)."""
    if name in SOURCES_ABOUT:
        return SOURCES_ABOUT[name](person_id, about)
    found = SOURCES[name]
    return found(person_id) if callable(found) else found
