"""A coordinator plans an event; teachers come, wait, withdraw, are reminded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from models import Event, Notification, NotificationState
from sandbox import Visitor
from tests.support.events import NETWORK, crew, network_of, person_of, plan_event
from tests.support.house import House, register


async def _plans(house: House, olga: Visitor, network_id: int, *, seats: int | None = 2) -> None:
    """Olga's event tomorrow at 15:00."""
    now = house.clock.now()
    async with house.db.write() as session:
        actor = await person_of(session, olga)
        starts_at = (now + timedelta(hours=29)).replace(minute=0, second=0, microsecond=0)
        await plan_event(session, actor, network_id, starts_at=starts_at, seats=seats, now=now)


async def _signs_up(visitor: Visitor) -> None:
    await visitor.says("/events")
    await visitor.taps("1. Дроби")
    await visitor.taps("✅ Записаться" if "✅ Записаться" in visitor.buttons else "В лист ожидания")


def _file(visitor: Visitor) -> dict[str, str]:
    """The properties in the calendar's file that the visitor has just got, lines unfolded."""
    data = visitor.screen.data
    assert data is not None
    lines = data.decode().replace("\r\n ", "").splitlines()
    return dict(line.split(":", 1) for line in lines)


async def test_an_event_from_the_first_word_to_the_reminder(house: House) -> None:
    olga, anna, boris, vera = await crew(house, "Ольга", "Анна", "Борис", "Вера")
    await network_of(house, olga, anna, boris, vera)

    await olga.says("/events")
    await olga.taps("Новое событие")
    assert "Что это будет" in olga.sees  # of her only network nothing is asked
    await olga.taps("Дальше")
    assert "Веб-конференция" in olga.buttons
    await olga.taps("Раньше")
    await olga.taps("Мастер-класс")
    await olga.says("Дроби без слёз")
    await olga.says("вчера в 15:00")
    assert "уже прошло" in olga.sees
    await olga.says("завтра")
    assert "21 ноября, сб" in olga.sees
    assert "Во сколько" in olga.sees
    await olga.says("совсем рано")
    assert "Не понял время" in olga.sees
    assert "21 ноября, сб" in olga.sees
    await olga.says("15")
    await olga.says("https://meet.example/drobi")
    await olga.says("2")
    assert "21 ноября, сб, 15:00 (завтра)" in olga.sees
    assert NETWORK in olga.sees
    await olga.taps("Опубликовать")
    assert "В сети 3 участника" in olga.sees
    await olga.taps("Сообщить участникам")
    assert olga.toast == "Сообщаем: 3 человека"
    await house.delivers()

    assert "Новое событие вашей сети" in anna.sees
    assert "meet.example" not in anna.sees
    await anna.taps("Записаться")
    assert anna.toast == "Вы записаны"
    assert "meet.example" in anna.sees
    await boris.taps("Записаться")
    await vera.taps("Записаться")
    assert vera.toast == "Мест нет: вы в листе ожидания"
    assert "1-е место из 1" in vera.sees
    assert "meet.example" not in vera.sees

    await olga.taps("Кто придёт")
    assert "1. Блова Анна Петровна, Лицей № 1\n2. Влова Борис Петровна, Лицей № 1" in olga.sees
    await olga.taps("Лист ожидания")
    assert "1. Глова Вера Петровна, Лицей № 1" in olga.sees

    await boris.taps("Не приду")
    await boris.taps("Да, не приду")
    assert boris.toast == "Вы больше не записаны"
    await house.delivers()
    assert "Место освободилось: вы записаны!" in vera.sees
    assert "meet.example" in vera.sees

    house.passes(timedelta(hours=5))  # tomorrow at the same hour
    await house.delivers()
    assert "Напоминаем: завтра, 15:00" in anna.sees
    assert "Напоминаем: завтра, 15:00" in vera.sees
    assert "Напоминаем" not in boris.sees
    assert "Напоминаем" not in olga.sees
    house.passes(timedelta(hours=23))
    await house.delivers()
    assert "Скоро начало: сегодня, 15:00" in anna.sees
    assert "meet.example" in anna.sees
    assert sum("Скоро начало" in message.text for message in anna.messages) == 1
    assert house.world.faults == []


