"""A whole list, from its bytes to its rows: the one deed of many transactions, the same from the chat and from the command line."""

from __future__ import annotations

import asyncio
from datetime import datetime

from models import Database, Person
from services.registry import importing, recognising
from services.registry.checking import Checked, check
from services.registry.importing import Outcome
from services.registry.reading import read_file

PEOPLE_AT_ONCE = 200
"""Registered people who are looked up among the new lists in one transaction."""


async def examine(data: bytes, *, now: datetime) -> Checked:
    """Read and check a file to its end, writing nothing. Raises RegistryFileRefused."""
    sheets = await read_file(data)
    return await asyncio.to_thread(check, sheets, today=now.date())


async def foresee(db: Database, actor: Person, checked: Checked) -> Outcome:
    """What taking it would do now. Raises NotAdministrator."""
    async with db.read() as session:
        return await importing.foresee(session, actor, checked)


async def take(db: Database, actor: Person, checked: Checked, *, now: datetime) -> Outcome:
    """Take every good row, some hundreds a transaction, then look registered people up among them. Raises NotAdministrator.

    Broken off anywhere, it is finished by taking the same file again.
    """
    outcome = await foresee(db, actor, checked)
    done = Outcome(new_titles=outcome.new_titles)
    async with db.read() as session:
        known = await importing.known_organisations(session)
    lines, _ = importing.lines_of(checked)
    for some in importing.batches(lines):
        async with db.write() as session:
            done.organisations.add(await importing.take_organisations(session, actor, some, known, now=now))
    for people in importing.batches(checked.people):
        async with db.write() as session:
            done.people.add(await importing.take_people(session, actor, people, known, now=now))
    if not outcome.changes_nothing:
        await _recognise_everybody(db, now=now)
        async with db.write() as session:
            importing.record(session, actor, done, now=now)
    return done


async def _recognise_everybody(db: Database, *, now: datetime) -> None:
    last = 0
    while True:
        async with db.write() as session:
            people = await recognising.registered_after(session, last, limit=PEOPLE_AT_ONCE)
            await recognising.recognise_all(session, people, now=now)
        if len(people) < PEOPLE_AT_ONCE:
            return
        last = people[-1].id
