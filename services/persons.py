"""People: remembered at the first word, registered with consent, changed and withdrawn by themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from dialogs import Answers
from models import (
    Appointment,
    Consent,
    DialogState,
    Found,
    Membership,
    MembershipState,
    Organisation,
    Person,
    PersonSubject,
    Saying,
    Subject,
)
from services import audit, consultations, heads, organisations, policy, registry, search
from services.errors import NotRegistered

CONSENT_VERSION = "2026-11-23"
"""Which text of the consent is in force; its words are `consent-full` in the locales. Other words, another version.

Whoever registered by a former text is asked again at their next deed (`bot/consent.py`); who does not agree withdraws.
"""

YOUNG_SPECIALIST_YEARS = 3
"""Under so many years of experience a teacher is a young specialist (product.md §0)."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A person with everything their profile shows."""

    person: Person
    organisation: Organisation | None
    subjects: list[Subject]
    networks_count: int


_BY_TELEGRAM_ID = select(Person).where(Person.telegram_id == bindparam("telegram_id"))
"""Made once: every update asks it."""


async def find(session: AsyncSession, telegram_id: int) -> Person | None:
    """The person behind a Telegram id, if remembered."""
    return await session.scalar(_BY_TELEGRAM_ID, {"telegram_id": telegram_id})


async def meet(
    session: AsyncSession, *, telegram_id: int, telegram_language: str | None, administrator: bool, now: datetime
) -> Person:
    """Remember a newcomer, or bring what is known up to date: their Telegram's language, an unblocked bot, the setting `ADMIN_IDS`.

    Before consent nothing but the id and the language is kept. Two first words at once give one person.
    """
    insert = sqlite_insert if session.get_bind().dialect.name == "sqlite" else postgresql_insert
    fresh = insert(Person).values(telegram_id=telegram_id, telegram_language=telegram_language, created_at=now)
    await session.execute(fresh.on_conflict_do_nothing(index_elements=[Person.telegram_id]))
    person = (await session.scalars(select(Person).where(Person.telegram_id == telegram_id))).one()
    person.telegram_language = telegram_language
    person.blocked_at = None
    administrator = administrator or person.administrator_invited_at is not None
    if administrator != policy.may_administer(person):
        person.administrator_at = now if administrator else None
        deed = "administrator.appoint" if administrator else "administrator.dismiss"
        audit.record(session, None, deed, "person", person.id, now=now, new={"by": "ADMIN_IDS"})
        await session.flush()
        await consultations.watch_anew(session, person, now=now)
    return person


def is_up_to_date(person: Person, *, telegram_language: str | None, administrator: bool) -> bool:
    """Whether `meet` would change nothing."""
    return (
        person.telegram_language == telegram_language
        and person.blocked_at is None
        and (administrator or person.administrator_invited_at is not None) == policy.may_administer(person)
    )


async def mark_blocked(session: AsyncSession, telegram_id: int, *, now: datetime) -> None:
    """The person stopped the bot: nothing is sent until they come back."""
    await session.execute(
        update(Person).where(Person.telegram_id == telegram_id, Person.blocked_at.is_(None)).values(blocked_at=now)
    )


async def mark_back(session: AsyncSession, telegram_id: int) -> None:
    """The person started the bot again: it may write to them."""
    await session.execute(update(Person).where(Person.telegram_id == telegram_id).values(blocked_at=None))


async def give_consent(session: AsyncSession, actor: Person, *, now: datetime) -> Person:
    """Write down the consent to the processing of personal data (152-ФЗ), with version and moment; a second tap adds nothing."""
    person = await session.get_one(
        Person, actor.id, with_for_update=True
    )  # of two taps at once the second waits and sees
    if await standing_consent(session, actor) is None:
        session.add(Consent(person_id=actor.id, version=CONSENT_VERSION, given_at=now))
        audit.record(session, actor, "consent.give", "person", actor.id, now=now, new={"version": CONSENT_VERSION})
    person.consent_version = CONSENT_VERSION
    return person


def must_consent_again(person: Person) -> bool:
    """Whether they are registered by a former text of the consent."""
    agreed = person.consent_version
    return policy.is_registered(person) and agreed is not None and agreed != CONSENT_VERSION


async def standing_consent(session: AsyncSession, actor: Person) -> Consent | None:
    """The consent to the present version that was not withdrawn, if any."""
    return await session.scalar(
        select(Consent)
        .where(Consent.person_id == actor.id, Consent.version == CONSENT_VERSION, Consent.withdrawn_at.is_(None))
        .limit(1)
    )


async def has_consented(session: AsyncSession, actor: Person) -> bool:
    """Whether a consent stands, to whatever version: then it may be withdrawn."""
    return bool(
        await session.scalar(select(exists().where(Consent.person_id == actor.id, Consent.withdrawn_at.is_(None))))
    )


