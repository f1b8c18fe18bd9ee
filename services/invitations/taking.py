"""Somebody comes by an invitation's link and takes it up. Whoever knows the token may come; whoever guesses has to wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, exists, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from dialogs import Answers
from models import (
    Invitation,
    InvitationTarget,
    InvitationUse,
    MembershipState,
    OpenedInvitation,
    Organisation,
    Person,
    Role,
    WrongToken,
)
from services import agreements, audit, consultations, coverage, heads, memberships, moderators, policy, roles
from services.errors import InvitationInvalid, InvitationUsedUp, TooManyWrongTokens
from services.invitations.making import Offer, describe, is_in_force, is_standing, maker_of

MOST_WRONG = 5
WRONG_FOR = timedelta(hours=1)
"""So many links that lead nowhere within so long, and no other is looked at until it has passed."""


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
    return await _described(session, actor, invitation)


def _insert(session: AsyncSession, table: type[Any]) -> Any:
    return (sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert)(table)


async def _may_open(session: AsyncSession, actor: Person, invitation: Invitation, *, now: datetime) -> bool:
    if not await is_in_force(session, invitation, now=now):
        return False
    is_left = invitation.most is None or invitation.used < invitation.most
    return is_left or await _has_used(session, actor, invitation)


async def waiting(
    session: AsyncSession, actor: Person, *, invitation_id: int | None = None, now: datetime
) -> Offer | None:
    """The invitation that this person opened last and may still take up, or this very one."""
    this = OpenedInvitation.invitation_id.is_not(None) if invitation_id is None else Invitation.id == invitation_id
    found = await session.scalars(
        select(Invitation)
        .join(OpenedInvitation, OpenedInvitation.invitation_id == Invitation.id)
        .where(OpenedInvitation.person_id == actor.id, this, is_standing(now))
        .order_by(OpenedInvitation.opened_at.desc(), Invitation.id.desc())
    )
    for invitation in found.all():
        if await is_in_force(session, invitation, now=now):
            return await _described(session, actor, invitation)
    return None


async def _described(session: AsyncSession, actor: Person, invitation: Invitation) -> Offer:
    """What it leads to; where the actor's organisation accepted the agreement for them, without it: they need only come."""
    offer = await describe(session, invitation)
    if offer.network is not None and await coverage.covers(session, actor, offer.network):
        return replace(offer, agreement=None)
    return offer


async def prefilled(session: AsyncSession, actor: Person) -> Answers:
    """What the form of whoever was invited by their organisation knows already. They may correct it like everything else."""
    place = await session.scalar(
        select(Organisation)
        .join(Invitation, Invitation.organisation_id == Organisation.id)
        .join(OpenedInvitation, OpenedInvitation.invitation_id == Invitation.id)
        .where(OpenedInvitation.person_id == actor.id, Invitation.revoked_at.is_(None))
        .order_by(OpenedInvitation.opened_at.desc())
        .limit(1)
    )
    return {"organisation": {"id": place.id, "label": place.title}} if place is not None else {}


async def after_registration(session: AsyncSession, actor: Person, *, now: datetime) -> Offer | None:
    """The form is filled in: an invitation of the organisation named there is taken up by that; gives the next one to take up."""
    offer = await waiting(session, actor, now=now)
    if offer is None or offer.organisation is None:
        return offer
    if actor.organisation_id == offer.organisation.id:
        await accept(session, actor, offer.invitation.id, now=now)
    await forget_opened(session, actor, offer.invitation.id)
    return await waiting(session, actor, now=now)


async def forget_opened(session: AsyncSession, actor: Person, invitation_id: int | None = None) -> None:
    """This invitation (all) that the actor opened is not waited for any more."""
    which = [] if invitation_id is None else [OpenedInvitation.invitation_id == invitation_id]
    await session.execute(delete(OpenedInvitation).where(OpenedInvitation.person_id == actor.id, *which))


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
    if opened is None or invitation is None or not await is_in_force(session, invitation, now=now):
        raise InvitationInvalid
    offer = await describe(session, invitation)
    if await _is_there(session, actor, invitation):
        return offer
    if offer.agreement is not None and offer.network is not None:
        agreed = await agreements.agreed_by(session, actor, offer.network, agreed)
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
    await _enter(session, actor, offer, agreed=agreed if offer.agreement is not None else None, now=now)
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
        case InvitationTarget.MODERATOR if invitation.network_id is not None:
            return await policy.is_appointed(session, actor, invitation.network_id, Role.MODERATOR)
    return policy.may_administer(actor)


async def _enter(session: AsyncSession, actor: Person, offer: Offer, *, agreed: int | None, now: datetime) -> None:
    invitation = offer.invitation
    maker = await maker_of(session, invitation)
    if invitation.target is InvitationTarget.NETWORK and offer.network is not None:
        await memberships.become(session, actor.id, offer.network.id, agreed=agreed, now=now)
    elif offer.organisation is not None:
        person = await session.get_one(Person, actor.id)
        person.organisation_id = offer.organisation.id
        await heads.left_work(session, person, now=now)
    elif invitation.target is InvitationTarget.ADMINISTRATOR:
        person = await session.get_one(Person, actor.id, with_for_update=True)
        person.administrator_at = person.administrator_invited_at = now
        await session.flush()
        await consultations.watch_anew(session, person, now=now)
    elif offer.topic is not None and maker is not None:
        await roles.appoint_expert(session, maker, actor.id, offer.topic.id, now=now)
    elif invitation.target is InvitationTarget.MODERATOR and offer.network is not None and maker is not None:
        network = offer.network
        mine = await memberships.of(session, actor.id, network.id)
        if mine is None or mine.state is not MembershipState.MEMBER:
            await memberships.become(session, actor.id, network.id, agreed=network.agreement_version, now=now)
        await moderators.appoint(session, maker, actor.id, network.id, now=now)
    elif offer.network is not None and maker is not None:
        await roles.appoint_coordinator(session, maker, actor.id, offer.network.id, order_number=None, now=now)


async def let_go(session: AsyncSession, actor: Person, *, now: datetime) -> None:
    """Whoever withdraws their consent takes no invitation up, and administers no longer by one."""
    await forget_opened(session, actor)
    person = await session.get_one(Person, actor.id)
    if person.administrator_invited_at is not None:
        person.administrator_invited_at = person.administrator_at = None
        audit.record(session, actor, "administrator.dismiss", "person", person.id, now=now)
