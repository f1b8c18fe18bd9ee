"""Nobody has taken a question in time: whoever watches over its topic by then hears of it, whatever happened since it was asked."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from models import Network, Topic
from sandbox import Visitor
from services import roles
from tests.support.consultations import Scene, ask, set_scene, settle
from tests.support.events import lead, make_network, person_of
from tests.support.house import House, make_house

OVERDUE = "Этот вопрос никто не взял"
PAST_THE_PROMISE = timedelta(days=5)


def told(visitor: Visitor) -> int:
    """How many times this person heard of a question that nobody took."""
    return sum(OVERDUE in one.text for one in visitor.messages)


async def network_of_topic(house: House) -> int:
    """The network that watches over the only topic."""
    async with house.db.read() as session:
        return (await session.scalars(select(Topic.network_id))).one()


async def appoint(house: House, vera: Visitor, coordinator: Visitor) -> None:
    """The administrator makes a person coordinator of the topic's network."""
    network_id = await network_of_topic(house)
    async with house.db.write() as session:
        administrator, person = await person_of(session, vera), await person_of(session, coordinator)
        await roles.appoint_coordinator(
            session, administrator, person.id, network_id, order_number=None, now=house.clock.now()
        )


async def dismiss(house: House, vera: Visitor, coordinator: Visitor) -> None:
    """The administrator ends that."""
    network_id = await network_of_topic(house)
    async with house.db.write() as session:
        administrator, person = await person_of(session, vera), await person_of(session, coordinator)
        await roles.dismiss_coordinator(session, administrator, person.id, network_id, now=house.clock.now())


async def put_above(house: House, coordinator: Visitor) -> None:
    """A network of this coordinator's stands above that of the topic."""
    network_id = await network_of_topic(house)
    async with house.db.write() as session:
        above = await make_network(session, title="Все учителя города", now=house.clock.now())
        (await session.get_one(Network, network_id)).parent_id = above.id
        await lead(session, above, await person_of(session, coordinator), now=house.clock.now())


async def id_of(house: House, visitor: Visitor) -> int:
    """By which number they are named in buttons."""
    async with house.db.read() as session:
        return (await person_of(session, visitor)).id


async def withdraw_consent(visitor: Visitor) -> None:
    """They leave."""
    await visitor.says("/settings")
    await visitor.taps("Личные данные")
    await visitor.taps("Отозвать согласие")
    await visitor.taps("Да, удалить")


async def overdue(house: House) -> None:
    """The promised time is long past."""
    house.passes(PAST_THE_PROMISE)
    await house.delivers()


@pytest.fixture
async def scene(house: House) -> Scene:
    """Anna has asked; everybody is there; Olga coordinates, nobody above her."""
    scene = await set_scene(house)
    await ask(scene.anna, "Есть ли сборник?")
    await house.delivers()
    return scene


