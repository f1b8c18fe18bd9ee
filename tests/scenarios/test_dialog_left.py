"""An open dialog, and whatever else happens in the chat: what is typed next is its answer, or is offered as one; never lost."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete

from models import Consultation, TopicExpert
from sandbox import MessageView, Visitor
from sandbox.pictures import plain_png
from tests.support.consultations import TOPIC, Scene, ask, set_scene
from tests.support.events import network_of, person_of, plan_event
from tests.support.house import House
from tests.support.registering import NAME, begin
from tests.support.stories import again, answers_of, count, first_line, from_bot, redrawn, restarted

QUESTION = "Как подготовить пятиклассника к олимпиаде?"
NOT_TAKEN = "Это пока никуда не записано. У вас не закончено: вопрос эксперту."


async def invite(house: House, scene: Scene) -> MessageView:
    """Anna is invited to an event of her network. Gives the invitation, as she has it."""
    network_id = await network_of(house, scene.olga, scene.anna)
    now = house.clock.now()
    async with house.db.write() as session:
        actor = await person_of(session, scene.olga)
        event = await plan_event(session, actor, network_id, starts_at=now + timedelta(days=3), now=now)
        event_id = event.id
    await scene.olga.says("/menu")
    await scene.olga.presses(scene.olga.screen, f"ei:{event_id}")
    await house.delivers()
    return scene.anna.screen


async def is_asked(house: House, scene: Scene) -> None:
    """The question goes out, and the expert has it word for word."""
    await scene.anna.taps("Отправить")
    await house.delivers()
    assert any(QUESTION in one.text for one in from_bot(scene.boris))
    assert await count(house, Consultation) == 1


async def come_to_question(anna: Visitor) -> None:
    await anna.says("/ask")
    await anna.taps(TOPIC)
    assert "шаг 2 из 2" in first_line(anna)


async def test_a_button_above_the_question_does_not_take_the_answer_away(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    invitation = await invite(watched, scene)
    await come_to_question(anna)
    await anna.taps("Записаться", message=invitation)
    await anna.taps("Не приду", message=redrawn(anna, invitation))
    await anna.presses(invitation, "m")  # even the menu: the question is still the last thing in the chat
    assert first_line(redrawn(anna, invitation)) == "Меню"
    await anna.says(QUESTION)
    assert "Отправить вопрос эксперту" in anna.sees
    await is_asked(watched, scene)


async def test_a_deed_in_a_message_that_came_meanwhile_does_not_either(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await come_to_question(anna)
    await invite(watched, scene)
    await anna.taps("Записаться")
    assert anna.toast == "Вы записаны"
    await anna.taps("В календарь")
    await anna.says(QUESTION)
    assert "Отправить вопрос эксперту" in anna.sees


async def test_the_question_moves_on_and_what_stood_below_it_is_above_it(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await anna.says("/ask")
    invitation = await invite(watched, scene)
    await anna.says(TOPIC)  # typed: the next question stands below the invitation
    await anna.presses(invitation, "m")
    await anna.says(QUESTION)
    assert "Отправить вопрос эксперту" in anna.sees


async def test_what_is_typed_after_going_elsewhere_is_taken_with_one_tap(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await come_to_question(anna)
    await invite(watched, scene)
    await anna.taps("Подробнее")  # below the question, and another place
    await anna.says(QUESTION)
    assert NOT_TAKEN in anna.sees
    assert "ничего не нашлось" not in anna.sees
    assert "❓ Спросить эксперта" not in anna.buttons, "to go on is to ask"
    assert await answers_of(watched, anna) is not None
    offer = anna.screen
    restarted(watched)
    await anna.taps("Продолжить: вопрос эксперту")
    await again(watched)
    assert QUESTION in redrawn(anna, offer).text
    assert "Отправить вопрос эксперту" in redrawn(anna, offer).text
    await anna.presses(offer, "dt:ask:question")
    assert anna.toast == "На этот вопрос вы уже ответили. Вот где мы сейчас."
    await is_asked(watched, scene)
    await anna.presses(offer, "dt:ask:question")
    assert await count(watched, Consultation) == 1


async def test_a_further_photo_after_going_elsewhere_is_put_to_the_question_once(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await come_to_question(anna)
    await anna.says(QUESTION)
    await anna.says("/menu")
    await anna.sends_photo(plain_png(), caption="Вот решение")
    assert first_line(anna) == "Это пока никуда не отправлено"
    assert NOT_TAKEN in anna.sees
    assert "❓ Спросить эксперта" in anna.buttons, "it may be another question"
    offer = anna.screen
    await anna.taps("Продолжить: вопрос эксперту")
    await anna.presses(offer, "dt:ask:summary")
    assert f"Вопрос: {QUESTION}\nВот решение\n📎 1 файл" in anna.sees


async def test_taking_a_question_below_asks_whose_answer_it_is(watched: House) -> None:
    """Boris asks something himself; a question for him comes below. What he types may be meant for either."""
    scene = await set_scene(watched)
    anna, boris = scene.anna, scene.boris
    await boris.says("/ask")
    await boris.taps(TOPIC)
    await ask(anna, QUESTION)
    await watched.delivers()
    await boris.taps("Взять")
    await boris.says("Начните с задач на переливания")
    assert "▶️ Продолжить: вопрос эксперту" in boris.buttons
    await boris.taps("В консультацию № 1")
    await watched.delivers()
    assert any("переливания" in one.text for one in from_bot(anna))


async def test_a_wrong_answer_typed_elsewhere_is_told_what_is_wrong(watched: House) -> None:
    anna = await begin(watched)
    await anna.says("/help")
    await anna.says("Анна")
    await anna.taps("Продолжить: анкета")
    assert "Одного слова мало" in first_line(anna)
    await anna.says(NAME)
    assert first_line(anna) == "Анкета · шаг 2 из 5"


async def test_without_the_words_it_only_goes_on(watched: House) -> None:
    """The person has deleted what they typed, so the offer replies to nothing any more."""
    anna = await begin(watched)
    await anna.says("/help")
    await anna.presses(anna.screen, "dt:registration:name")
    assert first_line(anna) == "Анкета · шаг 1 из 5"
    await anna.presses(anna.screen, "dt:nothing:name")
    assert first_line(anna) == "Анкета · шаг 1 из 5"
    assert await answers_of(watched, anna) == {}


async def test_what_cannot_be_the_answer_is_not_offered_as_one(watched: House) -> None:
    anna = await begin(watched)
    await anna.says("/help")
    await anna.sends_voice()
    assert "никуда не записано" not in anna.sees
    await anna.taps("Продолжить: анкета")
    assert first_line(anna) == "Анкета · шаг 1 из 5"


async def test_the_words_fit_what_is_offered(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await anna.says(QUESTION)
    assert "Если это вопрос или сообщение, выберите, кому его передать" in anna.sees
    assert "другое слово" not in anna.sees
    assert "❓ Спросить эксперта" in anna.buttons
    await anna.sends_photo(plain_png())
    assert first_line(anna) == "Это пока никуда не отправлено"
    assert "❓ Спросить эксперта" in anna.buttons
    async with watched.db.write() as session:
        await session.execute(delete(TopicExpert))
    await anna.says(QUESTION)
    assert "Попробуйте другое слово" in anna.sees
    assert "❓ Спросить эксперта" not in anna.buttons
    await anna.sends_photo(plain_png())
    assert first_line(anna) == "Присланное никуда не попало"


# --- pieces that come later


def summaries(anna: Visitor) -> list[MessageView]:
    """Every summary of the question that stands in the chat, oldest first."""
    return [one for one in from_bot(anna) if one.text.startswith("Отправить вопрос эксперту")]


async def test_a_later_piece_gets_a_summary_below_and_the_old_one_loses_its_buttons(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await come_to_question(anna)
    await anna.says(QUESTION)
    watched.passes(timedelta(minutes=5))
    await anna.sends_photo(plain_png())
    await again(watched)
    watched.passes(timedelta(minutes=1))
    restarted(watched)
    await anna.sends_album([("photo", f"{one}.png", plain_png(one + 1)) for one in range(3)], "И ещё три")
    *old, newest = summaries(anna)
    assert newest.message_id == anna.screen.message_id
    assert [one.buttons for one in old] == [[]] * 3, "the first, the photo's, and the same served once more"
    assert f"Вопрос: {QUESTION}\nИ ещё три\n📎 4 файла" in newest.text
    assert "📎 1 файл" in old[-1].text
    await is_asked(watched, scene)
    assert [one.media for one in scene.boris.messages if one.media] == ["photo"] * 4


async def test_what_is_sent_together_has_one_summary_however_often_it_is_served(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await come_to_question(anna)
    await anna.sends_album([("photo", f"{one}.png", plain_png(one + 1)) for one in range(3)], QUESTION)
    assert len(summaries(anna)) == 1
    first, second = watched.updates[-3:-1]
    for update in (second, first):
        await watched.again(update)
    assert len(summaries(anna)) == 1
    assert f"Вопрос: {QUESTION}\n📎 3 файла" in anna.sees
    watched.passes(timedelta(minutes=1))
    await anna.says("Ж" * 5000)  # one text for the person, two messages for the bot
    assert len(summaries(anna)) == 2


async def test_words_at_a_summary_that_takes_none_are_answered_below_it(watched: House) -> None:
    scene = await set_scene(watched)
    anna, olga = scene.anna, scene.olga
    await network_of(watched, olga, anna)
    await anna.says("/products")
    await anna.taps("Сдать")
    await anna.taps("Разработка")
    await anna.says("Дроби на кухне")
    await anna.says("Урок о дробях с рецептами")
    await anna.sends_file("урок.txt", "Урок".encode())
    await anna.taps("Готово")
    before = anna.screen
    await anna.says("Вот")
    assert "Проверьте ответы и нажмите кнопку" in first_line(anna)
    assert redrawn(anna, before).buttons == []
    await anna.sends_file("слайды.txt", "Слайды".encode())
    assert "2 файла" in anna.sees


async def test_an_album_sent_elsewhere_is_taken_whole(watched: House) -> None:
    scene = await set_scene(watched)
    anna = scene.anna
    await come_to_question(anna)
    await anna.says("/menu")
    offers = len(from_bot(anna))
    await anna.sends_album([("photo", f"{one}.png", plain_png(one + 1)) for one in range(4)], QUESTION)
    assert len(from_bot(anna)) == offers + 1
    await anna.taps("Продолжить: вопрос эксперту")
    assert f"Вопрос: {QUESTION}\n📎 4 файла" in anna.sees
    await anna.says("/menu")
    watched.passes(timedelta(minutes=1))
    await anna.says(" ".join(f"слово{number}" for number in range(600)))  # two messages for the bot
    await anna.taps("Продолжить: вопрос эксперту")
    await is_asked(watched, scene)
    relayed = " ".join(one.text for one in from_bot(scene.boris)).split()
    assert all(f"слово{number}" in relayed for number in range(600))
    assert [one.media for one in scene.boris.messages if one.media] == ["photo"] * 4
