"""The invented city put into an empty database.

Rows are inserted in bulk and not through the services of registration, joining and so on: those do one person's deed at a time, with a
lock, a check and an audit row each, which would be some ten thousand statements and a diary of things that nobody did. What the
services promise about the rows holds all the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from demo import words
from demo.accounts import ADMINISTRATOR_ID
from demo.announcements import add_announcements
from demo.applications import add_applications
from demo.cards import add_cards
from demo.consultations import add_consultations
from demo.events import add_events
from demo.groups import add_groups
from demo.participations import add_participations
from demo.plan import Inhabitant, inhabitants
from demo.products import add_products
from models import (
    Appointment,
    Consent,
    Found,
    JoinPolicy,
    Level,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    NetworkPosition,
    NetworkSubject,
    Organisation,
    OrganisationKind,
    Person,
    PersonSubject,
    Position,
    Role,
    Scope,
    SearchWord,
    Structure,
    Subject,
)
from services import search
from services.copies import Copies
from services.persons import CONSENT_VERSION

FOUNDED_DAYS_AGO = 330
APPOINTED_DAYS_AGO = 240
"""The coordinators; moderators and experts followed some days later. Everybody appointed had registered before."""

EXPERTS_QUIET_FROM, EXPERTS_QUIET_UNTIL = time(20), time(8)
"""Experts do not want strangers' questions in the evening."""
ORDERS_FROM = 11
FORM_TAKES = timedelta(minutes=4)
"""From the consent to the end of the registration."""

Titled = NetworkForm | Position | Subject


class CityNotEmpty(Exception):
    """The database holds people, organisations or networks already: the invented city goes into an empty one only."""


class WordMissing(Exception):
    """The administrator's lists (forms, positions, subjects) lack a title that the invented city uses."""


@dataclass(frozen=True, slots=True)
class City:
    """What was built, counted."""

    organisations: int
    people: int
    networks: int
    memberships: int
    appointments: int


async def build(
    session: AsyncSession, *, copies: Copies, now: datetime, administrator_telegram_id: int = ADMINISTRATOR_ID
) -> City:
    """Put the invented city into an empty, migrated database; call it inside `db.write()`. The same `now` gives the same rows.

    The files of its works go into `copies`.

    The administrator of the city is whoever holds the Telegram account `administrator_telegram_id` (a developer's own one,
    on real Telegram). Raises CityNotEmpty, WordMissing, and ValueError for the account of another inhabitant.
    """
    await _require_empty(session)
    people = inhabitants()
    if any(one.telegram_id == administrator_telegram_id != ADMINISTRATOR_ID for one in people):
        raise ValueError("this Telegram id belongs to another inhabitant of the invented city")
    midnight = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    subjects = await _ids_by_title(session, Subject)

    organisation_ids = await _build_organisations(session, midnight)
    network_ids = await _build_networks(session, subjects, midnight)
    person_ids = await _build_people(session, people, organisation_ids, subjects, administrator_telegram_id, midnight)
    memberships = [
        {
            "network_id": network_ids[network],
            "person_id": person_id,
            "state": MembershipState.MEMBER,
            "state_at": _registered_at(one, midnight) + timedelta(days=days, minutes=9),
        }
        for one, person_id in zip(people, person_ids, strict=True)
        for network, days in one.joined.items()
    ]
    await session.execute(insert(Membership), memberships)
    appointments = _appointments(people, person_ids, network_ids, midnight)
    await session.execute(insert(Appointment), appointments)
    await add_groups(session, people, person_ids, network_ids, now=now)
    await add_applications(session, people, person_ids, network_ids, now=now)
    await add_participations(session, people, person_ids, network_ids, copies=copies, now=now)
    await add_announcements(session, people, person_ids, network_ids, now=now)
    await add_events(session, people, person_ids, network_ids, now=now)
    await add_consultations(session, people, person_ids, network_ids, now=now)
    await add_products(session, people, person_ids, network_ids, copies=copies, now=now)
    await add_cards(session, people, person_ids, network_ids, copies=copies, now=now)
    return City(len(organisation_ids), len(person_ids), len(network_ids), len(memberships), len(appointments))


async def _require_empty(session: AsyncSession) -> None:
    for table in (Person, Organisation, Network):
        if await session.scalar(select(table.id).limit(1)) is not None:
            raise CityNotEmpty(
                f"the table {table.__tablename__} is not empty: the invented city needs an empty database"
            )


async def _ids_by_title(session: AsyncSession, table: type[Titled]) -> dict[str, int]:
    rows = await session.execute(select(table.title, table.id))
    return _Ids((row.title, row.id) for row in rows)


class _Ids(dict[str, int]):
    """Ids by title; a title that is not there is told by name."""

    def __missing__(self, title: str) -> int:
        raise WordMissing(f"the invented city needs «{title}» in the lists of forms, positions and subjects")


async def _build_organisations(session: AsyncSession, midnight: datetime) -> list[int]:
    founded = midnight - timedelta(days=FOUNDED_DAYS_AGO)
    registry = words.organisations()
    rows = [
        {
            "title": organisation.title,
            "kind": OrganisationKind(organisation.kind),
            "address": organisation.address,
            "confirmed_at": founded,
            "created_at": founded,
        }
        for organisation in registry
    ]
    ids = await session.scalars(insert(Organisation).returning(Organisation.id, sort_by_parameter_order=True), rows)
    return await _indexed(session, Found.ORGANISATION, list(ids), [organisation.title for organisation in registry])


