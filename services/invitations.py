"""Invitations: made, opened by their link, taken up, revoked. Whoever knows the token may come; whoever guesses has to wait."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import Answers
from models import (
    Agreement,
    Invitation,
    InvitationSort,
    InvitationTarget,
    InvitationUse,
    MembershipState,
    Network,
    OpenedInvitation,
    Organisation,
    Person,
    Role,
    Topic,
    WrongToken,
)
from services import agreements, audit, consultations, memberships, policy, roles
from services.errors import (
    InvitationInvalid,
    InvitationUsedUp,
    NetworkArchived,
    NotAllowed,
    NotFound,
    TooManyWrongTokens,
)

TOKEN_BYTES = 12
"""Sixteen characters of `A-Za-z0-9_-`, which a link takes (at most 64): nobody guesses one of 2^96."""

MOST_WRONG = 5
WRONG_FOR = timedelta(hours=1)
"""So many links that lead nowhere within so long, and no other is looked at until it has passed."""

LASTS = {InvitationSort.ONE: timedelta(days=7), InvitationSort.MONTH: timedelta(days=30), InvitationSort.ALWAYS: None}
ADMINISTRATOR_LASTS = timedelta(days=1)


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
    """Make an invitation to a network, an organisation, a topic's experts (`target_id`) or a network's coordinators.

    To a role always for one. Raises NotAllowed (see `require_maker`), NotFound, NetworkArchived.
    """
    if target in (InvitationTarget.EXPERT, InvitationTarget.COORDINATOR):
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
    if offer.network is not None and offer.network.archived_at is not None:
        raise NetworkArchived(title=offer.network.title)
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
    """To a network or a topic's experts: a coordinator of the branch; to coordinators and organisations: the administrator.

    Raises NotAllowed, NotFound.
    """
    match invitation.target:
        case InvitationTarget.NETWORK if invitation.network_id is not None:
            await policy.require_coordinator(session, actor, invitation.network_id)
        case InvitationTarget.EXPERT:
            topic = await session.get(Topic, invitation.topic_id)
            if topic is None:
                raise NotFound
            await policy.require_coordinator(session, actor, topic.network_id)
        case _:
            policy.require_administrator(actor)


async def describe(session: AsyncSession, invitation: Invitation) -> Offer:
    """What the invitation leads to. Raises NotFound when that is gone."""
    network = await _there(session, Network, invitation.network_id)
    joins = network is not None and invitation.target is InvitationTarget.NETWORK
    return Offer(
        invitation,
        network,
        await _there(session, Topic, invitation.topic_id),
        await _there(session, Organisation, invitation.organisation_id),
        await agreements.current(session, network) if network is not None and joins else None,
    )


Place = TypeVar("Place", Network, Topic, Organisation)


async def _there(session: AsyncSession, table: type[Place], row_id: int | None) -> Place | None:
    if row_id is None:
        return None
    row = await session.get(table, row_id)
    if row is None:
        raise NotFound
    return row


def _is_standing(now: datetime) -> ColumnElement[bool]:
    """The condition that somebody may still come by an invitation."""
    return (
        Invitation.revoked_at.is_(None)
        & or_(Invitation.expires_at.is_(None), Invitation.expires_at > now)
        & or_(Invitation.most.is_(None), Invitation.used < Invitation.most)
    )


async def _is_in_force(session: AsyncSession, invitation: Invitation, *, now: datetime) -> bool:
    """Neither revoked nor expired nor to something closed; an invitation to a role is worth what its maker's word is worth now."""
    if invitation.revoked_at is not None or (invitation.expires_at is not None and invitation.expires_at <= now):
        return False
    offer = await describe(session, invitation)
    if offer.network is not None and offer.network.archived_at is not None:
        return False
    if invitation.target not in (InvitationTarget.EXPERT, InvitationTarget.COORDINATOR):
        return True
    maker = await _maker(session, invitation)
    try:
        if maker is not None:
            await require_maker(session, maker, invitation)
    except NotAllowed:
        return False
    return maker is not None


