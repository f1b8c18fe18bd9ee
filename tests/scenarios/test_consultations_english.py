"""The whole of a consultation in English, as each side reads it, and the help of each role in both languages."""

from __future__ import annotations

from datetime import timedelta

import pytest

from sandbox import Visitor
from tests.support.consultations import TOPIC, set_scene, settle
from tests.support.house import House


async def speaks_english(*visitors: Visitor) -> None:
    """They choose the language."""
    for visitor in visitors:
        await visitor.says("/settings")
        await visitor.taps("English")


async def asks(visitor: Visitor, text: str) -> None:
    """A question in English."""
    await visitor.says("/ask")
    assert "What is your question about?" in visitor.sees
    await visitor.taps(TOPIC)
    await visitor.says(text)
    await visitor.taps("Send")


async def test_the_asker_and_the_expert(house: House) -> None:
    scene = await set_scene(house)
    boris = scene.boris
    (alice,) = await settle(house, "Лесникова Алиса Олеговна", organisation="Школа № 5")
    await speaks_english(alice, boris)
    await asks(alice, "Where do I begin?")
    assert "Question No. 1 is sent" in alice.sees
    assert "⏳ Answer promised: Mon, November 23, 18:00. It will come here." in alice.sees

    await house.delivers()
    assert f"❓ Question No. 1 · {TOPIC}" in boris.sees
    assert "👤 Asked by: Лесникова Алиса Олеговна, Школа № 5" in boris.sees
    assert "⏳ Answer promised: Mon, November 23, 18:00" in boris.sees
    assert "Where do I begin?" in boris.sees
    assert "Tap “Take it”, or reply to this message at once: your answer goes to the author." in boris.sees
    assert boris.buttons == ["✋ Take it", "📄 Open"]

    await boris.says("/queue")
    assert "1 new question waits for an expert. Nobody waits for an answer of yours." in boris.sees
    assert boris.buttons == ["🆕 New · 1", "☰ Menu"]
    await boris.taps("New")
    assert f"No. 1 · {TOPIC}" in boris.sees
    assert "Лесникова Алиса Олеговна · answer by: Mon, November 23, 18:00" in boris.sees
    await boris.taps("No. 1. Where do I begin?")
    assert "🆕 Waits for an expert to take it" in boris.sees
    await boris.taps("Take it")
    assert "✍️ It is your turn" in boris.sees
    assert boris.buttons == ["💬 Reply", "‹ Back", "☰ Menu"]
    await house.delivers()
    assert "Your question was taken by Петров Борис Ильич." in alice.sees

    await boris.taps("Reply")
    assert "Your next message is passed on at once" in boris.sees
    await boris.says("Start small.")
    assert "To: Лесникова Алиса Олеговна." in boris.sees
    await house.delivers()
    assert "Петров Борис Ильич answers:" in alice.sees
    await alice.replies(alice.screen, "How small?")
    await house.delivers()
    assert "Лесникова Алиса Олеговна writes:" in boris.sees
    await alice.taps("Open")
    assert "⏳ The expert is preparing an answer" in alice.sees
    assert alice.buttons == ["💬 Write", "✅ Solved", "‹ Back", "☰ Menu"]
    await alice.taps("Solved")
    await alice.taps("3 ★")
    assert "rated 3 of 5" in alice.sees
    await house.delivers()
    assert "Лесникова Алиса Олеговна: the consultation is finished. Thank you!" in boris.sees
    await boris.says("/queue")
    assert "No new questions. Nobody waits for an answer of yours." in boris.sees
    await boris.taps("Closed")
    assert "closed" in boris.sees
    await alice.says("/menu")
    await alice.taps("My questions")
    assert "Петров Борис Ильич · closed" in alice.sees


async def test_the_coordinator_of_an_overdue_question_and_the_experts_she_names(house: House) -> None:
    scene = await set_scene(house)
    boris, clara, olga = scene.boris, scene.clara, scene.olga
    (alice,) = await settle(house, "Лесникова Алиса Олеговна", organisation="Школа № 5")
    await speaks_english(alice, boris, clara, olga)
    await asks(alice, "Where do I begin?")
    await house.delivers()
    house.passes(timedelta(days=4))
    await house.delivers()
    assert f"⏰ Question No. 1 · {TOPIC}" in olga.sees
    assert "Nobody has taken this question." in olga.sees
    assert "👤 Asked by: Лесникова Алиса Олеговна, Школа № 5" in olga.sees
    assert "⏳ An answer was promised by: yesterday, 18:00" in olga.sees
    assert "Where do I begin?" in olga.sees
    assert olga.buttons == ["👤 Assign an expert", "📄 Open"]
    await boris.says("/queue")
    await boris.taps("New")
    assert "overdue: yesterday, 18:00" in boris.sees

    await olga.taps("Assign an expert")
    assert "Whom to assign?" in olga.sees
    await olga.taps("Петров Борис")
    assert olga.toast == "The expert is assigned and told"
    assert "🎓 Answered by: Петров Борис Ильич" in olga.sees
    await house.delivers()
    assert "👤 The coordinator assigned this question to you." in boris.sees
    assert "⏳ An answer was promised by: yesterday, 18:00" in boris.sees
    assert any("✋ Taken by Петров Борис Ильич." in one.text for one in clara.messages)

    await olga.taps("Assign an expert")
    await olga.taps("Кузнецова Клара")
    await house.delivers()
    assert "Now Кузнецова Клара Львовна answers it, and no answer of yours is needed any more." in boris.sees
    assert "Now Кузнецова Клара Львовна answers." in alice.sees
    assert "👤 The coordinator assigned this question to you." in clara.sees

    await clara.replies(clara.screen, "Start small.")
    await house.delivers()
    await asks(boris, "And what of experts?")
    await house.delivers()
    await clara.taps("Take it")
    await olga.presses(olga.screen, "qe:2:0")
    assert "This topic has no other experts. Appoint somebody else: open the topic." in olga.sees


HELP = {
    "ru": {
        "expert": "Эксперту: /queue — новые вопросы по вашим темам. Чтобы ответить, просто ответьте на сообщение с вопросом.",
        "coordinator": "Координатору: /manage — участники, события и материалы на проверке в ваших сетях",
        "administrator": "Администратору: /admin —",
    },
    "en": {
        "expert": "For experts: /queue — new questions on your topics. To answer, simply reply to the message with the question.",
        "coordinator": "Coordinators: /manage — members, events and works to be decided in your networks",
        "administrator": "For the administrator: /admin —",
    },
}


@pytest.mark.parametrize("language", HELP)
async def test_everybody_is_helped_with_what_they_may_do(house: House, language: str) -> None:
    scene = await set_scene(house)
    vera = await house.administrator()
    people = {
        scene.anna: set[str](),
        scene.boris: {"expert"},
        scene.olga: {"coordinator"},
        vera: {"coordinator", "administrator"},
    }
    for visitor, roles in people.items():
        if language == "en":
            await speaks_english(visitor)
        await visitor.says("/help")
        assert "/ask" in visitor.sees
        assert {role for role, words in HELP[language].items() if words in visitor.sees} == roles
