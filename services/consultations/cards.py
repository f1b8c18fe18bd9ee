"""A consultation as one person may see it; the lists and counts of the queue and of «Мои вопросы»."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import (
    Consultation,
    ConsultationMessage,
    ConsultationState,
    ConsultationView,
    Network,
    Person,
    StoredFile,
    Topic,
    TopicExpert,
    Turn,
)
from services import policy
from services.errors import NotAllowed, NotFound


class Side(enum.StrEnum):
    """What a person has to do with a consultation."""

    ASKER = "asker"
    EXPERT = "expert"
    COLLEAGUE = "colleague"
    COORDINATOR = "coordinator"


@dataclass(frozen=True, slots=True)
class Card:
    """A consultation with its topic, people and messages, as `side` may see and change it.

    A colleague (another expert of the topic) sees the dialogue while nobody has taken it, afterwards only the question.
    """

    consultation: Consultation
    messages: Sequence[ConsultationMessage]
    side: Side
    may_assign: bool

    @property
    def may_take(self) -> bool:
        """Whether «Взять» does something."""
        return self.side is Side.COLLEAGUE and self.consultation.state is ConsultationState.NEW

    @property
    def may_say(self) -> bool:
        """Whether this person takes part in the dialogue, or would by saying something."""
        return self.side in (Side.ASKER, Side.EXPERT) or self.may_take

    @property
    def may_close(self) -> bool:
        """The asker at any time, the expert after the first answer."""
        if self.consultation.state is ConsultationState.CLOSED:
            return False
        answered = self.consultation.first_answered_at is not None
        return self.side is Side.ASKER or (self.side is Side.EXPERT and answered)

    @property
    def may_rate(self) -> bool:
        """The asker, when it is over and somebody had taken it."""
        consultation = self.consultation
        is_over = consultation.state is ConsultationState.CLOSED
        return self.side is Side.ASKER and is_over and consultation.expert_id is not None

    @property
    def files(self) -> list[StoredFile]:
        """Every file of the dialogue, in order."""
        return [file for message in self.messages for file in message.files]


@dataclass(frozen=True, slots=True)
class Line:
    """A consultation in a list. `beginning` is the text of the question as far as it was typed, `files` how many it has."""

    consultation: Consultation
    beginning: str
    files: int


@dataclass(frozen=True, slots=True)
class Page:
    """Some lines of a list and how many there are in all."""

    lines: list[Line]
    total: int


_PEOPLE = (
    selectinload(Consultation.topic),
    selectinload(Consultation.asker).selectinload(Person.organisation),
    selectinload(Consultation.expert),
)


async def get(session: AsyncSession, consultation_id: int) -> Consultation:
    """The consultation with its topic and people. Raises NotFound."""
    consultation = await session.scalar(
        select(Consultation)
        .where(Consultation.id == consultation_id)
        .options(*_PEOPLE)
        .execution_options(populate_existing=True)
    )
    if consultation is None:
        raise NotFound
    return consultation


async def lock(session: AsyncSession, consultation_id: int) -> Consultation:
    """The same, its row held until the transaction ends. Raises NotFound."""
    held = select(Consultation.id).where(Consultation.id == consultation_id).with_for_update()
    await session.execute(held)
    return await get(session, consultation_id)


async def side_of(session: AsyncSession, actor: Person, consultation: Consultation) -> Side:
    """What the actor has to do with it. Raises NotRegistered, NotAllowed."""
    policy.require_registered(actor)
    if consultation.asker_id == actor.id:
        return Side.ASKER
    if consultation.expert_id == actor.id:
        return Side.EXPERT
    if await policy.is_expert(session, actor, consultation.topic_id):
        return Side.COLLEAGUE
    if await policy.may_coordinate(session, actor, consultation.topic.network_id):
        return Side.COORDINATOR
    raise NotAllowed


async def card(session: AsyncSession, actor: Person, consultation_id: int) -> Card:
    """Everything about a consultation that the actor may see. Raises NotFound, NotRegistered, NotAllowed."""
    consultation = await get(session, consultation_id)
    side = await side_of(session, actor, consultation)
    messages = list(
        await session.scalars(
            select(ConsultationMessage)
            .where(ConsultationMessage.consultation_id == consultation_id)
            .order_by(ConsultationMessage.id)
            .options(selectinload(ConsultationMessage.author), selectinload(ConsultationMessage.files))
        )
    )
    if side is Side.COLLEAGUE and consultation.state is not ConsultationState.NEW:
        messages = messages[:1]
    is_open = consultation.state is not ConsultationState.CLOSED
    return Card(consultation, messages, side, is_open and await may_assign(session, actor, consultation))


async def may_assign(session: AsyncSession, actor: Person, consultation: Consultation) -> bool:
    """Whether the actor may name the expert: whoever watches over the topic, but nobody for a question of their own.

    That one is for the next coordinator up the tree. The administrator alone has nobody above to leave it to.
    """
    is_own = consultation.asker_id == actor.id and not policy.may_administer(actor)
    return not is_own and await policy.may_coordinate(session, actor, consultation.topic.network_id)


async def require_may_assign(session: AsyncSession, actor: Person, consultation: Consultation) -> None:
    """Raises NotAllowed."""
    if not await may_assign(session, actor, consultation):
        raise NotAllowed


async def message(session: AsyncSession, message_id: int) -> ConsultationMessage | None:
    """One message with its author and files, if it stands."""
    return await session.scalar(
        select(ConsultationMessage)
        .where(ConsultationMessage.id == message_id)
        .options(selectinload(ConsultationMessage.author), selectinload(ConsultationMessage.files))
    )


def _in_view(me: int | BindParameter[int], view: ConsultationView) -> ColumnElement[bool]:
    taken_by_me = and_(Consultation.expert_id == me, Consultation.state == ConsultationState.TAKEN)
    match view:
        case ConsultationView.NEW:
            mine = exists().where(
                TopicExpert.topic_id == Consultation.topic_id,
                TopicExpert.person_id == me,
                TopicExpert.ended_at.is_(None),
            )
            return and_(Consultation.state == ConsultationState.NEW, Consultation.asker_id != me, mine)
        case ConsultationView.MINE:
            return and_(taken_by_me, Consultation.turn == Turn.EXPERT)
        case ConsultationView.WAITING:
            return and_(taken_by_me, Consultation.turn == Turn.ASKER)
        case ConsultationView.DONE:
            return and_(Consultation.expert_id == me, Consultation.state == ConsultationState.CLOSED)
        case ConsultationView.ASKED:
            return Consultation.asker_id == me


_COUNTS = select(
    *(
        select(func.count()).select_from(Consultation).where(_in_view(bindparam("me"), view)).scalar_subquery()
        for view in ConsultationView
    )
)
"""Made once: the menu asks it at every sight."""


async def counts(session: AsyncSession, actor: Person) -> dict[ConsultationView, int]:
    """How many consultations each list holds for this person."""
    row = (await session.execute(_COUNTS, {"me": actor.id})).one()
    return dict(zip(ConsultationView, row, strict=True))


async def page_of(session: AsyncSession, actor: Person, view: ConsultationView, *, offset: int, limit: int) -> Page:
    """A page of a list: new ones by their promise, the others by their last word. Raises NotRegistered."""
    policy.require_registered(actor)
    condition = _in_view(actor.id, view)
    total = await session.scalar(select(func.count()).select_from(Consultation).where(condition)) or 0
    by_promise = view in (ConsultationView.NEW, ConsultationView.MINE)
    order = Consultation.promised_at.asc() if by_promise else Consultation.last_said_at.desc()
    found = list(
        await session.scalars(
            select(Consultation)
            .where(condition)
            .options(*_PEOPLE)
            .order_by(order, Consultation.id)
            .offset(offset)
            .limit(limit)
        )
    )
    first = (
        select(func.min(ConsultationMessage.id))
        .where(ConsultationMessage.consultation_id.in_([one.id for one in found]))
        .group_by(ConsultationMessage.consultation_id)
    )
    questions = await session.scalars(
        select(ConsultationMessage)
        .where(ConsultationMessage.id.in_(first))
        .options(selectinload(ConsultationMessage.files))
    )
    asked = {question.consultation_id: question for question in questions}
    return Page([_line(one, asked[one.id]) for one in found], total)


def _line(consultation: Consultation, question: ConsultationMessage) -> Line:
    return Line(consultation, " ".join(part["text"] for part in question.texts), len(question.files))


async def latest_open(session: AsyncSession, actor: Person) -> Consultation | None:
    """The consultation of the actor's that a typed word is likely meant for: one that has an expert, with the last word of all."""
    return await session.scalar(
        select(Consultation)
        .where(
            (Consultation.asker_id == actor.id) | (Consultation.expert_id == actor.id),
            Consultation.state != ConsultationState.CLOSED,
        )
        .order_by((Consultation.state == ConsultationState.TAKEN).desc(), Consultation.last_said_at.desc())
        .limit(1)
    )


