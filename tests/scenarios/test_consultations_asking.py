"""The ways a question comes: typed, as an album, in parts, from the menu."""

from __future__ import annotations

from datetime import timedelta

from sandbox import Visitor
from tests.support.consultations import TOPIC, open_topic, set_scene, settle
from tests.support.house import House

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


async def test_an_album_is_one_question_with_one_confirmation(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await anna.says("/ask")
    await anna.taps(TOPIC)
    before = len([one for one in anna.messages if one.from_bot])
    await anna.sends_album([("photo", f"{number}.png", PNG) for number in range(4)], caption="Что здесь не так?")
    assert len([one for one in anna.messages if one.from_bot]) == before + 1
    assert "4 файла" in anna.sees
    await anna.sends_voice()
    assert len([one for one in anna.messages if one.from_bot]) == before + 2
    assert "5 файлов" in anna.sees
    await anna.taps("Отправить")
    await house.delivers()
    relayed = [one for one in boris.messages if one.media]
    assert [one.media for one in relayed] == ["photo"] * 4 + ["voice"]
    texts = [one.text for one in boris.messages if one.from_bot][-7:]
    assert "Что здесь не так?" in texts[0]
    assert boris.buttons == ["✋ Взять", "📄 Открыть"]
    await boris.taps("Взять")
    assert "Вы взяли этот вопрос" in boris.sees
    await boris.taps("Открыть")
    await boris.taps("Файлы · 5")
    assert len([one for one in boris.messages if one.media]) == 10
    assert "все файлы выше" in boris.sees


async def test_a_question_of_5000_letters_arrives_whole(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    words = " ".join(f"слово{number}" for number in range(600))
    assert 5000 < len(words) < 6000
    await anna.says("/ask")
    await anna.taps(TOPIC)
    before = len([one for one in anna.messages if one.from_bot])
    sent = await anna.says(words)
    assert len(sent) == 2
    assert len([one for one in anna.messages if one.from_bot]) == before + 1
    await anna.taps("Отправить")
    await house.delivers()
    relayed = " ".join(one.text for one in boris.messages if one.from_bot and "слово" in one.text)
    assert all(f"слово{number}" in relayed.split() for number in range(600))
    await boris.taps("Открыть")
    pages = [boris.sees]
    while "« Раньше" in boris.buttons:
        await boris.taps("Раньше")
        pages.append(boris.sees)
    assert len(pages) > 1
    assert all(len(page) <= 4096 for page in pages)
    shown = " ".join(reversed(pages)).split()
    assert all(f"слово{number}" in shown for number in range(600))


async def test_what_was_typed_in_the_menu_becomes_the_question(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await anna.says("Где взять <задачи> про муравья?")
    await anna.taps("Спросить эксперта")
    assert "О чём вопрос" in anna.sees
    await anna.taps(TOPIC)
    assert "Отправить вопрос эксперту" in anna.sees
    assert "про муравья" in anna.sees
    await anna.taps("Отправить")
    await house.delivers()
    assert "Где взять <задачи> про муравья?" in boris.sees

    await anna.sends_photo(caption="И это")
    await anna.taps("Спросить эксперта")
    await anna.taps(TOPIC)
    await anna.taps("Отправить")
    await house.delivers()
    assert [one.media for one in boris.messages if one.media] == ["photo"]

    await boris.taps("Взять", message=next(one for one in boris.messages if "муравья" in one.text))
    await house.delivers()
    await anna.says("Забыла сказать: для пятого класса")
    await anna.taps("В консультацию № ")
    await house.delivers()
    assert any("для пятого класса" in one.text for one in boris.messages)


async def test_what_was_typed_does_not_swallow_an_unfinished_question(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await anna.says("/ask")
    await anna.taps(TOPIC)
    await anna.says("Первый, длинный вопрос")
    await anna.says("/menu")
    await anna.says("Второй, короткий")
    await anna.taps("Спросить эксперта")
    assert "незаконченное" in anna.sees
    await anna.taps("Начать: вопрос эксперту")
    await anna.taps(TOPIC)
    assert "Второй, короткий" in anna.sees
    assert "Первый" not in anna.sees
    await anna.taps("Отправить")
    await house.delivers()
    assert "Второй, короткий" in boris.sees


async def test_own_subjects_come_first_and_topics_are_found_by_typing(house: House) -> None:
    scene = await set_scene(house)
    await open_topic(house, scene.olga, scene.boris, title="Астрономия", subject=None)
    await open_topic(house, scene.olga, scene.anna, title="Только я", subject=None)
    for number in range(6):
        await open_topic(house, scene.olga, scene.boris, title=f"Биология {number}", subject=None)
    await scene.anna.says("/ask")
    assert scene.anna.buttons[:2] == [TOPIC, "Астрономия"]
    assert "Только я" not in scene.anna.buttons
    await scene.anna.says("астрономии")
    assert scene.anna.buttons[0] == "Астрономия"
    assert TOPIC not in scene.anna.buttons


async def test_nobody_to_ask_yet(house: House) -> None:
    (anna,) = await settle(house, "Иванова Анна Петровна")
    await anna.says("/menu")
    await anna.taps("Задать вопрос")
    assert "Пока спросить некого" in anna.sees
    assert anna.buttons == ["☰ Меню"]
    await anna.says("Есть кто?")
    assert "❓ Спросить эксперта" not in anna.buttons


LONG = " ".join(f"слово{number}" for number in range(600))
ALBUM = [("photo", f"{number}.png", PNG) for number in range(4)]


def answers_of_the_bot(visitor: Visitor) -> int:
    return sum(message.from_bot for message in visitor.messages)


async def test_a_long_text_typed_in_the_menu_gets_one_offer_and_becomes_one_question(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    before = answers_of_the_bot(anna)
    assert len(await anna.says(LONG)) == 2
    assert answers_of_the_bot(anna) == before + 1
    house.passes(timedelta(seconds=10))
    await anna.says("Ещё одно, короткое")
    assert answers_of_the_bot(anna) == before + 2
    await anna.taps("Спросить эксперта", message=anna.messages[-3])
    await anna.taps(TOPIC)
    await anna.taps("Отправить")
    await house.delivers()
    relayed = " ".join(one.text for one in boris.messages if one.from_bot).split()
    assert all(f"слово{number}" in relayed for number in range(600))
    assert "короткое" not in relayed


async def test_an_album_sent_in_the_menu_gets_one_offer_and_goes_whole_wherever_it_is_meant_for(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    before = answers_of_the_bot(anna)
    await anna.sends_album(ALBUM, caption="Что здесь не так?")
    assert answers_of_the_bot(anna) == before + 1
    await anna.taps("Спросить эксперта")
    await anna.taps(TOPIC)
    assert "4 файла" in anna.sees
    await anna.taps("Отправить")
    await house.delivers()
    assert [one.media for one in boris.messages if one.media] == ["photo"] * 4

    await boris.taps("Взять")
    await house.delivers()
    before = answers_of_the_bot(anna)
    await anna.sends_album(ALBUM[:3], caption="И вот ещё")
    assert answers_of_the_bot(anna) == before + 1
    await anna.taps("В консультацию № ")
    house.passes(timedelta(seconds=3))
    await house.delivers()
    assert [one.media for one in boris.messages if one.media] == ["photo"] * 7


async def test_parts_served_again_after_a_crash_are_one_thing_still(house: House) -> None:
    scene = await set_scene(house)
    anna = scene.anna
    before = answers_of_the_bot(anna)
    await anna.sends_album(ALBUM)
    first, second = house.updates[-4:-2]
    await house.again(second)
    assert answers_of_the_bot(anna) == before + 1
    await house.again(first)
    assert answers_of_the_bot(anna) == before + 2, "it may never have been answered"
    await anna.taps("Спросить эксперта")
    await anna.taps(TOPIC)
    assert "4 файла" in anna.sees
