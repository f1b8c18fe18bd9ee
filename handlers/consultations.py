"""«Консультация»: asking, the queue, taking, talking by replies and from the card, the end."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message
from sqlalchemy.ext.asyncio import AsyncSession

import screens.consultations
from dialogs import ABOUT, ASK, META, SAY, Answers
from handlers.dialogs import Conversation, begin, converse
from handlers.said import SAID, said_before, said_of
from handlers.show import answer_button, send_screens, show
from models import Consultation, ConsultationView, Database, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.screen import Screen
from services import consultations, policy, sayings
from services.clock import Clock
from services.errors import ConsultationOver, NotFound, NothingSaid, TakenByOther

router = Router(name="consultations")
router.message.filter(F.chat.type == ChatType.PRIVATE)

replies = Router(name="consultation-replies")
"""Asked before the dialogs: a reply says where it belongs, whatever else is open."""
replies.message.filter(F.chat.type == ChatType.PRIVATE)


# --- asking


@router.message(Command("ask"))
@router.callback_query(addresses.AskExpert.filter())
async def ask_expert(
    event: Message | CallbackQuery, db: Database, clock: Clock, person: Person, t: L10n, update_id: int
) -> None:
    """«Задать вопрос»: the topic first."""
    async with db.read() as session:
        can_ask = await consultations.can_ask(session, person)
    if not can_ask:
        await show(event, screens.consultations.no_topics(t))
        return
    await begin(event, ASK, db=db, clock=clock, person=person, t=t, update_id=update_id)


@router.callback_query(addresses.AskTyped.filter())
async def ask_typed(
    call: CallbackQuery,
    callback_data: addresses.AskTyped,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
) -> None:
    """«Спросить эксперта» under what was typed in the menu: that very text is the question, only the topic is asked."""
    said = said_before(call)
    given = None
    if said is not None and (said.text or said.files):
        async with db.read() as session:
            given = {"question": await sayings.whole(session, person, said)}
    await begin(
        call,
        ASK,
        db=db,
        clock=clock,
        person=person,
        t=t,
        update_id=update_id,
        instead=callback_data.instead,
        given=given,
        way=lambda instead: addresses.AskTyped(instead=instead),
    )


async def _may_ask(session: AsyncSession, actor: Person, arg: int) -> Answers:
    policy.require_registered(actor)
    return {}


async def _ask(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> Consultation:
    notes = answers[META]
    return await consultations.ask(
        session,
        actor,
        topic_id=answers["topic"]["id"],
        pieces=answers["question"],
        album=notes.get("album"),
        zone=ZoneInfo(notes["zone"]),
        now=now,
    )


converse(Conversation(dialog=ASK, prepare=_may_ask, act=_ask, finished=screens.consultations.asked))


# --- talking


class ToConsultation(Filter):
    """The message is a word in a consultation: a reply to any of its messages, or a further part of what was said there just now."""

    async def __call__(
        self, message: Message, db: Database, person: Person | None = None, raw_state: str | None = None
    ) -> bool | dict[str, Any]:
        if person is None or not policy.is_registered(person) or (message.text or "").startswith("/"):
            return False
        found: int | None = None
        async with db.read() as session:
            if message.reply_to_message is not None:
                replied = message.reply_to_message
                found = await consultations.replied_to(session, message.chat.id, replied.message_id)
                found = _named_by(replied) if found is None else found
            elif raw_state is None:
                album = message.media_group_id
                found = await consultations.continued(session, person, album=album, said_at=message.date)
        return {"consultation_id": found} if found is not None else False


def _named_by(message: Message) -> int | None:
    """The consultation that the buttons under a message of ours are about."""
    if message.reply_markup is None:
        return None
    for button in (one for row in message.reply_markup.inline_keyboard for one in row):
        data = button.callback_data or ""
        for address in addresses.CONSULTATION_ADDRESSES:
            if data.startswith(f"{address.__prefix__}:"):
                with suppress(TypeError, ValueError):  # a button of another version of the bot: it names nothing here
                    return int(address.unpack(data).model_dump()["consultation_id"])
    return None


@replies.message(ToConsultation(), SAID)
async def say_by_reply(
    message: Message, consultation_id: int, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """A reply goes to the other side at once; several consultations may be talked in at the same time."""
    said = said_of(message)
    if not said.text and not said.files:
        raise NothingSaid
    async with db.write() as session:
        result = await consultations.say(
            session,
            person,
            consultation_id,
            sayings.pieces_of(said),
            album=said.album,
            said_at=said.sent_at or clock.now(),
            zone=clock.zone,
            now=clock.now(),
        )
    if not result.is_further:
        await show(message, screens.consultations.said(t, result))


@router.edited_message(F.chat.type == ChatType.PRIVATE, F.text | F.caption)
async def correct(message: Message, db: Database, clock: Clock, person: Person) -> None:
    """A message of one's own is edited: if it was said in a consultation, the other side gets the correction."""
    said = said_of(message)
    async with db.write() as session:
        await consultations.correct(
            session, person, said.message_id, text=said.text or "", html=said.html or "", now=clock.now()
        )


