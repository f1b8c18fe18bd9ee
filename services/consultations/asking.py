"""A question is asked."""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from models import Consultation, ConsultationFile, ConsultationMessage, Person, Topic
from services import audit, files, policy, working_time
from services.consultations import cards, notices, watching
from services.errors import NothingSaid, SaidElsewhere, TopicWithoutExperts

Pieces = dict[str, Any]
"""What was sent, as `dialogs.Pieces` gathers it."""

SERVED_AGAIN_WITHIN = timedelta(days=2)
"""An update comes again after a crash at the latest when Telegram, which keeps it for a day, hands it out once more."""


async def ask(
    session: AsyncSession,
    actor: Person,
    *,
    topic_id: int,
    pieces: Pieces,
    album: str | None = None,
    zone: tzinfo,
    now: datetime,
) -> Consultation:
    """Put a question to the experts of a topic. An answer is promised by the end of the next working day of `zone`, the centre's.

    Every expert of the topic but the actor is told; the coordinators will be when nobody has taken it by then. The same messages
    again are the same question. Raises NotRegistered, TopicWithoutExperts, NothingSaid, SaidElsewhere.
    """
    policy.require_registered(actor)
    known = await known_message(session, actor, pieces, said_at=now)
    if known is not None:
        asked = await cards.get(session, known.consultation_id)
        if asked.topic_id != topic_id:
            raise SaidElsewhere(number=str(asked.id))
        return asked
    topic = await session.scalar(select(Topic).where(Topic.id == topic_id, cards.answerable(actor.id)))
    if topic is None:
        raise TopicWithoutExperts
    consultation = Consultation(
        topic_id=topic.id,
        asker_id=actor.id,
        promised_at=working_time.end_of_next_working_day(now, zone),
        last_said_at=now,
        created_at=now,
    )
    session.add(consultation)
    await session.flush()
    await write_down(session, consultation, actor, pieces, album=album, said_at=now, now=now)
    consultation = await offer(session, consultation.id, now=now)
    audit.record(
        session, actor, "consultation.ask", "consultation", consultation.id, now=now, new={"topic_id": topic.id}
    )
    return consultation


async def offer(session: AsyncSession, consultation_id: int, *, now: datetime) -> Consultation:
    """Tell everybody whom a new question concerns: its experts now, those who watch over the topic when nobody has taken it in time."""
    consultation = await cards.get(session, consultation_id)
    await notices.to_experts(session, consultation, now=now)
    await watching.watch(session, [consultation], now=now)
    return consultation


async def known_message(
    session: AsyncSession, author: Person, pieces: Pieces, *, said_at: datetime
) -> ConsultationMessage | None:
    """What was written down of this very message already: its update is served again, or it is passed on a second time.

    Telegram counts messages anew for another bot: what bears the number of something else takes it over, the older gives it up.
    """
    known = await session.scalar(
        select(ConsultationMessage)
        .where(ConsultationMessage.author_id == author.id, ConsultationMessage.source_id == pieces["message_ids"][0])
        .options(selectinload(ConsultationMessage.files))
    )
    if known is None or holds(known, pieces, said_at=said_at):
        return known
    known.source_id, known.source_ids = -known.id, []
    await session.flush()
    return None


def holds(message: ConsultationMessage, pieces: Pieces, *, said_at: datetime) -> bool:
    """Whether what was said is in this message, with its files loaded: the same words and files, about the same time."""
    known_files = {file.telegram_unique_id for file in message.files}
    is_near = abs(said_at - message.said_at) <= SERVED_AGAIN_WITHIN
    return (
        is_near
        and all(part in message.texts for part in pieces["texts"])
        and all(file["unique_id"] in known_files for file in pieces["files"])
    )


async def write_down(
    session: AsyncSession,
    consultation: Consultation,
    author: Person,
    pieces: Pieces,
    *,
    album: str | None,
    said_at: datetime,
    now: datetime,
) -> ConsultationMessage:
    """Keep what somebody said, with its files. Raises NothingSaid."""
    if not pieces["texts"] and not pieces["files"]:
        raise NothingSaid
    message = ConsultationMessage(
        consultation_id=consultation.id,
        author_id=author.id,
        texts=pieces["texts"],
        source_id=pieces["message_ids"][0],
        source_ids=pieces["message_ids"],
        album=album,
        said_at=said_at,
        created_at=now,
    )
    session.add(message)
    await session.flush()
    await attach(session, message, pieces, first=0, now=now)
    return message


async def attach(
    session: AsyncSession, message: ConsultationMessage, pieces: Pieces, *, first: int, now: datetime
) -> None:
    """Keep the files of a message, from the place `first` on."""
    kept = await files.keep(session, pieces["files"], now=now)
    if kept:
        await session.execute(
            insert(ConsultationFile),
            [
                {"message_id": message.id, "file_id": file.id, "position": position}
                for position, file in enumerate(kept, start=first)
            ],
        )
