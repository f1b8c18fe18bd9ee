"""`make run` as a new user meets it: the demo city as a process, its people played in a real browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from sandbox.pictures import plain_png
from tests.webchat.conftest import PHONE, chat, last_message, picture_failure, type_and_send
from tests.webchat.demo import Demo, press, saying, sees, side_by_side, start, tap, to_the_menu

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEWCOMER = "Дарья Снегирёва"


@pytest_asyncio.fixture(loop_scope="module")
async def demo(request: pytest.FixtureRequest, tmp_path: Path, browser: Browser, pictures: Path) -> AsyncIterator[Demo]:
    city = Demo(tmp_path, browser, pictures)
    await city.start()
    yield city
    await picture_failure(request.node, browser, pictures)
    await city.close()


async def test_a_new_teacher_registers_joins_and_finds_everything_after_a_restart(demo: Demo) -> None:
    page = await demo.page()
    await demo.picture(page, "1-who")
    await page.get_by_role("button", name=re.compile(f"^{NEWCOMER}")).first.click()
    pane = chat(page, NEWCOMER)
    await start(pane)
    await sees(pane, "Это «Методсеть»")
    await demo.picture(page, "2-consent")
    await press(pane, "Даю согласие")
    await sees(pane, "Как вас зовут?")
    await pane.get_by_label("Файлы", exact=True).set_input_files(
        {"name": "anna.png", "mimeType": "image/png", "buffer": plain_png(320, 200)}
    )
    await page.get_by_role("dialog").get_by_role("button", name="Отправить").click()
    await sees(pane, "Здесь нужен текст")
    await type_and_send(pane, "снегирёва дарья олеговна")
    await sees(pane, "Где вы работаете?")
    await type_and_send(pane, "лицей")
    await sees(pane, "нашлись 2 варианта")
    await demo.picture(page, "3-organisation")
    await press(pane, "Лицей")
    await press(pane, "Учитель")
    await sees(pane, "Что вы ведёте?")
    await press(pane, "Математика")
    await expect(last_message(pane).get_by_role("button", name="✅ Математика")).to_be_visible()
    await press(pane, "Готово")
    await type_and_send(pane, "2")
    await sees(pane, "Снегирёва Дарья Олеговна")
    await demo.picture(page, "4-summary")
    await press(pane, "Всё верно")
    await sees(pane, "вы зарегистрированы")
    await press(pane, "Сети для вас")
    await sees(pane, "Учителя математики")
    await press(pane, "Учителя математики")
    await press(pane, "Вступить")
    await sees(pane, "Вы участник этой сети")
    await demo.picture(page, "5-joined")

    assert demo.program is not None
    await demo.program.dies()
    await demo.start(demo.url.rsplit(":", 1)[1])
    await page.reload()
    await sees(pane, "Вы участник этой сети")
    await type_and_send(pane, "/networks")
    await press(pane, "Мои сети")
    await sees(pane, "Учителя математики")


async def test_one_visitor_plays_several_people_also_on_a_small_screen(demo: Demo) -> None:
    players = ((5000000001, "Мария Ромашова"), (5000000003, "Ольга Ясенева"))
    page, (teacher, coordinator) = await side_by_side(demo, *players)
    await expect(saying(teacher, "Мария Андреевна")).to_be_visible()
    await type_and_send(coordinator, "математике")
    await tap(coordinator, "Вы написали", "Показать сети")
    await expect(saying(coordinator, "Учителя математики")).to_be_visible()
    await demo.picture(page, "6-side-by-side")

    phone = await demo.page(PHONE, "/?person=5000000004")
    pane = chat(phone, "Татьяна Верещагина")
    await to_the_menu(pane)
    await type_and_send(pane, "/admin")
    await tap(pane, "Реестр", "Реестр")
    await tap(pane, "Людей в списках", "Организации")
    await expect(saying(pane, "1–6 из 28")).to_be_visible()
    assert await phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await demo.picture(phone, "7-phone")
    await phone.get_by_role("group", name="Сменить человека").get_by_role("button").first.click()
    await expect(pane).not_to_be_visible()