async def _maker(session: AsyncSession, invitation: Invitation) -> Person | None:
    return None if invitation.created_by_id is None else await session.get(Person, invitation.created_by_id)


async def _has_used(session: AsyncSession, actor: Person, invitation: Invitation) -> bool:
    used = exists().where(InvitationUse.invitation_id == invitation.id, InvitationUse.person_id == actor.id)
    return bool(await session.scalar(select(used)))


async def open_link(session: AsyncSession, actor: Person, token: str, *, now: datetime) -> Offer | None:
    """Somebody came by a link: the invitation is theirs to take up, also after they have registered.

    None for a token that is no way in (any more): it is counted, so the caller lets this transaction end well and refuses then.
    Raises TooManyWrongTokens before it looks at the next one of whoever tried too many.
    """
    stale = WrongToken.since <= now - WRONG_FOR
    tries = await session.scalar(select(WrongToken.tries).where(WrongToken.person_id == actor.id, ~stale))
    if (tries or 0) >= MOST_WRONG:
        raise TooManyWrongTokens
    invitation = await session.scalar(select(Invitation).where(Invitation.token == token))
    if invitation is None or not await _may_open(session, actor, invitation, now=now):
        await session.execute(delete(WrongToken).where(WrongToken.person_id == actor.id, stale))
        wrong = _insert(session, WrongToken).values(person_id=actor.id, tries=1, since=now)
        again = {"tries": WrongToken.tries + 1}
        await session.execute(wrong.on_conflict_do_update(index_elements=[WrongToken.person_id], set_=again))
        return None
    opened = _insert(session, OpenedInvitation).values(person_id=actor.id, invitation_id=invitation.id, opened_at=now)
    keys = [OpenedInvitation.person_id, OpenedInvitation.invitation_id]
    await session.execute(opened.on_conflict_do_update(index_elements=keys, set_={"opened_at": now}))
    return await describe(session, invitation)


def _insert(session: AsyncSession, table: type[Any]) -> Any:
    return (sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert)(table)


async def _may_open(session: AsyncSession, actor: Person, invitation: Invitation, *, now: datetime) -> bool:
    if not await _is_in_force(session, invitation, now=now):
        return False
    is_left = invitation.most is None or invitation.used < invitation.most
    return is_left or await _has_used(session, actor, invitation)


async def waiting(session: AsyncSession, actor: Person, *, now: datetime) -> Offer | None:
    """The invitation that this person opened last and may still take up."""
    found = await session.scalars(
        select(Invitation)
        .join(OpenedInvitation, OpenedInvitation.invitation_id == Invitation.id)
        .where(OpenedInvitation.person_id == actor.id, _is_standing(now))
        .order_by(OpenedInvitation.opened_at.desc(), Invitation.id.desc())
    )
    for invitation in found.all():
        if await _is_in_force(session, invitation, now=now):
            return await describe(session, invitation)
    return None


async def prefilled(session: AsyncSession, actor: Person, *, now: datetime) -> Answers:
    """What the form of whoever was invited by their organisation knows already."""
    offer = await waiting(session, actor, now=now)
    if offer is None or offer.organisation is None:
        return {}
    return {"organisation": {"id": offer.organisation.id, "label": offer.organisation.title}}


async def accept(
    session: AsyncSession, actor: Person, invitation_id: int, *, agreed: int | None = None, now: datetime
) -> Offer:
    """Take up an invitation that the actor opened by its link; twice is once. `agreed` is the version of the agreement accepted.

    Of two people where one is allowed the database takes one. Whoever is there already uses nothing up.
    Raises NotRegistered, InvitationInvalid, InvitationUsedUp, AgreementNotAccepted.
    """
    policy.require_registered(actor)
    opened = await session.get(OpenedInvitation, (actor.id, invitation_id))
    invitation = await session.get(Invitation, invitation_id, with_for_update=True, populate_existing=True)
    if opened is None or invitation is None or not await _is_in_force(session, invitation, now=now):
        raise InvitationInvalid
    offer = await describe(session, invitation)
    if await _is_there(session, actor, invitation):
        return offer
    if offer.agreement is not None and offer.network is not None:
        agreements.require_accepted(offer.network, agreed)
    if not await _has_used(session, actor, invitation):  # nobody else is here: the invitation's row is locked
        if invitation.most is not None and invitation.used >= invitation.most:
            raise InvitationUsedUp
        session.add(InvitationUse(invitation_id=invitation.id, person_id=actor.id, used_at=now))
        await session.execute(
            update(Invitation)
            .where(Invitation.id == invitation.id)
            .values(used=Invitation.used + 1)
            .execution_options(synchronize_session="fetch")
        )
    await _enter(session, actor, offer, now=now)
    new = {"person_id": actor.id}
    audit.record(session, actor, "invitation.accept", "invitation", invitation.id, now=now, new=new)
    await session.flush()
    return offer


