"""A coordinator names another expert in the place of the one who had the question."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from models import TopicExpert
from sandbox import Visitor
from tests.support.consultations import Scene, ask, set_scene
from tests.support.events import person_of
from tests.support.house import House


def heard(visitor: Visitor, words: str) -> int:
    """How many messages with these words this person got."""
    return sum(words in one.text for one in visitor.messages)


async def taken_by_boris(house: House) -> Scene:
    """Boris has taken Anna's question; Olga looks at its card."""
    scene = await set_scene(house)
    await ask(scene.anna, "Есть ли сборник?")
    await house.delivers()
    await scene.boris.taps("Взять")
    await house.delivers()
    await scene.olga.says("/menu")
    await scene.olga.presses(scene.olga.screen, "qo:1:0")
    return scene


async def assign(house: House, scene: Scene, name: str) -> None:
    """Olga gives it to this one."""
    await scene.olga.presses(scene.olga.screen, "qe:1:0")
    await scene.olga.taps(name)
    await house.delivers()


async def test_everybody_hears_before_the_first_answer(house: House) -> None:
    scene = await taken_by_boris(house)
    await assign(house, scene, "Кузнецова Клара")
    assert "Теперь на него отвечает Кузнецова Клара Львовна" in scene.boris.sees
    assert "Теперь отвечает Кузнецова Клара Львовна" in scene.anna.sees
    assert "Ответ обещан: 23 ноября, пн, 18:00" in scene.anna.sees
    assert "Координатор поручил этот вопрос вам" in scene.clara.sees
    assert "Ответ обещан: 23 ноября, пн, 18:00" in scene.clara.sees
    await scene.boris.taps("Открыть")
    assert "Отвечает: Кузнецова Клара Львовна" in scene.boris.sees


async def test_everybody_hears_after_the_first_answer(house: House) -> None:
    scene = await taken_by_boris(house)
    await scene.boris.replies(scene.boris.screen, "Есть, но старый.")
    await house.delivers()
    await assign(house, scene, "Кузнецова Клара")
    assert heard(scene.boris, "Теперь на него отвечает Кузнецова Клара Львовна") == 1
    assert heard(scene.anna, "Теперь отвечает Кузнецова Клара Львовна") == 1
    assert "Ответ обещан" not in scene.anna.sees
    assert "Ответ обещан" not in scene.clara.sees


async def test_a_former_expert_who_is_expert_of_nothing_hears_it_too(house: House) -> None:
    scene = await taken_by_boris(house)
    async with house.db.write() as session:
        boris = await person_of(session, scene.boris)
        await session.execute(
            update(TopicExpert).where(TopicExpert.person_id == boris.id).values(ended_at=house.clock.now())
        )
    await assign(house, scene, "Кузнецова Клара")
    assert "Теперь на него отвечает Кузнецова Клара Львовна" in scene.boris.sees
    assert "📄 Открыть" not in scene.boris.buttons


async def test_at_night_only_what_is_true_in_the_morning_is_told(house: House) -> None:
    scene = await taken_by_boris(house)
    house.passes(timedelta(hours=12))
    await assign(house, scene, "Кузнецова Клара")
    await assign(house, scene, "Петров Борис")
    house.passes(timedelta(hours=12))
    await house.delivers()
    assert heard(scene.boris, "передал этот вопрос") == 0
    assert heard(scene.clara, "передал этот вопрос") == 0
    assert heard(scene.clara, "поручил этот вопрос вам") == 0
    assert heard(scene.boris, "поручил этот вопрос вам") == 1
    assert heard(scene.anna, "Теперь отвечает Петров Борис Ильич") == 1