async def test_a_new_coordinator_hears_of_what_was_asked_before(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    (nina,) = await settle(house, "Белова Нина Сергеевна", organisation="Школа № 5")
    await dismiss(house, vera, scene.olga)
    await appoint(house, vera, nina)
    await overdue(house)
    await overdue(house)
    assert [told(one) for one in (scene.olga, nina, vera)] == [0, 1, 0]
    await nina.taps("Назначить эксперта")
    await nina.taps("Кузнецова Клара")
    assert "Отвечает: Кузнецова Клара Львовна" in nina.sees


async def test_whoever_was_dismissed_and_appointed_again_is_told_once(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    await dismiss(house, vera, scene.olga)
    await appoint(house, vera, scene.olga)
    await overdue(house)
    await dismiss(house, vera, scene.olga)
    await appoint(house, vera, scene.olga)
    await overdue(house)
    assert told(scene.olga) == 1


async def test_after_the_only_coordinator_the_administrator_watches(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    await dismiss(house, vera, scene.olga)
    await overdue(house)
    assert [told(one) for one in (scene.olga, vera)] == [0, 1]


async def test_a_question_that_was_told_to_one_who_left_is_told_to_the_next(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    await overdue(house)
    assert [told(one) for one in (scene.olga, vera)] == [1, 0]
    await dismiss(house, vera, scene.olga)
    await house.delivers()
    assert [told(one) for one in (scene.olga, vera)] == [1, 1]


async def test_a_coordinator_who_withdraws_the_consent_leaves_it_to_the_one_above(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    (pavel,) = await settle(house, "Соколов Павел Игоревич", organisation="Школа № 5")
    await put_above(house, pavel)
    await withdraw_consent(scene.olga)
    await overdue(house)
    assert [told(one) for one in (scene.olga, pavel, vera)] == [0, 1, 0]


async def test_an_administrator_who_left_and_came_back(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    await dismiss(house, vera, scene.olga)
    await withdraw_consent(vera)
    await house.administrator()
    await overdue(house)
    assert told(vera) == 1


async def test_a_new_administrator_hears_of_what_nobody_watches_over(house: House, scene: Scene) -> None:
    await withdraw_consent(scene.olga)
    (nina,) = await settle(house, "Белова Нина Сергеевна", organisation="Школа № 5")
    house = make_house(house.db, world=house.world, administrators=frozenset({nina.id}))
    await nina.says("/menu")
    await overdue(house)
    assert told(nina) == 1


async def test_a_former_administrator_is_not_told(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    (nina,) = await settle(house, "Белова Нина Сергеевна", organisation="Школа № 5")
    await dismiss(house, vera, scene.olga)
    house = make_house(house.db, world=house.world, administrators=frozenset({nina.id}))
    await vera.says("/menu")
    await nina.says("/menu")
    await overdue(house)
    assert [told(one) for one in (vera, nina)] == [0, 1]


async def test_past_a_coordinator_who_blocked_the_bot_it_goes_up_the_tree(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    (pavel,) = await settle(house, "Соколов Павел Игоревич", organisation="Школа № 5")
    await put_above(house, pavel)
    await scene.olga.blocks()
    await pavel.blocks()
    await overdue(house)
    assert [told(one) for one in (scene.olga, pavel, vera)] == [0, 0, 1]


async def test_beside_a_colleague_who_is_told_nobody_above_is_troubled(house: House, scene: Scene) -> None:
    vera = await house.administrator()
    (nina,) = await settle(house, "Белова Нина Сергеевна", organisation="Школа № 5")
    await appoint(house, vera, nina)
    await scene.olga.blocks()
    await overdue(house)
    assert [told(one) for one in (scene.olga, nina, vera)] == [0, 1, 0]


async def test_while_nobody_can_be_reached_it_waits_for_whoever_comes_back(house: House, scene: Scene) -> None:
    await scene.olga.blocks()
    await overdue(house)
    assert await house.delivers() == 0, "it is not tried again at once"
    await scene.olga.unblocks()
    house.passes(timedelta(days=1))
    await house.delivers()
    assert told(scene.olga) == 1


async def test_a_coordinator_who_asks_leaves_it_to_the_one_above(house: House) -> None:
    scene = await set_scene(house)
    vera = await house.administrator()
    (pavel,) = await settle(house, "Соколов Павел Игоревич", organisation="Школа № 5")
    await put_above(house, pavel)
    await ask(scene.olga, "Мой собственный вопрос")
    await house.delivers()
    await overdue(house)
    assert [told(one) for one in (scene.olga, pavel, vera)] == [0, 1, 0]
    await scene.olga.taps("Открыть")
    assert "👤 Назначить эксперта" not in scene.olga.buttons
    for address in ("qe:1:0", f"qa:1:{await id_of(house, scene.clara)}"):
        await scene.olga.presses(scene.olga.screen, address)
        assert scene.olga.alert is not None
        assert "прав" in scene.olga.alert
    await pavel.taps("Назначить эксперта")
    await pavel.taps("Кузнецова Клара")
    assert "Отвечает: Кузнецова Клара Львовна" in pavel.sees


async def test_an_administrator_alone_who_asks_names_the_expert(house: House) -> None:
    scene = await set_scene(house)
    vera = await house.administrator()
    await dismiss(house, vera, scene.olga)
    await ask(vera, "Вопрос администратора")
    await house.delivers()
    await overdue(house)
    assert told(vera) == 1
    assert vera.buttons == ["👤 Назначить эксперта", "📄 Открыть"]
    await vera.taps("Открыть")
    await vera.taps("Назначить эксперта")
    await vera.taps("Кузнецова Клара")
    assert "Отвечает: Кузнецова Клара Львовна" in vera.sees


async def test_of_two_administrators_the_one_who_does_not_ask_is_told(house: House) -> None:
    scene = await set_scene(house)
    (nina,) = await settle(house, "Белова Нина Сергеевна", organisation="Школа № 5")
    vera = await house.administrator()
    await dismiss(house, vera, scene.olga)
    house = make_house(house.db, world=house.world, administrators=frozenset({vera.id, nina.id}))
    await nina.says("/menu")
    await ask(vera, "Вопрос администратора")
    await house.delivers()
    await overdue(house)
    assert [told(one) for one in (vera, nina)] == [0, 1]


async def test_a_passed_promise_is_told_as_one(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara, olga = scene.anna, scene.boris, scene.clara, scene.olga
    await ask(anna, "Есть ли сборник?")
    await house.delivers()
    assert "Ответ обещан: 23 ноября, пн, 18:00" in clara.sees
    house.passes(timedelta(days=4))
    await house.delivers()
    for visitor in (anna, boris):
        await visitor.taps("Открыть")
    for visitor in (anna, boris, olga):
        assert "Ответить обещали: вчера, 18:00" in visitor.sees
        assert "Ответ обещан" not in visitor.sees
    await boris.taps("Взять")
    await house.delivers()
    for visitor in (anna, boris):
        assert "Ответить обещали: вчера, 18:00" in visitor.sees
        assert "Ответ обещан" not in visitor.sees


async def test_where_nobody_else_can_be_named_another_expert_is_appointed_at_once(house: House) -> None:
    scene = await set_scene(house)
    vera = await house.administrator()
    await ask(scene.clara, "Есть ли сборник?")
    await house.delivers()
    await scene.boris.taps("Взять")
    await scene.olga.says("/menu")
    await scene.olga.presses(scene.olga.screen, "qe:1:0")
    assert "Других экспертов у этой темы нет" in scene.olga.sees
    await scene.olga.taps("Открыть тему")
    assert "➕ Назначить эксперта" in scene.olga.buttons
    await scene.olga.says("/admin")
    assert "💬 Темы и эксперты" not in scene.olga.buttons
    await vera.says("/admin")
    await vera.taps("Люди и роли")
    await vera.taps("Темы и эксперты")
    await vera.taps("1. Олимпиады")
    assert "➕ Назначить эксперта" in vera.buttons
