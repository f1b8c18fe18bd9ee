"""People correct what they typed: by editing the message, as in any chat."""

from __future__ import annotations

from datetime import timedelta

from sandbox import Visitor
from services import consultations
from tests.support.consultations import TOPIC, set_scene
from tests.support.events import person_of
from tests.support.house import House


def told(visitor: Visitor) -> list[str]:
    return [message.text for message in visitor.messages if message.from_bot]


async def delivered(house: House) -> None:
    house.passes(timedelta(seconds=3))
    await house.delivers()


async def test_edits_of_a_question_and_of_an_answer_reach_the_other_side(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await anna.says("/ask")
    await anna.taps(TOPIC)
    (question,) = await anna.says("Как решить задачу 5?")
    await anna.taps("Отправить")
    await anna.edits(question, "Как решить задачу 6?")
    await delivered(house)
    assert "задачу 6?" in boris.sees, "it went out corrected"
    assert "задачу 5" not in boris.sees

    await boris.taps("Взять")
    await delivered(house)
    before = len(told(clara))
    await anna.edits(question, "Как решить задачу 7?")
    await anna.edits(question, "Как решить задачу <8>?")
    await delivered(house)
    assert "исправил(а) сообщение" in boris.sees
    assert "Как решить задачу <8>?" in boris.sees
    assert not any("задачу 7" in text for text in told(boris)), "only the last of quick corrections is told"
    assert len(told(clara)) == before
    (answer,) = await boris.replies(boris.screen, "По формуле")
    await delivered(house)
    assert "По формуле" in anna.sees

    await boris.edits(answer, "По формуле площади")
    await delivered(house)
    assert "По формуле площади" in anna.sees
    await anna.taps("Открыть")
    assert "<8>" in anna.sees
    assert "задачу 5" not in anna.sees
    assert house.world.faults == []


async def test_an_edit_that_concerns_no_open_consultation_changes_nothing(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    (typed,) = await anna.says("просто слово")
    seen = len(told(anna))
    await anna.edits(typed, "другое слово")
    assert len(told(anna)) == seen
    await anna.says("/ask")
    await anna.taps(TOPIC)
    (question,) = await anna.says("Как?")
    await anna.edits(question, "Как же?")
    await anna.taps("Отправить")
    await delivered(house)
    await boris.taps("Взять")
    await delivered(house)
    await anna.says("/menu")
    seen, heard = len(told(anna)), len(told(boris))
    async with house.db.write() as session:
        await consultations.close(session, await person_of(session, anna), 1, now=house.clock.now())
    await delivered(house)
    assert len(told(boris)) == heard + 1
    await anna.edits(question, "Как?!")
    await delivered(house)
    assert (len(told(anna)), len(told(boris))) == (seen, heard + 1)
    assert house.world.faults == []


async def test_the_second_half_of_a_long_question_is_corrected_in_its_place(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    words = " ".join(f"слово{number}" for number in range(600))
    await anna.says("/ask")
    await anna.taps(TOPIC)
    _head, tail = await anna.says(words)
    await anna.taps("Отправить")
    await anna.edits(tail, "конец")
    await delivered(house)
    relayed = " ".join(told(boris))
    assert "слово0 " in relayed
    assert "конец" in relayed
    assert "слово599" not in relayed
