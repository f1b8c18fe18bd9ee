"""What people do, what bots get for it and what people see."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiogram import Bot, Dispatcher, F
from aiogram.client.default import DefaultBotProperties
from aiogram.types import (
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    MessageOriginUser,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)

from sandbox import Impossible, InProcessSession, World, deeds
from tests.sandbox.conftest import House


def keyboard(*labels: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup(
        inline_keyboard=[[InlineKeyboardButton(text=label, callback_data=f"d:{label}")] for label in labels]
    )


class Ear:
    """A bot that only listens."""

    def __init__(self) -> None:
        self.heard: list[Update] = []

    async def __call__(self, update: Update) -> None:
        self.heard.append(update)

    @property
    def messages(self) -> list[Message]:
        return [update.message for update in self.heard if update.message is not None]


@pytest.fixture
def ear(house: House) -> Ear:
    ear = Ear()
    house.world.attach(house.token, ear, house.bot)
    return ear


async def test_a_whole_conversation_through_a_dispatcher(world: World) -> None:
    bot = Bot(world.only_bot().token, session=InProcessSession(world), default=DefaultBotProperties(parse_mode="HTML"))
    dispatcher = Dispatcher()

    @dispatcher.message(F.text == "/start")
    async def greet(message: Message) -> None:
        await message.answer("<b>Здравствуйте</b> &amp; вступайте", reply_markup=keyboard("Вступить в сеть"))

    @dispatcher.callback_query()
    async def join(call: CallbackQuery) -> None:
        assert isinstance(call.message, Message)
        await call.message.edit_text(f"Вы в сети: {call.data}")
        await call.answer("Готово", show_alert=True)

    world.attach(bot.token, lambda update: dispatcher.feed_update(bot, update))
    anna = world.visitor("Анна", "Ильина")
    await anna.says("/start")
    assert anna.sees == "Здравствуйте & вступайте"
    assert anna.screen.html == "<b>Здравствуйте</b> &amp; вступайте"
    assert anna.buttons == ["Вступить в сеть"]
    assert anna.keyboard[0][0].data == "d:Вступить в сеть"
    await anna.taps("Вступить")
    assert (anna.sees, anna.buttons, anna.alert, anna.toast) == ("Вы в сети: d:Вступить в сеть", [], "Готово", None)
    assert anna.screen.edited_at is not None
    assert [message.from_bot for message in anna.messages] == [False, True]
    await anna.says("ещё")
    assert anna.alert is None
    assert world.faults == []


async def test_what_a_bot_learns_about_a_message(house: House, ear: Ear) -> None:
    boris = house.world.visitor("Борис", "Орлов", language="en", username="orlov")
    await boris.says("/start@metodset_bot привет, пишите на a.b@school.ru #физика")
    message = ear.messages[0]
    assert message.from_user is not None
    assert (message.from_user.id, message.from_user.first_name, message.from_user.last_name) == (
        boris.id,
        "Борис",
        "Орлов",
    )
    assert (message.from_user.username, message.from_user.language_code, message.chat.type) == (
        "orlov",
        "en",
        "private",
    )
    assert message.entities is not None
    assert message.text is not None
    found = {entity.type: entity.extract_from(message.text) for entity in message.entities}
    assert found == {"bot_command": "/start@metodset_bot", "email": "a.b@school.ru", "hashtag": "#физика"}
    assert boris.id > 2**32


async def test_long_texts_are_split_as_apps_do(house: House, ear: Ear) -> None:
    words = "слово " * 1000
    sent = await house.anna.says(words)
    assert [len(message.text or "") for message in ear.messages] == [4091, 1907]
    assert " ".join(message.text or "" for message in ear.messages) == words.strip()
    assert len(sent) == 2
    await house.anna.says("б" * 5000)
    assert [len(message.text or "") for message in ear.messages[2:]] == [4096, 904]
    await house.anna.says("😀" * 2049)
    assert [message.text for message in ear.messages[4:]] == ["😀" * 2048, "😀"]


async def test_an_app_sends_no_empty_message(house: House, ear: Ear) -> None:
    with pytest.raises(Impossible, match="empty"):
        await house.anna.says("  \n ")
    assert ear.heard == []


async def test_taps_name_the_button(house: House, ear: Ear) -> None:
    bot, anna = house.bot, house.anna
    await bot.send_message(anna.id, "старое", reply_markup=keyboard("Назад", "Ещё"))
    old = anna.screen
    await bot.send_message(anna.id, "новое", reply_markup=keyboard("Вступить", "Вступить позже", "Ещё"))
    await bot.send_message(anna.id, "без кнопок")
    await anna.taps("Вступить")
    await anna.taps("позже")
    await anna.taps("Назад")
    await anna.taps("Ещё", message=old)
    await anna.taps_at(old.message_id + 1, 2, 0)
    presses = [update.callback_query for update in ear.heard]
    assert [(press.data, press.message.message_id) for press in presses if press and press.message] == [
        ("d:Вступить", old.message_id + 1),
        ("d:Вступить позже", old.message_id + 1),
        ("d:Назад", old.message_id),
        ("d:Ещё", old.message_id),
        ("d:Ещё", old.message_id + 1),
    ]
    with pytest.raises(AssertionError, match="Вступить позже"):
        await anna.taps("Вступ")
    with pytest.raises(AssertionError, match=r"finds no button 'Выйти' in .*Вступить позже.*Назад"):
        await anna.taps("Выйти")
    with pytest.raises(AssertionError, match="no button at 5, 0"):
        await anna.taps_at(old.message_id, 5, 0)


async def test_a_press_carries_the_message_and_what_it_answers(house: House, ear: Ear) -> None:
    question = (await house.anna.says("вопрос"))[0]
    await house.bot.send_message(
        house.anna.id, "ответ", reply_markup=keyboard("Спасибо"), reply_to_message_id=question.message_id
    )
    await house.anna.taps("Спасибо")
    await house.anna.taps("Спасибо", inaccessible=True)
    full, bare = (update.callback_query for update in ear.heard[1:])
    assert full is not None
    assert isinstance(full.message, Message)
    assert full.message.reply_to_message is not None
    assert full.message.reply_to_message.text == "вопрос"
    assert bare is not None
    assert bare.message is not None
    assert not isinstance(bare.message, Message)
    assert (bare.message.message_id, bare.message.chat.id) == (full.message.message_id, house.anna.id)


async def test_link_buttons(house: House, ear: Ear) -> None:
    markup = InlineKeyboardMarkup(
        inline_keyboard=[
            [InlineKeyboardButton(text="Сайт", url="https://example.org/a")],
            [InlineKeyboardButton(text="Приглашение", url="https://t.me/metodset_bot?start=abc-1")],
        ]
    )
    await house.bot.send_message(house.anna.id, "ссылки", reply_markup=markup)
    await house.anna.taps("Сайт")
    assert (house.anna.opened, ear.heard) == ("https://example.org/a", [])
    await house.anna.taps("Приглашение")
    assert [message.text for message in ear.messages] == ["/start abc-1"]


async def test_reply_keyboards(house: House, ear: Ear) -> None:
    bot, anna = house.bot, house.anna
    rows = [[KeyboardButton(text="Меню"), KeyboardButton(text="Помощь")]]
    await bot.send_message(anna.id, "а", reply_markup=ReplyKeyboardMarkup(keyboard=rows, resize_keyboard=True))
    assert anna.reply_keyboard == [["Меню", "Помощь"]]
    await anna.taps("Меню")
    assert anna.reply_keyboard == [["Меню", "Помощь"]]
    await bot.send_message(anna.id, "а", reply_markup=ReplyKeyboardMarkup(keyboard=rows, one_time_keyboard=True))
    await anna.taps("Помощь")
    assert anna.reply_keyboard == []
    assert [message.text for message in ear.messages] == ["Меню", "Помощь"]
    await bot.send_message(anna.id, "а", reply_markup=ReplyKeyboardMarkup(keyboard=rows))
    await bot.send_message(anna.id, "б", reply_markup=ReplyKeyboardRemove())
    assert anna.reply_keyboard == []


async def test_the_own_number_is_sent_by_the_button_that_asks_for_it(house: House, ear: Ear) -> None:
    bot, anna = house.bot, house.anna
    keys = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Мой номер", request_contact=True)], [KeyboardButton(text="Не сейчас")]],
        one_time_keyboard=True,
    )
    with pytest.raises(Impossible, match="no button"):
        deeds.share_contact(house.world, anna.bot_id, anna.id)
    await bot.send_message(anna.id, "а", reply_markup=keys)
    assert [one.kind for row in anna.reply_keyboard for one in row] == ["contact", "text"]
    await anna.taps("Мой номер")
    assert anna.reply_keyboard == []
    own = ear.messages[0].contact
    assert own is not None
    assert (own.user_id, own.phone_number) == (anna.id, deeds.phone_of(anna.person))
    assert ear.messages[0].text is None
    await anna.sends_contact("+79021234567", "Боря")
    other = ear.messages[1].contact
    assert other is not None
    assert (other.user_id, other.first_name) == (None, "Боря")


async def test_replies_edits_and_forwards(house: House, ear: Ear) -> None:
    bot, anna = house.bot, house.anna
    await bot.send_message(anna.id, "новость")
    news = anna.screen
    mine = (await anna.replies(news, "согласна"))[0]
    await anna.edits(mine, "не согласна")
    boris = house.world.visitor("Борис", "Орлов")
    forwarded = await boris.forwards(anna.messages[-1])
    replied, forward = ear.messages
    assert replied.reply_to_message is not None
    assert replied.reply_to_message.text == "новость"
    edited = ear.heard[1].edited_message
    assert edited is not None
    assert (edited.text, edited.message_id, edited.edit_date is not None) == ("не согласна", mine.message_id, True)
    assert edited.reply_to_message is not None
    assert isinstance(forward.forward_origin, MessageOriginUser)
    assert forward.forward_origin.sender_user.id == anna.id
    assert (forward.text, forward.chat.id) == ("не согласна", boris.id)
    assert forwarded.forward is not None
    with pytest.raises(Impossible, match="own messages"):
        await anna.edits(news, "чужое")


async def test_deep_links(house: House, ear: Ear) -> None:
    boris = house.world.visitor("Борис")
    await boris.opens_link("https://t.me/metodset_bot?start=Ab_9-z")
    await boris.opens_link("code")
    await boris.opens_link("t.me/metodset_bot")
    assert [message.text for message in ear.messages] == ["/start Ab_9-z", "/start code", "/start"]
    for wrong in ("пароль", "a" * 65, "https://t.me/other_bot?start=a"):
        with pytest.raises(Impossible):
            await boris.opens_link(wrong)
    assert len(ear.heard) == 3


async def test_blocking_is_told_and_closes_the_chat(house: House, ear: Ear) -> None:
    anna = house.anna
    await anna.blocks()
    await anna.blocks()
    with pytest.raises(Impossible, match="blocked"):
        await anna.says("привет")
    await anna.opens_link("back")
    changes = [update.my_chat_member for update in ear.heard if update.my_chat_member is not None]
    assert [(change.old_chat_member.status, change.new_chat_member.status) for change in changes] == [
        ("member", "kicked"),
        ("kicked", "member"),
    ]
    assert changes[0].chat.id == anna.id
    assert [message.text for message in ear.messages] == ["/start back"]


async def test_groups_and_privacy(house: House, ear: Ear) -> None:
    anna, bot = house.anna, house.bot
    boris = house.world.visitor("Борис")
    group = house.world.group("Учителя", members=[anna])
    await anna.says("просто так", chat=group)
    await anna.says("/help", chat=group)
    await anna.says("эй, @metodset_bot", chat=group)
    sent = await bot.send_message(group.id, "слушаю")
    view = next(iter(await anna.says("ответ", chat=group)))
    assert view.message_id == sent.message_id + 1
    bot_message = house.world.state.messages.find((0, group.id), sent.message_id)
    assert bot_message is not None
    assert [message.text for message in ear.messages] == ["/help", "эй, @metodset_bot"]
    assert {message.chat.type for message in ear.messages} == {"supergroup"}
    assert anna.messages == []
    with pytest.raises(Impossible, match="not in the group"):
        await boris.says("можно?", chat=group)


async def test_deeds_begun_together_arrive_in_order_and_side_by_side(house: House) -> None:
    begun: list[str | None] = []
    ended: list[str | None] = []
    gate = asyncio.Event()

    async def feed(update: Update) -> None:
        assert update.message is not None
        begun.append(update.message.text)
        await gate.wait()
        ended.append(update.message.text)

    house.world.attach(house.token, feed)
    deeds = asyncio.gather(house.anna.says("первое"), house.anna.says("второе"))
    await asyncio.sleep(0.01)
    assert (begun, ended) == (["первое", "второе"], [])
    gate.set()
    await deeds
    assert ended == ["первое", "второе"]


async def test_an_error_of_the_bot_reaches_the_test(house: House) -> None:
    async def broken(update: Update) -> Any:
        raise RuntimeError(f"update {update.update_id}")

    house.world.attach(house.token, broken)
    with pytest.raises(RuntimeError, match="update 1"):
        await house.anna.says("привет")
    with pytest.raises(RuntimeError, match="update 1"):
        await house.anna.sends_album([("photo", "1.png", b""), ("photo", "2.png", b"")])


async def test_waiting_for_a_bot_that_polls(house: House) -> None:
    async def answer_later() -> None:
        await asyncio.sleep(0.05)
        await house.bot.send_message(house.anna.id, "вот")

    task = asyncio.create_task(answer_later())
    await house.anna.waits(lambda: house.anna.sees == "вот")
    await task
    with pytest.raises(AssertionError, match="in vain and sees 'вот'"):
        await house.anna.waits(lambda: house.anna.sees == "нет", timeout=0.05)


async def test_ids_names_and_bots(world: World) -> None:
    anna = world.visitor("Анна", id=5)
    again = world.visitor(id=5)
    assert (again.person.first_name, again.id) == ("Анна", anna.id)
    assert world.visitor("Вера").id != world.visitor("Вера").id
    other = world.add_bot(username="second_bot", token="77:secret")
    assert (other.id, world.add_bot(username="second_bot").token) == (77, "77:secret")
    with pytest.raises(LookupError, match="2 of them"):
        world.visitor("Глеб")
    assert world.visitor("Глеб", bot=other).bot_id == 77
    with pytest.raises(ValueError, match="number 77"):
        world.add_bot(username="second_bot", token="78:secret")
    with pytest.raises(ValueError, match="token"):
        world.add_bot(username="third_bot", token="no")
    with pytest.raises(AssertionError, match="has not written"):
        _ = anna.screen
    assert (anna.sees, anna.buttons) == ("", [])
