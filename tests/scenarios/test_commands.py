"""Telegram's menu of commands: everybody's, and one's own by role, asked of Telegram only when something has changed."""

from __future__ import annotations

from sqlalchemy import select, update

from bot.commands import EVERYONE, publish
from models import Appointment, Person, Topic, TopicExpert
from sandbox import Visitor
from sandbox.methods.commands import commands_for
from services import roles
from tests.support.events import network_of, person_of
from tests.support.house import House
from tests.support.notices import enrolled


def menu_of(visitor: Visitor) -> list[str]:
    """The commands that Telegram shows this person."""
    return [one["command"] for one in commands_for(visitor.world, visitor.bot_id, visitor.id)]


def beside_everyones(visitor: Visitor) -> set[str]:
    return set(menu_of(visitor)) - set(EVERYONE)


def calls_about_commands(house: House) -> int:
    return sum("MyCommands" in call.method for call in house.world.calls)


async def test_a_coordinator_gets_the_commands_with_the_appointment_and_loses_them_with_it(house: House) -> None:
    vera = await house.administrator()
    (anna,) = await enrolled(house, "Анна")
    await publish(house.bot, house.db, frozenset({vera.id}))
    network_id = await network_of(house, vera)
    assert menu_of(anna) == list(EVERYONE)
    async with house.db.write() as session:
        administrator, person = await person_of(session, vera), await person_of(session, anna)
        await roles.appoint_coordinator(
            session, administrator, person.id, network_id, order_number=None, now=house.clock.now()
        )
    await house.delivers()
    assert beside_everyones(anna) == {"manage", "announce"}
    async with house.db.write() as session:
        await roles.dismiss_coordinator(session, administrator, person.id, network_id, now=house.clock.now())
    await house.delivers()
    assert menu_of(anna) == list(EVERYONE)


async def test_an_expert_gets_the_queue(house: House) -> None:
    vera = await house.administrator()
    (boris,) = await enrolled(house, "Борис")
    await publish(house.bot, house.db, frozenset({vera.id}))
    network_id = await network_of(house, vera)
    async with house.db.write() as session:
        topic = Topic(title="Олимпиады", network_id=network_id, created_at=house.clock.now())
        session.add(topic)
        await session.flush()
        administrator, person = await person_of(session, vera), await person_of(session, boris)
        await roles.appoint_expert(session, administrator, person.id, topic.id, now=house.clock.now())
    await house.delivers()
    assert beside_everyones(boris) == {"queue"}


async def test_what_was_missed_is_put_right_when_the_menu_is_opened_and_costs_no_call_otherwise(house: House) -> None:
    anna, boris = await enrolled(house, "Анна", "Борис")
    await network_of(house, anna)  # appointed without a notification, as by an import
    await publish(house.bot, house.db, frozenset())
    before = calls_about_commands(house)
    await boris.says("/menu")
    await boris.says("/start")
    assert calls_about_commands(house) == before, "nothing is asked for those without a role"
    await anna.says("/menu")
    assert beside_everyones(anna) == {"manage", "announce"}
    await anna.says("/menu")
    await anna.says("/start")
    assert calls_about_commands(house) == before + 1
    await anna.says("/settings")
    await anna.taps("English")
    await anna.says("/menu")
    shown = {one["command"]: one["description"] for one in commands_for(anna.world, anna.bot_id, anna.id)}
    assert shown["announce"] == "Tell everybody of a network"
    async with house.db.write() as session:
        await session.execute(update(Appointment).values(ended_at=house.clock.now()))
    await anna.says("/menu")
    assert menu_of(anna) == list(EVERYONE)
    assert calls_about_commands(house) == before + 3


async def test_a_refusal_of_telegrams_is_tried_again_with_the_next_menu(house: House) -> None:
    (anna,) = await enrolled(house, "Анна")
    await network_of(house, anna)
    await publish(house.bot, house.db, frozenset())
    house.world.fail_next("setMyCommands", code=500)
    await anna.says("/menu")
    assert "Анна Петровна" in anna.sees, "the menu is there all the same"
    assert beside_everyones(anna) == set()
    await anna.says("/menu")
    assert beside_everyones(anna) == {"manage", "announce"}


async def test_a_start_asks_nothing_for_the_many_and_once_for_each_administrator(house: House) -> None:
    vera = await house.administrator()
    people = await enrolled(house, "Анна", "Борис", "Клара")
    await network_of(house, *people)
    async with house.db.write() as session:
        topic = Topic(title="Олимпиады", network_id=1, created_at=house.clock.now())
        session.add(topic)
        await session.flush()
        expert = await person_of(session, vera)
        session.add(TopicExpert(topic_id=topic.id, person_id=expert.id, appointed_at=house.clock.now()))
    await publish(house.bot, house.db, frozenset({vera.id, 999}))
    first = calls_about_commands(house)
    assert beside_everyones(vera) == {"manage", "announce", "admin", "queue"}
    await publish(house.bot, house.db, frozenset({vera.id, 999}))
    assert calls_about_commands(house) - first == 4, "everybody's and the groups' in two languages, nobody's own again"
    async with house.db.read() as session:
        known = list(await session.scalars(select(Person.command_menu).where(Person.command_menu.is_not(None))))
    assert len(known) == 1


async def test_whoever_may_not_announce_is_told_who_does_and_how_to_become_one(house: House) -> None:
    (anna,) = await enrolled(house, "Анна")
    vera = await house.administrator()
    await anna.says("/announce")
    assert "их делают координаторы сетей" in anna.sees
    assert "попросите администратора центра назначить вас" in anna.sees
    assert anna.buttons == ["☰ Меню"]
    await vera.says("/announce")
    assert "нет ни одной сети" in vera.sees
    assert "/admin" in vera.sees
    await network_of(house, anna, vera)
    await vera.says("/announce")
    assert "Что объявить?" in vera.sees
