"""Organisations take part in the networks of the invented city; their heads accepted an agreement for all who work there."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from demo.papers import docx
from demo.plan import Inhabitant
from models import FileKind, Head, Organisation, Participation, ParticipationRole, ParticipationScan, StoredFile
from services.copies import Copies

NAMED_DAYS_AGO = 235
"""The heads, some days after the coordinators."""
BEGAN_DAYS_AGO = 190
AGREED_AFTER = timedelta(days=2, hours=3)


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files("demo").joinpath("participations.toml").read_text(encoding="utf-8"))


async def add_participations(
    session: AsyncSession,
    people: Sequence[Inhabitant],
    person_ids: Sequence[int],
    network_ids: Mapping[str, int],
    *,
    copies: Copies,
    now: datetime,
) -> int:
    """Name the heads, write contacts down, bring some organisations into networks as of `now`. Gives how many take part."""
    rows = await session.scalars(select(Organisation).order_by(Organisation.id))
    organisations = rows.all()
    by_title = {one.title: one for one in organisations}
    heads = {
        organisations[one.post.organisation].id: person_id
        for one, person_id in zip(people, person_ids, strict=True)
        if one.post.is_head
    }
    named_at = now - timedelta(days=NAMED_DAYS_AGO)
    await session.execute(
        insert(Head),
        [
            {"organisation_id": organisation_id, "person_id": person_id, "appointed_at": named_at}
            for organisation_id, person_id in heads.items()
        ],
    )
    for contact in _words()["contacts"]:
        one = by_title[contact["organisation"]]
        one.phone, one.email, one.site = contact["phone"], contact["email"], contact["site"]
    told = _words()["participations"]
    for each in told:
        one = by_title[each["organisation"]]
        await _add(session, each, one.id, network_ids[each["network"]], heads[one.id], copies=copies, now=now)
    return len(told)


async def _add(
    session: AsyncSession,
    each: Mapping[str, Any],
    organisation_id: int,
    network_id: int,
    head_id: int,
    *,
    copies: Copies,
    now: datetime,
) -> None:
    began_at = now - timedelta(days=BEGAN_DAYS_AGO)
    participation = Participation(
        organisation_id=organisation_id,
        network_id=network_id,
        role=ParticipationRole(each["role"]),
        began_at=began_at,
    )
    session.add(participation)
    if each["agreed"]:
        participation.agreement_version, participation.agreed_at = 1, began_at + AGREED_AFTER
        participation.agreed_by_id = head_id
        scan = _scan(each["organisation"], copies, created_at=began_at + AGREED_AFTER)
        session.add(scan)
        await session.flush()
        session.add(ParticipationScan(participation_id=participation.id, version=1, position=0, file_id=scan.id))
    await session.flush()


def _scan(title: str, copies: Copies, *, created_at: datetime) -> StoredFile:
    """The signed paper; Telegram knows none of these files: the first who opens one gets it from our copy."""
    paper = _words()["scan"]
    data = docx(paper["heading"], [title, *paper["lines"]])
    handle = hashlib.sha256(title.encode()).hexdigest()[:32]
    return StoredFile(
        kind=FileKind.DOCUMENT,
        telegram_file_id=f"invented-{handle}",
        telegram_unique_id=handle,
        name=paper["name"],
        size=len(data),
        sha256=copies.put(data),
        created_at=created_at,
    )