async def experts_of(session: AsyncSession, consultation: Consultation, *, but: int | None = None) -> list[Person]:
    """Who may answer it: registered experts of its topic, not the asker, not the person `but`; by name."""
    return list(
        await session.scalars(
            select(Person)
            .join(TopicExpert, TopicExpert.person_id == Person.id)
            .where(
                TopicExpert.topic_id == consultation.topic_id,
                TopicExpert.ended_at.is_(None),
                Person.registered_at.is_not(None),
                Person.id.not_in([person_id for person_id in (consultation.asker_id, but) if person_id is not None]),
            )
            .order_by(Person.full_name, Person.id)
        )
    )


def answerable(person_id: int) -> ColumnElement[bool]:
    """The condition that this person can ask about a topic: it and its network stand, and a registered expert other than they has it."""
    return and_(
        Topic.archived_at.is_(None),
        Topic.network_id.not_in(select(Network.id).where(Network.archived_at.is_not(None))),
        exists()
        .where(
            TopicExpert.topic_id == Topic.id,
            TopicExpert.ended_at.is_(None),
            TopicExpert.person_id == Person.id,
            Person.registered_at.is_not(None),
            Person.id != person_id,
        )
        .correlate(Topic),
    )


async def can_ask(session: AsyncSession, actor: Person) -> bool:
    """Whether there is any topic that the actor can ask about."""
    return (await session.scalar(select(Topic.id).where(answerable(actor.id)).limit(1))) is not None
