"""Who is in a network, as those who lead it look through them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Membership, MembershipState, Person
from services import policy, rolls
from services.rolls import Roll, Turn


def of(network_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a membership is one of this network, in force."""
    return (Membership.network_id == network_id, Membership.state == MembershipState.MEMBER)


async def count(session: AsyncSession, network_id: int) -> int:
    """How many members a network has."""
    return await session.scalar(select(func.count()).select_from(Membership).where(*of(network_id))) or 0


async def roll(session: AsyncSession, actor: Person, network_id: int, turn: Turn, *, limit: int) -> Roll:
    """A page of the members by name, for the coordinators of the branch and its moderators. Raises NotAllowed."""
    await policy.require_moderator(session, actor, network_id)
    return await rolls.by_name(session, Membership.person_id, of(network_id), turn, limit=limit)
