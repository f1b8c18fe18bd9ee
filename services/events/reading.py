"""What can be seen of events: lists, a card, who comes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, contains_eager, selectinload

from models import (
    Event,
    EventView,
    Found,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Registration,
    RegistrationState,
)
from services import networks, policy, rolls, search
from services.errors import NotFound

USUAL_LENGTH = timedelta(hours=2)
"""An event's end is not asked: for so long after its start it stays in the lists, with its link, and in a calendar."""

REMINDERS = (24 * 60, 60)
"""Minutes before the start at which those with a seat are reminded; the last one passes quiet hours."""

STANDING = (RegistrationState.REGISTERED, RegistrationState.WAITING)
"""The states of those who mean to come."""


def is_needed(since: datetime) -> ColumnElement[bool]:
    """Whether a notification must stay: its event has not begun at `since`, so whoever was told of it is known."""
    of_one = exists().where(Event.id == Notification.subject_id, Event.starts_at >= since)
    return and_(Notification.kind.startswith("event-"), of_one)


@dataclass(frozen=True, slots=True)
class Line:
    """An event in a list, and where the reader stands with it."""

    event: Event
    state: RegistrationState | None


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list, how many there are in all, and the network whose list it is; `may_manage` if the reader coordinates it."""

    lines: list[Line]
    total: int
    place: str | None = None
    may_manage: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Everything the card of an event shows to one person at `seen_at`.

    `turn` is the reader's place in the waiting list, counted from 1; `may_sign_up` whether the event is open to them at all;
    for its coordinator `members` is how many people the network has, `untold` how many of them can still be told of the event.
    """

    event: Event
    state: RegistrationState | None
    turn: int
    waiting: int
    may_manage: bool
    may_sign_up: bool
    seen_at: datetime
    members: int = 0
    untold: int = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing can be done about it any more."""
        return self.event.cancelled_at is not None or self.has_begun

    @property
    def has_begun(self) -> bool:
        """Whether the sign-up is closed by the start."""
        return self.event.starts_at <= self.seen_at

    @property
    def reminders_to_come(self) -> int:
        """How many reminders whoever has a seat still gets."""
        return sum(self.seen_at < self.event.starts_at - timedelta(minutes=minutes) for minutes in REMINDERS)

    @property
    def is_going_on(self) -> bool:
        """Whether it has begun and is probably not over yet."""
        return self.has_begun and self.seen_at < self.event.starts_at + USUAL_LENGTH

    @property
    def has_seat(self) -> bool:
        """Whether the reader is registered."""
        return self.state is RegistrationState.REGISTERED

    @property
    def means_to_come(self) -> bool:
        """Whether the reader has a seat or waits for one."""
        return self.state in STANDING

    @property
    def others_coming(self) -> int:
        """How many people have a seat or wait for one, without the reader."""
        return self.event.taken + self.waiting - self.means_to_come

    @property
    def shows_place(self) -> bool:
        """A room is for everyone to see, a link only for those with a seat and for who runs the event."""
        return not self.event.has_link or self.may_manage or self.has_seat


@dataclass(frozen=True, slots=True)
class People:
    """A page of those who have signed up (or wait), with their organisations."""

    event: Event
    people: Sequence[Person]
    total: int


def _comes(actor: Person) -> ColumnElement[bool]:
    own = aliased(Registration)  # apart from the registrations that the query around it may read
    return Event.id.in_(select(own.event_id).where(own.person_id == actor.id, own.state.in_(STANDING)))


def _visible(actor: Person) -> ColumnElement[bool]:
    """An event is seen by whoever sees its network; one's own stays in sight whatever becomes of the membership."""
    return or_(networks.visible(actor), _comes(actor))


async def page_of(
    session: AsyncSession,
    actor: Person,
    view: EventView,
    *,
    now: datetime,
    arg: int = 0,
    query: str = "",
    offset: int,
    limit: int,
) -> Page:
    """A page of coming events (and those going on) by start. `arg` is the network of NETWORK; `query` was typed for FOUND.

    Raises NotFound when that network is gone or hidden from the actor.
    """
    place, may_manage = None, False
    condition = Event.cancelled_at.is_(None) & (Event.starts_at > now - USUAL_LENGTH)
    match view:
        case EventView.MINE:
            condition &= _comes(actor)
        case EventView.MY_NETWORKS:
            condition &= networks.is_member(actor)
        case EventView.ALL:
            condition &= _visible(actor)
        case EventView.FOUND:
            found = search.matching(Found.EVENT, query)
            if found is None:
                return Page([], 0)
            condition &= _visible(actor) & Event.id.in_(found)
        case EventView.NETWORK:
            network = await session.get(Network, arg)
            if network is None:
                raise NotFound
            place = network.title
            condition &= Event.network_id == arg
            may_manage = await policy.may_coordinate(session, actor, arg)
            if not may_manage:
                condition &= _visible(actor)
    total = await session.scalar(select(func.count(Event.id)).join(Event.network).where(condition)) or 0
    mine = (Registration.event_id == Event.id) & (Registration.person_id == actor.id)
    rows = await session.execute(
        select(Event, Registration.state)
        .join(Event.network)
        .outerjoin(Registration, mine)
        .where(condition)
        .order_by(Event.starts_at, Event.id)
        .options(contains_eager(Event.network))
        .offset(offset)
        .limit(limit)
    )
    return Page([Line(event, state) for event, state in rows], total, place, may_manage)


