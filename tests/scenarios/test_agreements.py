"""Agreements: accepted at the door with version and time; a new version asks everybody again."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import Audit, JoinPolicy, Membership, Network
from sandbox import Visitor
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import count, deeds

FIRST = "Стороны договорились делиться разработками и <раз> в год проводить открытый урок."
SECOND = "Стороны договорились делиться разработками и дважды в год проводить открытый урок."


async def _city(house: House, policy: JoinPolicy = JoinPolicy.OPEN) -> tuple[Network, Visitor, Visitor]:
    network = await put_network(house, "Сеть лицея", policy=policy, subjects=("Математика",))
    olga, anna = house.visitor("Ольга"), house.visitor("Анна")
    await register(olga, "Ясенева Ольга")
    await register(anna, "Иванова Анна")
    await appoint(house, olga, network)
    return network, olga, anna


async def _publishes(olga: Visitor, text: str, *, button: str = "Новая версия") -> None:
    await olga.says("/manage")
    await olga.taps("Сеть лицея")
    await olga.taps("Вступление")
    await olga.taps("Соглашение")
    await olga.taps(button)
    await olga.says(text)
    await olga.taps("Ввести в действие")
    assert olga.toast == "Соглашение действует. Участники получат его на подпись"


async def _membership(house: House) -> Membership:
    async with house.db.read() as session:
        return (await session.scalars(select(Membership))).one()


async def test_shown_and_accepted_at_the_door(watched: House) -> None:
    _, olga, anna = await _city(watched)
    await _publishes(olga, FIRST)
    await anna.says("/networks")
    await anna.taps("Сеть лицея")
    await anna.taps("Вступить")
    assert FIRST in anna.sees
    assert "версия 1" in anna.sees
    assert await count(watched, Membership) == 0
    await anna.taps("Принимаю и вступаю")
    assert anna.toast == "Вы вступили в сеть"
    membership = await _membership(watched)
    assert membership.agreement_version == 1
    assert membership.agreed_at == membership.state_at
    await anna.taps("Соглашение")
    assert FIRST in anna.sees
    assert "✅ Принимаю" not in anna.buttons


async def test_a_version_that_changed_at_the_door_is_shown_anew(watched: House) -> None:
    _, olga, anna = await _city(watched)
    await _publishes(olga, FIRST)
    await anna.says("/networks")
    await anna.taps("Сеть лицея")
    await anna.taps("Вступить")
    await _publishes(olga, SECOND)
    await anna.taps("Принимаю и вступаю")
    assert anna.toast == "В сети «Сеть лицея» действует новое соглашение. Прочитайте его и примите."
    assert SECOND in anna.sees
    assert await count(watched, Membership) == 0
    await anna.taps("Принимаю и вступаю")
    assert (await _membership(watched)).agreement_version == 2


async def test_a_new_version_asks_members_and_the_coordinator_sees_who_lacks_it(watched: House) -> None:
    _, olga, anna = await _city(watched)
    await anna.says("/networks")
    await anna.taps("Сеть лицея")
    await anna.taps("Вступить")
    await _publishes(olga, FIRST)
    await olga.taps("Не приняли · 1")
    assert "1. Иванова Анна — Лицей № 1" in olga.sees
    await watched.delivers()
    assert "Прочитайте и примите новое соглашение" in anna.sees
    assert FIRST in anna.sees
    asked = anna.screen
    await _publishes(olga, SECOND)
    watched.passes(timedelta(minutes=1))
    await anna.taps("Принимаю", message=asked)
    assert SECOND in anna.sees, "the version in force is shown instead of the former one"
    assert (await _membership(watched)).agreement_version is None
    await anna.taps("Принимаю", message=anna.screen)
    assert anna.toast == "Соглашение принято"
    await watched.delivers()
    assert "Прочитайте и примите" not in anna.sees, "whoever has accepted is not asked any more"
    membership = await _membership(watched)
    assert membership.agreement_version == 2
    assert membership.agreed_at is not None
    assert membership.agreed_at > membership.state_at
    await olga.says("/manage")
    await olga.taps("Сеть лицея")
    await olga.taps("Вступление")
    await olga.taps("Соглашение")
    assert "Версия 2 от 20.11.2026.\nПриняли: 1 из 1" in olga.sees
    assert not any("Не приняли" in str(one) for one in olga.buttons)
    assert (await deeds(watched)).count("agreement.accept") == 1


async def test_the_card_asks_a_member_too(watched: House) -> None:
    _, olga, anna = await _city(watched)
    await anna.says("/networks")
    await anna.taps("Сеть лицея")
    await anna.taps("Вступить")
    await _publishes(olga, FIRST)
    await anna.says("/networks")
    await anna.taps("Сеть лицея", message=anna.screen)
    assert "Соглашение сети обновилось" in anna.sees
    await anna.taps("Принять соглашение")
    await anna.taps("Принимаю", message=anna.screen)
    assert "Соглашение сети обновилось" not in anna.sees


async def test_accepted_with_the_application_and_kept_with_its_time(watched: House) -> None:
    _, olga, anna = await _city(watched, JoinPolicy.APPLICATION)
    await _publishes(olga, FIRST)
    await anna.says("/networks")
    await anna.taps("Сеть лицея")
    await anna.taps("Подать заявку")
    await anna.taps("Принимаю и вступаю")
    assert anna.toast == "Заявка подана"
    applied_at = watched.clock.now()
    watched.passes(timedelta(hours=3))
    await watched.delivers()
    await olga.taps("Одобрить")
    membership = await _membership(watched)
    assert membership.agreement_version == 1
    assert membership.agreed_at is not None
    assert abs(membership.agreed_at - applied_at) < timedelta(minutes=1)
    assert membership.state_at - membership.agreed_at > timedelta(hours=2)
    async with watched.db.read() as session:
        made = await session.scalar(select(Audit.new).where(Audit.deed == "application.make"))
    assert made is not None
    assert made["agreement"] == 1
