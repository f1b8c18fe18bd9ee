"""A press of an inline button, whatever the chat does meanwhile."""

from __future__ import annotations

import pytest
from aiogram.types import KeyboardButton, ReplyKeyboardMarkup
from playwright.async_api import expect

from sandbox.deeds import phone_of
from tests.webchat.conftest import Stage, chat
from tests.webchat.scripted_bot import GREETING

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_press_is_not_lost_when_the_chat_moves_under_it(stage: Stage) -> None:
    """Down on a button, then its message is drawn anew or pushed up by others, then up: the press was meant, and counts once."""
    await stage.anna.says("/start")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    greeting = pane.get_by_role("article", name="Методсеть").filter(has_text="Здравствуйте!")
    shown = stage.anna.messages[-1]

    async def down_on(label: str) -> None:
        box = await greeting.get_by_role("button", name=label).bounding_box()
        assert box is not None
        await page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        await page.mouse.down()

    await down_on("Подсказка")
    await stage.bot.bot.edit_message_text(
        "Здравствуйте! Всё по-новому.", chat_id=stage.anna.id, message_id=shown.message_id, reply_markup=GREETING
    )
    await expect(greeting).to_contain_text("по-новому")
    await page.mouse.up()
    await expect(pane.get_by_role("status")).to_have_text("Запомнили ваш выбор")

    await down_on("Предупреждение")
    for _ in range(3):
        await stage.bot.bot.send_message(stage.anna.id, "Новости сети:\n" * 5)
    await expect(pane.get_by_role("article").filter(has_text="Новости сети")).to_have_count(3)
    await page.mouse.up()
    await expect(page.get_by_role("alertdialog", name="Методсеть")).to_be_visible()
    await page.keyboard.press("Escape")
    assert [callback.data for callback in stage.world.state.callbacks] == ["toast", "alert"]

    await down_on("Предупреждение")
    await page.mouse.move(3, 3)
    await page.mouse.up()
    await page.wait_for_timeout(300)
    assert len(list(stage.world.state.callbacks)) == 2, "who drags away has thought better of it"


async def test_the_own_number_is_sent_by_the_button_that_asks_for_it(stage: Stage) -> None:
    await stage.anna.says("/start")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    keys = ReplyKeyboardMarkup(
        keyboard=[[KeyboardButton(text="Мой номер", request_contact=True)]], one_time_keyboard=True
    )
    await stage.bot.bot.send_message(stage.anna.id, "Ваш телефон?", reply_markup=keys)
    await pane.get_by_role("button", name="Мой номер").click()
    await expect(pane.get_by_role("article").filter(has_text=f"+{phone_of(stage.anna.person)}")).to_be_visible()
    await expect(pane.get_by_role("button", name="Мой номер")).to_be_hidden()
    sent = [one.contact for one in stage.anna.messages if one.contact is not None]
    assert [one["user_id"] for one in sent] == [stage.anna.id]
