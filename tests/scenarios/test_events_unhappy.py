"""Events when something comes between: two taps, a crash, the night, a downtime, a change of mind."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select

from models import Event, Membership, MembershipState, Network, Notification, NotificationState, Registration
from sandbox import Visitor
from tests.support.events import crew, network_of, person_of, plan_event, put_in
from tests.support.house import House, register


async def _plans(
    house: House, olga: Visitor, network_id: int, *, in_: timedelta = timedelta(hours=29), seats: int | None = 2
) -> None:
    now = house.clock.now()
    async with house.db.write() as session:
        actor = await person_of(session, olga)
        await plan_event(session, actor, network_id, starts_at=now + in_, seats=seats, now=now)


async def _opens(visitor: Visitor) -> None:
    await visitor.says("/events")
    await visitor.taps("1. Дроби")


async def _signs_up(visitor: Visitor) -> None:
    await _opens(visitor)
    await visitor.taps("✅ Записаться")
    assert "Вы записаны" in visitor.sees


async def _count(house: House, table: type[Event] | type[Registration]) -> int:
    async with house.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def _reminders(house: House) -> Counter[NotificationState]:
    async with house.db.read() as session:
        return Counter(await session.scalars(select(Notification.state).where(Notification.kind == "event-reminder")))


async def test_six_phones_reach_for_the_last_seat_at_once(house: House) -> None:
    olga, *others = await crew(house, "Ольга", "Анна", "Борис", "Вера", "Глеб", "Дина", "Егор")
    await _plans(house, olga, await network_of(house, olga, *others), seats=1)
    for person in others:
        await _opens(person)
    await asyncio.gather(*(person.taps("✅ Записаться") for person in others))
    assert sorted(person.toast or "" for person in others) == ["Вы записаны"] + ["Мест нет: вы в листе ожидания"] * 5
    places = sorted(person.sees.split(" место из")[0][-3:] for person in others if "ожидания" in person.sees)
    assert places == ["1-е", "2-е", "3-е", "4-е", "5-е"]
    assert house.world.faults == []


async def test_two_quick_taps_and_a_replay_are_one_seat(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await _plans(house, olga, await network_of(house, olga, anna))
    await _opens(anna)
    card = anna.screen
    sign_up = next(button for button in card.buttons if "Записаться" in button)
    assert sign_up.data is not None
    await asyncio.gather(anna.presses(card, sign_up.data), anna.presses(card, sign_up.data))
    await house.again(house.updates[-1])
    assert "Свободно 1 место из 2" in anna.sees
    assert await _count(house, Registration) == 1

    await anna.taps("Не приду")
    await anna.taps("Да, не приду")
    await house.again(house.updates[-1])
    assert "Свободно 2 места из 2" in anna.sees


async def test_publishing_twice_is_one_event_and_telling_twice_one_message(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await network_of(house, olga, anna)
    await olga.says("/events")
    await olga.taps("Новое событие")
    for answer in ("семинар", "Итоги недели", "завтра в 15", "Лицей № 1", "20"):
        await olga.says(answer)
    await olga.taps("Опубликовать")
    await house.again(house.updates[-1])
    assert await _count(house, Event) == 1
    await olga.says("/events")
    await olga.taps("1. Итоги")
    await olga.taps("Управлять")
    await olga.taps("Сообщить участникам")
    await house.again(house.updates[-1])
    assert "Участникам сети сообщено" in olga.sees
    assert "Сообщить" not in " ".join(olga.buttons), "everybody knows"
    await olga.presses(olga.screen, "ei:1")  # a second finger, on a screen not redrawn yet
    assert olga.toast == "Сообщать некому: все уже знают"
    await house.delivers()
    assert sum("Новое событие" in message.text for message in anna.messages) == 1
    boris = house.visitor("Борис")
    await register(boris, "Волков Борис Ильич")
    async with house.db.write() as session:
        network = (await session.scalars(select(Network))).one()
        await put_in(session, network, await person_of(session, boris), now=house.clock.now())
    await olga.taps("‹ Назад")
    await olga.taps("Управлять")
    await olga.taps("Сообщить новым участникам")
    assert olga.toast == "Сообщаем: 1 человек"
    await house.delivers()
    assert boris.sees.startswith("📅 Новое событие вашей сети")
    assert sum("Новое событие" in message.text for message in anna.messages) == 1


async def test_a_reminder_of_the_night_waits_for_seven_the_last_one_does_not(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    in_ = timedelta(days=2, hours=-3, minutes=-30)  # the day after tomorrow, 6:30
    await _plans(house, olga, await network_of(house, olga, anna), in_=in_)
    await _signs_up(anna)
    house.passes(timedelta(hours=20, minutes=31))  # tomorrow, 6:31
    await house.delivers()
    assert "Вы записаны" in anna.sees
    house.passes(timedelta(minutes=30))
    await house.delivers()
    assert "Напоминаем: завтра, 06:30" in anna.sees
    house.passes(timedelta(hours=22, minutes=30))  # 5:31 of the day
    await house.delivers()
    assert "Скоро начало: сегодня, 06:30" in anna.sees
    assert house.world.faults == []


async def test_after_a_downtime_the_useful_reminder_goes_out_and_the_stale_ones_do_not(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    network_id = await network_of(house, olga, anna, boris)
    await _plans(house, olga, network_id)
    await _signs_up(anna)
    house.passes(timedelta(hours=28, minutes=20))  # both reminders are due, 40 minutes are left
    await house.delivers()
    assert "Скоро начало: сегодня, 15:00" in anna.sees
    assert all("Напоминаем" not in message.text for message in anna.messages)

    await _plans(house, olga, network_id)
    await boris.says("/events")
    await boris.taps("2. Дроби")
    await boris.taps("✅ Записаться")
    house.passes(timedelta(hours=29, minutes=1))  # it has begun
    await house.delivers()
    assert "Вы записаны" in boris.sees
    assert await _reminders(house) == {NotificationState.SENT: 1, NotificationState.CANCELLED: 3}


async def test_after_the_start_the_card_is_closed_and_still_gives_the_link(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await _plans(house, olga, await network_of(house, olga, anna, boris))
    await _signs_up(anna)
    await _opens(boris)
    await anna.taps("Не приду")
    house.passes(timedelta(hours=29, minutes=5))
    await boris.taps("✅ Записаться")
    assert boris.toast == "Событие «Дроби без слёз» уже началось, запись закрыта."
    assert "Событие уже идёт" in boris.sees
    await anna.taps("Да, не приду")
    assert "Вы были записаны" in anna.sees
    assert anna.buttons == ["‹ Назад", "☰ Меню"]
    await anna.says("/events")
    assert "🟢 уже идёт" in anna.sees
    house.passes(timedelta(hours=2))
    await anna.taps("1. Дроби")
    assert "Событие прошло" in anna.sees
    await anna.says("/events")
    assert "пока ничего не запланировано" in anna.sees


async def test_moved_while_waiting_and_promoted_to_the_new_time(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await _plans(house, olga, await network_of(house, olga, anna, boris), seats=1)
    await _signs_up(anna)
    await _opens(boris)
    await boris.taps("В лист ожидания")
    await _opens(olga)
    await olga.taps("Управлять")
    await olga.taps("Перенести")
    await olga.says("в понедельник в 16:30")
    await olga.taps("✅ Перенести")
    await house.delivers()
    assert "Событие перенесено" in boris.sees
    await anna.taps("Не приду")
    await anna.taps("Да, не приду")
    await house.delivers()
    assert "Место освободилось" in boris.sees
    assert "23 ноября, пн, 16:30" in boris.sees
    house.passes(timedelta(days=2, hours=6, minutes=31))
    await house.delivers()
    assert "Напоминаем: завтра, 16:30" in boris.sees
    assert all("Напоминаем" not in message.text for message in anna.messages)


async def test_whoever_blocked_the_bot_is_passed_over(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await _plans(house, olga, await network_of(house, olga, anna, boris))
    await _signs_up(anna)
    await _signs_up(boris)
    await anna.blocks()
    house.passes(timedelta(hours=28, minutes=1))
    await house.delivers()
    assert "Скоро начало" in boris.sees
    assert await _reminders(house) == {
        NotificationState.SENT: 1,
        NotificationState.BLOCKED: 2,
        NotificationState.CANCELLED: 1,
    }


async def test_whoever_left_the_network_is_not_invited_and_keeps_the_seat(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    network_id = await network_of(house, olga, anna, boris)
    await _plans(house, olga, network_id)
    await _signs_up(anna)
    await _opens(olga)
    await olga.taps("Управлять")
    await olga.taps("Сообщить участникам")
    assert olga.toast == "Сообщаем: 1 человек"  # Anna has signed up by herself
    async with house.db.write() as session:
        for membership in await session.scalars(select(Membership)):
            membership.state = MembershipState.LEFT
    before = len(boris.messages)
    house.passes(timedelta(hours=28, minutes=1))
    await house.delivers()
    assert len(boris.messages) == before
    assert "Скоро начало" in anna.sees


async def test_whoever_withdraws_consent_frees_the_seat_and_old_buttons_lead_to_the_welcome(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await _plans(house, olga, await network_of(house, olga, anna, boris), seats=1)
    await _signs_up(anna)
    card = anna.screen
    leave = next(button for button in card.buttons if "Не приду" in button)
    assert leave.data is not None
    await _opens(boris)
    await boris.taps("В лист ожидания")
    await anna.says("/settings")
    await anna.taps("Личные данные")
    await anna.taps("Отозвать согласие")
    await anna.taps("Да, удалить мои данные")
    await house.delivers()
    assert "Место освободилось" in boris.sees
    await anna.presses(card, leave.data)
    redrawn = next(message for message in anna.messages if message.message_id == card.message_id)
    assert "✅ Даю согласие" in redrawn.buttons
    house.passes(timedelta(hours=28, minutes=1))
    await house.delivers()
    assert all("Скоро начало" not in message.text for message in anna.messages)
    assert house.world.faults == []


async def test_an_invitation_that_comes_too_late_is_not_sent(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await _plans(house, olga, await network_of(house, olga, anna), in_=timedelta(hours=30))
    house.passes(timedelta(hours=11, minutes=30))  # 21:30: quiet hours
    await _opens(olga)
    await olga.taps("Управлять")
    await olga.taps("Сообщить участникам")
    await house.delivers()
    assert all("Новое событие" not in message.text for message in anna.messages)
    await olga.taps("Отменить событие")
    await olga.says("Перенесли на весну")
    await olga.taps("Да, отменить")
    house.passes(timedelta(hours=10))
    await house.delivers()
    assert all("Новое событие" not in message.text for message in anna.messages)


async def test_only_coordinators_run_events_whatever_they_press(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    network_id = await network_of(house, olga)
    await _plans(house, olga, network_id)
    await _opens(anna)
    for data in ("em:1", "ep:1:0:0", "ei:1", f"db:event:{network_id}:", "db:event-cancel:1:", "db:event-move:1:"):
        await anna.presses(anna.screen, data)
        assert anna.alert is not None
        assert "нет прав" in anna.alert, data
    await anna.presses(anna.screen, "e:999:::")
    assert "больше нет" in (anna.alert or "")
    await anna.presses(anna.screen, "el:zz:0:0")
    assert "больше нет" in (anna.alert or "")
    assert house.world.faults == []
