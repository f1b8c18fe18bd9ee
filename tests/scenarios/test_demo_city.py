"""The invented city as it stands: as large as the reference one, whole in itself, and ready to be played."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from demo import ADMINISTRATOR_ID, NEWCOMER_ID, accounts
from models import (
    Appointment,
    Consent,
    Found,
    Membership,
    MembershipState,
    Network,
    NetworkForm,
    NetworkPosition,
    NetworkSubject,
    NetworkView,
    Organisation,
    OrganisationKind,
    Person,
    PersonSubject,
    Position,
    Role,
    SearchWord,
    Subject,
)
from screens.screen import shorten
from services import (
    agreements,
    applications,
    invitations,
    networks,
    notifications,
    organisations,
    persons,
    policy,
    search,
)
from services.notifications import QuietHours
from services.sources import source
from tests.support.demo_city import NOW, player

ROOT = "Методическая сеть города"
BY_APPLICATION = "Информатика и робототехника"
YOUNG = "Школа молодого учителя"
MANAGERS = "Школа руководителя"
PRESCHOOL = "Дошкольное образование"


async def _titles(session: AsyncSession, actor: Person, view: NetworkView) -> set[str]:
    page = await networks.page_of(session, actor, view, offset=0, limit=100)
    return {line.network.title for line in page.lines}


FOR_GOOD = Network.ends_on.is_(None)
"""The condition that a network is no temporary group."""


async def _sizes(session: AsyncSession) -> dict[str, int]:
    rows = await session.execute(
        select(Network.title, func.count(Membership.id))
        .join(Membership, Membership.network_id == Network.id)
        .where(Membership.state == MembershipState.MEMBER, FOR_GOOD)
        .group_by(Network.title)
    )
    return dict(rows.all())


async def _subjects_of_networks(session: AsyncSession) -> dict[str, set[str]]:
    rows = await session.execute(
        select(Network.title, Subject.title)
        .join(NetworkSubject, NetworkSubject.network_id == Network.id)
        .join(Subject, Subject.id == NetworkSubject.subject_id)
    )
    subjects: dict[str, set[str]] = {}
    for network, subject in rows:
        subjects.setdefault(network, set()).add(subject)
    return subjects


async def test_as_many_as_in_the_reference_city(city: AsyncSession) -> None:
    kinds = Counter(await city.scalars(select(Organisation.kind)))
    assert set(kinds) == {OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN}
    assert kinds.total() == 28
    rows = await city.execute(select(Person.position, Organisation.kind).join(Person.organisation))
    leading = {"Директор, заведующий", "Заместитель директора", "Заместитель заведующего"}
    staff = Counter((kind, position in leading) for position, kind in rows)
    school, kindergarten = OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN
    assert staff == {(school, True): 58, (school, False): 488, (kindergarten, True): 25, (kindergarten, False): 292}
    heads = await city.execute(
        select(Person.organisation_id, func.count())
        .where(Person.position == "Директор, заведующий")
        .group_by(Person.organisation_id)
    )
    assert sorted(count for _, count in heads) == [1] * 28


async def test_the_25_associations_have_847_memberships(city: AsyncSession) -> None:
    sizes = await _sizes(city)
    subjects = await _subjects_of_networks(city)
    assert sizes.pop(YOUNG) == 39
    assert sizes.pop(MANAGERS) == 28
    preschool = {title: n for title, n in sizes.items() if any(name.startswith(PRESCHOOL) for name in subjects[title])}
    school = {title: n for title, n in sizes.items() if title not in preschool}
    assert (len(school), sum(school.values())) == (19, 488)
    assert (len(preschool), sum(preschool.values())) == (4, 292)
    assert len(set(school.values())) > 12
    assert await city.scalar(select(func.count(Membership.id)).join(Membership.network).where(FOR_GOOD)) == 847
    assert await city.scalar(select(func.count(Network.id)).where(FOR_GOOD)) == 26
    assert ROOT not in sizes


async def test_the_tree_has_one_root_and_titles_that_buttons_tell_apart(city: AsyncSession) -> None:
    rows = list(await city.scalars(select(Network)))
    by_id = {network.id: network for network in rows}
    assert [network.title for network in rows if network.parent_id is None] == [ROOT]
    siblings: dict[int | None, list[str]] = {}
    for network in rows:
        siblings.setdefault(network.parent_id, []).append(network.title)
        seen = set()
        above: Network | None = network
        while above is not None and above.parent_id is not None:
            assert above.id not in seen
            seen.add(above.id)
            above = by_id.get(above.parent_id)
        assert above is not None
        assert above.title == ROOT
    assert len(siblings) > 2, "somebody below the root coordinates a branch"
    lists = [
        *siblings.values(),
        [network.title for network in rows],
        list(await city.scalars(select(Organisation.title))),
    ]
    for titles in lists:
        assert len({title[:30] for title in titles}) == len(titles)
        assert len({shorten(title, 25) for title in titles}) == len(titles), "«25. » stands before them on a button"


async def test_the_cards_of_networks_are_written(city: AsyncSession) -> None:
    rows = list(await city.scalars(select(Network).where(FOR_GOOD)))
    for network in rows:
        assert network.goal
        assert network.description
        assert 2 <= network.description.count(". ") + 1 <= 3, network.title
        assert network.archived_at is None
        assert policy.may_join_at_once(network) == (network.title not in (ROOT, BY_APPLICATION))
    assert len({network.goal for network in rows}) == len({network.description for network in rows}) == 26
    assert [network.title for network in rows if network.for_young_specialists] == [YOUNG]
    forms = dict((await city.execute(select(Network.title, NetworkForm.title).join(Network.form))).all())
    assert forms[YOUNG] == "Школа молодого учителя"
    assert forms[MANAGERS] == "Школа руководителя"
    assert Counter(forms.values())["Городское предметное объединение"] == 19


async def test_members_teach_what_their_network_is_about(city: AsyncSession) -> None:
    subjects = await _subjects_of_networks(city)
    taught: dict[int, set[str]] = {}
    for person_id, title in await city.execute(
        select(PersonSubject.person_id, Subject.title).join(Subject, Subject.id == PersonSubject.subject_id)
    ):
        taught.setdefault(person_id, set()).add(title)
    rows = await city.execute(select(Membership.person_id, Network.title).join(Membership.network).where(FOR_GOOD))
    in_network = [(person_id, title) for person_id, title in rows]
    assert len(in_network) == 847
    for person_id, title in in_network:
        assert title == YOUNG or taught[person_id] & subjects[title], (person_id, title)
    assert len(taught) == 863
    joined = Counter(person_id for person_id, _ in in_network)
    assert max(joined.values()) <= 3
    assert sum(count > 1 for count in joined.values()) > 60
    assert 863 - len(joined) > 60, "somebody is left for whom «для вас» is all"


async def test_the_schools_hold_the_young_and_one_manager_of_each_organisation(city: AsyncSession) -> None:
    rows = await city.execute(
        select(Network.title, Person.id, Person.experience_years, Person.organisation_id)
        .join(Membership, Membership.network_id == Network.id)
        .join(Person, Person.id == Membership.person_id)
        .where(Network.title.in_((YOUNG, MANAGERS)))
    )
    members = [tuple(row) for row in rows]
    young = {person_id for title, person_id, *_ in members if title == YOUNG}
    assert young == set(await city.scalars(select(Person.id).where(Person.experience_years < 3)))
    assert len({organisation_id for title, *_, organisation_id in members if title == MANAGERS}) == 28
    spread = await city.execute(select(Person.experience_years, func.count()).group_by(Person.experience_years))
    years = dict(spread.all())
    assert set(years) == set(range(43))
    assert max(years.values()) < 60


async def test_names_are_no_ones_twice_and_agree_in_gender(city: AsyncSession) -> None:
    names = [name for name in await city.scalars(select(Person.full_name)) if name]
    assert len(names) == len(set(names)) == 863
    assert len({name.split()[0] for name in names}) > 250
    women = [name.split() for name in names if name.endswith("вна")]
    men = [name.split() for name in names if name.endswith("вич")]
    assert len(women) + len(men) == 863
    assert 0.8 < len(women) / 863 < 0.95
    indeclinable = ("ко", "ых", "их", "к", "га", "рг", "ер", "дт")
    for surname, first_name, _ in women:
        assert surname.endswith(("ова", "ева", "ёва", "ина", "ая", *indeclinable)), surname
        assert first_name.endswith(("а", "я", "ь", "й")), first_name
        assert first_name not in {other for _, other, _ in men}
    for surname, first_name, _ in men:
        assert surname.endswith(("ов", "ев", "ёв", "ин", "ий", "ой", "ый", *indeclinable)), surname
        assert not first_name.endswith(("а", "на")), first_name


async def test_everybody_consented_before_registering_and_registered_before_joining(city: AsyncSession) -> None:
    rows = await city.execute(
        select(Person.id, Person.telegram_id, Person.created_at, Consent.given_at, Person.registered_at)
        .join(Consent, Consent.person_id == Person.id)
        .where(Consent.version == persons.CONSENT_VERSION, Consent.withdrawn_at.is_(None))
    )
    registered: dict[int, datetime] = {}
    for person_id, telegram_id, created_at, given_at, registered_at in rows:
        assert telegram_id is not None
        assert registered_at is not None
        assert telegram_id >= 5_000_000_001
        assert created_at < given_at < registered_at < NOW - timedelta(days=7)
        registered[person_id] = registered_at
    assert len(registered) == 863
    assert len({(at.year, at.month) for at in registered.values()}) >= 9
    for person_id, at in await city.execute(select(Membership.person_id, Membership.state_at)):
        assert registered[person_id] < at < NOW
    appointments = list(await city.scalars(select(Appointment)))
    for appointment in appointments:
        assert appointment.appointed_by_id is not None
        assert registered[appointment.person_id] < appointment.appointed_at < NOW
        assert registered[appointment.appointed_by_id] < appointment.appointed_at


async def test_every_network_is_led(city: AsyncSession) -> None:
    rows = await city.execute(
        select(Network.title, Appointment.role, Appointment.person_id, Appointment.order_number, Appointment.order_on)
        .join(Network, Network.id == Appointment.network_id)
        .where(Appointment.ended_at.is_(None))
    )
    roles: dict[str, Counter[Role]] = {}
    people: list[int] = []
    orders: list[str] = []
    for title, role, person_id, order_number, order_on in rows:
        roles.setdefault(title, Counter())[role] += 1
        people.append(person_id)
        assert (order_number is not None) == (order_on is not None) == (role is Role.COORDINATOR)
        if order_number is not None and order_on is not None:
            orders.append(order_number)
            assert order_on.weekday() < 5
            assert order_on < NOW.date()
    assert len(people) == len(set(people)), "nobody holds two roles"
    assert len(orders) == len(set(orders)) == 26
    assert roles.pop(ROOT) == {Role.COORDINATOR: 1}
    assert len(roles) == 25
    for title, counted in roles.items():
        assert counted[Role.COORDINATOR] == counted[Role.MODERATOR] == 1, title
        assert 2 <= counted[Role.EXPERT] <= 4, title
    leaders = await city.scalars(
        select(Person.experience_years).where(Person.id.in_(people)).order_by(Person.experience_years)
    )
    experience = list(leaders)
    assert experience[5] is not None
    assert experience[5] >= 3, "hardly anybody new leads"


async def test_everything_is_found_by_typing(city: AsyncSession) -> None:
    found = await source("networks", 0).page(city, query="математике", offset=0, limit=5)
    assert [option.label for option in found[0]] == ["Учителя математики"]
    found = await source("organisations", 0).page(city, query="лицей 1", offset=0, limit=5)
    assert [option.label for option in found[0]] == ["МОАУ «Лицей № 1»"]
    found = await source("organisations", 0).page(city, query="садик березка", offset=0, limit=5)
    assert not found[1]
    found = await source("organisations", 0).page(city, query="березка", offset=0, limit=5)
    assert [option.label for option in found[0]] == ["МДОАУ «Детский сад № 12 «Берёзка»"]
    for kind, titles in (
        (Found.ORGANISATION, select(Organisation.title)),
        (Found.NETWORK, select(Network.title)),
        (Found.PERSON, select(Person.full_name).where(Person.id % 29 == 0)),
    ):
        for title in await city.scalars(titles):
            assert title
            assert await search.count(city, kind, title) == 1, title
    city_itself = (Found.ORGANISATION, Found.NETWORK, Found.PERSON)
    words = await city.scalars(
        select(func.count(func.distinct(SearchWord.object_id)))
        .where(SearchWord.kind.in_(city_itself))
        .group_by(SearchWord.kind)
    )
    assert sorted(words) == [28, 28, 863]


async def test_the_teacher_has_two_networks_and_two_more_for_her(city: AsyncSession) -> None:
    teacher = await player(city, "teacher")
    assert await _titles(city, teacher, NetworkView.MINE) == {"Учителя математики", YOUNG}
    assert await _titles(city, teacher, NetworkView.FOR_ME) == {"Информатика и робототехника", "Классные руководители"}
    profile = await persons.profile(city, teacher)
    assert profile.organisation is not None
    assert [subject.title for subject in profile.subjects] == ["Воспитательная работа", "Информатика", "Математика"]


async def test_networks_for_positions_reach_those_who_hold_them(city: AsyncSession) -> None:
    positions = set(
        await city.scalars(select(Position.title).join(NetworkPosition, NetworkPosition.position_id == Position.id))
    )
    assert {"Учитель начальных классов", "Воспитатель", "Педагог-психолог", "Директор, заведующий"} <= positions
    educator = await city.scalar(
        select(Person).where(Person.position == "Воспитатель", Person.id.not_in(select(Membership.person_id))).limit(1)
    )
    assert educator is not None
    assert await _titles(city, educator, NetworkView.FOR_ME) == {
        "Речь и книга в детском саду",
        "Мир вокруг: игра и познание",
    }


async def test_the_players_have_their_roles(city: AsyncSession) -> None:
    async def roles(person: Person) -> set[tuple[str, Role]]:
        rows = await city.execute(
            select(Network.title, Appointment.role)
            .join(Network, Network.id == Appointment.network_id)
            .where(Appointment.person_id == person.id)
        )
        return {(title, role) for title, role in rows}

    async def coordinates(person: Person) -> set[str]:
        rows = list(await city.scalars(select(Network).where(FOR_GOOD)))
        return {network.title for network in rows if await policy.may_coordinate(city, person, network.id)}

    assert await roles(await player(city, "teacher")) == set()
    expert = await player(city, "expert")
    assert await roles(expert) == {("Учителя математики", Role.EXPERT)}
    assert await coordinates(expert) == set()
    coordinator = await player(city, "coordinator")
    assert await roles(coordinator) == {("Учителя математики", Role.COORDINATOR)}
    assert await coordinates(coordinator) == {"Учителя математики", "Информатика и робототехника"}
    administrator = await player(city, "administrator")
    assert administrator.telegram_id == ADMINISTRATOR_ID
    assert policy.may_administer(administrator)
    assert (await organisations.page_of(city, administrator, proposed=False, offset=0, limit=5))[1] == 28
    assert await city.scalar(select(func.count()).where(Person.administrator_at.is_not(None))) == 1
    english = await player(city, "english-speaker")
    assert (english.telegram_language, english.language_code) == ("en", None)
    assert await persons.find(city, NEWCOMER_ID) is None


async def test_the_accounts_are_those_of_the_city(city: AsyncSession) -> None:
    everybody = accounts()
    assert len(everybody) == len({account.telegram_id for account in everybody}) == 864
    assert everybody[0].telegram_id == NEWCOMER_ID
    assert [account.pinned for account in everybody] == [True] * 6 + [False] * 858
    usernames = [account.username for account in everybody if account.username]
    assert len(usernames) == len(set(usernames)) == 6
    rows = await city.execute(
        select(Person.telegram_id, Person.full_name, Person.telegram_language, Organisation.title).join(
            Person.organisation
        )
    )
    people = {telegram_id: (name, language, title) for telegram_id, name, language, title in rows}
    for account in everybody[1:]:
        name, language, title = people.pop(account.telegram_id)
        assert account.note
        assert name is not None
        assert (account.language_code, account.group) == (language, title)
        if language == "ru":
            assert name.startswith(f"{account.last_name} {account.first_name} ")
    assert not people


async def test_everybody_agreed_to_the_present_text_and_experts_keep_their_own_quiet_hours(city: AsyncSession) -> None:
    people = list(await city.scalars(select(Person).where(Person.registered_at.is_not(None))))
    assert [one.full_name for one in people if persons.must_consent_again(one) or one.consent_version is None] == []
    expert, teacher = await player(city, "expert"), await player(city, "teacher")
    assert notifications.hours_of(expert) == QuietHours(time(20), time(8))
    assert notifications.hours_of(teacher) == notifications.USUAL


async def test_one_branch_takes_people_by_application_and_agreement(city: AsyncSession) -> None:
    coordinator = await player(city, "coordinator")
    network = (await city.scalars(select(Network).where(Network.title == BY_APPLICATION))).one()
    waiting = await applications.waiting(city, coordinator, network.id, offset=0, limit=10, now=NOW)
    assert waiting.total == 4
    assert all(one.created_at < NOW for one in waiting.lines)
    inside = select(Membership.person_id).where(Membership.network_id == network.id)
    assert not set(await city.scalars(inside)) & {one.person_id for one in waiting.lines}
    standing = await agreements.standing(city, coordinator, network.id)
    assert standing.agreement is not None
    assert standing.members - standing.accepted == 3
    offers = await invitations.standing(city, coordinator, network_id=network.id, now=NOW)
    assert [one.invitation.target.value for one in offers] == ["moderator", "network"]
