"""«Удалить меня»: nothing personal is left anywhere, and nothing of others is gone, on each database."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from bot.copier import Copier
from models import (
    Acknowledgement,
    AnnouncementDraft,
    Application,
    ApplicationState,
    Audit,
    Base,
    Consultation,
    ConsultationMessage,
    ConsultationState,
    Database,
    DialogState,
    DraftState,
    InboxUpdate,
    Invitation,
    InvitationUse,
    Leftover,
    Membership,
    MembershipState,
    Notification,
    NotificationState,
    OpenedInvitation,
    Person,
    Product,
    ProductState,
    Registration,
    RegistrationState,
    RegistryDoubt,
    RegistryEntry,
    SentMessage,
    StoredFile,
    WrongToken,
)
from screens import acknowledgements
from screens.l10n import L10n
from services import announced, announcement_drafts, erasing, files, leaving, notifications, persons, roles
from services.clock import Clock
from services.copies import Copies
from tests.support.busy import (
    DRAFT,
    DRAFT_FILE,
    NAME,
    PHONE,
    POSITION,
    PUBLISHED_WORK,
    SCHEDULED,
    SHARED_WORK,
    TELEGRAM_ID,
    TEMPLATE,
    WHY_DECLINED,
    WHY_LEFT,
    WHY_REMOVED,
    WITHDRAWN_WORK,
    Busy,
    file_of,
    lives,
    said,
)
from tests.support.house import make_house
from tests.support.people import NOW

WORDS = (WHY_DECLINED, WHY_LEFT, WHY_REMOVED, DRAFT, "замысел.txt")
TRACES = (NAME, str(TELEGRAM_ID), POSITION, PHONE, "77-К", "Набросок", "набросок", *WORDS)


async def whole(db: Database) -> str:
    """Every value of every table, in readable letters."""
    values: list[Any] = []
    async with db.read() as session:
        for table in Base.metadata.tables.values():
            values += [[table.name, *row] for row in await session.execute(select(table))]
    return json.dumps(values, ensure_ascii=False, default=str)


def found_in(haystack: str) -> list[str]:
    return [trace for trace in TRACES if trace in haystack]


def on_disk(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def copier_of(db: Database, copies: Copies, at: timedelta) -> Copier:
    house = make_house(db)
    clock = Clock(house.settings.zone)
    clock.move(NOW + at - clock.now())
    return Copier(db, house.bot, clock, copies)


async def deleted(db: Database, busy: Busy) -> None:
    async with db.write() as session:
        await leaving.delete(session, busy.zina, now=NOW)


async def test_the_whole_database_and_the_files_know_nothing_of_the_person(each_db: Database, tmp_path: Path) -> None:
    folder = tmp_path / "files"
    copies = Copies(folder)
    busy = await lives(each_db, copies)
    before = await whole(each_db)
    assert found_in(before) == list(TRACES)
    assert NAME.encode() in on_disk(folder)

    await deleted(each_db, busy)
    assert found_in(await whole(each_db)) == []
    assert await copier_of(each_db, copies, timedelta(minutes=9)).remove_leftovers() == 0
    assert await copier_of(each_db, copies, timedelta(minutes=11)).remove_leftovers() == 2  # a work, a draft's file
    left = on_disk(folder)
    assert NAME.encode() not in left
    assert WITHDRAWN_WORK not in left
    assert DRAFT_FILE not in left
    assert PUBLISHED_WORK in left
    assert SHARED_WORK in left  # Boris handed the same file in
    assert found_in(await whole(each_db)) == []


async def test_nor_does_the_file_of_an_embedded_database(db: Database, tmp_path: Path) -> None:
    busy = await lives(db, Copies(tmp_path / "files"))
    await deleted(db, busy)
    async with db.engine.connect() as connection:
        await connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
    await db.close()
    raw = await asyncio.to_thread(Path(db.url.database or "").read_bytes)
    assert "Петров Борис Ильич".encode() in raw
    forms = [
        form for trace in (NAME, POSITION, PHONE, *WORDS) for form in (trace.encode(), json.dumps(trace)[1:-1].encode())
    ]
    assert [form for form in forms if form in raw] == []
    number = TELEGRAM_ID.to_bytes(6, "big")  # as SQLite keeps an integer of this size
    assert number not in raw


async def test_what_was_said_and_handed_in_stays_under_nobodys_name(each_db: Database, tmp_path: Path) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    async with each_db.read() as session:
        stays = await erasing.stays(session, busy.zina)
        members = await session.scalar(_members())
    assert (stays.messages, stays.works, stays.announcements, stays.events, stays.withdrawn_works) == (2, 1, 1, 1, 1)
    await deleted(each_db, busy)
    async with each_db.read() as session:
        gone = await session.get_one(Person, busy.zina.id)
        empty = {column.key: getattr(gone, column.key) for column in Person.__table__.columns}
        assert {key for key, value in empty.items() if value is not None} == erasing.KEPT
        assert (await session.get_one(Product, busy.published_id)).state is ProductState.PUBLISHED
        assert (await session.get_one(Product, busy.withdrawn_id)).title == erasing.GONE
        texts = [row[0]["text"] for row in await session.scalars(select(ConsultationMessage.texts))]
        assert sorted(texts) == ["Где Сатурн?", "Как чертить эллипс?", "Слева от Луны."]
        assert (await session.get_one(Consultation, busy.asked_id)).state is ConsultationState.CLOSED
        answered = await session.get_one(Consultation, busy.answered_id)
        assert (answered.state, answered.expert_id) == (ConsultationState.NEW, None)
        names = set(await session.scalars(select(StoredFile.name)))
        assert names == {"эллипс.txt", "афиша.txt", "урок.txt", "карта.txt", "среда.txt", "скан.txt"}
        assert await session.scalar(_members()) == (members or 0) - 1
        seats = set(await session.scalars(select(Registration.state)))
        assert seats == {RegistrationState.WITHDRAWN}
        assert await session.scalar(select(func.count()).select_from(SentMessage)) == 0
        mine = Notification.person_id == busy.zina.id
        states = set(await session.scalars(select(Notification.state).where(mine)))
        assert states == {NotificationState.SENT, NotificationState.CANCELLED}
        assert list(await session.scalars(select(InboxUpdate.update_id))) == [8]


async def test_what_others_rest_on_stays_without_a_word_about_the_person(each_db: Database, tmp_path: Path) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    await deleted(each_db, busy)
    async with each_db.read() as session:
        for table in (RegistryEntry, RegistryDoubt, OpenedInvitation, WrongToken):
            assert await session.scalar(select(func.count()).select_from(table)) == 0, table
        assert (await session.scalars(select(Application.state))).all() == [ApplicationState.DECLINED]
        uses = await session.scalar(select(func.count()).select_from(InvitationUse))
        assert uses == await session.scalar(select(func.sum(Invitation.used))) == 1
        acknowledged = (await session.scalars(select(Acknowledgement))).one()
        assert acknowledged.person_id == busy.zina.id
        told_id = acknowledged.announcement_id
        announcement, people, *_ = await announced.readers(
            session, busy.boss, told_id, have_read=True, offset=0, limit=5
        )
        seen = acknowledgements.readers(L10n("ru"), announcement, people, 0, have_read=True, read_by=1, unread_by=0)
        assert "1. участник" in seen.text
        assert set(await session.scalars(select(Membership.muted_at))) == {None}
        deeds = select(Audit.new).where(Audit.deed.in_(("application.decline", "network.leave", "network.remove")))
        told = list(await session.scalars(deeds.order_by(Audit.id)))
        assert told == [{"application_id": 1}, None, {"person_id": busy.zina.id}]


async def test_an_announcement_that_waits_is_the_networks_and_goes_to_its_coordinators(
    each_db: Database, tmp_path: Path
) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    async with each_db.write() as session:
        await roles.appoint_coordinator(session, busy.boss, busy.boris.id, busy.network.id, order_number=None, now=NOW)
        await announcement_drafts.begin(session, busy.boris, busy.network.id, pieces=said("Моё.", 31), now=NOW)
    await deleted(each_db, busy)
    async with each_db.read() as session:
        rows = await session.execute(
            select(AnnouncementDraft.texts, AnnouncementDraft.state).order_by(AnnouncementDraft.id)
        )
        assert [(texts[0]["text"], state) for texts, state in rows] == [
            (TEMPLATE, DraftState.TEMPLATE),
            (SCHEDULED, DraftState.SCHEDULED),
            ("Моё.", DraftState.DRAFT),
        ]
    async with each_db.write() as session:
        assert await announcement_drafts.start_due(session, now=NOW + timedelta(days=1)) == 1
    async with each_db.read() as session:
        waited = AnnouncementDraft.texts.is_not(None), AnnouncementDraft.starts_at.is_(None)
        states = await session.scalars(select(AnnouncementDraft.state).where(*waited).order_by(AnnouncementDraft.id))
        assert list(states) == [DraftState.TEMPLATE, DraftState.DRAFT, DraftState.DRAFT]
        told = select(Notification.person_id).where(Notification.kind == "announcement-not-sent")
        assert list(await session.scalars(told)) == [busy.boris.id]


def _members() -> Any:
    return select(func.count()).select_from(Membership).where(Membership.state == MembershipState.MEMBER)


async def test_anothers_dialog_goes_on_without_the_name(each_db: Database, tmp_path: Path) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    await deleted(each_db, busy)
    async with each_db.read() as session:
        row = await session.get_one(DialogState, busy.boris.id)
    assert row.state == "coordinator:person"
    assert row.answers["person"] == {"id": busy.zina.id, "label": "— (Лицей № 1)"}
    assert row.answers["about"] == "Звёзды — —"


async def test_the_same_telegram_id_may_register_anew_as_somebody_new(each_db: Database, tmp_path: Path) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    await deleted(each_db, busy)
    async with each_db.write() as session:
        again = await persons.meet(
            session, telegram_id=TELEGRAM_ID, telegram_language="ru", administrator=False, now=NOW
        )
        assert again.id != busy.zina.id
        assert (again.full_name, again.registered_at, again.language_code) == (None, None, None)
        await persons.give_consent(session, again, now=NOW)
    async with each_db.write() as session:
        await leaving.delete(session, again, now=NOW)
    assert found_in(await whole(each_db)) == []


async def test_what_was_being_sent_in_that_moment_leaves_no_number(each_db: Database, tmp_path: Path) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    async with each_db.write() as session:
        row = await session.scalar(
            select(Notification).where(Notification.person_id == busy.zina.id).order_by(Notification.id).limit(1)
        )
        assert row is not None
        row.state, row.attempts = NotificationState.SENDING, 1
    await deleted(each_db, busy)
    async with each_db.write() as session:
        await notifications.settle_sent(session, row, [(TELEGRAM_ID, 500)], now=NOW)
        assert (await session.get_one(Notification, row.id)).state is NotificationState.CANCELLED
    await copier_of(each_db, Copies(tmp_path / "files"), timedelta(minutes=11)).remove_leftovers()
    assert found_in(await whole(each_db)) == []
    async with each_db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Leftover)) == 0


async def test_a_copy_removed_in_the_moment_it_was_made_again_is_made_once_more(db: Database, tmp_path: Path) -> None:
    class Forgetful(Copies):
        forgets = True

        def take_in(self, written: Path) -> str:
            sha256 = super().take_in(written)
            if self.forgets:
                self.remove(sha256)
            return sha256

    copies = Forgetful(tmp_path / "files")
    house = make_house(db)
    anna = house.visitor("Анна")
    await anna.sends_file("урок.txt", b"a lesson")
    message = house.updates[-1].message
    assert message is not None
    assert message.document is not None
    async with db.write() as session:
        said = {**file_of("урок"), "file_id": message.document.file_id}
        await files.keep(session, [said], now=house.clock.now())
    copier = Copier(db, house.bot, house.clock, copies)
    assert await copier.copy_due() == 1
    copies.forgets = False
    assert await copier.copy_due() == 1
    assert on_disk(tmp_path / "files") == b"a lesson"


@pytest.mark.parametrize("twice", [False, True])
async def test_deleting_at_the_same_time_as_anything_else_is_whole(
    each_db: Database, tmp_path: Path, twice: bool
) -> None:
    busy = await lives(each_db, Copies(tmp_path / "files"))
    outcomes = await asyncio.gather(*(deleted(each_db, busy) for _ in range(2 if twice else 1)), return_exceptions=True)
    assert outcomes == [None] * len(outcomes)
    assert found_in(await whole(each_db)) == []
