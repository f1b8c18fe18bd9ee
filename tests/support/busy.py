"""Somebody who did everything that leaves a trace, for the tests of what is stored about a person and of what goes with them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import (
    Audit,
    Database,
    DialogState,
    Found,
    HeldUpdate,
    InboxUpdate,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    Network,
    Notification,
    NotificationState,
    Organisation,
    OrganisationKind,
    Person,
    PersonSubject,
    Product,
    ProductKind,
    RegistryDoubt,
    RegistryEntry,
    Saying,
    StoredFile,
    Subject,
)
from services import (
    agreements,
    announced,
    announcement_drafts,
    announcements,
    applications,
    consultations,
    events,
    files,
    followers,
    heads,
    invitations,
    memberships,
    networks,
    notifications,
    participations,
    persons,
    phones,
    products,
    registry,
    roles,
    search,
    wishes,
)
from services.announcements import Wishes
from services.copies import Copies
from services.notifications import QuietHours
from services.products import Draft
from tests.support.events import make_network, plan_event, put_in
from tests.support.people import NOW

NAME = "Скворцова Зинаида Аркадьевна"
TELEGRAM_ID = 4_471_118_236
POSITION = "Учитель астрономии и черчения"
PHONE = "+79021112233"
WHY_DECLINED, WHY_LEFT, WHY_REMOVED = "Сначала отчёт по кружку.", "Переезжаю к морю.", "Не была ни разу."
DRAFT, TEMPLATE, SCHEDULED = "Пока только замысел.", "Встречаемся по средам.", "Завтра затмение."

WITHDRAWN_WORK = f"Черновик, автор {NAME}".encode()
DRAFT_FILE = f"Замысел, автор {NAME}".encode()
PUBLISHED_WORK = b"Stars and angles, a lesson for the tenth form."
SHARED_WORK = b"The map of the sky, as everybody has it."


@dataclass(frozen=True, slots=True)
class Busy:
    """Zinaida and those around her."""

    zina: Person
    boss: Person
    boris: Person
    network: Network
    published_id: int
    withdrawn_id: int
    asked_id: int
    answered_id: int


def said(text: str, message_id: int, *said_files: dict[str, Any]) -> dict[str, Any]:
    """One message as the dialogs give it."""
    return {"texts": [{"text": text, "html": text}], "files": list(said_files), "message_ids": [message_id]}


def file_of(name: str) -> dict[str, Any]:
    """A file as the dialogs give it."""
    return {"kind": "document", "file_id": f"id-{name}", "unique_id": f"u-{name}", "name": f"{name}.txt", "size": 40}


async def lives(db: Database, copies: Copies, *, now: datetime = NOW) -> Busy:
    """She asked, answered, handed in, signed up, announced, decided, and stands in others' unfinished dialogs."""
    async with db.write() as session:
        boss, boris, zina = await _people(session, now)
        network = await make_network(session, now=now)
        await put_in(session, network, boris, zina, now=now)
        await roles.appoint_coordinator(session, boss, zina.id, network.id, order_number="77-К", now=now)
        one = await roles.create_topic(
            session, boss, title="Астрономия", network_id=network.id, subject_id=None, now=now
        )
        two = await roles.create_topic(session, boss, title="Черчение", network_id=network.id, subject_id=None, now=now)
        await roles.appoint_expert(session, boss, zina.id, one.id, now=now)
        await roles.appoint_expert(session, boss, boris.id, two.id, now=now)

        asked = await consultations.ask(
            session, zina, topic_id=two.id, pieces=said("Как чертить эллипс?", 11, file_of("эллипс")), zone=UTC, now=now
        )
        answered = await consultations.ask(
            session, boris, topic_id=one.id, pieces=said("Где Сатурн?", 12), zone=UTC, now=now
        )
        await consultations.take(session, zina, answered.id, now=now)
        await consultations.say(
            session, zina, answered.id, said("Слева от Луны.", 13), album=None, said_at=now, zone=UTC, now=now
        )

        event = await plan_event(session, zina, network.id, starts_at=now + timedelta(days=3), now=now)
        past = await plan_event(session, boss, network.id, starts_at=now + timedelta(hours=1), now=now, title="Прошло")
        for each in (event, past):
            await events.sign_up(session, zina, each.id, now=now)
        words = [{"text": "Собираемся у телескопа.", "html": "Собираемся у телескопа."}]
        await announcements.announce(
            session, zina, network.id, with_branch=False, texts=words, said_files=[file_of("афиша")], now=now
        )
        wishes_ = Wishes(wants_acknowledgement=True)
        told = await announcements.announce(
            session, boss, network.id, with_branch=False, texts=words, said_files=[], now=now, wishes=wishes_
        )
        await announced.acknowledge(session, zina, told.announcement.id, now=now)
        await _compose(session, zina, network, now)

        published = await _hand_in(session, zina, network, "Звёзды и углы", "урок", now=now)
        await products.publish(session, boss, published, 1, now=now)
        withdrawn = await _hand_in(session, zina, network, "Набросок", "набросок", "карта", now=now)
        await products.withdraw(session, zina, withdrawn, now=now)
        others = await _hand_in(session, boris, network, "Чужая работа", "карта", now=now)
        await products.send_back(session, zina, others, 1, remark="Добавьте рисунок.", now=now)

        await wishes.choose_zone(session, zina, 21, now=now)
        await wishes.choose_quiet_hours(session, zina, QuietHours(now.time(), now.time()), now=now)
        await _agree(session, zina, network, now)
        await _come_and_go(session, boss, zina, now)
        await _be_in_the_lists(session, boss, zina, now)
        await _head(session, boss, zina, network, now)
        _leave_traces(session, zina, boris, now)
        await _deliver(session, zina, now)
        busy = Busy(zina, boss, boris, network, published, withdrawn, asked.id, answered.id)
    contents = {"урок": PUBLISHED_WORK, "набросок": WITHDRAWN_WORK, "карта": SHARED_WORK, "замысел": DRAFT_FILE}
    await _copy(db, copies, {f"u-{name}": data for name, data in contents.items()})
    return busy


