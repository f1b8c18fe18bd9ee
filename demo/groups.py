"""Temporary groups of the invented city: one at work, whose end is in sight, and one that has ended and is only read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from demo.plan import Inhabitant
from models import (
    Found,
    JoinPolicy,
    Level,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    Scope,
    Structure,
)
from services import search

FORM = "Временная группа"


@dataclass(frozen=True, slots=True)
class _Group:
    """A group below the network `parent`, of so many of its members; days count from today, back or ahead.

    They came by invitation, so it is offered to nobody else.
    """

    parent: str
    title: str
    goal: str
    description: str
    members: int
    founded_days_ago: int
    ends_in_days: int


GROUPS = (
    _Group(
        parent="mathematics",
        title="Неделя чисел и фигур",
        goal="Собрать задания и игры для городской недели чисел и фигур, по одному дню на каждую школу.",
        description="Встречаемся в сети по четвергам. Черновики складываем в материалы объединения.",
        members=7,
        founded_days_ago=25,
        ends_in_days=20,
    ),
    _Group(
        parent="mathematics",
        title="Осенний турнир команд",
        goal="Подготовить сборную города к осеннему турниру.",
        description="Турнир прошёл, сборная заняла второе место. Участники остались здесь, чтобы весной собраться снова.",
        members=5,
        founded_days_ago=120,
        ends_in_days=-30,
    ),
)


async def add_groups(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    now: datetime,
) -> int:
    """Put the groups below their networks as of `now`. Gives how many there are."""
    form_id = (await session.scalars(select(NetworkForm.id).where(NetworkForm.title == FORM))).one()
    for group in GROUPS:
        parent_id = network_ids[group.parent]
        ends_on = (now + timedelta(days=group.ends_in_days)).date()
        is_over = group.ends_in_days < 0
        row = Network(
            title=group.title,
            form_id=form_id,
            parent_id=parent_id,
            goal=group.goal,
            description=group.description,
            structure=Structure.LINEAR,
            level=Level.MUNICIPAL,
            scope=Scope.SINGLE,
            join_policy=JoinPolicy.INVITATION,
            ends_on=ends_on,
            end_told_on=ends_on if is_over else None,
            archived_at=now + timedelta(days=group.ends_in_days + 1) if is_over else None,
            created_at=now - timedelta(days=group.founded_days_ago),
        )
        session.add(row)
        await session.flush()
        await search.index(session, Found.NETWORK, row.id, row.title)
        session.add_all(
            Membership(
                network_id=row.id,
                person_id=person_id,
                state=MembershipState.MEMBER,
                state_at=row.created_at + timedelta(hours=number),
            )
            for number, person_id in enumerate(_members(group, people, person_ids), start=1)
        )
    await session.flush()
    return len(GROUPS)


def _members(group: _Group, people: Sequence[Inhabitant], person_ids: Sequence[int]) -> Sequence[int]:
    """The first of those who were in the network above already, are played by nobody and hold no office."""
    free = [
        person_id
        for one, person_id in zip(people, person_ids, strict=True)
        if one.player is None
        and not one.roles
        and one.registered_days_ago - one.joined.get(group.parent, one.registered_days_ago) > group.founded_days_ago
    ]
    return free[: group.members]
