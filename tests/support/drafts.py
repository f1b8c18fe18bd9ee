"""A network with its coordinators, and their drafts of announcements, for the tests of services."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from models import (
    Announcement,
    AnnouncementDraft,
    Appointment,
    Database,
    DraftWish,
    Membership,
    MembershipState,
    Network,
    Notification,
    Person,
    Role,
)
from services import announcement_drafts, announcements
from services.announcement_drafts import DraftCard
from services.announcements import Report
from tests.support.people import NOW, put_people

ZONE = ZoneInfo("Asia/Yekaterinburg")
LATER = NOW + timedelta(hours=3)
PHOTO = {"kind": "photo", "file_id": "AAA", "unique_id": "A", "name": None, "size": 10}


def said(text: str = "Завтра!", *files: dict[str, Any]) -> dict[str, Any]:
    """What was typed, as the dialogs give it."""
    return {"texts": [{"text": text, "html": text}], "files": list(files), "message_ids": [1]}


class Team:
    """A network with a member, two coordinators of it, one of the network above, and somebody from outside."""

    def __init__(self, db: Database) -> None:
        self.db = db
        self.network_id = 0
        self.above_id = 0

    async def build(self) -> Team:
        """Put them into the database."""
        people = await put_people(self.db, 6, administrators=1)
        self.chief, self.anna, self.boris, self.clara, self.member, self.outsider = people
        async with self.db.write() as session:
            above = Network(title="above", form_id=1, created_at=NOW)
            session.add(above)
            await session.flush()
            network = Network(title="maths", form_id=1, parent_id=above.id, created_at=NOW)
            session.add(network)
            await session.flush()
            self.network_id, self.above_id = network.id, above.id
            for person, network_id in ((self.anna, network.id), (self.boris, network.id), (self.clara, above.id)):
                session.add(
                    Appointment(person_id=person.id, network_id=network_id, role=Role.COORDINATOR, appointed_at=NOW)
                )
            session.add(
                Membership(
                    person_id=self.member.id,
                    network_id=network.id,
                    state=MembershipState.MEMBER,
                    state_at=NOW,
                )
            )
        return self

    async def draft(self, text: str = "Завтра!", *files: dict[str, Any]) -> AnnouncementDraft:
        """Anna begins an announcement."""
        async with self.db.write() as session:
            seen = await announcement_drafts.begin(
                session, self.anna, self.network_id, pieces=said(text, *files), now=NOW
            )
            return seen.draft

    async def grant(self, draft: AnnouncementDraft, *wishes: DraftWish) -> AnnouncementDraft:
        """Anna presses these buttons."""
        async with self.db.write() as session:
            for wish in wishes:
                draft = (await announcement_drafts.grant(session, self.anna, draft.id, wish, now=NOW)).draft
        return draft

    async def timed(self, draft: AnnouncementDraft, starts_at: datetime = LATER) -> AnnouncementDraft:
        """Anna names a time."""
        async with self.db.write() as session:
            seen = await announcement_drafts.set_time(session, self.anna, draft.id, starts_at, zone=ZONE, now=NOW)
            return seen.draft

    async def send(
        self, draft: AnnouncementDraft, actor: Person | None = None, *, now: datetime = NOW
    ) -> Report | DraftCard:
        """«Разослать» of the version that `draft` is."""
        async with self.db.write() as session:
            return await announcement_drafts.send(
                session, actor or self.anna, draft.id, version=draft.version, zone=ZONE, now=now
            )

    async def start(self, now: datetime) -> int:
        """The time comes."""
        async with self.db.write() as session:
            return await announcement_drafts.start_due(session, now=now)

    async def get(self, draft: AnnouncementDraft) -> AnnouncementDraft:
        """As it is now."""
        async with self.db.read() as session:
            found = await announcement_drafts.find(session, draft.id)
        assert found is not None
        return found

    async def notified(self, kind: str = announcements.KIND) -> list[Notification]:
        """What is to be told."""
        async with self.db.read() as session:
            return list(await session.scalars(select(Notification).where(Notification.kind == kind)))

    async def sent(self) -> list[Announcement]:
        """What went out."""
        async with self.db.read() as session:
            return list(await session.scalars(select(Announcement).order_by(Announcement.id)))
