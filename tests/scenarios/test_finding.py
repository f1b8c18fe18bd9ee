"""In long lists somebody is found by typing: members, applicants, readers, the networks that one coordinates."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from models import (
    Acknowledgement,
    Application,
    Appointment,
    Found,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    Notification,
    NotificationState,
    Person,
)
from sandbox import Visitor
from screens.addresses import BeginDialog
from services import search
from tests.support.announcements import announce, open_report
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import person_of

NAMES = [f"{surname} {name}" for surname in ("Белова", "Громова", "Ершова", "Якупова") for name in ("Анна", "Инна")]
"""Eight people of whom most pages show six."""


async def _crowd(house: House) -> list[Person]:
    now = house.clock.now()
    async with house.db.write() as session:
        people = [
            Person(telegram_id=5000 + number, full_name=name, created_at=now, registered_at=now)
            for number, name in enumerate(NAMES)
        ]
        session.add_all(people)
        await session.flush()
        for one in people:
            await search.index(session, Found.PERSON, one.id, one.full_name)
    return people


async def _join(house: House, network: Network, people: list[Person]) -> None:
    async with house.db.write() as session:
        session.add_all(
            Membership(
                person_id=one.id, network_id=network.id, state=MembershipState.MEMBER, state_at=house.clock.now()
            )
            for one in people
        )


async def _olga(house: House, policy: JoinPolicy = JoinPolicy.OPEN) -> tuple[Visitor, Network]:
    """The coordinator of a network."""
    network = await put_network(house, "Опорная площадка", policy=policy)
    olga = house.visitor("Ольга")
    await register(olga, "Ясенева Ольга")
    await appoint(house, olga, network)
    return olga, network


def _offered(visitor: Visitor) -> list[str]:
    return [str(one) for one in visitor.buttons if any(name in str(one) for name in NAMES)]


async def test_a_member_is_found_by_typing(watched: House) -> None:
    olga, network = await _olga(watched)
    await _join(watched, network, (await _crowd(watched))[:-1])
    await olga.says("/manage")
    assert "🔎 Найти" not in olga.buttons, "all are in sight"
    await olga.taps("Опорная площадка")
    await olga.taps("Участники")
    assert "1–6 из 7" in olga.sees
    await olga.taps("Дальше »")
    assert "7. Якупова Анна" in olga.sees
    await olga.taps("« Раньше")
    assert "1. Белова Анна" in olga.sees
    await olga.taps("🔎 Найти")
    assert "Кого из участников найти?" in olga.sees
    assert "Опорная площадка" in olga.sees
    await olga.says("якупова")
    assert _offered(olga) == ["Якупова Анна"], "Инна is no member"
    await olga.taps("Якупова Анна")
    assert olga.sees.startswith("Якупова Анна")
    assert "⛔ Исключить" in olga.buttons


async def test_whoever_coordinates_no_longer_finds_nobody(watched: House) -> None:
    olga, network = await _olga(watched)
    await _join(watched, network, await _crowd(watched))
    anna = watched.visitor("Анна")
    await register(anna, "Иванова Анна")
    await anna.says("/menu")
    await anna.presses(anna.screen, BeginDialog(dialog="find-member", arg=network.id).pack())
    assert "У вас нет прав на это действие" in (anna.alert or "")
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Участники")
    await olga.taps("🔎 Найти")
    await olga.says("громова")
    assert _offered(olga) == ["Громова Анна", "Громова Инна"]
    async with watched.db.write() as session:
        await session.execute(update(Appointment).values(ended_at=watched.clock.now()))
    await olga.says("якупова")
    assert _offered(olga) == []
    assert "Ничего не нашлось" in olga.sees


async def test_an_application_is_found_by_typing(watched: House) -> None:
    olga, network = await _olga(watched, JoinPolicy.APPLICATION)
    now = watched.clock.now()
    people = await _crowd(watched)
    async with watched.db.write() as session:
        session.add_all(
            Application(person_id=one.id, network_id=network.id, created_at=now, expires_at=now + timedelta(days=30))
            for one in people
        )
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Вступление")
    await olga.taps("Заявки · 8")
    await olga.taps("🔎 Найти")
    assert "Чью заявку найти?" in olga.sees
    await olga.says("инна якупова")
    await olga.taps("Якупова Инна")
    assert "Якупова Инна" in olga.sees
    await olga.taps("✅ Одобрить")
    assert olga.toast == "✅ Принят(а) в сеть"


async def test_a_reader_is_found_by_typing(watched: House) -> None:
    olga, network = await _olga(watched)
    people = [*await _crowd(watched)]
    extra = []
    async with watched.db.write() as session:
        for number in range(10):
            one = Person(telegram_id=6000 + number, full_name=f"Орехова {number}", created_at=watched.clock.now())
            one.registered_at = one.created_at
            session.add(one)
            extra.append(one)
    await _join(watched, network, [*people, *extra])
    announcement_id = await announce(watched, olga, network.id, wants_acknowledgement=True)
    async with watched.db.write() as session:
        await session.execute(update(Notification).values(state=NotificationState.SENT))
        session.add(Acknowledgement(announcement_id=announcement_id, person_id=people[0].id, at=watched.clock.now()))
    await open_report(olga)
    await olga.taps("Кто ознакомился")
    assert "из 17" in olga.sees
    await olga.taps("🔎 Найти")
    assert "Кого из получателей найти?" in olga.sees
    await olga.says("белова")
    assert _offered(olga) == ["Белова Анна", "Белова Инна"]
    await olga.taps("Белова Анна")
    assert "✅ Ознакомлен(а) 20.11.2026, 10:" in olga.sees
    await olga.taps("Все получатели")
    await olga.taps("⏳ Ещё нет · 17")
    await olga.taps("🔎 Найти")
    await olga.says("якупова")
    await olga.taps("Якупова Инна")
    assert "⏳ Ещё не ознакомлен(а)" in olga.sees


async def test_one_of_many_networks_is_found_by_typing(watched: House) -> None:
    olga, top = await _olga(watched)
    for number in range(1, 7):
        await put_network(watched, f"Лаборатория опыта {number}", parent=top)
    await olga.says("/manage")
    assert "1–5 из 7" in olga.sees
    await olga.taps("🔎 Найти")
    assert "Какую сеть найти?" in olga.sees
    await olga.says("опытов 6")
    await olga.taps("Лаборатория опыта 6")
    assert "Лаборатория опыта 6" in olga.sees
    assert any("Участники" in str(one) for one in olga.buttons)


async def test_finding_in_english(watched: House) -> None:
    olga, network = await _olga(watched)
    await _join(watched, network, await _crowd(watched))
    await olga.says("/settings")
    await olga.taps("English")
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Members")
    await olga.taps("🔎 Find")
    assert "Which member are you looking for?" in olga.sees
    await olga.says("Ершова Анна")  # her whole name: there is nothing to choose
    assert olga.sees.startswith("Ершова Анна")
    assert (await person_of(watched, olga)).language_code == "en"