async def _build_networks(session: AsyncSession, subjects: dict[str, int], midnight: datetime) -> dict[str, int]:
    forms, positions = await _ids_by_title(session, NetworkForm), await _ids_by_title(session, Position)
    networks = words.networks()
    parents = {network.parent for network in networks.values()}
    ids: dict[str, int] = {}
    for key, network in networks.items():
        row = Network(
            title=network.title,
            form_id=forms[network.form],
            parent_id=ids[network.parent] if network.parent else None,
            goal=network.goal,
            description=network.description,
            structure=Structure.HIERARCHICAL if key in parents else Structure.LINEAR,
            level=Level.MUNICIPAL,
            scope=Scope.SINGLE if len(network.subjects) == 1 else Scope.MULTIPLE,
            join_policy=JoinPolicy(network.join),
            for_young_specialists=network.for_young_specialists,
            created_at=midnight - timedelta(days=FOUNDED_DAYS_AGO),
        )
        session.add(row)
        await session.flush()
        ids[key] = row.id
        session.add_all(NetworkSubject(network_id=row.id, subject_id=subjects[title]) for title in network.subjects)
        session.add_all(NetworkPosition(network_id=row.id, position_id=positions[title]) for title in network.positions)
    await session.flush()
    await _indexed(session, Found.NETWORK, list(ids.values()), [network.title for network in networks.values()])
    return ids


async def _build_people(
    session: AsyncSession,
    people: tuple[Inhabitant, ...],
    organisation_ids: list[int],
    subjects: dict[str, int],
    administrator_telegram_id: int,
    midnight: datetime,
) -> list[int]:
    rows: list[dict[str, Any]] = []
    for one in people:
        registered_at = _registered_at(one, midnight)
        is_administrator = one.telegram_id == ADMINISTRATOR_ID
        is_expert = Role.EXPERT.value in one.roles.values()
        rows.append(
            {
                "telegram_id": administrator_telegram_id if is_administrator else one.telegram_id,
                "telegram_language": one.language,
                "full_name": one.full_name,
                "organisation_id": organisation_ids[one.post.organisation],
                "position": one.post.position,
                "experience_years": one.experience,
                "created_at": registered_at - FORM_TAKES,
                "registered_at": registered_at,
                "administrator_at": registered_at if is_administrator else None,
                "consent_version": CONSENT_VERSION,
                "quiet_from": EXPERTS_QUIET_FROM if is_expert else None,
                "quiet_until": EXPERTS_QUIET_UNTIL if is_expert else None,
            }
        )
    found = await session.scalars(insert(Person).returning(Person.id, sort_by_parameter_order=True), rows)
    ids = await _indexed(session, Found.PERSON, list(found), [one.full_name for one in people])
    await session.execute(
        insert(Consent),
        [
            {"person_id": person_id, "version": CONSENT_VERSION, "given_at": row["created_at"] + FORM_TAKES / 4}
            for person_id, row in zip(ids, rows, strict=True)
        ],
    )
    await session.execute(
        insert(PersonSubject),
        [
            {"person_id": person_id, "subject_id": subjects[title]}
            for person_id, one in zip(ids, people, strict=True)
            for title in one.subjects
        ],
    )
    return ids


def _appointments(
    people: tuple[Inhabitant, ...], person_ids: list[int], network_ids: dict[str, int], midnight: datetime
) -> list[dict[str, Any]]:
    """The coordinators by order of the centre, network by network, then moderators and experts, named by their coordinator."""
    standing = [
        (person_id, network, Role(role))
        for one, person_id in zip(people, person_ids, strict=True)
        for network, role in one.roles.items()
    ]
    networks = list(network_ids)
    standing.sort(key=lambda appointment: (networks.index(appointment[1]), appointment[2], appointment[0]))
    coordinators = {network: person_id for person_id, network, role in standing if role is Role.COORDINATOR}
    administrator_id = person_ids[[one.telegram_id for one in people].index(ADMINISTRATOR_ID)]
    by_order = midnight - timedelta(days=APPOINTED_DAYS_AGO) + timedelta(hours=9)
    return [
        {
            "person_id": person_id,
            "network_id": network_ids[network],
            "role": role,
            "order_number": words.order_number(ORDERS_FROM + networks.index(network)),
            "order_on": _working_day(by_order.date()),
            "appointed_by_id": administrator_id,
            "appointed_at": by_order + timedelta(minutes=5 * networks.index(network)),
        }
        if role is Role.COORDINATOR
        else {
            "person_id": person_id,
            "network_id": network_ids[network],
            "role": role,
            "order_number": None,
            "order_on": None,
            "appointed_by_id": coordinators[network],
            "appointed_at": by_order + timedelta(days=3 + networks.index(network), minutes=7 * networks.index(network)),
        }
        for person_id, network, role in standing
    ]


def _working_day(day: date) -> date:
    """The day itself, or the Friday before a weekend: nobody signs orders on Sundays."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _registered_at(one: Inhabitant, midnight: datetime) -> datetime:
    return midnight - timedelta(days=one.registered_days_ago) + timedelta(minutes=one.registered_minute)


async def _indexed(session: AsyncSession, kind: Found, ids: list[int], titles: list[str]) -> list[int]:
    """Make new things findable as `search.index` does, in one statement: one by one takes five times as long as all the rest."""
    rows = [
        {"kind": kind, "word": word, "object_id": object_id}
        for object_id, title in zip(ids, titles, strict=True)
        for word in dict.fromkeys(search.fold(title))
    ]
    await session.execute(insert(SearchWord), rows)
    return ids
