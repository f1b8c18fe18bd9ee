"""Rows of organisations, people, networks, memberships and roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from random import Random
from typing import Any

from bench.region.rows import Rows
from bench.region.shape import (
    ADMINISTRATOR,
    BIG,
    BY_APPLICATION,
    COORDINATOR,
    EVERYBODY,
    EXPERT,
    LEAF_COORDINATOR,
    Region,
    found,
    telegram_id,
)
from demo import words
from models import (
    Agreement,
    Appointment,
    Found,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    NetworkPosition,
    NetworkSubject,
    Organisation,
    OrganisationKind,
    Person,
    PersonSubject,
    RegistryDoubt,
    RegistryEntry,
    Role,
    Topic,
    TopicExpert,
    Visibility,
)
from services import persons
from services.registry import names


def organisations(region: Region) -> Rows:
    """Schools and kindergartens; the last of them are only proposed."""
    proposed = max(10, region.organisations // 50)
    for number in range(1, region.organisations + 1):
        title = f"Школа № {number}" if number % 2 else f"Детский сад № {number} «Солнышко»"
        yield (
            Organisation,
            {
                "id": number,
                "title": title,
                "kind": OrganisationKind.SCHOOL if number % 2 else OrganisationKind.KINDERGARTEN,
                "confirmed_at": region.now if number <= region.organisations - proposed else None,
                "created_at": region.now,
            },
        )
        yield from found(Found.ORGANISATION, number, title)


def participants(region: Region, subjects: list[int], positions: list[str]) -> Rows:
    """People with their words and subjects, half of them in the centre's lists."""
    chance = Random(5)
    for number, full_name in zip(range(1, region.participants + 1), _names(chance), strict=False):
        yield (
            Person,
            {
                "id": number,
                "telegram_id": telegram_id(number),
                "telegram_language": "ru",
                "full_name": full_name,
                "organisation_id": number % region.organisations + 1,
                "position": positions[number % len(positions)],
                "experience_years": number % 40,
                "created_at": region.now,
                "registered_at": region.now,
                "administrator_at": region.now if number == ADMINISTRATOR else None,
                "consent_version": persons.CONSENT_VERSION,
            },
        )
        yield from found(Found.PERSON, number, full_name)
        first = number % len(subjects)
        for subject_id in {subjects[first], subjects[(first * 7 + 3) % len(subjects)]}:
            yield PersonSubject, {"person_id": number, "subject_id": subject_id}
        if number % 2 == 0:
            yield from _registry(region, number, full_name)


def _registry(region: Region, number: int, full_name: str) -> Rows:
    """Half of them stand in the centre's lists; of every hundredth somebody has to say who they are."""
    yield (
        RegistryEntry,
        {
            "id": number,
            "full_name": full_name,
            "name_key": f"{names.key(full_name)} {number}",
            "surname": names.surname(full_name),
            "organisation_id": number % region.organisations + 1,
            "person_id": None if number % 40 == 0 else number,
            "created_at": region.now,
            "updated_at": region.now,
        },
    )
    if number % 40 == 0:
        yield RegistryDoubt, {"person_id": number, "asked_at": region.now}


def _names(chance: Random) -> Iterator[str]:
    """Full names as they are spread in life: a few first names are many people's."""
    tradition = words.traditions()[0]
    women = [*tradition.women.middle, *tradition.women.older, *tradition.women.younger]
    surnames = [pair[1] for pair in tradition.surnames]
    patronymics = [pair[1] for pair in tradition.patronymics]
    while True:
        chosen = (chance.choices(each, _popularity(len(each)))[0] for each in (surnames, women, patronymics))
        yield " ".join(chosen)


def _popularity(number: int) -> list[float]:
    return [1 / (place + 8) for place in range(number)]


def networks(region: Region, forms: list[int], subjects: dict[int, str], positions: list[int]) -> Rows:
    """The tree of networks; some are for few to see, some archived."""
    ids = list(subjects)
    for number in range(1, region.networks + 1):
        subject_id = ids[number % len(ids)]
        title = f"Сообщество «{subjects[subject_id]}» № {number}"
        yield (
            Network,
            {
                "id": number,
                "title": title,
                "form_id": forms[number % len(forms)],
                "parent_id": region.parent(number),
                "goal": "Делиться тем, что помогает на уроке.",
                "join_policy": _policy(number),
                "visibility": _visibility(number),
                "agreement_version": 1 if number % 10 == EVERYBODY else None,
                "for_young_specialists": number % 500 == 7,
                "archived_at": region.now if number % 50 == 49 else None,
                "created_at": region.now,
            },
        )
        yield from found(Found.NETWORK, number, title)
        yield NetworkSubject, {"network_id": number, "subject_id": subject_id}
        if number % 20 == 0:
            yield NetworkPosition, {"network_id": number, "position_id": positions[number // 20 % len(positions)]}
        if number % 10 == EVERYBODY:
            agreed = {"network_id": number, "version": 1, "text": "Делиться наработками.", "published_at": region.now}
            yield Agreement, agreed


def _policy(number: int) -> JoinPolicy:
    if number % 10 == BY_APPLICATION:
        return JoinPolicy.APPLICATION
    return JoinPolicy.INVITATION if number % 10 == 9 else JoinPolicy.OPEN


def _visibility(number: int) -> Visibility:
    rare = {11: Visibility.REGISTERED, 13: Visibility.PARENT, 17: Visibility.MEMBERS}
    return rare.get(number % 20, Visibility.EVERYONE)


def memberships(region: Region) -> Rows:
    """Who is where; one of thirty has left."""
    for person_id in range(1, region.participants + 1):
        for network_id in sorted(region.networks_of(person_id)):
            has_agreed = network_id % 10 == EVERYBODY and person_id % 2 == 0
            yield (
                Membership,
                {
                    "person_id": person_id,
                    "network_id": network_id,
                    "state": MembershipState.LEFT if person_id % 30 == 29 else MembershipState.MEMBER,
                    "state_at": region.now - timedelta(days=person_id % 300),
                    "agreement_version": 1 if has_agreed else None,
                    "agreed_at": region.now if has_agreed else None,
                },
            )


def roles(region: Region, subjects: dict[int, str]) -> Rows:
    """A coordinator for every second network; for every fifty of them a topic with three experts, forty at least."""
    coordinates = {EVERYBODY: COORDINATOR, region.leaf: LEAF_COORDINATOR}
    coordinates |= {number: region.somebody(number) for number in range(3, region.leaf, 2)}
    for network_id, person_id in coordinates.items():
        yield Appointment, _appointed(region, person_id=person_id, network_id=network_id, role=Role.COORDINATOR)
    for number in range(1, region.topics + 1):
        title = f"{subjects[list(subjects)[number % len(subjects)]]}: вопросы, часть {number}"
        watches = (number - 1) % region.networks + 1
        yield Topic, {"id": number, "title": title, "network_id": watches, "created_at": region.now}
        experts = {region.somebody(number * 31 + place) for place in range(3)}
        if number <= 5:
            experts.add(EXPERT)
        if number == BIG:
            experts |= set(range(60, 75))
        for person_id in sorted(experts):
            yield TopicExpert, {"topic_id": number, "person_id": person_id, "appointed_at": region.now}


def _appointed(region: Region, **values: Any) -> dict[str, Any]:
    return {"appointed_at": region.now, **values}
