"""A coordinator announces; everybody of the network hears it once; the report tells what became of it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from models import Announcement, Appointment, Audit, Network, Notification
from sandbox import Visitor
from sandbox.pictures import plain_png
from tests.support.announcements import TEXT, heard
from tests.support.events import lead, network_of, person_of, put_in
from tests.support.house import House
from tests.support.notices import enrolled


@pytest.fixture
async def people(house: House) -> list[Visitor]:
    """Anna leads the mathematicians, Boris and Clara are among them, Dina is not."""
    anna, boris, clara, dina = await enrolled(house, "Анна", "Борис", "Клара", "Дина")
    await network_of(house, anna, boris, clara)
    return [anna, boris, clara, dina]


@pytest.fixture(autouse=True)
async def no_faults(house: House) -> AsyncIterator[None]:
    """Whatever is played here, no button keeps spinning and nothing is refused by Telegram."""
    yield
    assert house.world.faults == []
    refused = [call.description or "" for call in house.world.calls if call.error_code == 400]
    borne = ("query is too old", "message is not modified")  # by a second tap, which is shown the same once more
    assert [words for words in refused if not any(one in words for one in borne)] == []


async def announces(coordinator: Visitor, text: str = TEXT, *, formatted: bool = False) -> None:
    await coordinator.says("/announce")
    await coordinator.says(text, formatted=formatted)
    await coordinator.taps("Готово")
    await coordinator.taps("📣 Разослать")


async def below(house: House, parent_id: int, title: str, *members: Visitor) -> int:
    """A network below another one."""
    now = house.clock.now()
    async with house.db.write() as session:
        parent = await session.get_one(Network, parent_id)
        network = Network(title=title, form_id=parent.form_id, parent_id=parent_id, created_at=now)
        session.add(network)
        await session.flush()
        await put_in(session, network, *[await person_of(session, member) for member in members], now=now)
        return network.id


async def test_a_coordinator_announces_and_sees_what_became_of_it(house: House, people: list[Visitor]) -> None:
    anna, boris, clara, dina = people
    await clara.blocks()
    await anna.says("/menu")
    await anna.taps("Управление сетями")
    await anna.taps("📣 Объявление")
    assert anna.sees.startswith("Что объявить?")
    assert "Сеть: Учителя математики" in anna.sees
    await anna.says("<b>Завтра</b> в 15:00 — <a href='https://example.org/plan'>план</a> & <i>чай</i>", formatted=True)
    await anna.taps("Готово")
    preview, summary = anna.messages[-2:]
    assert preview.text == ("📣 Объявление: Учителя математики\nАлова Анна Петровна\n\nЗавтра в 15:00 — план & чай")
    assert "<b>Завтра</b>" in preview.html
    assert "Получат: 2 человека" in summary.text
    await anna.taps("📣 Разослать")  # the fourth tap from the menu
    assert anna.sees.startswith("📊 Отчёт об объявлении")
    assert "✅ Доставлено: 0 из 2" in anna.sees
    assert "⏳ Ещё в пути: 2" in anna.sees
    assert heard(boris) == []
    await house.delivers()
    assert boris.sees == preview.text
    assert boris.screen.html == preview.html, "the preview was what people see"
    assert heard(dina) == []
    assert "⏳ Ещё в пути: 2" in anna.sees, "not drawn anew oftener than every three seconds"
    house.passes(timedelta(seconds=3))
    await house.delivers()
    assert "✅ Доставлено: 1 из 2" in anna.sees
    assert "🚫 Остановили бота: 1" in anna.sees
    assert "в пути" not in anna.sees
    assert "Пауза" not in " ".join(anna.buttons)
    await anna.taps("Показать объявление")
    assert anna.screen.html == preview.html
    await anna.taps("Отчёт")
    await anna.taps("Назад")
    assert "1. сегодня, 10:00: Завтра в 15:00 — план & чай — дошло 1 из 2" in anna.sees


async def test_five_taps_are_enough_whichever_way(house: House, people: list[Visitor]) -> None:
    anna, boris, _, dina = people
    async with house.db.write() as session:
        second = Network(title="Вторая сеть", form_id=1, created_at=house.clock.now())
        session.add(second)
        await session.flush()
        await lead(session, second, await person_of(session, anna), now=house.clock.now())
        await put_in(session, second, await person_of(session, dina), now=house.clock.now())
    taps = 0

    async def taps_on(label: str) -> None:
        nonlocal taps
        taps += 1
        await anna.taps(label)

    await anna.says("/menu")
    await taps_on("Управление сетями")
    await taps_on("📣 Объявление")
    assert anna.sees.startswith("Объявление · шаг 1 из 2")
    await taps_on("Учителя математики")
    await anna.says(TEXT)
    await taps_on("Готово")
    await taps_on("📣 Разослать")
    assert taps == 5
    await house.delivers()
    assert boris.sees.endswith(TEXT)
    assert heard(dina) == []

    await anna.says("/announce")
    await anna.says("вторая")  # a network may be typed
    await anna.taps("Вторая сеть")
    await anna.says("Для второй")
    await anna.taps("Готово")
    assert "Кому: участники сети «Вторая сеть»" in anna.sees
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert dina.sees.endswith("Для второй")
    await anna.says("/manage")
    await anna.taps("Отправленные")
    assert anna.sees.index("Вторая сеть: Для второй") < anna.sees.index("Учителя математики: Завтра")


async def test_sent_once_however_often_it_is_pressed_or_served(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.says(TEXT)
    await anna.taps("Готово")
    summary = anna.screen
    await asyncio.gather(*(anna.taps("📣 Разослать", message=summary) for _ in range(3)))
    assert house.world.faults == []
    await house.again(house.updates[-3])
    house.world.faults.clear()  # after a crash nobody knows whether the press was answered: it is answered again
    await house.delivers()
    assert heard(boris) == [f"📣 Объявление: Учителя математики\nАлова Анна Петровна\n\n{TEXT}"]
    async with house.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Announcement)) == 1
        assert await session.scalar(select(func.count()).where(Audit.deed == "announcement.send")) == 1


async def test_the_branch_hears_it_once_each_and_a_root_of_nobody_speaks_to_it_by_itself(
    house: House, people: list[Visitor]
) -> None:
    anna, boris, clara, dina = people
    async with house.db.write() as session:
        mathematicians = (await session.scalars(select(Network))).one()
        root = Network(title="Сеть города", form_id=mathematicians.form_id, created_at=house.clock.now())
        session.add(root)
        await session.flush()
        mathematicians.parent_id = root.id
        await lead(session, root, await person_of(session, dina), now=house.clock.now())
        root_id, below_id = root.id, mathematicians.id
    await below(house, root_id, "Физики", boris)
    await below(house, below_id, "Олимпиадники", dina)

    await dina.says("/announce")
    await dina.taps("Сеть города")
    await dina.says("Всем!")
    await dina.taps("Готово")
    assert "Кому: участники сети «Сеть города» и всех сетей ниже" in dina.sees
    assert "Получат: 2 человека" in dina.sees, "Dina is an Olympiad coach herself, and needs no copy"
    shown = len(dina.messages)
    await dina.taps("Только этой сети")
    assert "Получат: никто" in dina.sees
    assert len(dina.messages) == shown, "the switch sends no second preview"
    await dina.taps("📣 Разослать")
    assert dina.alert == "Объявлять некому: таких людей в сети «Сеть города» пока нет."
    await dina.taps("И сетям ниже")
    await dina.taps("📣 Разослать")
    await house.delivers()
    for visitor in (boris, clara, dina):
        assert len(heard(visitor)) == 1, "what Dina has seen is the preview"
    assert dina.sees.startswith("📊 Отчёт об объявлении"), "nothing has pushed the report away"

    await anna.says("/announce")  # rules the mathematicians and, by the cascade, those below them
    await anna.taps("Учителя математики")
    await anna.says("Своим")
    await anna.taps("Готово")
    assert "и всех сетей ниже" not in anna.sees, "a network with people of its own speaks to them"
    assert "Получат: 2 человека" in anna.sees
    await anna.taps("И сетям ниже")
    assert "Получат: 3 человека" in anna.sees
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees.endswith("Своим")
    assert dina.sees.endswith("Своим")


async def test_a_photo_with_its_caption_is_one_message(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.sends_photo(caption="Смотрите, что вышло")
    await anna.taps("Готово")
    preview = anna.messages[-2]
    assert preview.media == "photo"
    await anna.taps("📣 Разослать")
    before = len(boris.messages)
    await house.delivers()
    (message,) = boris.messages[before:]
    assert (message.media, message.text) == ("photo", preview.text)
    assert message.text.endswith("\n\nСмотрите, что вышло")
    assert message.buttons == ["👥 О сети", "☰ Меню"]


async def test_an_album_and_several_texts_come_whole_and_in_order(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.says("Первое")
    await anna.sends_album([("photo", f"{n}.png", plain_png()) for n in range(3)], caption="Со снимками")
    await anna.sends_file("plan.pdf", b"%PDF-1.4", caption="План")
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    before = len(boris.messages)
    await house.delivers()
    got = boris.messages[before:]
    assert [message.media for message in got] == ["photo", "photo", "photo", "document", None]
    assert len({message.media_group_id for message in got[:3]}) == 1
    assert got[-1].text.endswith("Алова Анна Петровна\n\nПервое\n\nСо снимками\n\nПлан")


async def test_five_thousand_characters_arrive_whole(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    words = " ".join(f"слово{number}" for number in range(650))
    assert len(words) > 5000
    await anna.says("/announce")
    await anna.says(words)
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    before = len(boris.messages)
    await house.delivers()
    got = boris.messages[before:]
    assert len(got) == 3, "a head, and the two messages that the app had made of it"
    assert " ".join(message.text for message in got[1:]).split() == words.split()
    assert got[-1].buttons


async def test_what_is_added_or_changed_before_it_is_sent_is_shown_again(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.says("Опечтка")
    await anna.taps("Готово")
    await anna.says("и ещё слово")
    await anna.taps("Дописать в объявление")
    assert "Принято: Опечтка\nи ещё слово" in anna.sees
    await anna.taps("Готово")
    assert anna.messages[-2].text.endswith("Опечтка\n\nи ещё слово")
    await anna.taps("Текст")
    await anna.taps("Начать это заново")
    assert "Опечтка" not in anna.sees
    await anna.says("Без опечатки")
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees.endswith("Петровна\n\nБез опечатки")


async def test_in_quiet_hours_it_waits_for_the_morning_and_says_so(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    house.passes(timedelta(hours=12))  # 22:00 in the centre
    await anna.says("/announce")
    await anna.says(TEXT)
    await anna.taps("Готово")
    assert "🌙 Это тихие часы. Объявление придёт людям завтра, 07:00." in anna.sees
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert heard(boris) == []
    house.passes(timedelta(hours=9))
    await house.delivers()
    assert boris.sees.endswith(TEXT)


async def test_the_buttons_of_an_announcement_leave_it_there(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await announces(anna)
    await house.delivers()
    text = boris.sees
    await boris.taps("О сети")
    assert boris.sees.startswith("Учителя математики")
    await boris.taps("☰ Меню", message=boris.messages[-2])
    assert "Борис Петровна" in boris.sees
    assert heard(boris) == [text]


async def test_a_button_that_sends_something_below_is_answered_before(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await announces(anna)
    await house.delivers()
    announcement = boris.screen
    for label in ("О сети", "☰ Меню"):
        await boris.taps(label, message=announcement)
        assert [call.method for call in house.world.calls[-2:]] == ["answerCallbackQuery", "sendMessage"], label
    await anna.taps("Показать объявление")
    assert [call.method for call in house.world.calls[-2:]] == ["answerCallbackQuery", "sendMessage"]


async def test_who_leaves_before_it_goes_out_is_not_told(house: House, people: list[Visitor]) -> None:
    anna, _, clara, _ = people
    await announces(anna)
    await clara.says("/networks")
    await clara.taps("Учителя математики")
    await clara.taps("Выйти из сети")
    await clara.taps("Да, выйти")
    await house.delivers()
    assert heard(clara) == []
    house.passes(timedelta(seconds=3))
    await house.delivers()
    assert "✅ Доставлено: 1 из 2" in anna.sees
    assert "👋 Вышли из сети до отправки: 1" in anna.sees


async def test_only_coordinators_announce(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await boris.says("/announce")
    assert "нет прав" in boris.sees
    stranger = house.visitor("Чужой")
    await stranger.says("/announce")
    assert "согласие" in stranger.sees
    await announces(anna)
    await house.delivers()
    for data in ("an:1", "aw:1", "as:1:0", "db:announcement:1:"):
        await boris.presses(boris.screen, data)
        assert boris.alert is not None
        assert "нет прав" in boris.alert
    await boris.presses(boris.screen, "an:99")
    assert boris.alert is not None


async def test_an_appointment_that_ends_in_the_middle_ends_the_right(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.says(TEXT)
    await anna.taps("Готово")
    async with house.db.write() as session:
        await session.execute(update(Appointment).values(ended_at=house.clock.now()))
    await anna.taps("📣 Разослать")
    assert anna.alert is not None
    assert "нет прав" in anna.alert
    await house.delivers()
    assert heard(boris) == []


async def test_a_network_of_nobody_cannot_be_told_anything(house: House, people: list[Visitor]) -> None:
    *_, dina = people
    await network_of(house, dina, title="Пустая сеть")
    await dina.says("/announce")
    await dina.says(TEXT)
    await dina.taps("Готово")
    assert "Получат: никто" in dina.sees
    await dina.taps("📣 Разослать")
    assert dina.alert == "Объявлять некому: таких людей в сети «Пустая сеть» пока нет."
    async with house.db.read() as session:
        assert await session.scalar(select(func.count()).select_from(Notification)) == 0


async def test_the_administrator_announces_from_the_own_page(house: House, people: list[Visitor]) -> None:
    _, boris, *_ = people
    vera = await house.administrator()
    await vera.says("/menu")
    await vera.taps("Управление центром")
    await vera.taps("📣 Объявление")
    await vera.says(TEXT)
    await vera.taps("Готово")
    await vera.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees.startswith("📣 Объявление: Учителя математики\nОрлова Вера Ивановна")


async def test_it_is_told_in_each_ones_language(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    for visitor in (anna, boris):
        await visitor.says("/settings")
        await visitor.taps("English")
    await anna.says("/announce")
    assert anna.sees.startswith("What is the announcement?")
    await anna.says("Tomorrow at three.")
    await anna.taps("Done")
    assert "2 people will get it" in anna.sees
    await anna.taps("Send")
    assert "✅ Delivered: 0 of 2" in anna.sees
    await house.delivers()
    assert boris.sees.startswith("📣 Announcement: Учителя математики")
    await anna.says("/manage")
    await anna.taps("Sent ones")
    assert "Tomorrow at three. — 2 of 2 delivered" in anna.sees
