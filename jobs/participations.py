"""Organisations in networks: their heads and the coordinators are told."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

import screens.organisation_cards
import screens.participations
from jobs.notices import draws
from models import Notification, Organisation, Participation, Person
from screens.l10n import L10n
from screens.screen import Screen
from services import heads, participations, policy
from services.errors import NotFound


async def _to_head(
    session: AsyncSession, notification: Notification, person: Person, *, takes_part: bool
) -> Participation | None:
    """The participation, if it still stands so and the person still heads the organisation."""
    try:
        participation = await participations.get(session, notification.subject_id)
    except NotFound:
        return None
    headed = await heads.headed_by(session, person)
    is_head = headed is not None and headed.id == participation.organisation_id
    return participation if is_head and (participation.ended_at is None) is takes_part else None


def _must_agree(participation: Participation) -> bool:
    version = participation.network.agreement_version
    return version is not None and version != participation.agreement_version


@draws("participation-began")
async def tell_began(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """Your organisation takes part now."""
    participation = await _to_head(session, notification, person, takes_part=True)
    if participation is None:
        return None
    must_agree = _must_agree(participation)
    return [screens.participations.told_head(t, "participation-told-began", participation, must_agree=must_agree)]


@draws("participation-ended")
async def tell_ended(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """It takes part no longer."""
    participation = await _to_head(session, notification, person, takes_part=False)
    if participation is None:
        return None
    return [screens.participations.told_head(t, "participation-told-ended", participation)]


@draws("organisation-agreement-asked")
async def ask_to_accept(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """There is a new version: accept it on behalf of your organisation."""
    participation = await _to_head(session, notification, person, takes_part=True)
    if participation is None or not _must_agree(participation):
        return None
    return [screens.participations.told_head(t, "participation-told-asked", participation, must_agree=True)]


_CHANGES = {
    "came": "participation-told-came",
    "agreed": "participation-told-agreed",
    "left": "participation-told-left",
}
"""What coordinators are told of an organisation, by the word in the notification."""


@draws("participation-changed")
async def tell_changed(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """An organisation came, accepted the agreement, or left."""
    what = notification.payload["what"]
    try:
        participation = await participations.get(session, notification.subject_id)
    except NotFound:
        return None
    if (participation.ended_at is None) is (what == "left"):
        return None
    if not await policy.may_coordinate(session, person, participation.network_id):
        return None
    return [screens.participations.told_coordinator(t, _CHANGES[what], participation)]


async def _of_organisation(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, key: str, *, heads_it: bool
) -> list[Screen] | None:
    organisation = await session.get(Organisation, notification.subject_id)
    head = await heads.of(session, notification.subject_id)
    is_head = head is not None and head.id == person.id
    if organisation is None or is_head is not heads_it:
        return None
    return [screens.organisation_cards.told_of_headship(t, key, organisation)]


@draws("head-appointed")
async def tell_head(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You head an organisation now."""
    return await _of_organisation(session, notification, person, t, "head-told-appointed", heads_it=True)


@draws("head-dismissed")
async def tell_former_head(
    session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
) -> list[Screen] | None:
    """You head it no longer."""
    return await _of_organisation(session, notification, person, t, "head-told-dismissed", heads_it=False)
