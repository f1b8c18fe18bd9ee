"""Who wants in, who is in, who is out, and what is to be agreed to: whoever it concerns is told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

import screens.agreements
import screens.joining
from jobs.notices import draws
from models import Agreement, Application, ApplicationState, Membership, MembershipState, Network, Notification, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import applications, memberships, policy
from services.errors import NotFound
from services.visibility import visible


async def _application(session: AsyncSession, notification: Notification) -> Application | None:
    try:
        return await applications.get(session, notification.subject_id)
    except NotFound:
        return None


async def _to_decide(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime, *, again: bool
) -> list[Screen] | None:
    one = await _application(session, notification)
    if one is None or not applications.waits(one, now):
        return None
    if not await policy.may_moderate(session, person, one.network_id):
        return None
    waiting = await applications.count_waiting(session, one.network_id, now=now)
    return [screens.joining.told_application(t, one, waiting=waiting, again=again)]


@draws("application-came")
async def tell_application(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Somebody wants in."""
    return await _to_decide(session, notification, person, t, now, again=False)


@draws("application-waits")
async def remind_of_application(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Somebody has waited for days."""
    return await _to_decide(session, notification, person, t, now, again=True)


async def _to_applicant(
    session: AsyncSession, notification: Notification, t: L10n, key: str, state: ApplicationState
) -> list[Screen] | None:
    one = await _application(session, notification)
    return [screens.joining.told_applicant(t, key, one)] if one is not None and one.state is state else None


@draws("application-approved")
async def tell_approved(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You are in."""
    return await _to_applicant(session, notification, t, "application-told-approved", ApplicationState.APPROVED)


@draws("application-declined")
async def tell_declined(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You are not, and why."""
    return await _to_applicant(session, notification, t, "application-told-declined", ApplicationState.DECLINED)


@draws("application-expired")
async def tell_expired(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Nobody decided in time."""
    one = await _application(session, notification)
    if one is None or one.state is not ApplicationState.PENDING or applications.waits(one, now):
        return None
    return [screens.joining.told_applicant(t, "application-told-expired", one)]


async def _ended(session: AsyncSession, notification: Notification, state: MembershipState) -> Membership | None:
    """The membership, if it still ended when the notice says it did."""
    row = await session.scalar(
        select(Membership)
        .where(Membership.id == notification.subject_id, Membership.state == state)
        .options(joinedload(Membership.network), joinedload(Membership.person))
    )
    if row is None or row.state_at.isoformat() != notification.payload["at"]:
        return None
    return row


@draws("membership-removed")
async def tell_removed(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You are a member no longer."""
    row = await _ended(session, notification, MembershipState.REMOVED)
    if row is None:
        return None
    sees = await session.scalar(select(Network.id).where(Network.id == row.network_id, visible(person)))
    return [screens.joining.told_removed(t, row, sees=sees is not None)]


@draws("membership-left")
async def tell_left(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Somebody left, and said why."""
    row = await _ended(session, notification, MembershipState.LEFT)
    if row is None or not await policy.may_coordinate(session, person, row.network_id):
        return None
    return [screens.joining.told_left(t, row)]


@draws("agreement-asked")
async def ask_to_agree(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """There is a new version: accept it."""
    agreement = await session.get(Agreement, notification.subject_id)
    network = await session.get(Network, agreement.network_id) if agreement is not None else None
    if agreement is None or network is None or network.agreement_version != agreement.version:
        return None
    mine = await memberships.standing(session, person, network.id)
    if mine is None or mine.agreement_version == agreement.version:
        return None
    return [screens.agreements.asked(t, network, agreement)]
