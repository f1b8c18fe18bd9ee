"""An announcement while it is sent: the report that lives, pause, going on, stopping; then correcting and recalling it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.sender import Sender
from sandbox import Visitor
from sandbox.pictures import plain_png
from tests.support.announcements import TEXT, announce, heard, looks_again, open_report, sends
from tests.support.events import network_of
from tests.support.house import House, make_house
from tests.support.notices import Held, enrolled, until


@pytest.fixture
async def network_id(watched: House, people: list[Visitor]) -> int:
    """The mathematicians: Anna leads, Boris, Clara and Dina are among them."""
    anna, *members = people
    return await network_of(watched, anna, *members)


@pytest.fixture
async def people(watched: House) -> list[Visitor]:
    return await enrolled(watched, "Анна", "Борис", "Клара", "Дина")


@pytest.fixture(autouse=True)
async def no_faults(watched: House) -> AsyncIterator[None]:
    yield
    assert watched.world.faults == []


async def test_the_report_lives_until_all_is_over(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, *_ = people
    await announce(watched, anna, network_id)
    report = await open_report(anna)
    assert "░░░░░░░░░░ 0 из 3" in anna.sees
    edits = len([call for call in watched.world.calls if call.method == "editMessageText"])
    await watched.sender.send_due()
    assert heard(boris) == [f"📣 Объявление: Учителя математики\nАлова Анна Петровна\n\n{TEXT}"]
    assert len([call for call in watched.world.calls if call.method == "editMessageText"]) == edits, "not at once"
    await looks_again(watched)
    assert anna.screen.message_id == report.message_id
    assert "✅ Доставлено: 3 из 3" in anna.sees
    assert "░" not in anna.sees
    edits = len(watched.world.calls)
    await looks_again(watched)
    assert len(watched.world.calls) == edits, "all is over: it is drawn no more"


async def test_a_report_left_for_another_screen_does_not_come_back(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, *_ = people
    await announce(watched, anna, network_id)
    await open_report(anna)
    await anna.taps("Назад")
    assert anna.sees.startswith("📣 Объявления")
    await watched.delivers()
    await looks_again(watched)
    assert anna.sees.startswith("📣 Объявления")
    await anna.taps("1. ")
    assert "✅ Доставлено: 3 из 3" in anna.sees


async def test_the_announcement_shown_below_leaves_the_report_alive(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, *_ = people
    await announce(watched, anna, network_id)
    report = await open_report(anna)
    await anna.taps("Показать объявление")
    await watched.delivers()
    await looks_again(watched)
    assert "✅ Доставлено: 3 из 3" in next(m.text for m in anna.messages if m.message_id == report.message_id)


async def test_pause_and_going_on(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, clara, dina = people
    await announce(watched, anna, network_id)
    await open_report(anna)
    await anna.taps("Пауза")
    assert "Рассылка на паузе" in anna.sees
    assert "Пауза" not in " ".join(anna.buttons)
    watched.passes(timedelta(hours=2))
    await watched.delivers()
    assert [heard(one) for one in (boris, clara, dina)] == [[], [], []]
    await anna.taps("Продолжить")
    assert "на паузе" not in anna.sees
    await watched.delivers()
    assert [len(heard(one)) for one in (boris, clara, dina)] == [1, 1, 1]
    await looks_again(watched)
    assert "✅ Доставлено: 3 из 3" in anna.sees


async def test_what_was_claimed_when_it_was_paused_waits_too(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara, dina = people
    await announce(watched, anna, network_id)
    await open_report(anna)
    claimed = await watched.sender._claim(1)
    await anna.taps("Пауза")
    await sends(watched, claimed)
    await watched.delivers()
    assert [heard(one) for one in (boris, clara, dina)] == [[], [], []]
    await anna.taps("Продолжить")
    await watched.delivers()
    assert [len(heard(one)) for one in (boris, clara, dina)] == [1, 1, 1], "all at once, the claimed one too"


async def test_stopping_leaves_those_who_have_it_and_asks_before(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara, dina = people
    await announce(watched, anna, network_id)
    await open_report(anna)
    await sends(watched, await watched.sender._claim(1))
    assert [len(heard(one)) for one in (boris, clara, dina)] == [1, 0, 0]
    await anna.taps("Остановить")
    assert "Уже получил 1 человек" in anna.sees
    assert "Остальные не получат: 2" in anna.sees
    await anna.taps("Нет, пусть идёт")
    (in_flight,) = await watched.sender._claim(1)
    await anna.taps("Остановить")
    await anna.taps("Да, остановить")
    assert "Рассылка остановлена" in anna.sees
    assert "Остановить" not in " ".join(anna.buttons), "what is in flight cannot be stopped twice"
    assert "⏳ Ещё в пути: 1" in anna.sees
    await sends(watched, [in_flight])
    await looks_again(watched)
    assert "Не отправлено, рассылку остановили: 2" in anna.sees
    assert "Остановить" not in " ".join(anna.buttons)
    watched.passes(timedelta(hours=1))
    await watched.delivers()
    assert [len(heard(one)) for one in (boris, clara, dina)] == [1, 0, 0]


async def test_a_restart_does_not_stop_the_bar(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, *_ = people
    await announce(watched, anna, network_id)
    report = await open_report(anna)
    restarted = make_house(watched.db, world=watched.world)
    await restarted.delivers()
    await looks_again(restarted)
    assert anna.screen.message_id == report.message_id
    assert "✅ Доставлено: 3 из 3" in anna.sees


async def test_in_english_too(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, *_ = people
    for visitor in (anna, boris):
        await visitor.says("/settings")
        await visitor.taps("English")
    await announce(watched, anna, network_id, wants_acknowledgement=True)
    await watched.delivers()
    await boris.taps("I have read it")
    assert boris.screen.buttons[0] == "✅ You have read it"
    await anna.says("/manage")
    await anna.taps("Sent ones")
    await anna.taps("1. ")
    assert "✅ Delivered: 3 of 3" in anna.sees
    assert "✍️ Acknowledged: 1 of 3" in anna.sees
    await anna.taps("Correct the text")
    await anna.says("At four")
    await anna.taps("Done")
    await anna.taps("Correct for everybody")
    await watched.delivers()
    assert boris.sees.endswith("At four")
    await anna.taps("Recall")
    await anna.taps("Yes, recall")
    assert "The announcement was recalled." in anna.sees
    await watched.delivers()
    assert heard(boris) == []


async def test_an_old_pause_button_shows_how_it_is_now(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, *_ = people
    announcement_id = await announce(watched, anna, network_id)
    report = await open_report(anna)
    await watched.delivers()
    await anna.presses(report, f"ap:{announcement_id}")
    assert "✅ Доставлено: 3 из 3" in anna.sees
    assert "на паузе" not in anna.sees
    await anna.presses(anna.screen, f"aq:{announcement_id}")
    assert anna.sees.startswith("📊 Отчёт"), "there is nothing left to stop"


async def test_only_those_who_rule_the_network_steer(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, *_ = people
    announcement_id = await announce(watched, anna, network_id)
    await watched.delivers()
    for prefix in ("ap", "ar", "aq", "ax", "ay", "az", "ag", "af"):
        await boris.presses(boris.screen, f"{prefix}:{announcement_id}")
        assert boris.alert is not None, prefix
        assert "нет прав" in boris.alert
    for data in (f"ah:{announcement_id}:0:0", f"ae:{announcement_id}:0:0", f"db:correction:{announcement_id}:"):
        await boris.presses(boris.screen, data)
        assert boris.alert is not None, data
        assert "нет прав" in boris.alert


async def corrects(anna: Visitor, *texts: str) -> None:
    await open_report(anna)
    await anna.taps("Исправить текст")
    for text in texts:
        await anna.says(text)
    await anna.taps("Готово")
    await anna.taps("Исправить у всех")


async def test_a_correction_changes_the_message_everywhere(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara, dina = people
    await clara.blocks()
    await announce(watched, anna, network_id)
    await watched.delivers()
    before = len(boris.messages)
    await open_report(anna)
    await anna.taps("Исправить текст")
    assert "Сейчас: Завтра в 15:00" in anna.sees
    await anna.says("Встречаемся в <b>16:00</b>", formatted=True)
    await anna.taps("Готово")
    assert anna.messages[-2].text.endswith("Встречаемся в 16:00"), "the preview"
    assert "Сообщение изменится у 2 человек" in anna.sees
    await anna.taps("Исправить у всех")
    assert anna.sees.startswith("📊 Отчёт")
    await watched.delivers()
    assert len(boris.messages) == before, "nobody is woken by a second message"
    for one in (boris, dina):
        assert one.screen.html.endswith("Встречаемся в <b>16:00</b>")
        assert one.screen.buttons == ["👥 О сети", "☰ Меню"]
    await looks_again(watched)
    assert "✏️ Исправлено: 2" in anna.sees


async def test_those_who_wait_get_the_corrected_words(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, boris, clara, dina = people
    await announce(watched, anna, network_id)
    await sends(watched, await watched.sender._claim(1))
    await corrects(anna, "В 16:00")
    await watched.delivers()
    for one in (boris, clara, dina):
        assert [text.rpartition("\n")[2] for text in heard(one)] == ["В 16:00"]


async def test_a_correction_during_the_very_sending_is_not_lost(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, *_ = people
    await announce(watched, anna, network_id)
    held = Held(boris.id)
    watched.bot.session.middleware(held)
    (row,) = await watched.sender._claim(1)
    sending = asyncio.create_task(sends(watched, [row]))
    await until(lambda: held.reached == 1)  # drawn with the words of before
    await corrects(anna, "В 16:00")
    other_process = Sender(watched.db, watched.bot, watched.clock, zone=watched.settings.zone)
    while await other_process.send_due():  # the correction finds it on its way and waits
        pass
    held.open.set()
    await sending
    assert heard(boris)[0].endswith(TEXT)
    watched.passes(timedelta(seconds=6))
    await watched.delivers()
    assert [text.rpartition("\n")[2] for text in heard(boris)] == ["В 16:00"]


async def test_more_words_than_there_were_messages_go_on_below_and_fewer_leave_a_note(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, *_ = people
    await announce(watched, anna, network_id)
    await watched.delivers()
    long = [" ".join(f"слово{number}" for number in range(start, start + 400)) for start in (0, 400)]
    await corrects(anna, *long)
    await watched.delivers()
    *_, first, second = [message for message in boris.messages if message.from_bot]
    assert first.text.endswith("слово399")
    assert first.buttons == []
    assert second.text.endswith("слово799")
    assert second.buttons == ["👥 О сети", "☰ Меню"]
    await corrects(anna, "Коротко")
    await watched.delivers()
    *_, first, second = [message for message in boris.messages if message.from_bot]
    assert first.text == "✏️ Текст исправлен, он ниже."
    assert second.text.endswith("Коротко")
    assert second.buttons == ["👥 О сети", "☰ Меню"]


async def test_the_words_under_a_photo_and_after_an_album_are_corrected(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.sends_photo(caption="Опечтка")
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    await watched.delivers()
    photo = boris.screen
    assert photo.media == "photo"
    await corrects(anna, "Опечатка")
    await watched.delivers()
    assert (boris.screen.message_id, boris.screen.media) == (photo.message_id, "photo")
    assert boris.screen.text.endswith("Опечатка")
    await corrects(anna, "слово " * 300)
    await watched.delivers()
    *_, first, second = boris.messages
    assert (first.message_id, first.text) == (photo.message_id, "✏️ Текст исправлен, он ниже.")
    assert second.text.endswith("слово")

    await anna.says("/announce")
    await anna.sends_album([("photo", f"{n}.png", plain_png()) for n in range(2)], caption="Со снимками")
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    await watched.delivers()
    count = len(boris.messages)
    await corrects(anna, "С двумя снимками")
    await watched.delivers()
    assert len(boris.messages) == count
    assert [message.media for message in boris.messages[-3:]] == ["photo", "photo", None]
    assert boris.sees.endswith("С двумя снимками")


async def test_a_file_is_no_correction(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, *_ = people
    await announce(watched, anna, network_id)
    await watched.delivers()
    await open_report(anna)
    await anna.taps("Исправить текст")
    await anna.sends_photo(caption="Другое фото")
    assert "Здесь нужен текст" in anna.sees


async def test_a_fresh_announcement_is_recalled_from_all_chats(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, clara, dina = people
    announcement_id = await announce(watched, anna, network_id)
    await sends(watched, await watched.sender._claim(2))
    assert [len(heard(one)) for one in (boris, clara, dina)] == [1, 1, 0]
    await open_report(anna)
    await anna.taps("Отозвать")
    assert "Его получили 2 человека" in anna.sees
    await anna.taps("Нет, оставить")
    await anna.taps("Отозвать")
    await anna.taps("Да, отозвать")
    assert "Объявление отозвано" in anna.sees
    assert "Исправить" not in " ".join(anna.buttons)
    await watched.delivers()
    assert [heard(one) for one in (boris, clara, dina)] == [[], [], []]
    await looks_again(watched)
    assert "↩️ Отозвано: 2" in anna.sees
    assert "Не отправлено, рассылку остановили: 1" in anna.sees
    await anna.presses(anna.screen, f"db:correction:{announcement_id}:")
    assert "отозвано" in (anna.alert or anna.sees)


async def test_an_old_announcement_says_that_it_is_recalled(
    watched: House, people: list[Visitor], network_id: int
) -> None:
    anna, boris, *_ = people
    await announce(watched, anna, network_id)
    await watched.delivers()
    watched.passes(timedelta(days=3))
    await open_report(anna)
    await anna.taps("Отозвать")
    await anna.taps("Да, отозвать")
    await watched.delivers()
    assert heard(boris) == []
    assert boris.sees == "↩️ Объявление отозвано."
    assert boris.buttons == []


async def test_by_network_and_by_organisation(watched: House, people: list[Visitor], network_id: int) -> None:
    anna, _, clara, _ = people
    await network_of(watched, anna, clara, title="Физики")
    await announce(watched, anna, network_id)
    await watched.delivers()
    await open_report(anna)
    await anna.taps("По сетям и организациям")
    assert "1. Учителя математики — дошло 3 из 3" in anna.sees
    assert "Физики" not in anna.sees, "it was not for them"
    await anna.taps("По организациям")
    assert "1. Без организации — дошло 3 из 3" in anna.sees
    await anna.taps("К отчёту")
    assert anna.sees.startswith("📊 Отчёт")