@router.callback_query(addresses.SayTyped.filter())
async def say_typed(
    call: CallbackQuery, callback_data: addresses.SayTyped, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«В консультацию № 12» under what was typed in the menu."""
    said = said_before(call)
    if said is None or not (said.text or said.files):
        raise NothingSaid
    now = clock.now()
    async with db.write() as session:
        pieces = await sayings.whole(session, person, said)
        result = await consultations.say(
            session,
            person,
            callback_data.consultation_id,
            pieces,
            album=said.album,
            said_at=now,
            zone=clock.zone,
            now=now,
        )
    await show(call, screens.consultations.said(t, result))


async def _may_say(session: AsyncSession, actor: Person, arg: int) -> Answers:
    card = await consultations.card(session, actor, arg)
    if not card.may_say:
        other = card.consultation.expert
        raise TakenByOther(name=other.full_name or "") if other is not None else ConsultationOver
    return {ABOUT: f"№ {card.consultation.id} · {card.consultation.topic.title}"}


async def _say(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> consultations.Said:
    notes = answers[META]
    head = notes.get("head")
    return await consultations.say(
        session,
        actor,
        notes["arg"],
        answers["text"],
        album=notes.get("album"),
        said_at=datetime.fromisoformat(head["at"]) if head else now,
        zone=ZoneInfo(notes["zone"]),
        now=now,
    )


converse(Conversation(dialog=SAY, prepare=_may_say, act=_say, finished=screens.consultations.said))


# --- the queue and the card


@router.message(Command("queue"))
@router.callback_query(addresses.OpenQueue.filter())
async def open_queue(event: Message | CallbackQuery, db: Database, person: Person, t: L10n) -> None:
    """What waits for this expert."""
    async with db.read() as session:
        counts = await consultations.counts(session, person)
    await show(event, screens.consultations.queue(t, counts))


@router.callback_query(addresses.ListConsultations.filter())
async def list_consultations(
    call: CallbackQuery,
    callback_data: addresses.ListConsultations,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """A page of the queue, or of «Мои вопросы»."""
    try:
        view = ConsultationView(callback_data.view)
    except ValueError as error:
        raise NotFound from error
    page = max(0, callback_data.page)
    async with db.read() as session:
        found = await consultations.page_of(session, person, view, offset=page * PAGE, limit=PAGE)
        if page and not found.lines:
            page = max(0, (found.total - 1) // PAGE)
            found = await consultations.page_of(session, person, view, offset=page * PAGE, limit=PAGE)
    await show(call, screens.consultations.listing(t, found, view=view, page=page, now=clock.now()))


@router.callback_query(addresses.OpenConsultation.filter())
async def open_consultation(
    call: CallbackQuery,
    callback_data: addresses.OpenConsultation,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """The card."""
    async with db.read() as session:
        card = await consultations.card(session, person, callback_data.consultation_id)
    await show(call, screens.consultations.card(t, card, now=clock.now(), page=callback_data.page))


@router.callback_query(addresses.SendFiles.filter())
async def send_files(
    call: CallbackQuery, callback_data: addresses.SendFiles, bot: Bot, db: Database, person: Person, t: L10n
) -> None:
    """«Файлы»: all of them below, the card stays."""
    async with db.read() as session:
        card = await consultations.card(session, person, callback_data.consultation_id)
    await answer_button(call)
    await send_screens(bot, call.from_user.id, [screens.consultations.files(t, card)])


@router.callback_query(addresses.TakeConsultation.filter())
async def take(
    call: CallbackQuery,
    callback_data: addresses.TakeConsultation,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Взять»: who comes second is told who has it, and sees that on the card."""
    now, consultation_id = clock.now(), callback_data.consultation_id
    toast = t.plain("consultation-you-took-it")
    try:
        async with db.write() as session:
            card = await consultations.take(session, person, consultation_id, now=now)
    except (TakenByOther, ConsultationOver) as refusal:
        toast = t.plain(refusal.key, **refusal.values)
        async with db.read() as session:
            card = await consultations.card(session, person, consultation_id)
    screen = _told(t, card, now=now) if callback_data.told else screens.consultations.card(t, card, now=now)
    await show(call, replace(screen, toast=toast))


def _told(t: L10n, card: consultations.Card, *, now: datetime) -> Screen:
    """The message in which the expert was told: only its words and buttons change, the files above it stay."""
    return replace(screens.consultations.question(t, card, now=now)[-1], media=())


@router.callback_query(addresses.CloseConsultation.filter())
async def close(
    call: CallbackQuery,
    callback_data: addresses.CloseConsultation,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«Вопрос решён»."""
    async with db.write() as session:
        card = await consultations.close(session, person, callback_data.consultation_id, now=clock.now())
    await show(call, screens.consultations.card(t, card, now=clock.now(), toast=t.plain("consultation-done")))


@router.callback_query(addresses.RateConsultation.filter())
async def rate(
    call: CallbackQuery,
    callback_data: addresses.RateConsultation,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """One to five."""
    async with db.write() as session:
        card = await consultations.rate(
            session, person, callback_data.consultation_id, callback_data.rating, now=clock.now()
        )
    toast = t.plain("consultation-thanks-for-rating")
    await show(call, screens.consultations.card(t, card, now=clock.now(), toast=toast))


# --- the coordinator


@router.callback_query(addresses.ChooseExpert.filter())
async def choose_expert(
    call: CallbackQuery, callback_data: addresses.ChooseExpert, db: Database, person: Person, t: L10n
) -> None:
    """Whom to assign?"""
    async with db.read() as session:
        consultation, experts = await consultations.candidates(session, person, callback_data.consultation_id)
    await show(call, screens.consultations.choose_expert(t, consultation, experts, callback_data.page))


@router.callback_query(addresses.AssignExpert.filter())
async def assign_expert(
    call: CallbackQuery,
    callback_data: addresses.AssignExpert,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Assign this one."""
    now = clock.now()
    async with db.write() as session:
        card = await consultations.assign(
            session, person, callback_data.consultation_id, callback_data.person_id, now=now
        )
    await show(call, screens.consultations.card(t, card, now=now, toast=t.plain("consultation-assigned")))
