"""Applications: made, withdrawn, approved, declined; those who decide are told, then the applicant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from models import Application, ApplicationState, MembershipState, Network, Person
from services import agreements, audit, memberships, notifications, policy
from services.deciders import deciders_of
from services.errors import (
    ApplicationApproved,
    ApplicationDeclined,
    ApplicationExpired,
    ApplicationMoved,
    ApplicationWithdrawn,
    NetworkArchived,
    NetworkNotOpen,
    NotFound,
)
from services.memberships import CAME, EXPIRED, WAITS
from services.notifications import Notice
from services.visibility import visible
from services.working_time import working_days_later

LASTS = timedelta(days=30)
"""After so long without a decision an application is over; the applicant may make another."""

REMIND_AFTER = 3
"""Working days after which its coordinators are reminded, once."""

APPROVED, DECLINED = "application-approved", "application-declined"
"""The kinds of notice of a decision."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some of a network's waiting applications, the oldest first, and how many wait. `newest_id` is the last one there was then.

    `may_manage`: whoever looks coordinates here, and is no mere moderator.
    """

    network: Network
    lines: Sequence[Application]
    total: int
    newest_id: int
    may_manage: bool = True


def is_waiting(now: datetime) -> ColumnElement[bool]:
    """The condition that an application waits for a decision."""
    return (Application.state == ApplicationState.PENDING) & (Application.expires_at > now)


def waits(application: Application, now: datetime) -> bool:
    """Whether it waits for a decision: the same as `is_waiting`, of one that is at hand."""
    return application.state is ApplicationState.PENDING and application.expires_at > now


async def last(session: AsyncSession, person_id: int, network_id: int) -> Application | None:
    """The newest application of this person to this network, whatever became of it."""
    return await session.scalar(
        select(Application)
        .where(Application.person_id == person_id, Application.network_id == network_id)
        .order_by(Application.id.desc())
        .limit(1)
        .execution_options(populate_existing=True)
    )


async def apply(
    session: AsyncSession, actor: Person, network_id: int, *, agreed: int | None, now: datetime, zone: tzinfo
) -> Application | None:
    """Ask to be taken into a network; while one application waits a second one is the same one. None: the actor is a member already.

    `agreed` is the version of the agreement that the actor accepted. The nearest coordinators and the moderators are told at once,
    and once more after `REMIND_AFTER` working days in `zone`.
    Raises NotRegistered, NotFound, NetworkArchived, NetworkNotOpen (one comes in another way), AgreementNotAccepted.
    """
    policy.require_registered(actor)
    network = await session.scalar(select(Network).where(Network.id == network_id, visible(actor)))
    if network is None:
        raise NotFound
    membership = await memberships.of(session, actor.id, network_id)
    if membership is not None and membership.state is MembershipState.MEMBER:
        return None
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)
    if not policy.may_apply(network):
        raise NetworkNotOpen(title=network.title)
    agreed = await agreements.agreed_by(session, actor, network, agreed)
    await _expire(session, actor.id, network_id, now=now)
    application = Application(
        network_id=network_id,
        person_id=actor.id,
        state=ApplicationState.PENDING,
        agreement_version=agreed,
        created_at=now,
        expires_at=now + LASTS,
    )
    try:
        async with session.begin_nested():
            session.add(application)
    except IntegrityError:  # it waits already: that is what was wanted
        return await last(session, actor.id, network_id)
    new = {"application_id": application.id, "agreement": agreed}
    audit.record(session, actor, "application.make", "network", network_id, now=now, new=new)
    deciders = await deciders_of(session, network_id, besides=actor.id)
    remind_at = working_days_later(now, REMIND_AFTER, zone)
    notices = [
        Notice(kind, f"{kind}:{application.id}:{person_id}", person_id, application.id, due_at)
        for person_id in deciders
        for kind, due_at in ((CAME, now), (WAITS, remind_at))
    ]
    over = Notice(EXPIRED, f"{EXPIRED}:{application.id}", actor.id, application.id, application.expires_at)
    await notifications.put(session, [*notices, over], now=now)
    return application


async def _expire(session: AsyncSession, person_id: int, network_id: int, *, now: datetime) -> None:
    await session.execute(
        update(Application)
        .where(
            Application.person_id == person_id,
            Application.network_id == network_id,
            Application.state == ApplicationState.PENDING,
            Application.expires_at <= now,
        )
        .values(state=ApplicationState.EXPIRED, decided_at=Application.expires_at)
        .execution_options(synchronize_session=False)
    )


async def withdraw(session: AsyncSession, actor: Person, network_id: int, *, now: datetime) -> None:
    """The applicant takes the waiting application back; where none waits nothing happens. Raises NotRegistered."""
    policy.require_registered(actor)
    await _withdraw(session, actor, Application.network_id == network_id, now=now)


async def withdraw_all(session: AsyncSession, actor: Person, *, now: datetime) -> None:
    """Whoever withdraws their consent asks for nothing any more."""
    await _withdraw(session, actor, Application.network_id.is_not(None), now=now)


async def _withdraw(session: AsyncSession, actor: Person, which: ColumnElement[bool], *, now: datetime) -> None:
    withdrawn = await session.execute(
        update(Application)
        .where(Application.person_id == actor.id, which, is_waiting(now))
        .values(state=ApplicationState.WITHDRAWN, decided_at=now)
        .returning(Application.id, Application.network_id)
        .execution_options(synchronize_session=False)
    )
    for application_id, network_id in withdrawn.all():
        await memberships.take_back(session, application_id)
        new = {"application_id": application_id}
        audit.record(session, actor, "application.withdraw", "network", network_id, now=now, new=new)


async def approve(session: AsyncSession, actor: Person, application_id: int, *, now: datetime) -> Application:
    """A moderator, or a coordinator of the branch, takes the applicant in; their second tap changes nothing. The applicant is told.

    Raises NotAllowed, NotFound, NetworkArchived, ApplicationMoved (somebody was quicker, or it was withdrawn).
    """
    application = await _of_branch(session, actor, application_id)
    _require_open(application.network)
    if not await _decide(session, actor, application, ApplicationState.APPROVED, reason=None, now=now):
        return application
    await _take_in(session, actor, application, now=now)
    return application


async def decline(
    session: AsyncSession, actor: Person, application_id: int, *, reason: str, now: datetime
) -> Application:
    """A moderator, or a coordinator of the branch, says no, and why. The applicant is told, and may apply again.

    Raises NotAllowed, NotFound, ApplicationMoved (somebody was quicker, or it was withdrawn).
    """
    application = await _of_branch(session, actor, application_id)
    if await _decide(session, actor, application, ApplicationState.DECLINED, reason=reason, now=now):
        network_id = application.network_id
        new = {"application_id": application_id, "reason": reason}
        audit.record(session, actor, "application.decline", "network", network_id, now=now, new=new)
        await _tell(session, DECLINED, application, now=now)
    return application


async def approve_all(
    session: AsyncSession, actor: Person, network_id: int, newest_id: int, *, now: datetime
) -> Sequence[Application]:
    """«Одобрить все»: everything that waits and had come when the coordinator looked (`newest_id` was the last one).

    Gives what this very deed approved. Raises NotAllowed, NotFound, NetworkArchived.
    """
    await policy.require_moderator(session, actor, network_id)
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    _require_open(network)
    # Locked in the order of their ids: of two coordinators at once the second waits for the first and then finds nothing left.
    found = await session.scalars(
        select(Application)
        .where(Application.network_id == network_id, Application.id <= newest_id, is_waiting(now))
        .order_by(Application.id)
        .with_for_update(of=Application)
        .options(joinedload(Application.network), joinedload(Application.person))
        .execution_options(populate_existing=True)
    )
    approved = []
    for application in found.all():
        if await _decide(session, actor, application, ApplicationState.APPROVED, reason=None, now=now):
            await _take_in(session, actor, application, now=now)
            approved.append(application)
    return approved


def _require_open(network: Network) -> None:
    if network.archived_at is not None:
        raise NetworkArchived(title=network.title)


async def _take_in(session: AsyncSession, actor: Person, application: Application, *, now: datetime) -> None:
    await memberships.become(
        session,
        application.person_id,
        application.network_id,
        agreed=application.agreement_version,
        agreed_at=application.created_at,
        now=now,
    )
    new = {"application_id": application.id, "person_id": application.person_id}
    audit.record(session, actor, "application.approve", "network", application.network_id, now=now, new=new)
    await _tell(session, APPROVED, application, now=now)


async def _decide(
    session: AsyncSession,
    actor: Person,
    application: Application,
    state: ApplicationState,
    *,
    reason: str | None,
    now: datetime,
) -> bool:
    """Bring the application from waiting to `state`; False when this very actor decided so before. Raises ApplicationMoved."""
    decided = await session.scalar(
        update(Application)
        .where(Application.id == application.id, is_waiting(now))
        .values(state=state, decided_at=now, decided_by_id=actor.id, reason=reason)
        .returning(Application.id)
        .execution_options(synchronize_session=False)
    )
    await session.refresh(application)
    if decided is None:
        if application.state is state and application.decided_by_id == actor.id:
            return False
        raise await moved(session, application)
    await memberships.take_back(session, application.id)
    return True


async def moved(session: AsyncSession, application: Application) -> ApplicationMoved:
    """Why there is nothing to decide about it any more."""
    if application.state is ApplicationState.APPROVED:
        return ApplicationApproved()
    if application.state is ApplicationState.DECLINED:
        by = await session.get(Person, application.decided_by_id) if application.decided_by_id is not None else None
        return ApplicationDeclined(name=(by.full_name if by is not None else None) or "—")
    return ApplicationWithdrawn() if application.state is ApplicationState.WITHDRAWN else ApplicationExpired()


async def drop(
    session: AsyncSession, actor: Person | None, network_ids: Sequence[int], *, now: datetime
) -> Sequence[int]:
    """These networks are being closed, by the actor or by their date: nobody is taken in any more. Gives those who waited."""
    dropped = await session.execute(
        update(Application)
        .where(Application.network_id.in_(network_ids), is_waiting(now))
        .values(state=ApplicationState.DECLINED, decided_at=now, decided_by_id=actor.id if actor is not None else None)
        .returning(Application.id, Application.person_id, Application.network_id)
        .execution_options(synchronize_session=False)
    )
    applicants = []
    for application_id, person_id, network_id in dropped.all():
        await memberships.take_back(session, application_id)
        new = {"application_id": application_id}
        audit.record(session, actor, "application.drop", "network", network_id, now=now, new=new)
        applicants.append(person_id)
    return applicants


async def _tell(session: AsyncSession, kind: str, application: Application, *, now: datetime) -> None:
    key = f"{kind}:{application.id}"
    await notifications.put(session, [Notice(kind, key, application.person_id, application.id, now)], now=now)


async def _of_branch(session: AsyncSession, actor: Person, application_id: int) -> Application:
    application = await get(session, application_id)
    await policy.require_moderator(session, actor, application.network_id)
    return application


async def get(session: AsyncSession, application_id: int) -> Application:
    """The application with its network, and its applicant with their organisation and subjects. Raises NotFound."""
    application = await session.scalar(
        select(Application)
        .where(Application.id == application_id)
        .options(joinedload(Application.network), *_WITH_APPLICANT)
        .execution_options(populate_existing=True)
    )
    if application is None:
        raise NotFound
    return application


_WITH_APPLICANT = (
    joinedload(Application.person).selectinload(Person.subjects),
    joinedload(Application.person).selectinload(Person.organisation),
)


async def read(session: AsyncSession, actor: Person, application_id: int) -> Application:
    """An application as those see it who decide about it. Raises NotAllowed, NotFound."""
    return await _of_branch(session, actor, application_id)


async def require_waiting(session: AsyncSession, actor: Person, application_id: int, *, now: datetime) -> Application:
    """The application, if it waits for this person's decision. Raises NotAllowed, NotFound, ApplicationMoved."""
    application = await _of_branch(session, actor, application_id)
    if not waits(application, now):
        raise await moved(session, application)
    return application


async def count_waiting(session: AsyncSession, network_id: int, *, now: datetime) -> int:
    """How many applications to this network wait."""
    waiting = select(func.count()).select_from(Application).where(Application.network_id == network_id, is_waiting(now))
    return await session.scalar(waiting) or 0


async def waiting(
    session: AsyncSession, actor: Person, network_id: int, *, offset: int, limit: int, now: datetime
) -> Page:
    """A page of what waits for a decision, the oldest first. Raises NotAllowed, NotFound."""
    await policy.require_moderator(session, actor, network_id)
    network = await session.get(Network, network_id)
    if network is None:
        raise NotFound
    conditions = (Application.network_id == network_id, is_waiting(now))
    row = (await session.execute(select(func.count(), func.max(Application.id)).where(*conditions))).one()
    lines = await session.scalars(
        select(Application)
        .where(*conditions)
        .order_by(Application.id)
        .options(joinedload(Application.person).selectinload(Person.organisation))
        .offset(offset)
        .limit(limit)
    )
    may_manage = await policy.may_coordinate(session, actor, network_id)
    return Page(network, list(lines), row[0], row[1] or 0, may_manage)