async def test_three_taps_from_the_start_lead_to_a_seat(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await _plans(house, olga, await network_of(house, olga, anna))
    await anna.says("/start")
    await anna.taps("События")
    assert "События ваших сетей" in anna.sees
    await anna.taps("1. Дроби")
    await anna.taps("Записаться")
    assert "Вы записаны" in anna.sees
    await anna.taps("Назад")
    assert "✅ вы записаны" in anna.sees
    await anna.taps("Мои · 1")
    assert "События: вы идёте" in anna.sees


async def test_someone_without_networks_finds_it_among_all_and_by_words(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await _plans(house, olga, await network_of(house, olga))
    await anna.says("/events")
    assert "Все события города" in anna.sees
    assert "Новое событие" not in str(anna.buttons)
    await anna.says("про дроби")
    assert "Показать события" not in str(anna.buttons)  # there is no «про» in its title
    await anna.says("дробей")
    await anna.taps("Показать события: 1")
    await anna.taps("1. Дроби")
    await anna.taps("Назад")
    assert "События по словам «дробей»" in anna.sees


async def test_a_moved_event_tells_everyone_and_moves_reminders_and_calendars(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await _plans(house, olga, await network_of(house, olga, anna, boris), seats=1)
    await _signs_up(anna)
    await _signs_up(boris)
    await anna.taps("В календарь", message=anna.screen)
    before = _file(anna)

    await olga.says("/events")
    await olga.taps("1. Дроби")
    await olga.taps("Управлять")
    await olga.taps("Перенести")
    await olga.says("в понедельник в 16:30")
    assert "Было: 21 ноября, сб, 15:00 (завтра)" in olga.sees
    assert "Станет: 23 ноября, пн, 16:30 (через 3 дня)" in olga.sees
    assert "Сообщение получат 2 человека" in olga.sees
    await olga.taps("✅ Перенести")
    await house.delivers()
    for person in (anna, boris):
        assert "Событие перенесено" in person.sees
        assert "Было: завтра, 15:00" in person.sees
        assert "Стало: 23 ноября, пн, 16:30" in person.sees
    assert "лист" in boris.sees

    house.passes(timedelta(hours=29))  # when it would have begun
    await house.delivers()
    assert "Событие перенесено" in anna.sees
    house.passes(timedelta(hours=26))
    await house.delivers()
    assert "Напоминаем: завтра, 16:30" in anna.sees
    await anna.taps("Подробнее")
    await anna.taps("В календарь", message=anna.screen)
    after = _file(anna)
    assert before["METHOD"] == after["METHOD"] == "PUBLISH"
    assert before["UID"] == after["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("0", "1")
    assert (before["DTSTART"], after["DTSTART"]) == ("20261121T100000Z", "20261123T113000Z")
    assert before["LOCATION"] == "Лицей № 1\\, кабинет 12"
    assert house.world.faults == []


async def test_a_cancelled_event_tells_why_and_is_silent_afterwards(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await _plans(house, olga, await network_of(house, olga, anna, boris), seats=1)
    await _signs_up(anna)
    await boris.says("/events")
    await boris.taps("1. Дроби")

    await olga.says("/events")
    await olga.taps("1. Дроби")
    await olga.taps("Управлять")
    await olga.taps("Отменить событие")
    await olga.says("Заболела ведущая")
    assert "Отменить «Дроби без слёз»?" in olga.sees
    assert "Сообщение получит 1 человек" in olga.sees
    await olga.taps("Да, отменить событие")
    assert "Причина: Заболела ведущая" in olga.sees
    await house.delivers()
    assert "Событие отменено" in anna.sees
    assert "Заболела ведущая" in anna.sees

    await boris.taps("В лист ожидания")  # on the card that was open meanwhile
    assert boris.toast == "Событие «Дроби без слёз» отменено."
    assert "Заболела ведущая" in boris.sees
    assert "В лист ожидания" not in str(boris.buttons)

    await anna.taps("Убрать из календаря")
    entry = _file(anna)
    assert entry["METHOD"] == "CANCEL"
    assert entry["STATUS"] == "CANCELLED"
    house.passes(timedelta(hours=28))
    await house.delivers()
    assert all("Напоминаем" not in message.text for message in anna.messages)
    assert all("Скоро начало" not in message.text for message in anna.messages)
    await anna.says("/events")
    assert "пока ничего не запланировано" in anna.sees
    assert house.world.faults == []


async def test_more_seats_let_the_waiting_in_and_fewer_than_taken_are_refused(house: House) -> None:
    olga, anna, boris, vera = await crew(house, "Ольга", "Анна", "Борис", "Вера")
    await _plans(house, olga, await network_of(house, olga, anna, boris, vera), seats=1)
    for person in (anna, boris, vera):
        await _signs_up(person)
    assert "2-е место из 2" in vera.sees
    await olga.says("/events")
    await olga.taps("1. Дроби")
    await olga.taps("Управлять")
    await olga.taps("Места")
    assert "Сейчас: 1" in olga.sees
    await olga.says("2")
    assert "Записаны 2 человека, ждёт 1" in olga.sees
    await house.delivers()
    assert "Место освободилось" in boris.sees
    assert "Место освободилось" not in vera.sees
    await olga.taps("Места")
    await olga.says("1")
    assert "Уже записаны 2 человека: меньше мест сделать нельзя" in olga.sees
    await olga.taps("Без ограничений")
    assert "без ограничений" in olga.sees
    await house.delivers()
    assert "Место освободилось" in vera.sees


async def test_a_new_place_is_told_a_new_title_is_found(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await _plans(house, olga, await network_of(house, olga, anna))
    await _signs_up(anna)
    await olga.says("/events")
    await olga.taps("1. Дроби")
    await olga.taps("Управлять")
    await olga.taps("📍 Место")
    assert "Сейчас: Лицей № 1, кабинет 12" in olga.sees
    await olga.says("Актовый зал")
    await house.delivers()
    assert "У события другое место" in anna.sees
    assert "Актовый зал" in anna.sees
    await olga.taps("Название")
    await olga.says("Проценты")
    await olga.taps("О чём")
    await olga.says("Учим считать <скидки> & налоги")
    await anna.says("процент")
    await anna.taps("Показать события: 1")
    await anna.taps("1. Проценты")
    assert "Учим считать <скидки> & налоги" in anna.sees
    assert house.world.faults == []


async def test_the_past_is_refused_also_when_publishing_comes_late(house: House) -> None:
    (olga,) = await crew(house, "Ольга")
    await network_of(house, olga)
    await olga.says("/events")
    await olga.taps("Новое событие")
    await olga.taps("Семинар")
    await olga.says("Итоги недели")
    await olga.says("сегодня")
    await olga.taps("13:00")
    await olga.says("Лицей № 1")
    assert [list(map(str, row)) for row in olga.keyboard[-2:]] == [["Без ограничений"], ["‹ Назад", "Отмена"]]
    await olga.taps("Без ограничений")
    assert "Мест: без ограничений" in olga.sees
    house.passes(timedelta(hours=4))
    await olga.taps("Опубликовать")
    assert "Это время уже прошло" in olga.sees
    await olga.taps("Исправить")
    await olga.taps("Начало")
    await olga.says("сегодня")
    await olga.taps("17:00")
    await olga.taps("Опубликовать")
    assert "Событие опубликовано" in olga.sees


@pytest.mark.parametrize(("language", "words"), [("ru", "Вы записаны."), ("en", "You are going.")])
async def test_both_languages_say_it(house: House, language: str, words: str) -> None:
    (olga,) = await crew(house, "Ольга")
    anna = house.visitor("Анна")
    await register(anna)
    await anna.says("/settings")
    await anna.taps("English" if language == "en" else "Русский")
    await _plans(house, olga, await network_of(house, olga, anna))
    await anna.says("/events")
    await anna.taps("1. Дроби")
    await anna.taps("✅")
    assert words in anna.sees
    await anna.taps("📆")
    await anna.taps("‹", message=anna.screen)
    await anna.taps("✖️")
    house.passes(timedelta(hours=5))
    await house.delivers()
    assert "15:00" in anna.sees
    assert house.world.faults == []


async def test_a_person_in_another_time_zone_reads_and_types_their_own_time(house: House) -> None:
    olga, anna = await crew(house, "Ольга", "Анна")
    await _plans(house, olga, await network_of(house, olga, anna))
    async with house.db.write() as session:
        (await person_of(session, anna)).time_zone = "Europe/Kaliningrad"
    await anna.says("/events")
    assert "завтра, 12:00" in anna.sees
    async with house.db.write() as session:
        (await person_of(session, olga)).time_zone = "Asia/Vladivostok"
    await olga.says("/events")
    await olga.taps("1. Дроби")
    await olga.taps("Управлять")
    await olga.taps("Перенести")
    await olga.says("завтра в 21:00")
    await olga.taps("✅ Перенести")
    async with house.db.read() as session:
        assert (await session.scalars(select(Event.starts_at))).one() == datetime(2026, 11, 21, 11, tzinfo=UTC)
        reminders = await session.scalars(
            select(Notification.id).where(
                Notification.kind == "event-reminder", Notification.state == NotificationState.PENDING
            )
        )
        assert reminders.all() == []
