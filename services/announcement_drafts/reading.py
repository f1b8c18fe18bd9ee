"""What can be seen of the drafts of a network: any of its coordinators sees them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo

from sqlalchemy import ColumnElement, Select, case, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased, joinedload, selectinload

from models import AnnouncementDraft, DraftState, Network, Organisation, Person
from services import audiences, policy, roles
from services.audiences import Part, PartLine
from services.errors import NotFound
from services.notifications import quiet_until

AT_HAND = timedelta(hours=1)
"""So long after its last change a draft is what its author is busy with."""

_SHOWN = (DraftState.SCHEDULED, DraftState.DRAFT, DraftState.TEMPLATE)
"""What a list shows, in this order: what was sent stands among the announcements."""


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft as `actor` sees it at `seen_at`, with network, author and files loaded: `people` is how many would get it.

    `has_below`: there are open networks below its own. `organisation` is the actor's, for the preview.
    """

    draft: AnnouncementDraft
    actor: Person
    organisation: str | None
    parts: list[PartLine]
    people: int
    has_below: bool
    seen_at: datetime

    def quiet_until(self, zone: tzinfo) -> datetime | None:
        """When the quiet hours end into which it would go out, by the clock of `zone`; None outside them."""
        return quiet_until(self.draft.starts_at or self.seen_at, zone)


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Some drafts of one network (None: of all that the actor coordinates), and how many there are."""

    drafts: Sequence[AnnouncementDraft]
    total: int
    network: Network | None
    seen_at: datetime


async def card(session: AsyncSession, actor: Person, draft_id: int, *, now: datetime) -> DraftCard:
    """Raises NotFound, NotAllowed."""
    draft = await find(session, draft_id)
    if draft is None:
        raise NotFound
    await policy.require_coordinator(session, actor, draft.network_id)
    parts = [Part.of(one) for one in draft.audience]
    child = aliased(Network)
    below = exists().where(child.parent_id == draft.network_id, child.archived_at.is_(None))
    return DraftCard(
        draft=draft,
        actor=actor,
        organisation=await organisation_of(session, actor),
        parts=await audiences.described(session, parts),
        people=await audiences.count(session, parts, author_id=actor.id),
        has_below=bool(await session.scalar(select(below))),
        seen_at=now,
    )


async def organisation_of(session: AsyncSession, person: Person) -> str | None:
    """The title of where a person works."""
    if person.organisation_id is None:
        return None
    return await session.scalar(select(Organisation.title).where(Organisation.id == person.organisation_id))


async def find(session: AsyncSession, draft_id: int) -> AnnouncementDraft | None:
    """A draft with everything that it is drawn from."""
    return await session.scalar(_whole().where(AnnouncementDraft.id == draft_id))


def _whole() -> Select[AnnouncementDraft]:
    return (
        select(AnnouncementDraft)
        .options(
            joinedload(AnnouncementDraft.network),
            joinedload(AnnouncementDraft.author),
            selectinload(AnnouncementDraft.files),
        )
        .execution_options(populate_existing=True)
    )


async def _shown_to(session: AsyncSession, actor: Person, network_id: int | None) -> ColumnElement[bool]:
    """Which drafts are in the list. Raises NotAllowed when the network is not the actor's to rule."""
    shown = AnnouncementDraft.state.in_(_SHOWN)
    if network_id is not None:
        await policy.require_coordinator(session, actor, network_id)
        return shown & (AnnouncementDraft.network_id == network_id)
    if policy.may_administer(actor):
        return shown
    mine = [one.id for one in await roles.coordinated_networks(session, actor)]
    return shown & AnnouncementDraft.network_id.in_(mine)


async def at_hand(session: AsyncSession, actor: Person, *, now: datetime) -> int | None:
    """The draft that the actor has just been busy with: what they type next may belong to it."""
    return await session.scalar(
        select(AnnouncementDraft.id)
        .where(
            AnnouncementDraft.author_id == actor.id,
            AnnouncementDraft.state == DraftState.DRAFT,
            AnnouncementDraft.updated_at > now - AT_HAND,
        )
        .order_by(AnnouncementDraft.updated_at.desc())
        .limit(1)
    )


async def count(session: AsyncSession, actor: Person, network_id: int | None) -> int:
    """How many drafts, templates and scheduled announcements there are. Raises NotAllowed."""
    condition = await _shown_to(session, actor, network_id)
    return await session.scalar(select(func.count()).select_from(AnnouncementDraft).where(condition)) or 0


async def page_of(
    session: AsyncSession, actor: Person, network_id: int | None, *, now: datetime, offset: int, limit: int
) -> DraftPage:
    """What is scheduled, the soonest first, then drafts and templates, the latest first. Raises NotFound, NotAllowed."""
    network = None if network_id is None else await roles.get_network(session, network_id)
    condition = await _shown_to(session, actor, network_id)
    scheduled = AnnouncementDraft.state == DraftState.SCHEDULED
    turn = case({state: place for place, state in enumerate(_SHOWN)}, value=AnnouncementDraft.state)
    drafts = await session.scalars(
        _whole()
        .where(condition)
        .order_by(
            turn,
            case((scheduled, AnnouncementDraft.starts_at), else_=None),
            AnnouncementDraft.updated_at.desc(),
            AnnouncementDraft.id.desc(),
        )
        .offset(offset)
        .limit(limit)
    )
    return DraftPage(list(drafts), await count(session, actor, network_id), network, now)
