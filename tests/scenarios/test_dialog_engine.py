"""The engine of dialogs, by a dialog of the tests' own with the kinds of question that no form of the house uses yet."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fluent.runtime import FluentResource
from sqlalchemy.ext.asyncio import AsyncSession
from structlog.testing import capture_logs

from bot.isolation import WeakIsolation
from dialogs import DIALOGS, Answers, Choice, Dialog, Moment, Pieces, Text
from handlers.dialogs import CONVERSATIONS, Conversation
from models import Audit, DialogState, Person
from sandbox import Visitor
from sandbox.pictures import plain_png
from screens import l10n
from screens.screen import Screen
from services import audit
from services.errors import NotFound
from tests.support.house import ADMINISTRATOR_ID, House, register
from tests.support.stories import (
    again,
    answers_of,
    count,
    deeds,
    first_line,
    from_bot,
    person_of,
    redrawn,
    restarted,
)

WORDS = """
probe-title = Проба
probe-title-short = проба
probe-when-ask = <b>Когда?</b>
probe-when-label = Когда
probe-what-ask = <b>Что?</b>
probe-what-label = Что
probe-how-ask = <b>Как?</b>
probe-how-label = Как
probe-how-quick = Быстро и <просто>
probe-how-slow = Не спеша
probe-why-ask = <b>Почему?</b>
probe-why-label = Почему
probe-summary = <b>Так?</b>
probe-finish = ✅ Так
"""

PROBE = Dialog(
    "probe",
    (
        Moment(key="when"),
        Pieces(key="what", most=4, text_needed=True),
        Choice(key="how", options=("quick", "slow")),
        Text(key="why", longest=1000, optional=True, when=lambda answers: answers.get("how") == "slow"),
    ),
)
NOTE = Dialog("note", (Text(key="why", longest=300),), summary=False, texts="probe")

BEGIN = "db:probe:7:"


class Deed:
    """What is done at the end of the test's dialogs; it can be told to fail."""

    def __init__(self) -> None:
        self.done: list[Answers] = []
        self.fails: Exception | None = None

    async def act(self, session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> str:
        """Write an audit row; then fail, if told so, which must undo it."""
        audit.record(session, actor, "probe.done", "person", actor.id, now=now)
        await session.flush()
        if self.fails is not None:
            raise self.fails
        self.done.append(answers)
        return "сделано"


@pytest.fixture
def deed(monkeypatch: pytest.MonkeyPatch) -> Iterator[Deed]:
    """The test's dialogs are a part of the house, until the test ends."""
    deed = Deed()
    for dialog in (PROBE, NOTE):
        monkeypatch.setitem(DIALOGS, dialog.name, dialog)
        conversation = Conversation(dialog=dialog, act=deed.act, finished=lambda t, result: Screen(f"Готово: {result}"))
        monkeypatch.setitem(CONVERSATIONS, dialog.name, conversation)
    for language in l10n.LANGUAGES:
        l10n.bundle(language).add_resource(FluentResource(WORDS), allow_overrides=True)
    yield deed
    l10n.bundle.cache_clear()


async def begin(house: House, address: str = BEGIN) -> Visitor:
    """Anna is registered and stands at the first question of the test's dialog."""
    anna = house.visitor("Анна")
    await register(anna)
    await anna.says("/menu")
    await anna.presses(anna.screen, address)
    return anna


async def collected(house: House, visitor: Visitor) -> dict[str, Any]:
    """The pieces so far."""
    answers = await answers_of(house, visitor)
    assert answers is not None
    what: dict[str, Any] = answers["what"]
    return what


def photos(number: int) -> list[tuple[str, str, bytes]]:
    """The parts of an album."""
    return [("photo", f"{one}.png", plain_png(one + 1, one + 1)) for one in range(number)]


async def test_a_moment_as_people_type_it(watched: House, deed: Deed) -> None:
    anna = await begin(watched)
    assert first_line(anna) == "Проба · шаг 1 из 3"
    for typed, reason in (
        ("не знаю", "Не понял день и время"),
        ("вчера в 10", "Это время уже прошло"),
        ("32 ноября в 10", "Не понял день и время"),
    ):
        await anna.says(typed)
        assert reason in first_line(anna), typed
    await anna.sends_photo()
    assert "Здесь нужен текст" in first_line(anna)
    await anna.says("25 ноября")
    await again(watched)
    assert "25 ноября" in anna.sees
    assert "Во сколько?" in anna.sees
    await anna.says("не знаю")
    assert "Не понял время" in first_line(anna)
    await anna.says("15")  # the day was understood: only the time is missing
    assert first_line(anna) == "Проба · шаг 2 из 3"
    local = datetime(2026, 11, 25, 15, tzinfo=watched.settings.zone)
    assert await answers_of(watched, anna) == {"when": local.astimezone(UTC).isoformat()}
    await anna.taps("‹ Назад")
    assert "Сейчас: 25 ноября, ср, 15:00" in anna.sees
    await anna.says("завтра в 14.30")
    await anna.taps("‹ Назад")
    assert "Сейчас: 21 ноября, сб, 14:30 (завтра)" in anna.sees
    watched.passes(timedelta(hours=11))
    await anna.says("завтра в 10")
    await anna.taps("‹ Назад")
    assert "10:00 (завтра)" in anna.sees


async def test_pieces_of_every_kind_make_one_answer(watched: House, deed: Deed) -> None:
    anna = await begin(watched)
    await anna.says("завтра в 15")
    assert "Готово" not in str(anna.buttons)
    await anna.presses(anna.screen, "do:probe:what")
    assert "Пока ничего не пришло" in first_line(anna)

    await anna.sends_voice()
    assert "Принято: 📎 1 файл" in anna.sees
    await anna.taps("Готово")
    assert first_line(anna) == "❗️ Здесь нужен текст: напишите ответ словами."
    before = len(from_bot(anna))
    await anna.sends_album(photos(2), "Что это за <b>жук</b>?")
    assert len(from_bot(anna)) == before + 1  # one confirmation, counted up in place
    assert "Принято: Что это за <b>жук</b>?\n📎 3 файла" in anna.sees
    await anna.sends_file("план.docx", b"PK")
    assert "📎 4 файла" in anna.sees

    before = len(from_bot(anna))
    await anna.sends_album(photos(3))
    assert len(from_bot(anna)) == before + 1  # one refusal, too
    assert "Помещается не больше 4 файлов. Остальные не приняты." in first_line(anna)
    what = await collected(watched, anna)
    assert [file["kind"] for file in what["files"]] == ["voice", "photo", "photo", "document"]
    assert what["files"][3]["name"] == "план.docx"
    assert what["texts"] == [
        {"text": "Что это за <b>жук</b>?", "html": "Что это за &lt;b&gt;жук&lt;/b&gt;?"},
    ]
    assert len(set(what["message_ids"])) == 4
    await anna.taps("Готово")
    assert "Как?" in anna.sees


async def test_a_long_text_in_two_messages_is_one_answer(watched: House, deed: Deed) -> None:
    anna = await begin(watched)
    await anna.says("завтра в 15")
    before = len(from_bot(anna))
    long = " ".join(f"слово{number}" for number in range(600))
    assert len(long) > 5000
    await anna.says(long)
    assert len(from_bot(anna)) == before + 1
    assert "✍️ Всего 5" in anna.sees
    assert len(anna.sees) < 1000
    texts = [one["text"] for one in (await collected(watched, anna))["texts"]]
    assert len(texts) == 2
    assert " ".join(texts) == long
    await again(watched)
    assert len((await collected(watched, anna))["texts"]) == 2

    await anna.taps("Готово")
    await anna.taps("Не спеша")
    before = len(from_bot(anna))
    watched.passes(timedelta(minutes=1))
    await anna.says(long)  # too long for this question: its tail, which would fit, is no answer either
    assert len(from_bot(anna)) == before + 1
    assert "а помещается 1 000" in first_line(anna).replace("\u00a0", " ")
    assert "why" not in (await answers_of(watched, anna) or {})
    watched.passes(timedelta(minutes=1))
    await anna.says("Потому что\nтак надо")
    assert "Почему: Потому что\nтак надо" in anna.sees


async def test_more_pieces_at_the_summary(watched: House, deed: Deed) -> None:
    anna = await begin(watched)
    await anna.says("завтра в 15")
    await anna.says("Вопрос")
    await anna.taps("Готово")
    await anna.says("быстро  и <ПРОСТО>")
    assert first_line(anna) == "Так?"
    before = len(from_bot(anna))
    await anna.sends_album(photos(3), "и ещё вот")
    assert len(from_bot(anna)) == before + 1
    assert first_line(anna) == "Так?"
    assert "Что: Вопрос\nи ещё вот\n📎 3 файла" in anna.sees
    await anna.sends_album(photos(3))
    assert "Помещается не больше 4 файлов" in first_line(anna)
    await anna.taps("✅ Так")
    assert anna.sees == "Готово: сделано"
    (answers,) = deed.done
    assert answers["how"] == "quick"
    assert len(answers["what"]["files"]) == 4
    assert "why" not in answers
    assert answers["_"]["arg"] == 7


async def test_a_question_is_asked_only_when_it_is_called_for(watched: House, deed: Deed) -> None:
    anna = await begin(watched)
    await anna.says("завтра в 15")
    await anna.says("Вопрос")
    await anna.taps("Готово")
    await anna.says("медленно")
    assert "Выберите один из вариантов" in first_line(anna)
    await anna.says("Не Спеша")
    assert first_line(anna) == "Проба · шаг 4 из 4"
    why = anna.screen
    await asyncio.gather(*(anna.taps("Пропустить", message=why) for _ in range(2)))
    assert "Почему: не указано" in anna.sees
    await anna.taps("Исправить")
    await anna.taps("Как")
    await anna.taps("Быстро")
    assert first_line(anna) == "Так?"
    assert "Почему" not in anna.sees
    await anna.presses(anna.screen, "dc:probe:why")  # it is not asked now, so there is nothing to correct
    assert "уже ответили" in (anna.toast or "")
    assert first_line(anna) == "Так?"
    assert await answers_of(watched, anna) is not None


async def test_messages_sent_at_once_keep_their_order(watched: House, deed: Deed) -> None:
    assert isinstance(watched.dispatcher.fsm.events_isolation, WeakIsolation)
    anna = await begin(watched)
    await anna.says("завтра в 15")
    await asyncio.gather(*(anna.says(str(number)) for number in range(8)))
    assert [one["text"] for one in (await collected(watched, anna))["texts"]] == [str(number) for number in range(8)]


async def test_one_can_stop_between_any_two_messages(watched: House, deed: Deed) -> None:
    anna = await begin(watched)
    for words in ("завтра", "15:00", "Вопрос"):
        restarted(watched)
        await anna.says(words)
        await again(watched)
    restarted(watched)
    await anna.sends_album(photos(2))
    await again(watched)
    for label in ("Готово", "Не спеша"):
        restarted(watched)
        await anna.taps(label)
        await again(watched)
    await anna.says("Надо")
    await again(watched)
    restarted(watched)
    await anna.taps("✅ Так")
    await again(watched)
    assert (await deeds(watched)).count("probe.done") == 1
    (answers,) = deed.done
    assert [one["text"] for one in answers["what"]["texts"]] == ["Вопрос"]
    assert len(answers["what"]["files"]) == 2
    assert await count(watched, DialogState) == 0


async def test_a_refused_act_leaves_the_dialog_open(watched: House, deed: Deed) -> None:
    anna = await begin(watched, "db:note:0:")
    deed.fails = NotFound()
    await anna.says("Потому")
    assert first_line(anna) == "❗️ Этого здесь больше нет. Откройте меню: /menu"
    assert "Почему?" in anna.sees
    assert await count(watched, Audit, Audit.deed == "probe.done") == 0
    deed.fails = None
    await anna.says("Поэтому")
    assert anna.sees == "Готово: сделано"
    assert deed.done[0]["why"] == "Поэтому"


async def test_a_surprise_in_the_act_loses_nothing(house: House, deed: Deed) -> None:
    vera = house.world.visitor("Вера", id=ADMINISTRATOR_ID, started=True)
    anna = await begin(house)
    await anna.says("завтра в 15")
    await anna.says("Вопрос")
    await anna.taps("Готово")
    await anna.taps("Быстро")
    deed.fails = RuntimeError("the disk is full")
    with capture_logs() as logs:
        await anna.taps("✅ Так")
    assert [entry["event"] for entry in logs] == ["surprise"]
    assert logs[0]["exc_info"] is deed.fails
    assert logs[0]["code"] in (anna.alert or "")
    assert logs[0]["code"] in vera.sees
    assert "Что-то сломалось, и это наша вина" in (anna.alert or "")
    assert first_line(anna) == "Так?"
    assert await count(house, Audit, Audit.deed == "probe.done") == 0
    deed.fails = None
    await anna.taps("✅ Так")
    assert anna.sees == "Готово: сделано"
    assert await count(house, Audit, Audit.deed == "probe.done") == 1


async def test_a_dialog_that_changed_while_the_person_was_away(
    watched: House, deed: Deed, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = await begin(watched)
    await anna.says("завтра в 15")
    await anna.says("Вопрос")
    await anna.taps("Готово")
    await anna.taps("Быстро")
    summary = anna.screen
    grown = Dialog("probe", (*PROBE.questions, Text(key="who", longest=100)), texts="probe")
    l10n.bundle("ru").add_resource(FluentResource("probe-who-ask = Кто?\nprobe-who-label = Кто"))
    monkeypatch.setitem(DIALOGS, "probe", grown)
    monkeypatch.setitem(
        CONVERSATIONS, "probe", Conversation(dialog=grown, act=deed.act, finished=lambda t, result: Screen("Готово"))
    )
    await anna.taps("✅ Так", message=summary)
    assert "Кто?" in anna.sees  # a question that is new since; everything else is kept
    assert not deed.done
    await anna.says("Я")
    await anna.taps("✅ Так")
    assert deed.done[0]["who"] == "Я"

    await anna.says("/menu")
    await anna.presses(anna.screen, BEGIN)
    await anna.says("завтра в 15")
    question = anna.screen
    monkeypatch.delitem(DIALOGS, "probe")
    monkeypatch.delitem(CONVERSATIONS, "probe")
    watched.passes(timedelta(days=1))
    await anna.says("Вопрос")
    assert "Вы написали: «Вопрос»" in anna.sees
    for press in ("do:probe:what", "dx:probe", "df:probe", BEGIN, "dr"):
        await anna.presses(question, press)
        assert anna.toast == "Это уже сделано. Меню: /menu", press
        assert first_line(redrawn(anna, question)) == "Меню", press
    assert "Продолжить" not in str(redrawn(anna, question).buttons)
    await anna.presses(question, "db:edit-name:0:")
    assert "Как вас зовут?" in redrawn(anna, question).text
    assert (await person_of(watched, anna)).full_name == "Иванова Анна Петровна"
