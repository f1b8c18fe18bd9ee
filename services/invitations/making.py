"""Invitations are made, looked at and revoked."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Agreement,
    Invitation,
    InvitationSort,
    InvitationTarget,
    Network,
    Organisation,
    Person,
    Topic,
)
from services import agreements, audit, policy
from services.errors import NotAllowed, NotFound

TOKEN_BYTES = 12
"""Sixteen characters of `A-Za-z0-9_-`, which a link takes (at most 64): nobody guesses one of 2^96."""

LASTS = {InvitationSort.ONE: timedelta(days=7), InvitationSort.MONTH: timedelta(days=30), InvitationSort.ALWAYS: None}
ADMINISTRATOR_LASTS = timedelta(days=1)

_ROLES = (InvitationTarget.EXPERT, InvitationTarget.COORDINATOR, InvitationTarget.MODERATOR)
_INSIDE = (InvitationTarget.NETWORK, InvitationTarget.MODERATOR)
"""Whoever takes these up becomes a member of the network."""


@dataclass(frozen=True, slots=True)
class Offer:
    """An invitation with what it leads to. `agreement` is to be accepted at joining, if there is one."""

    invitation: Invitation
    network: Network | None = None
    topic: Topic | None = None
    organisation: Organisation | None = None
    agreement: Agreement | None = None

    @property
    def title(self) -> str:
        """What it leads to, by name; empty for the administration."""
        place = self.network or self.topic or self.organisation
        return place.title if place is not None else ""


async def make(
    session: AsyncSession,
    actor: Person,
    target: InvitationTarget,
    target_id: int,
    sort: InvitationSort,
    *,
    now: datetime,
) -> Offer:
    """Make an invitation to a network, an organisation, a topic's experts (`target_id`), a network's coordinators or moderators.

    To a role always for one. Raises NotAllowed (see `require_maker`), NotFound, NetworkArchived.
    """
    if target in _ROLES:
        sort = InvitationSort.ONE
    lasts = LASTS[sort]
    invitation = Invitation(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        target=target,
        **_place(target, target_id),
        most=1 if sort is InvitationSort.ONE else None,
        used=0,
        expires_at=now + lasts if lasts is not None else None,
        created_by_id=actor.id,
        created_at=now,
    )
    await require_maker(session, actor, invitation)
    offer = await describe(session, invitation)
    network = await _network_of(session, offer)
    if network is not None:
        policy.require_open(network)
    session.add(invitation)
    await session.flush()
    new = {"target": target.value, "target_id": target_id, "most": invitation.most}
    audit.record(session, actor, "invitation.make", "invitation", invitation.id, now=now, new=new)
    return offer


def _place(target: InvitationTarget, target_id: int) -> dict[str, Any]:
    if target is InvitationTarget.ADMINISTRATOR:
        raise NotAllowed  # made by whoever holds the server, never by a button
    column = {InvitationTarget.EXPERT: "topic_id", InvitationTarget.ORGANISATION: "organisation_id"}
    return {column.get(target, "network_id"): target_id}


async def make_administrator(session: AsyncSession, *, now: datetime) -> Invitation:
    """The operator invites an administrator of the centre: for one, for a day. There is no button for this."""
    invitation = Invitation(
        token=secrets.token_urlsafe(TOKEN_BYTES),
        target=InvitationTarget.ADMINISTRATOR,
        most=1,
        used=0,
        expires_at=now + ADMINISTRATOR_LASTS,
        created_at=now,
    )
    session.add(invitation)
    await session.flush()
    audit.record(
        session, None, "invitation.make", "invitation", invitation.id, now=now, new={"target": "administrator"}
    )
    return invitation


async def require_maker(session: AsyncSession, actor: Person, invitation: Invitation) -> None:
    """To a network, its moderators or a topic's experts: a coordinator of the branch; the others: the administrator.

    Raises NotAllowed, NotFound.
    """
    match invitation.target:
        case InvitationTarget.NETWORK | InvitationTarget.MODERATOR if invitation.network_id is not None:
            await policy.require_coordinator(session, actor, invitation.network_id)
        case InvitationTarget.EXPERT:
            topic = await session.get(Topic, invitation.topic_id)
            if topic is None:
                raise NotFound
            await policy.require_coordinator(session, actor, topic.network_id)
        case _:
            policy.require_administrator(actor)


async def require_making(session: AsyncSession, actor: Person, target: InvitationTarget, target_id: int) -> None:
    """Raises NotAllowed, NotFound when the actor may not make such an invitation."""
    await require_maker(session, actor, Invitation(target=target, **_place(target, target_id)))


def stands(invitation: Invitation, now: datetime) -> bool:
    """Whether somebody may still come by it: the same as `is_standing`, of one that is at hand."""
    is_late = invitation.expires_at is not None and invitation.expires_at <= now
    is_full = invitation.most is not None and invitation.used >= invitation.most
    return invitation.revoked_at is None and not is_late and not is_full


async def describe(session: AsyncSession, invitation: Invitation) -> Offer:
    """What the invitation leads to. Raises NotFound when that is gone."""
    network = await _there(session, Network, invitation.network_id)
    joins = network is not None and invitation.target in _INSIDE
    return Offer(
        invitation,
        network,
        await _there(session, Topic, invitation.topic_id),
        await _there(session, Organisation, invitation.organisation_id),
        await agreements.current(session, network) if network is not None and joins else None,
    )


async def _network_of(session: AsyncSession, offer: Offer) -> Network | None:
    """The network that it brings people into, as members, coordinators or experts of its topic."""
    if offer.topic is not None:
        return await session.get_one(Network, offer.topic.network_id)
    return offer.network


Place = TypeVar("Place", Network, Topic, Organisation)


async def _there(session: AsyncSession, table: type[Place], row_id: int | None) -> Place | None:
    if row_id is None:
        return None
    row = await session.get(table, row_id)
    if row is None:
        raise NotFound
    return row


def is_standing(now: datetime) -> ColumnElement[bool]:
    """The condition that somebody may still come by an invitation."""
    return (
        Invitation.revoked_at.is_(None)
        & or_(Invitation.expires_at.is_(None), Invitation.expires_at > now)
        & or_(Invitation.most.is_(None), Invitation.used < Invitation.most)
    )


async def is_in_force(session: AsyncSession, invitation: Invitation, *, now: datetime) -> bool:
    """Neither revoked nor expired nor to something closed; an invitation to a role is worth what its maker's word is worth now."""
    if invitation.revoked_at is not None or (invitation.expires_at is not None and invitation.expires_at <= now):
        return False
    offer = await describe(session, invitation)
    network = await _network_of(session, offer)
    if network is not None and network.archived_at is not None:
        return False
    if invitation.target not in _ROLES:
        return True
    maker = await maker_of(session, invitation)
    try:
        if maker is not None:
            await require_maker(session, maker, invitation)
    except NotAllowed:
        return False
    return maker is not None


