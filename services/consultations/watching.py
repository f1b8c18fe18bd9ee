"""Who hears that a question was not taken in time: whoever watches over its topic when that time comes.

One row for each of them waits for the promised moment, and the rows follow the office: an appointment, a dismissal, a withdrawn
consent move them in their own transaction. A blocked bot is found out when the row goes out; then it goes on to the next ones up.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import (
    Appointment,
    Consultation,
    ConsultationState,
    Network,
    Notification,
    NotificationState,
    Person,
    Priority,
    Role,
    Topic,
)
from services import notifications, policy
from services.consultations.notices import OVERDUE
from services.notifications import Notice

AGAIN_AFTER = timedelta(days=1)
"""While nobody at all can be reached, it is tried again after so long: somebody may have come back."""

_ON_ITS_WAY = (NotificationState.PENDING, NotificationState.SENDING, NotificationState.SENT)

Levels = Sequence[Collection[int]]
"""Who watches over a network: its coordinators, those of the networks above, from the nearest up, at last the administrators."""


async def watch(
    session: AsyncSession,
    questions: Sequence[Consultation],
    *,
    now: datetime,
    gone: int | None = None,
    next_try_at: datetime | None = None,
) -> None:
    """Have the overdue notices of these untaken questions, with their topics, wait for those who watch over them now, nobody else.

    Whoever was told already is not told again. `gone` is a person who is just leaving. Where nobody can be reached at all, it waits
    for whoever comes back, not before `next_try_at`.
    """
    networks = {question.topic.network_id for question in questions}
    reachable = {one: await _levels(session, one, Person.blocked_at.is_(None)) for one in networks}
    anybody: dict[int, Levels] = {}
    wanted: dict[tuple[int, int], datetime] = {}
    for question in questions:
        network_id, due_at = question.topic.network_id, question.promised_at
        found = _nearest(reachable[network_id], question.asker_id, gone)
        if not found:
            if network_id not in anybody:
                anybody[network_id] = await _levels(session, network_id)
            found = _nearest(anybody[network_id], question.asker_id, gone)
            due_at = max(due_at, next_try_at or due_at)
        wanted |= {(question.id, person_id): due_at for person_id in found}
    written = await _written(session, [question.id for question in questions])
    missing = [pair for pair in wanted if written.get(pair) not in _ON_ITS_WAY]
    moved = [pair for pair, state in written.items() if state is NotificationState.PENDING and pair not in wanted]
    for question_id, person_id in (*moved, *(pair for pair in missing if pair in written)):
        await notifications.forget(session, OVERDUE, question_id, person_id=person_id)
    await notifications.put(
        session,
        [
            Notice(
                OVERDUE,
                _key(question_id, person_id),
                person_id,
                question_id,
                due_at=wanted[question_id, person_id],
                priority=Priority.CONSULTATION,
            )
            for question_id, person_id in missing
        ],
        now=now,
    )


async def watch_branch(session: AsyncSession, network_id: int, *, now: datetime) -> None:
    """Who coordinates this network has changed: the untaken questions of its branch are theirs who do now."""
    down = select(Network.id).where(Network.id == network_id).cte(recursive=True)
    down = down.union(select(Network.id).where(Network.parent_id == down.c.id))
    await watch(session, await _untaken(session, Topic.network_id.in_(select(down.c.id))), now=now)


async def watch_anew(session: AsyncSession, person: Person, *, now: datetime, is_gone: bool = False) -> None:
    """This person's rights have changed: what they watched over, and what nobody does, is theirs who can now. `is_gone`: not theirs."""
    about = (Notification.kind == OVERDUE, Notification.subject_id == Consultation.id)
    theirs = exists().where(*about, Notification.person_id == person.id)
    anybodys = exists().where(*about, Notification.state.in_(_ON_ITS_WAY))
    gone = person.id if is_gone else None
    await watch(session, await _untaken(session, theirs | ~anybodys), now=now, gone=gone)


async def pass_up(session: AsyncSession, notification: Notification, *, now: datetime) -> None:
    """An overdue notice did not reach its person, who has blocked the bot: it goes to the nearest ones up the tree whom it can reach."""
    question = await session.get(Consultation, notification.subject_id, options=[joinedload(Consultation.topic)])
    if question is not None and question.state is ConsultationState.NEW:
        await watch(session, [question], now=now, next_try_at=now + AGAIN_AFTER)


async def _untaken(session: AsyncSession, condition: ColumnElement[bool]) -> Sequence[Consultation]:
    return list(
        await session.scalars(
            select(Consultation)
            .join(Consultation.topic)
            .where(Consultation.state == ConsultationState.NEW, condition)
            .order_by(Consultation.id)
            .options(joinedload(Consultation.topic))
        )
    )


async def _levels(session: AsyncSession, network_id: int, *conditions: ColumnElement[bool]) -> Levels:
    may_see = (Person.registered_at.is_not(None), Person.telegram_id.is_not(None), *conditions)
    branch = await policy.branch_above(session, network_id)
    appointed = await session.execute(
        select(Appointment.network_id, Appointment.person_id)
        .join(Person, Person.id == Appointment.person_id)
        .where(Appointment.network_id.in_(branch), *policy.standing(Role.COORDINATOR), *may_see)
    )
    coordinators: dict[int, list[int]] = {one: [] for one in branch}
    for coordinated_id, person_id in appointed:
        coordinators[coordinated_id].append(person_id)
    administrators = select(Person.id).where(Person.administrator_at.is_not(None), *may_see)
    return [*coordinators.values(), list(await session.scalars(administrators))]


def _nearest(levels: Levels, asker_id: int, gone: int | None) -> Collection[int]:
    """The nearest ones but for the asker, who knows already; an administrator who asks and has nobody else is told all the same."""
    for level in (*levels, ()):
        if found := [person_id for person_id in level if person_id not in (asker_id, gone)]:
            return found
    return [asker_id] if asker_id in levels[-1] and asker_id != gone else []


async def _written(session: AsyncSession, question_ids: Sequence[int]) -> dict[tuple[int, int], NotificationState]:
    """The standing rows; one whose key was given free is of another time."""
    rows = await session.execute(
        select(Notification.subject_id, Notification.person_id, Notification.key, Notification.state).where(
            Notification.kind == OVERDUE, Notification.subject_id.in_(question_ids)
        )
    )
    return {
        (question_id, person_id): state
        for question_id, person_id, key, state in rows
        if key == _key(question_id, person_id)
    }


def _key(question_id: int, person_id: int) -> str:
    return f"{OVERDUE}:{question_id}:{person_id}"
