"""Who may do what. Each predicate is used twice: the screen hides, the service forbids."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Appointment, JoinPolicy, Network, Person, Product, Role, TopicExpert, Visibility
from services.errors import NetworkArchived, NotAdministrator, NotAllowed, NotRegistered


def is_registered(person: Person) -> bool:
    """Whether the registration is finished and the consent stands."""
    return person.registered_at is not None


def may_administer(person: Person) -> bool:
    """The registry, organisations, top networks: the administrator of the centre, named in `ADMIN_IDS`."""
    return person.administrator_at is not None


def may_be_told(person: Person) -> bool:
    """Whether the bot may write unprompted: to whoever registered and has not blocked it, and to the administrator, who answers for it."""
    return person.blocked_at is None and (is_registered(person) or may_administer(person))


def may_join_at_once(network: Network) -> bool:
    """Whether a tap is enough to become a member."""
    return network.join_policy is JoinPolicy.OPEN and network.archived_at is None


def may_apply(network: Network) -> bool:
    """Whether one asks its coordinator to be taken in."""
    return network.join_policy is JoinPolicy.APPLICATION and network.archived_at is None


def require_open(network: Network) -> None:
    """Whatever would change a network, or something in it, asks this first. Raises NetworkArchived."""
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)


SHOWN_TO_ALL = (Visibility.EVERYONE, Visibility.REGISTERED)
"""Networks that every registered participant sees: their news may be followed without joining."""


def may_be_followed(network: Network) -> bool:
    """Whether one need not be a member to be told its news."""
    return network.visibility in SHOWN_TO_ALL and network.archived_at is None


def followable() -> ColumnElement[bool]:
    """The same as a condition about the network of a query."""
    return Network.visibility.in_(SHOWN_TO_ALL) & Network.archived_at.is_(None)


def require_registered(person: Person) -> None:
    """Raises NotRegistered."""
    if not is_registered(person):
        raise NotRegistered


def require_administrator(person: Person) -> None:
    """Raises NotAdministrator, a NotAllowed that says whose right it is."""
    if not may_administer(person):
        raise NotAdministrator


def standing(role: Role) -> Sequence[ColumnElement[bool]]:
    """The conditions by which an appointment to `role` is in force."""
    return (Appointment.role == role, Appointment.ended_at.is_(None))


async def branch_above(session: AsyncSession, network_id: int) -> list[int]:
    """The network and everything above it in the tree, from the network up (one query, however deep)."""
    up = select(Network.id, Network.parent_id).where(Network.id == network_id).cte(recursive=True)
    up = up.union(select(Network.id, Network.parent_id).where(Network.id == up.c.parent_id))
    return list(await session.scalars(select(up.c.id)))


async def may_coordinate(session: AsyncSession, person: Person, network_id: int) -> bool:
    """A coordinator rules the own network and every one below it (Novotroitsk, §3.2: the cascade); the administrator rules all."""
    if may_administer(person):
        return True
    query = select(Appointment.id).where(
        Appointment.person_id == person.id,
        *standing(Role.COORDINATOR),
        Appointment.network_id.in_(await branch_above(session, network_id)),
    )
    return (await session.scalar(query.limit(1))) is not None


async def require_coordinator(session: AsyncSession, person: Person, network_id: int) -> None:
    """Raises NotAllowed."""
    if not await may_coordinate(session, person, network_id):
        raise NotAllowed


async def may_moderate(session: AsyncSession, person: Person, network_id: int) -> bool:
    """Sees the members of a network and decides about applications: its moderators (of this very network, they have no cascade) and
    whoever coordinates it."""
    if await is_appointed(session, person, network_id, Role.MODERATOR):
        return True
    return await may_coordinate(session, person, network_id)


async def require_moderator(session: AsyncSession, person: Person, network_id: int) -> None:
    """Raises NotAllowed."""
    if not await may_moderate(session, person, network_id):
        raise NotAllowed


def may_decide_about(person: Person, product: Product) -> bool:
    """Among those who coordinate its network: a work is published or returned by somebody else than its author.

    Two pairs of eyes are the point of a bank that people trust. The administrator alone has nobody above to ask.
    """
    return product.author_id != person.id or may_administer(person)


async def is_expert(session: AsyncSession, person: Person, topic_id: int) -> bool:
    """Whether the person is appointed to answer questions about the topic."""
    query = select(TopicExpert.id).where(
        TopicExpert.person_id == person.id, TopicExpert.topic_id == topic_id, TopicExpert.ended_at.is_(None)
    )
    return (await session.scalar(query.limit(1))) is not None


async def is_appointed(session: AsyncSession, person: Person, network_id: int, role: Role) -> bool:
    """Whether the person has this very role in this very network, not above it."""
    query = select(Appointment.id).where(
        Appointment.person_id == person.id, Appointment.network_id == network_id, *standing(role)
    )
    return (await session.scalar(query.limit(1))) is not None