async def _people(session: AsyncSession, now: datetime) -> tuple[Person, Person, Person]:
    people = [
        Person(telegram_id=TELEGRAM_ID - 1 - number, full_name=name, created_at=now, registered_at=now)
        for number, name in enumerate(("Орлова Вера Ивановна", "Петров Борис Ильич"))
    ]
    people[0].administrator_at = now
    session.add_all(people)
    zina = await persons.meet(session, telegram_id=TELEGRAM_ID, telegram_language="ru", administrator=False, now=now)
    zina.full_name, zina.position, zina.experience_years, zina.registered_at = NAME, POSITION, 31, now
    zina.language_code, zina.command_menu = "ru", "abc"
    await session.flush()
    await persons.give_consent(session, zina, now=now)
    subject_id = await session.scalar(select(Subject.id).order_by(Subject.id).limit(1))
    session.add(PersonSubject(person_id=zina.id, subject_id=subject_id))
    await search.index(session, Found.PERSON, zina.id, NAME)
    return people[0], people[1], zina


async def _hand_in(
    session: AsyncSession, author: Person, network: Network, title: str, *names: str, now: datetime
) -> int:
    draft = Draft(
        kind=ProductKind.LESSON,
        title=title,
        annotation="Для десятого класса.",
        network_id=network.id,
        files=[file_of(name) for name in names],
    )
    handed = await products.hand_in(session, author, draft, now=now)
    product: Product = handed.product
    return product.id


async def _compose(session: AsyncSession, zina: Person, network: Network, now: datetime) -> None:
    """Announcements that are not out: a draft, another one that a template was made of, one that waits for its time."""
    zone = ZoneInfo("Asia/Vladivostok")
    await announcement_drafts.begin(session, zina, network.id, pieces=said(DRAFT, 21, file_of("замысел")), now=now)
    weekly = await announcement_drafts.begin(
        session, zina, network.id, pieces=said(TEMPLATE, 22, file_of("среда")), now=now
    )
    await announcement_drafts.keep_as_template(session, zina, weekly.draft.id, now=now)
    later = await announcement_drafts.begin(session, zina, network.id, pieces=said(SCHEDULED, 23), now=now)
    timed = await announcement_drafts.set_time(
        session, zina, later.draft.id, now + timedelta(days=1), zone=zone, now=now
    )
    await announcement_drafts.send(session, zina, timed.draft.id, version=timed.draft.version, zone=zone, now=now)


async def _agree(session: AsyncSession, zina: Person, network: Network, now: datetime) -> None:
    """She publishes her network's agreement, accepts it as a member, invites others, does without announcements.

    She follows the news of another network.
    """
    await agreements.publish(session, zina, network.id, text="Помогаем друг другу.", now=now)
    await agreements.accept(session, zina, network.id, 1, now=now)
    await invitations.make(session, zina, InvitationTarget.NETWORK, network.id, InvitationSort.MONTH, now=now)
    await announced.mute(session, zina, network.id, muted=True, now=now)
    other = await make_network(session, title="Обсерватория", now=now)
    await followers.follow(session, zina, other.id, now=now)