async def coming_of_mine(session: AsyncSession, actor: Person, *, now: datetime) -> dict[EventView, int]:
    """How many coming events the first two lists hold for this person."""
    coming = Event.cancelled_at.is_(None) & (Event.starts_at > now - USUAL_LENGTH)
    conditions = {EventView.MINE: _comes(actor), EventView.MY_NETWORKS: networks.is_member(actor)}
    row = (
        await session.execute(
            select(
                *(
                    select(func.count(Event.id)).join(Event.network).where(coming, condition).scalar_subquery()
                    for condition in conditions.values()
                )
            )
        )
    ).one()
    return dict(zip(conditions, row, strict=True))


async def card(session: AsyncSession, actor: Person, event_id: int, *, now: datetime, just_left: bool = False) -> Card:
    """The card of an event. Raises NotFound, also for an event of a network that only its members see, unless one means to come.

    `just_left`: they meant to until this very act, and see how it ended.
    """
    mine = (Registration.event_id == Event.id) & (Registration.person_id == actor.id)
    row = (
        await session.execute(
            select(
                Event,
                Registration.state,
                Registration.turn,
                networks.visible(actor).label("is_open"),
                _visible(actor).label("is_visible"),
            )
            .join(Event.network)
            .outerjoin(Registration, mine)
            .where(Event.id == event_id)
            .options(contains_eager(Event.network))
            .execution_options(populate_existing=True)
        )
    ).one_or_none()
    if row is None:
        raise NotFound
    event: Event = row.Event
    may_manage = await policy.may_coordinate(session, actor, event.network_id)
    if not (row.is_visible or may_manage or just_left):
        raise NotFound
    waiting = (Registration.event_id == event_id, Registration.state == RegistrationState.WAITING)
    before = func.count().filter(Registration.turn <= (row.turn or 0))
    in_all, up_to_me = (await session.execute(select(func.count(), before).where(*waiting))).one()
    return Card(
        event=event,
        state=row.state,
        turn=up_to_me if row.state is RegistrationState.WAITING else 0,
        waiting=in_all,
        may_manage=may_manage,
        may_sign_up=policy.is_registered(actor) and (row.is_open or may_manage),
        seen_at=now,
    )


async def get(session: AsyncSession, event_id: int) -> Event:
    """Raises NotFound."""
    event = await session.get(Event, event_id)
    if event is None:
        raise NotFound
    return event


async def is_open(session: AsyncSession, actor: Person, event: Event) -> bool:
    """Whether the actor sees the event's network, or runs the event."""
    sees = select(Network.id).where(Network.id == event.network_id, networks.visible(actor))
    return await session.scalar(sees) is not None or await policy.may_coordinate(session, actor, event.network_id)


async def is_invited(session: AsyncSession, person: Person, event: Event) -> bool:
    """Whether the person is a member of the event's network now."""
    invited = select(Membership.id).where(
        Membership.network_id == event.network_id,
        Membership.person_id == person.id,
        Membership.state == MembershipState.MEMBER,
    )
    return await session.scalar(invited) is not None


async def people(
    session: AsyncSession, actor: Person, event_id: int, *, waiting: bool, offset: int, limit: int
) -> People:
    """Those who have a seat, by name, or those who wait, in their order. Raises NotFound, NotAllowed."""
    event = await get(session, event_id)
    await policy.require_coordinator(session, actor, event.network_id)
    state = RegistrationState.WAITING if waiting else RegistrationState.REGISTERED
    inside = (Registration.event_id == event_id, Registration.state == state)
    total = await session.scalar(select(func.count()).select_from(Registration).where(*inside)) or 0
    if waiting:
        in_order = select(Person).join(Registration, Registration.person_id == Person.id).where(*inside)
        in_order = in_order.order_by(Registration.turn)
    else:
        in_order = select(Person).where(rolls.belongs(Registration.person_id, inside, total))
        in_order = in_order.order_by(Person.full_name, Person.id)
    found = await session.scalars(in_order.options(selectinload(Person.organisation)).offset(offset).limit(limit))
    return People(event, list(found), total)