async def withdraw_consent(session: AsyncSession, actor: Person, *, now: datetime) -> Person:
    """Withdraw the consent: the form and the open dialog are deleted, memberships and roles end; id and language stay (152-ФЗ, art. 9).

    A second time changes nothing. What else follows from it: `services.leaving`.
    """
    person = await session.get_one(Person, actor.id, with_for_update=True)
    withdrawn = await session.execute(
        update(Consent).where(Consent.person_id == person.id, Consent.withdrawn_at.is_(None)).values(withdrawn_at=now)
    )
    if withdrawn.rowcount == 0:  # type: ignore[attr-defined]  # an UPDATE's result counts its rows
        return person
    await session.execute(
        update(Membership)
        .where(
            Membership.person_id == person.id, Membership.state.in_((MembershipState.MEMBER, MembershipState.APPLIED))
        )
        .values(state=MembershipState.LEFT, state_at=now, reason=None)
    )
    await session.execute(
        update(Appointment)
        .where(Appointment.person_id == person.id, Appointment.ended_at.is_(None))
        .values(ended_at=now)
    )
    await session.execute(delete(PersonSubject).where(PersonSubject.person_id == person.id))
    await session.execute(delete(DialogState).where(DialogState.person_id == person.id))
    await session.execute(delete(Saying).where(Saying.person_id == person.id))
    await search.index(session, Found.PERSON, person.id)
    person.full_name = person.position = person.experience_years = person.organisation_id = None
    person.registered_at = person.consent_version = person.phone = None
    await heads.left_work(session, person, now=now)
    audit.record(session, actor, "consent.withdraw", "person", person.id, now=now)
    return person


async def register(session: AsyncSession, actor: Person, answers: Answers, *, now: datetime) -> Person:
    """Take the finished form. Raises NotRegistered when the consent was withdrawn meanwhile."""
    if await standing_consent(session, actor) is None:
        raise NotRegistered
    person = await session.get_one(Person, actor.id)
    for key in ("name", "organisation", "position", "subjects", "experience"):
        await _take(session, person, key, answers, now=now)
    person.registered_at = person.registered_at or now
    await registry.recognise(session, person, now=now)
    if policy.may_administer(person):
        await session.flush()
        await consultations.watch_anew(session, person, now=now)
    audit.record(session, actor, "person.register", "person", person.id, now=now)
    return person


async def change(session: AsyncSession, actor: Person, key: str, answers: Answers, *, now: datetime) -> Person:
    """Change one field of the own profile: `key` is a question of the registration. Raises NotRegistered."""
    policy.require_registered(actor)
    person = await session.get_one(Person, actor.id)
    await _take(session, person, key, answers, now=now)
    if key == "organisation":
        await heads.left_work(session, person, now=now)
    if key in {"name", "organisation"}:
        await registry.forget_decision(session, person)
        await registry.recognise(session, person, now=now)
    audit.record(session, actor, "person.change", "person", person.id, now=now, new={"field": key})
    return person


async def _take(session: AsyncSession, person: Person, key: str, answers: Answers, *, now: datetime) -> None:
    value: Any = answers[key]
    if key == "name":
        person.full_name = value
        await search.index(session, Found.PERSON, person.id, value)
    elif key == "organisation":
        organisation_id = value["id"]
        if not organisation_id:
            proposed = await organisations.propose(session, person, title=answers["organisation-title"], now=now)
            organisation_id = proposed.id
        person.organisation_id = organisation_id
    elif key == "position":
        person.position = value["label"]
    elif key == "subjects":
        await session.execute(delete(PersonSubject).where(PersonSubject.person_id == person.id))
        session.add_all(PersonSubject(person_id=person.id, subject_id=row["id"]) for row in value)
    elif key == "experience":
        person.experience_years = value


async def profile(session: AsyncSession, actor: Person) -> Profile:
    """Everything the own profile shows. Raises NotRegistered."""
    policy.require_registered(actor)
    person = (
        await session.scalars(
            select(Person)
            .where(Person.id == actor.id)
            .options(selectinload(Person.organisation), selectinload(Person.subjects))
        )
    ).one()
    networks_count = await session.scalar(
        select(func.count())
        .select_from(Membership)
        .where(Membership.person_id == person.id, Membership.state == MembershipState.MEMBER)
    )
    return Profile(person, person.organisation, person.subjects, networks_count or 0)


async def known(session: AsyncSession, actor: Person, key: str) -> Answers:
    """What the profile holds as the answer to question `key` of the registration, so that a change begins from it. Raises NotRegistered."""
    now = await profile(session, actor)
    values: dict[str, Any] = {
        "name": now.person.full_name,
        "organisation": now.organisation and {"id": now.organisation.id, "label": now.organisation.title},
        "position": now.person.position and {"id": None, "label": now.person.position},
        "subjects": [{"id": subject.id, "label": subject.title} for subject in now.subjects],
        "experience": now.person.experience_years,
    }
    return {} if values[key] is None else {key: values[key]}


def is_young_specialist(person: Person) -> bool:
    """Whether the School of the Young Teacher is for them."""
    return person.experience_years is not None and person.experience_years < YOUNG_SPECIALIST_YEARS