async def _come_and_go(session: AsyncSession, boss: Person, zina: Person, now: datetime) -> None:
    """A network that declined her, that she came into by invitation and left, into which she came again and was removed."""
    network = await make_network(session, title="Телескопы", now=now)
    network.join_policy = JoinPolicy.APPLICATION
    application = await applications.apply(session, zina, network.id, agreed=None, now=now, zone=UTC)
    assert application is not None
    await applications.decline(session, boss, application.id, reason=WHY_DECLINED, now=now)
    for sort in (InvitationSort.ONE, InvitationSort.MONTH):
        offer = await invitations.make(session, boss, InvitationTarget.NETWORK, network.id, sort, now=now)
        await invitations.open_link(session, zina, offer.invitation.token, now=now)
    await invitations.accept(session, zina, offer.invitation.id, now=now)
    await networks.leave(session, zina, network.id, reason=WHY_LEFT, now=now)
    await memberships.become(session, zina.id, network.id, now=now)
    await memberships.remove(session, boss, network.id, zina.id, reason=WHY_REMOVED, now=now)
    assert await invitations.open_link(session, zina, "guessed", now=now) is None


async def _be_in_the_lists(session: AsyncSession, boss: Person, zina: Person, now: datetime) -> None:
    """The centre's lists know her from another place; the administrator says that it is she."""
    school = Organisation(title="Школа у моря", kind=OrganisationKind.SCHOOL, confirmed_at=now, created_at=now)
    session.add(school)
    await session.flush()
    entry = RegistryEntry(
        full_name=NAME,
        name_key=registry.names.key(NAME),
        surname=registry.names.surname(NAME),
        organisation_id=school.id,
        position=POSITION,
        subjects="Астрономия",
        phone=PHONE,
        works_since=now.date(),
        created_at=now,
        updated_at=now,
    )
    session.add(entry)
    await session.flush()
    await registry.recognise(session, zina, now=now)
    doubt_id = await session.scalar(select(RegistryDoubt.id).where(RegistryDoubt.person_id == zina.id))
    assert doubt_id is not None
    await registry.decide(session, boss, doubt_id, entry.id, now=now)
    zina.organisation_id = school.id


async def _head(session: AsyncSession, boss: Person, zina: Person, network: Network, now: datetime) -> None:
    """She shared her phone, heads the school, and accepted the network's agreement on its behalf."""
    assert zina.organisation_id is not None
    await phones.share(session, zina, number=PHONE, owner_id=TELEGRAM_ID, now=now)
    await heads.appoint(session, boss, zina.organisation_id, zina.id, now=now)
    await participations.accept(session, zina, network.id, 1, scan=[file_of("скан")], now=now)


def _leave_traces(session: AsyncSession, zina: Person, boris: Person, now: datetime) -> None:
    """What stands open: her own dialog and saying, another's dialog about her, an update on its way, an old journal with names."""
    session.add(DialogState(person_id=zina.id, state="edit-name:name", answers={"name": NAME, "_": {}}, updated_at=now))
    answers = {"person": {"id": zina.id, "label": f"{NAME} (Лицей № 1)"}, "about": f"Звёзды — {NAME}", "_": {"page": 0}}
    session.add(DialogState(person_id=boris.id, state="coordinator:person", answers=answers, updated_at=now))
    held = f'{{"update_id": 7, "message": {{"text": "{NAME}", "from": {{"id": {TELEGRAM_ID}}}}}}}'
    session.add(HeldUpdate(update_id=7, person_id=zina.id, payload=held, held_at=now))
    session.add(Saying(person_id=zina.id, pieces=said(f"Я {NAME}", 14), notes={}, said_at=now))
    payload = (
        f'{{"update_id": 9, "message": {{"message_id": 1, "from": {{"id": {TELEGRAM_ID}, "first_name": "Zina"}}}}}}'
    )
    session.add(InboxUpdate(update_id=9, payload=payload, received_at=now, attempts=5))
    others = f'{{"update_id": 8, "message": {{"message_id": 1, "from": {{"id": {TELEGRAM_ID - 2}}}}}}}'
    session.add(InboxUpdate(update_id=8, payload=others, received_at=now))
    for actor in (zina, boris):
        new = {"name": NAME, "said": [f"{NAME}, лицей", {"id": TELEGRAM_ID}], "kept": "да"}
        session.add(Audit(at=now, actor_id=actor.id, deed="registry.import", subject="person", subject_id=1, new=new))


async def _deliver(session: AsyncSession, zina: Person, now: datetime) -> None:
    """All but one of her notifications has reached her."""
    rows = list(
        await session.scalars(select(Notification).where(Notification.person_id == zina.id).order_by(Notification.id))
    )
    for number, row in enumerate(rows[:-1]):
        row.state, row.attempts = NotificationState.SENDING, 1
        await session.flush()
        await notifications.settle_sent(session, row, [(TELEGRAM_ID, 100 + number)], now=now)


async def _copy(db: Database, copies: Copies, contents: dict[str, bytes]) -> None:
    """Our copies of these files stand; whatever else was sent is not fetched yet."""
    async with db.write() as session:
        for unique_id, data in contents.items():
            row = await session.scalar(select(StoredFile).where(StoredFile.telegram_unique_id == unique_id).limit(1))
            assert row is not None
            await files.settle_copied(session, row, copies.put(data))
