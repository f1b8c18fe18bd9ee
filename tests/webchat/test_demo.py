"""`make run` as a new user meets it: the demo city as a process, its people played in a real browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from sandbox.pictures import plain_png
from tests.support.processes import Program
from tests.webchat.conftest import PHONE, WIDE, chat, last_message, type_and_send

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEWCOMER = "Дарья Снегирёва"


class Demo:
    """The demo city as a process, and pages that look at it."""

    def __init__(self, folder: Path, browser: Browser, pictures: Path) -> None:
        self.folder = folder
        self.browser = browser
        self.pictures = pictures
        self.runs = 0
        self.program: Program | None = None
        self.url = ""

    async def start(self, port: str = "0") -> None:
        """Start it, as `make run` does, on a free port or on the one it had."""
        self.runs += 1
        self.program = Program(
            "bot", ["run"], folder=self.folder, log=self.folder / f"run{self.runs}.log", settings={"HTTP_PORT": port}
        )
        await self.program.says("event=serving", timeout=60)
        found = re.search(r"http://127\.0\.0\.1:(\d+)", self.program.said)
        assert found is not None
        self.url = found[0]

    async def page(self, size: tuple[int, int] = WIDE, query: str = "") -> Page:
        """A browser's page."""
        phone = size == PHONE
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="ru-RU",
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
        )
        context.set_default_timeout(15_000)
        page = await context.new_page()
        await page.goto(self.url + query)
        return page

    async def picture(self, page: Page, name: str) -> None:
        """Keep what it looks like."""
        await page.wait_for_timeout(200)  # the last bubble slides in
        await page.screenshot(path=self.pictures / f"demo-{name}.png", animations="disabled")


@pytest_asyncio.fixture(loop_scope="module")
async def demo(tmp_path: Path, browser: Browser, pictures: Path) -> AsyncIterator[Demo]:
    city = Demo(tmp_path, browser, pictures)
    await city.start()
    yield city
    for context in browser.contexts:
        await context.close()
    if city.program is not None:
        await city.program.dies()


async def start(pane: Locator) -> None:
    """Open a chat that is still empty."""
    await pane.get_by_role("button", name="ЗАПУСТИТЬ").click()


async def press(pane: Locator, label: str) -> None:
    """Tap an inline button of the newest message."""
    await last_message(pane).get_by_role("button", name=label).first.click()


async def sees(pane: Locator, words: str) -> None:
    """The newest message says so."""
    await expect(last_message(pane)).to_contain_text(words)


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
    page = await demo.page(query="/?person=5000000001,5000000003")
    teacher, coordinator = chat(page, "Мария Ромашова"), chat(page, "Ольга Ясенева")
    await start(teacher)
    await sees(teacher, "Мария Андреевна")
    await start(coordinator)
    await sees(coordinator, "Меню")
    await type_and_send(coordinator, "математике")
    await sees(coordinator, "Вы написали")
    await press(coordinator, "Показать сети")
    await sees(coordinator, "Учителя математики")
    await demo.picture(page, "6-side-by-side")

    phone = await demo.page(PHONE, "/?person=5000000004")
    pane = chat(phone, "Татьяна Верещагина")
    await start(pane)
    await sees(pane, "Меню")
    await type_and_send(pane, "/admin")
    await sees(pane, "Управление центром")
    await press(pane, "Организации")
    await sees(pane, "1–6 из 28")
    assert await phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    await demo.picture(phone, "7-phone")
    await phone.get_by_role("group", name="Сменить человека").get_by_role("button").first.click()
    await expect(pane).not_to_be_visible()