async def maker_of(session: AsyncSession, invitation: Invitation) -> Person | None:
    """Who made it; None for the operator, and for whoever is gone."""
    return None if invitation.created_by_id is None else await session.get(Person, invitation.created_by_id)


async def revoke(session: AsyncSession, actor: Person, invitation_id: int, *, now: datetime) -> Offer:
    """Nobody else comes by it; who came stays. Twice is once. Raises NotAllowed, NotFound."""
    offer = await read(session, actor, invitation_id)
    revoked = await session.scalar(
        update(Invitation)
        .where(Invitation.id == invitation_id, Invitation.revoked_at.is_(None))
        .values(revoked_at=now)
        .returning(Invitation.id)
    )
    if revoked is not None:
        audit.record(session, actor, "invitation.revoke", "invitation", invitation_id, now=now)
    await session.refresh(offer.invitation)
    return offer


async def read(session: AsyncSession, actor: Person, invitation_id: int) -> Offer:
    """An invitation with its token, for whoever may make such a one. Raises NotAllowed, NotFound."""
    invitation = await session.get(Invitation, invitation_id, populate_existing=True)
    if invitation is None:
        raise NotFound
    await require_maker(session, actor, invitation)
    return await describe(session, invitation)


async def standing(
    session: AsyncSession, actor: Person, *, network_id: int = 0, organisation_id: int = 0, now: datetime
) -> Sequence[Offer]:
    """What the actor may show of the invitations in force to a network and its roles, or to an organisation; the newest first.

    Without either: all of the centre, for its administrator. Raises NotAllowed.
    """
    place: ColumnElement[bool]
    if not network_id:
        policy.require_administrator(actor)
        place = Invitation.organisation_id == organisation_id if organisation_id else Invitation.id.is_not(None)
    else:
        await policy.require_coordinator(session, actor, network_id)
        topics = select(Topic.id).where(Topic.network_id == network_id)
        place = or_(Invitation.network_id == network_id, Invitation.topic_id.in_(topics))
    if not policy.may_administer(actor):
        place &= Invitation.target != InvitationTarget.COORDINATOR
    found = await session.scalars(
        select(Invitation).where(place, is_standing(now)).order_by(Invitation.id.desc()).limit(50)
    )
    invitations = found.all()
    networks = await _by_id(session, Network, [one.network_id for one in invitations])
    topics_by_id = await _by_id(session, Topic, [one.topic_id for one in invitations])
    organisations = await _by_id(session, Organisation, [one.organisation_id for one in invitations])
    return [
        Offer(
            one,
            networks.get(one.network_id),
            topics_by_id.get(one.topic_id),
            organisations.get(one.organisation_id),
        )
        for one in invitations
    ]


async def _by_id(session: AsyncSession, table: type[Place], ids: Sequence[int | None]) -> dict[int | None, Place]:
    wanted = {one for one in ids if one is not None}
    if not wanted:
        return {}
    return {row.id: row for row in await session.scalars(select(table).where(table.id.in_(wanted)))}


async def topics_of(
    session: AsyncSession, actor: Person, network_id: int, *, offset: int, limit: int
) -> tuple[Sequence[Topic], int]:
    """The open topics that this network watches over, by title, and how many: to these it may invite experts. Raises NotAllowed."""
    await policy.require_coordinator(session, actor, network_id)
    own = (Topic.network_id == network_id, Topic.archived_at.is_(None))
    total = await session.scalar(select(func.count()).select_from(Topic).where(*own)) or 0
    topics = await session.scalars(
        select(Topic).where(*own).order_by(Topic.title, Topic.id).offset(offset).limit(limit)
    )
    return topics.all(), total
