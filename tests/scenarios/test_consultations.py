"""A teacher asks, two experts hear it, one answers, the coordinator watches."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Visitor
from tests.support.consultations import TOPIC, ask, set_scene, settle
from tests.support.house import House

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


def taps(house: House, visitor: Visitor) -> int:
    """How many buttons this person has pressed so far."""
    return sum(
        update.callback_query is not None and update.callback_query.from_user.id == visitor.id
        for update in house.updates
    )


async def test_a_question_from_the_menu_to_the_rating(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await anna.says("/menu")
    before = taps(house, anna)
    await anna.taps("Задать вопрос")
    assert "О чём вопрос" in anna.sees
    await anna.taps(TOPIC)
    await anna.says("Как объяснить дроби тем, кто <не> любит пиццу & торты?")
    assert "Отправить вопрос эксперту" in anna.sees
    await anna.taps("Отправить")
    assert taps(house, anna) - before <= 4
    assert "Вопрос № 1 отправлен" in anna.sees
    assert "23 ноября, пн, 18:00" in anna.sees  # asked on a Friday

    await house.delivers()
    for expert in (boris, clara):
        assert "Вопрос № 1 · Олимпиады по математике" in expert.sees
        assert "Иванова Анна Петровна, Лицей № 1" in expert.sees
        assert "тем, кто <не> любит пиццу & торты?" in expert.sees
        assert expert.buttons == ["✋ Взять", "📄 Открыть"]
    assert "Вопрос № 1" not in scene.olga.sees

    before = taps(house, boris)
    await boris.taps("Взять")
    assert "Вы взяли этот вопрос" in boris.sees
    assert "любит пиццу" in boris.sees
    await house.delivers()
    assert "Взял(а) Петров Борис Ильич" in clara.sees
    assert "любит пиццу" in clara.sees
    assert clara.buttons == ["📄 Открыть"]
    assert "взял(а) Петров Борис Ильич" in anna.sees

    await boris.taps("Ответить")
    await boris.says("Режьте яблоко.")
    assert taps(house, boris) - before <= 2
    assert "Отправлено" in boris.sees
    await house.delivers()
    assert "Режьте яблоко." in anna.sees
    assert anna.buttons[:2] == ["💬 Ответить", "✅ Вопрос решён"]

    await anna.replies(anna.screen, "А если яблоко круглое?")
    await house.delivers()
    assert "А если яблоко круглое?" in boris.sees
    await boris.replies(boris.screen, "Тогда апельсин.")
    await house.delivers()
    await anna.taps("Вопрос решён")
    assert "Закрыта" in anna.sees
    await anna.taps("5 ★")
    assert "оценка 5 из 5" in anna.sees
    await house.delivers()
    assert "консультация завершена" in boris.sees
    await boris.taps("Открыть")
    for words in ("любит пиццу", "Режьте яблоко.", "А если яблоко круглое?", "Тогда апельсин.", "оценка 5 из 5"):
        assert words in boris.sees

    await anna.says("/menu")
    await anna.taps("Мои вопросы")
    assert "№ 1 · Олимпиады по математике" in anna.sees
    assert "Петров Борис Ильич · закрыта" in anna.sees
    assert house.world.faults == []


async def test_the_queue_counts_what_waits_and_leads_to_it(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    for number in range(1, 9):
        await ask(anna, f"Вопрос о задаче {number}")
    await house.delivers()
    await boris.says("/menu")
    assert "📥 Очередь · 8" in boris.buttons
    await boris.taps("Очередь")
    assert "8 новых вопросов ждут" in boris.sees
    await boris.taps("Новые")
    assert "1–6 из 8" in boris.sees
    await boris.taps("Дальше")
    assert "7–8 из 8" in boris.sees
    await boris.taps("№ 8.")
    assert "Ждёт, когда его возьмёт эксперт" in boris.sees
    await boris.taps("Взять")
    assert "Слово за вами" in boris.sees
    await boris.taps("Назад")
    assert "7 новых вопросов ждут" in boris.sees
    assert "В 1 консультации слово за вами" in boris.sees
    await boris.taps("Ждут моего ответа")
    await boris.taps("№ 8.")
    await boris.taps("Ответить")
    assert "№ 8" in boris.sees
    await boris.says("Вот так.")
    await boris.says("/queue")
    assert "💬 Слово за автором · 1" in boris.buttons
    await house.delivers()
    await anna.says("/menu")
    await anna.taps("Мои вопросы")
    assert "слово за вами" in anna.sees
    assert "ответ до: 23 ноября" in anna.sees
    await anna.says("/queue")
    assert "Новых вопросов нет" in anna.sees


async def test_a_long_answer_is_one_message_and_a_reply_to_its_second_part_counts(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await ask(anna, "Как готовить к олимпиаде?")
    await house.delivers()
    words = " ".join(f"совет{number}" for number in range(600))
    before = len(boris.messages)
    sent = await boris.replies(boris.screen, words)
    assert len(sent) == 2
    assert len(boris.messages) == before + 3  # two parts, one confirmation
    assert "Вы взяли вопрос № 1" in boris.sees
    house.passes(timedelta(seconds=3))
    await house.delivers()
    parts = [one for one in anna.messages if "совет" in one.text]
    assert len(parts) == 2
    assert " ".join(part.text for part in parts).count("совет") == 600
    assert parts[0].buttons == []
    await anna.replies(parts[0], "Про первую часть")
    await house.delivers()
    assert "Про первую часть" in boris.sees
    await anna.replies(parts[1], "А про вторую?")
    await house.delivers()
    assert "А про вторую?" in boris.sees


async def test_an_answer_may_be_an_album(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await ask(anna, "Покажите доску")
    await house.delivers()
    await boris.taps("Взять")
    await boris.taps("Ответить")
    before = len(boris.messages)
    await boris.sends_album([("photo", f"{number}.png", PNG) for number in range(3)], caption="Вот она")
    assert len(boris.messages) == before + 4  # three parts, one confirmation
    house.passes(timedelta(seconds=3))
    await house.delivers()
    assert len([one for one in anna.messages if one.media == "photo"]) == 3
    assert any("Вот она" in one.text for one in anna.messages)
    assert anna.buttons[0] == "💬 Ответить"


async def test_an_expert_talks_in_several_consultations_at_once(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    (daria,) = await settle(house, "Смирнова Дарья Олеговна", organisation="Школа № 5")
    await ask(anna, "Первый вопрос")
    await ask(daria, "Второй вопрос")
    await house.delivers()
    first = next(one for one in boris.messages if "Первый вопрос" in one.text)
    second = next(one for one in boris.messages if "Второй вопрос" in one.text)
    await boris.replies(second, "Ответ на второй")
    await boris.replies(first, "Ответ на первый")
    await boris.replies(second, "Ещё о втором")
    await house.delivers()
    assert "Ответ на первый" in anna.sees
    assert "Ещё о втором" in daria.sees
    assert not any("втор" in one.text for one in anna.messages if one.from_bot)
    assert not any("перв" in one.text.lower() for one in daria.messages if one.from_bot)


async def test_nobody_takes_it_so_the_coordinator_is_told_once_and_assigns(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara, olga = scene.anna, scene.boris, scene.clara, scene.olga
    await ask(anna, "Есть ли сборник за прошлый год?")
    await house.delivers()
    house.passes(timedelta(days=3, hours=7, minutes=50))
    await house.delivers()
    assert "никто не взял" not in olga.sees
    house.passes(timedelta(minutes=15))
    await house.delivers()
    assert "Этот вопрос никто не взял" in olga.sees
    assert "сборник за прошлый год" in olga.sees
    told = len(olga.messages)
    house.passes(timedelta(days=1))
    await house.delivers()
    assert len(olga.messages) == told
    await olga.taps("Назначить эксперта")
    assert olga.buttons[:2] == ["Кузнецова Клара Львовна", "Петров Борис Ильич"]
    await olga.taps("Кузнецова Клара")
    assert "Отвечает: Кузнецова Клара Львовна" in olga.sees
    await house.delivers()
    assert "Координатор поручил этот вопрос вам" in clara.sees
    assert "Взял(а) Кузнецова Клара Львовна" in boris.sees
    assert "взял(а) Кузнецова Клара Львовна" in anna.sees
    await clara.replies(clara.screen, "Есть, пришлю.")
    await house.delivers()
    assert "Есть, пришлю." in anna.sees


async def test_thanks_do_not_open_it_again_and_a_real_word_does(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await ask(anna, "Сколько этапов?")
    await house.delivers()
    await boris.replies(boris.screen, "Четыре.")
    await house.delivers()
    answer = anna.screen
    await anna.replies(answer, "Спасибо большое!")
    assert "Если вопрос решён" in anna.sees
    await anna.taps("Вопрос решён")
    await anna.replies(answer, "👍")
    await house.delivers()
    await boris.says("/queue")
    assert "✅ Закрытые · 1" in boris.buttons
    await anna.replies(answer, "А кто проверяет работы?")
    assert "снова открыта" in anna.sees
    await house.delivers()
    assert "Консультация снова открыта" in boris.sees
    assert "А кто проверяет работы?" in boris.sees
    await boris.says("/queue")
    assert "✍️ Ждут моего ответа · 1" in boris.buttons


async def test_the_expert_closes_after_an_answer_only_and_the_asker_rates(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await ask(anna, "Сколько этапов?")
    await house.delivers()
    await boris.taps("Взять")
    await boris.taps("Открыть")
    assert "✅ Вопрос решён" not in boris.buttons
    await boris.presses(boris.screen, "qc:1")
    assert boris.alert is not None
    assert "Сначала ответьте" in boris.alert
    await boris.taps("Ответить")
    await boris.says("Четыре.")
    await boris.taps("Открыть")
    await boris.taps("Вопрос решён")
    await house.delivers()
    assert "Оцените от 1 до 5" in anna.sees
    await anna.taps("4 ★")
    assert "оценка 4 из 5" in anna.sees
    await anna.taps("2 ★")
    assert "оценка 2 из 5" in anna.sees
    await boris.presses(boris.screen, "qg:1:5")
    assert boris.alert is not None
    await boris.says("/queue")
    await boris.taps("Закрытые")
    await boris.taps("№ 1.")
    assert "оценка 2 из 5" in boris.sees


@pytest.mark.parametrize("asks_at", [timedelta(hours=12, minutes=30), timedelta(hours=20, minutes=55)])
async def test_answers_reach_the_asker_at_night_questions_wait_for_the_morning(
    house: House, asks_at: timedelta
) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await ask(anna, "Дневной вопрос")
    await house.delivers()
    house.passes(asks_at)  # 22:30 or 06:55 in the centre
    await boris.replies(next(one for one in boris.messages if "Дневной" in one.text), "Ночной ответ")
    await house.delivers()
    assert "Ночной ответ" in anna.sees
    await ask(anna, "Ночной вопрос")
    await house.delivers()
    assert "Ночной вопрос" not in clara.sees
    house.passes(timedelta(hours=9))
    await house.delivers()
    assert "Ночной вопрос" in clara.sees
