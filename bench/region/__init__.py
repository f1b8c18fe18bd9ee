"""A region of any size: participants, a tree of networks in four levels, and everything that their lists show.

Made of arithmetic and a seeded chance, so it is the same every time; written row by row past the services, which would take hours.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bench.region import deeds, people
from bench.region.rows import write
from bench.region.shape import FEWEST, Region
from models import Database, NetworkForm, Position, Subject


async def fill(db: Database, participants: int, *, now: datetime) -> Region:
    """Fill an empty, migrated database with a region of so many participants, one network for every fifty of them.

    Raises ValueError for fewer than `FEWEST`.
    """
    if participants < FEWEST:
        raise ValueError(f"a region has {FEWEST} participants at least")
    region = Region(participants, max(60, participants // 50), max(30, participants // 60), now)
    async with db.write() as session:
        forms = list(await session.scalars(select(NetworkForm.id).order_by(NetworkForm.id)))
        subjects = dict((await session.execute(select(Subject.id, Subject.title))).all())
        positions = dict((await session.execute(select(Position.id, Position.title))).all())
        await write(session, people.organisations(region))
        await write(session, people.participants(region, list(subjects), list(positions.values())))
        await write(session, people.networks(region, forms, subjects, list(positions)))
        await write(session, people.memberships(region))
        await write(session, people.roles(region, subjects))
        await write(session, deeds.events(region))
        await write(session, deeds.products(region))
        await write(session, deeds.consultations(region))
        await write(session, deeds.joining(region))
        await write(session, deeds.announcements(region))
        await write(session, deeds.troubles(region))
    return region
