"""A consultation that was over is opened again when its expert is one no more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services import roles
from tests.support.consultations import Scene, ask, set_scene
from tests.support.events import person_of
from tests.support.house import House


@pytest.fixture
async def scene(house: House) -> Scene:
    """Boris answered Anna, she closed it; then Olga, who may, ended his appointment."""
    scene = await set_scene(house)
    await ask(scene.anna, "Сколько этапов?")
    await house.delivers()
    await scene.boris.replies(scene.boris.screen, "Четыре.")
    await house.delivers()
    await scene.anna.taps("Вопрос решён")
    await house.delivers()
    async with house.db.write() as session:
        olga, boris = await person_of(session, scene.olga), await person_of(session, scene.boris)
        await roles.dismiss_expert(session, olga, boris.id, 1, now=house.clock.now())
    await house.delivers()
    house.passes(timedelta(days=30))  # Sunday, the twentieth of December
    return scene


async def test_it_goes_to_the_experts_of_the_topic_with_a_new_promise(house: House, scene: Scene) -> None:
    anna, boris, clara, olga = scene.anna, scene.boris, scene.clara, scene.olga
    before = len(boris.messages)
    await anna.says("/menu")
    await anna.taps("Мои вопросы")
    await anna.taps("№ 1.")
    await anna.replies(anna.screen, "А кто проверяет работы?")
    assert "снова открыта" in anna.sees
    assert "Ответ обещан: завтра, 18:00" in anna.sees
    await house.delivers()
    assert clara.buttons == ["✋ Взять", "📄 Открыть"]
    assert "Ответ обещан: завтра, 18:00" in clara.sees
    await clara.taps("Открыть")
    assert "А кто проверяет работы?" in clara.sees
    assert "никто не взял" not in olga.sees
    house.passes(timedelta(days=2))
    await house.delivers()
    assert "никто не взял" in olga.sees
    assert len(boris.messages) == before
    await clara.taps("Взять")
    await clara.taps("Ответить")
    await clara.says("Жюри.")
    await house.delivers()
    assert "Жюри." in anna.sees


async def test_the_former_expert_opens_nothing_and_may_say_thanks(house: House, scene: Scene) -> None:
    closed = next(one for one in scene.boris.messages if "консультация завершена" in one.text)
    await scene.boris.replies(closed, "Забыл добавить про пятый этап")
    assert "Вы не эксперт темы «Олимпиады по математике»" in scene.boris.sees
    await scene.boris.replies(closed, "Спасибо!")
    assert "Отправлено: консультация № 1" in scene.boris.sees
    await scene.anna.says("/menu")
    await scene.anna.taps("Мои вопросы")
    assert "закрыта" in scene.anna.sees