async def _is_there(session: AsyncSession, actor: Person, invitation: Invitation) -> bool:
    match invitation.target:
        case InvitationTarget.NETWORK if invitation.network_id is not None:
            membership = await memberships.of(session, actor.id, invitation.network_id)
            return membership is not None and membership.state is MembershipState.MEMBER
        case InvitationTarget.ORGANISATION:
            person = await session.get_one(Person, actor.id)
            return person.organisation_id == invitation.organisation_id and await _has_used(session, actor, invitation)
        case InvitationTarget.EXPERT if invitation.topic_id is not None:
            return await policy.is_expert(session, actor, invitation.topic_id)
        case InvitationTarget.COORDINATOR if invitation.network_id is not None:
            return await policy.is_appointed(session, actor, invitation.network_id, Role.COORDINATOR)
    return policy.may_administer(actor)


async def _enter(session: AsyncSession, actor: Person, offer: Offer, *, now: datetime) -> None:
    invitation = offer.invitation
    maker = await _maker(session, invitation)
    if invitation.target is InvitationTarget.NETWORK and offer.network is not None:
        network = offer.network
        await memberships.become(session, actor.id, network.id, agreed=network.agreement_version, now=now)
    elif offer.organisation is not None:
        person = await session.get_one(Person, actor.id)
        person.organisation_id = offer.organisation.id
    elif invitation.target is InvitationTarget.ADMINISTRATOR:
        person = await session.get_one(Person, actor.id, with_for_update=True)
        person.administrator_at = person.administrator_invited_at = now
        await session.flush()
        await consultations.watch_anew(session, person, now=now)
    elif offer.topic is not None and maker is not None:
        await roles.appoint_expert(session, maker, actor.id, offer.topic.id, now=now)
    elif offer.network is not None and maker is not None:
        await roles.appoint_coordinator(session, maker, actor.id, offer.network.id, order_number=None, now=now)


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

    Raises NotAllowed.
    """
    if organisation_id:
        policy.require_administrator(actor)
        place: ColumnElement[bool] = Invitation.organisation_id == organisation_id
    else:
        await policy.require_coordinator(session, actor, network_id)
        topics = select(Topic.id).where(Topic.network_id == network_id)
        place = or_(Invitation.network_id == network_id, Invitation.topic_id.in_(topics))
    if not policy.may_administer(actor):
        place &= Invitation.target != InvitationTarget.COORDINATOR
    found = await session.scalars(
        select(Invitation).where(place, _is_standing(now)).order_by(Invitation.id.desc()).limit(50)
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


async def topics_of(session: AsyncSession, actor: Person, network_id: int) -> Sequence[Topic]:
    """The open topics that this network watches over, by title: to these it may invite experts. Raises NotAllowed."""
    await policy.require_coordinator(session, actor, network_id)
    return list(
        await session.scalars(
            select(Topic).where(Topic.network_id == network_id, Topic.archived_at.is_(None)).order_by(Topic.title)
        )
    )


async def let_go(session: AsyncSession, actor: Person) -> None:
    """Whoever withdraws their consent takes no invitation up, and administers no longer by one."""
    await session.execute(delete(OpenedInvitation).where(OpenedInvitation.person_id == actor.id))
    person = await session.get_one(Person, actor.id)
    if person.administrator_invited_at is not None:
        person.administrator_invited_at = person.administrator_at = None
