"""Draws what was claimed, many rows in one reading: their people are read together, and what many are told is drawn once."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import BigInteger, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from jobs import DRAWS, DRAWS_ALL, Also, Drawn, Later, Recipient
from jobs.notices import Then
from models import Database, Notification, Person
from screens.l10n import L10n, language_of
from services import notifications, policy, wishes
from services.clock import Clock

log = structlog.get_logger("bot.drawer")

_PEOPLE = select(Person).where(Person.id.in_(bindparam("ids", expanding=True, type_=BigInteger)))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A claimed row and what is to be said: `drawn` to `chat_id`, after the parts that are out `already`; or what is in the way.

    `then` is what else is written down with the outcome.
    """

    notification: Notification
    drawn: Drawn = None
    chat_id: int | None = None
    already: int = 0
    is_blocked: bool = False
    fault: Exception | None = None
    then: Then | None = None


class Drawer:
    """Reads the world again at the moment something goes out."""

    def __init__(self, db: Database, clock: Clock, *, zone: ZoneInfo) -> None:
        self._db = db
        self._clock = clock
        self._zone = zone

    async def draw(self, rows: Sequence[Notification]) -> AsyncIterator[Drawing]:
        """Each row's drawing, in their order, as soon as it is done.

        A drawer that fails spoils the others' drawing only for once: after that each of them is drawn by itself.
        """
        left = list(rows)
        together = True
        while left:
            try:
                async with self._db.read() as session:
                    page = _Page(session, left, self._clock.now(), self._zone, together=together)
                    await page.read()
                    while left:
                        drawing = await page.draw(left[0])
                        del left[0]
                        yield drawing
            except Exception as error:  # one row's fault must not stop the others; it is retried, then failed
                if together:
                    log.warning("not-drawn-together", rows=len(left), exc_info=True)
                    together = False
                elif left:
                    yield Drawing(left.pop(0), fault=error)


class _Page:
    """Rows that are read and drawn in one session."""

    def __init__(
        self, session: AsyncSession, rows: Sequence[Notification], now: datetime, zone: ZoneInfo, *, together: bool
    ) -> None:
        self._session = session
        self._rows = tuple(rows)
        self._draws_together = together
        self._now = now
        self._zone = zone
        self._people: dict[int, Person] = {}
        self._parts: dict[int, int] = {}
        self._drawn_already: dict[str, dict[int, Drawn | Also]] = {}
        self._texts: dict[tuple[str, str | None], L10n] = {}

    async def read(self) -> None:
        """Their people, and how much of them is out already."""
        people = await self._session.scalars(_PEOPLE, {"ids": [row.person_id for row in self._rows]})
        self._people = {person.id: person for person in people}
        again = [row.id for row in self._rows if row.attempts > 1]
        self._parts = await notifications.count_parts(self._session, again)

    async def draw(self, row: Notification) -> Drawing:
        """What one of them is to be told. Raises whatever its drawer raises."""
        person = self._people.get(row.person_id)
        if person is not None and person.blocked_at is not None:
            return Drawing(row, is_blocked=True)
        if person is not None and wishes.is_muted(person, row):
            return Drawing(row, then=lambda session, now: notifications.explain(session, row, wishes.MUTED))
        recipient = self._recipient(row)
        if recipient is None:
            return Drawing(row)
        quiet = self._quiet(recipient)
        given = await self._drawn(recipient) if quiet is None else Later(quiet)
        drawn, then = (given.drawn, given.then) if isinstance(given, Also) else (given, None)
        return Drawing(row, drawn, recipient.person.telegram_id, self._parts.get(row.id, 0), then=then)

    def _recipient(self, row: Notification) -> Recipient | None:
        """Whoever may be told something, and in which words; None when nobody is there, or they did not want to be told this."""
        person = self._people.get(row.person_id)
        if person is None or person.telegram_id is None or not policy.may_be_told(person):
            return None
        if wishes.is_muted(person, row):
            return None
        language = language_of(person.language_code, person.telegram_language)
        which = (language, person.time_zone)
        if which not in self._texts:
            self._texts[which] = L10n(language, ZoneInfo(person.time_zone) if person.time_zone else self._zone)
        return Recipient(row, person, self._texts[which])

    def _quiet(self, recipient: Recipient) -> datetime | None:
        """When the quiet hours end that hold it up."""
        if recipient.notification.urgent:
            return None
        return notifications.quiet_until(self._now, recipient.t.zone, notifications.hours_of(recipient.person))

    async def _drawn(self, recipient: Recipient) -> Drawn | Also:
        row = recipient.notification
        if self._draws_together and row.kind in DRAWS_ALL:
            if row.kind not in self._drawn_already:
                self._drawn_already[row.kind] = await self._drawn_together(row.kind)
            return self._drawn_already[row.kind].get(row.id)
        drawn = await DRAWS[row.kind](self._session, row, recipient.person, recipient.t, self._now)
        self._session.expunge_all()  # the next one finds nothing half loaded
        return drawn

    async def _drawn_together(self, kind: str) -> dict[int, Drawn | Also]:
        """All rows of a kind, but those that must wait."""
        its = [one for row in self._rows if row.kind == kind and (one := self._recipient(row)) is not None]
        told = [one for one in its if one.person.blocked_at is None and self._quiet(one) is None]
        return dict(await DRAWS_ALL[kind](self._session, told, self._now))
