"""Consultations where something goes wrong: two at once, twice, blocked, gone, restarted."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from sqlalchemy import func, select, update

from models import Consultation, ConsultationMessage, TopicExpert
from tests.support.consultations import TOPIC, ask, set_scene
from tests.support.events import person_of
from tests.support.house import House, make_house

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


async def _count(house: House, table: type[Consultation] | type[ConsultationMessage]) -> int:
    async with house.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


async def test_two_experts_take_at_once_and_one_gets_it(house: House) -> None:
    scene = await set_scene(house)
    boris, clara = scene.boris, scene.clara
    await ask(scene.anna, "Кому достанется?")
    await house.delivers()
    await asyncio.gather(boris.taps("Взять"), clara.taps("Взять"))
    winners = [one for one in (boris, clara) if "Вы взяли этот вопрос" in one.sees]
    assert len(winners) == 1
    (winner,) = winners
    loser = clara if winner is boris else boris
    name = "Петров Борис Ильич" if winner is boris else "Кузнецова Клара Львовна"
    assert loser.toast == f"Этот вопрос уже взял(а) {name}."
    assert f"Взял(а) {name}" in loser.sees
    assert "Кому достанется?" in loser.sees
    await house.delivers()
    assert f"взял(а) {name}" in scene.anna.sees


async def test_second_taps_change_nothing(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await anna.says("/ask")
    await anna.taps(TOPIC)
    await anna.says("Один вопрос")
    summary = anna.screen
    await asyncio.gather(anna.taps("Отправить", message=summary), anna.taps("Отправить", message=summary))
    assert await _count(house, Consultation) == 1
    await house.delivers()
    told = boris.screen
    await asyncio.gather(boris.taps("Взять", message=told), boris.taps("Взять", message=told))
    assert "Вы взяли этот вопрос" in boris.sees
    await boris.replies(boris.screen, "Один ответ")
    await house.delivers()
    assert len([one for one in anna.messages if "Один ответ" in one.text]) == 1
    answer = anna.screen
    await asyncio.gather(anna.taps("Вопрос решён", message=answer), anna.taps("Вопрос решён", message=answer))
    await house.delivers()
    assert len([one for one in boris.messages if "консультация завершена" in one.text]) == 1
    await asyncio.gather(anna.taps("5 ★"), anna.taps("5 ★"))
    assert "оценка 5 из 5" in anna.sees
    assert house.world.faults == []


async def test_every_update_may_be_served_twice(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    served = len(house.updates)
    await ask(anna, "Вопрос дважды", "и его продолжение")
    for one in house.updates[served:]:
        await house.again(one)
    assert await _count(house, Consultation) == 1
    await house.delivers()
    assert len([one for one in boris.messages if "Вопрос дважды" in one.text]) == 1
    served = len(house.updates)
    await boris.taps("Взять")
    await boris.replies(boris.screen, "Ответ дважды")
    await boris.taps("Открыть")
    await boris.taps("Ответить")
    await boris.says("И ещё раз")
    for one in house.updates[served:]:
        await house.again(one)
    house.passes(timedelta(seconds=10))
    await house.delivers()
    assert await _count(house, ConsultationMessage) == 3
    assert len([one for one in anna.messages if "Ответ дважды" in one.text and one.from_bot]) == 1
    assert len([one for one in anna.messages if "И ещё раз" in one.text]) == 1
    assert len([one for one in anna.messages if "взял(а)" in one.text]) <= 1


async def test_an_asker_who_blocked_the_bot(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await ask(anna, "Вопрос и тишина")
    await house.delivers()
    await boris.taps("Взять")
    await house.delivers()
    await anna.blocks()
    await boris.replies(boris.screen, "Ответ в пустоту")
    await house.delivers()
    assert "Иванова Анна Петровна сейчас не получает сообщений" in boris.sees
    await anna.unblocks()
    await anna.says("/menu")
    await anna.taps("Мои вопросы")
    await anna.taps("№ 1.")
    assert "Ответ в пустоту" in anna.sees


async def test_an_expert_who_blocked_the_bot(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await clara.blocks()
    await ask(anna, "Кто там?")
    await house.delivers()
    await boris.replies(boris.screen, "Я.")
    await house.delivers()
    await boris.blocks()
    await anna.replies(anna.screen, "А ещё?")
    await house.delivers()
    assert "Эксперт Петров Борис Ильич сейчас не получает сообщений" in anna.sees


async def test_whoever_is_no_expert_any_more_presses_an_old_button(house: House) -> None:
    scene = await set_scene(house)
    await ask(scene.anna, "Вопрос")
    await house.delivers()
    async with house.db.write() as session:
        boris = await person_of(session, scene.boris)
        await session.execute(
            update(TopicExpert).where(TopicExpert.person_id == boris.id).values(ended_at=house.clock.now())
        )
    await scene.boris.taps("Взять")
    assert scene.boris.alert is not None
    assert "не эксперт темы" in scene.boris.alert
    await scene.boris.replies(scene.boris.screen, "Всё равно отвечу")
    assert "прав" in scene.boris.sees
    await scene.clara.taps("Взять")
    assert "Вы взяли этот вопрос" in scene.clara.sees


async def test_an_asker_who_withdrew_the_consent(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await ask(anna, "Первый вопрос")
    await ask(anna, "Второй вопрос")
    await house.delivers()
    first = next(one for one in boris.messages if "Первый вопрос" in one.text)
    second = next(one for one in boris.messages if "Второй вопрос" in one.text)
    await boris.taps("Взять", message=first)
    await anna.says("/settings")
    await anna.taps("Личные данные")
    await anna.taps("Отозвать согласие")
    await anna.taps("Да, удалить")
    await house.delivers()
    assert "консультация завершена" in boris.sees
    assert "участник" in boris.sees
    for expert in (boris, clara):
        assert any("Второй вопрос" in one.text and "Вопрос закрыт" in one.text for one in expert.messages)
    await boris.presses(second, "qt:2:1")
    assert boris.toast == "Эта консультация уже закрыта."
    assert "Иванова" not in next(one for one in boris.messages if one.message_id == second.message_id).text


async def test_an_expert_who_withdrew_the_consent_leaves_the_question_to_others(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await ask(anna, "Кто продолжит?")
    await house.delivers()
    await boris.taps("Взять")
    await house.delivers()
    await boris.says("/settings")
    await boris.taps("Личные данные")
    await boris.taps("Отозвать согласие")
    await boris.taps("Да, удалить")
    await house.delivers()
    assert "Кто продолжит?" in clara.sees
    assert clara.buttons[0] == "✋ Взять"
    await clara.taps("Взять")
    assert "Вы взяли этот вопрос" in clara.sees
    await boris.says("/queue")
    assert "Здравствуйте" in boris.sees


async def test_a_file_of_25_megabytes_is_passed_on(house: House) -> None:
    scene = await set_scene(house)
    anna, boris = scene.anna, scene.boris
    await anna.says("/ask")
    await anna.taps(TOPIC)
    await anna.sends_file("урок.mp4", bytes(25 * 1024 * 1024), caption="Посмотрите урок")
    await anna.taps("Отправить")
    await house.delivers()
    assert [one.file.name for one in boris.messages if one.file is not None] == ["урок.mp4"]


async def test_an_old_button_shows_the_present_state(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await ask(anna, "Старая кнопка")
    await house.delivers()
    told = boris.screen
    await clara.taps("Взять")
    house.passes(timedelta(days=40))
    await boris.presses(told, "qt:1:1")
    assert boris.toast == "Этот вопрос уже взял(а) Кузнецова Клара Львовна."
    await clara.taps("Открыть", inaccessible=True)
    assert "Слово за вами" in clara.sees
    await boris.presses(boris.screen, "qo:77:0")
    assert boris.alert is not None
    await anna.presses(anna.screen, "qe:1:0")
    assert anna.alert is not None


async def test_a_restart_in_the_middle(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await anna.says("/ask")
    await anna.taps(TOPIC)
    await anna.says("Вопрос до перезапуска")

    house = make_house(house.db, world=house.world)
    await anna.sends_photo()
    assert "1 файл" in anna.sees
    await anna.taps("Отправить")
    await house.delivers()
    await boris.taps("Взять")

    house = make_house(house.db, world=house.world)  # before the other's card was redrawn and the asker told
    await house.delivers()
    assert "Взял(а) Петров Борис Ильич" in clara.sees
    assert "взял(а) Петров Борис Ильич" in anna.sees
    await boris.replies(boris.screen, "Ответ после перезапуска")

    house = make_house(house.db, world=house.world)
    await house.delivers()
    assert "Ответ после перезапуска" in anna.sees


async def test_a_colleague_sees_the_question_but_not_what_was_said_to_another(house: House) -> None:
    scene = await set_scene(house)
    anna, boris, clara = scene.anna, scene.boris, scene.clara
    await ask(anna, "Личный вопрос")
    await house.delivers()
    await boris.replies(boris.screen, "Личный ответ")
    await house.delivers()
    await clara.taps("Открыть")
    assert "Личный вопрос" in clara.sees
    assert "Личный ответ" not in clara.sees
    await clara.presses(clara.screen, "db:say:1:")
    assert clara.alert is not None
    assert "Петров Борис Ильич" in clara.alert
    outsider = house.visitor("Чужой")
    await outsider.says("/start")
    await outsider.presses(outsider.screen, "qo:1:0")
    assert "Личный" not in outsider.sees


async def test_what_the_asker_adds_before_it_is_taken_reaches_whoever_takes_it(house: House) -> None:
    scene = await set_scene(house)
    anna, clara = scene.anna, scene.clara
    await ask(anna, "Начало вопроса")
    await anna.replies(anna.screen, "Забыла приложить")
    assert "Добавлено к вопросу № 1" in anna.sees
    await anna.sends_photo(reply_to=anna.screen)
    await house.delivers()
    assert "Забыла" not in clara.sees
    await clara.taps("Взять")
    await house.delivers()
    assert any("Забыла приложить" in one.text for one in clara.messages)
    assert [one.media for one in clara.messages if one.media] == ["photo"]


async def test_the_taker_may_change_the_mind_of_nobody(house: House) -> None:
    """The asker closes before anybody took it: the experts' cards say so, nobody is told to answer."""
    scene = await set_scene(house)
    anna, boris, olga = scene.anna, scene.boris, scene.olga
    await ask(anna, "Уже не нужно")
    await house.delivers()
    await anna.taps("Открыть")
    await anna.taps("Вопрос решён")
    assert not any("★" in button for button in anna.buttons)
    await house.delivers()
    assert "Вопрос закрыт" in boris.sees
    house.passes(timedelta(days=5))
    await house.delivers()
    assert "никто не взял" not in olga.sees
    await anna.taps("Написать")
    await anna.says("Всё-таки нужно")
    await house.delivers()
    assert boris.buttons[0] == "✋ Взять"
    assert "никто не взял" in olga.sees  # its promise is long past


async def test_another_bot_takes_the_place_of_the_former(house: House) -> None:
    scene = await set_scene(house)
    await ask(scene.anna, "Вопрос прежнему боту")
    await house.delivers()

    house = make_house(house.db)  # all chats are empty, their messages are counted from the first again
    anna = house.world.visitor("Анна", id=scene.anna.id, started=True)
    boris = house.world.visitor("Борис", id=scene.boris.id, started=True)
    await ask(anna, "Вопрос новому боту")
    assert "Вопрос № 2 отправлен" in anna.sees
    await house.delivers()
    assert "Вопрос новому боту" in boris.sees
    async with house.db.read() as session:
        former, present = await session.scalars(select(ConsultationMessage).order_by(ConsultationMessage.id))
    assert [part["text"] for part in former.texts] == ["Вопрос прежнему боту"]
    assert former.source_id < 0 < present.source_id
