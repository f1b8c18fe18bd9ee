"""The demo city in a process of its own, and what a person does to its chats in a browser."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, expect

from tests.support.processes import Program
from tests.webchat.conftest import PHONE, WIDE, chat, last_message, type_and_send

ZONE = "Asia/Yekaterinburg"
"""The browser stands in the city, so its «завтра, 8:00» is the city's."""


Player = tuple[int, str]
"""Who is played: the number of their account and the name above their chat."""


class Demo:
    """The demo city as a process, and pages that look at it."""

    def __init__(self, folder: Path, browser: Browser, pictures: Path) -> None:
        self.folder = folder
        self.browser = browser
        self.pictures = pictures
        self.runs = 0
        self.program: Program | None = None
        self.url = ""
        self.errors: list[str] = []

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
        """A browser's page; what its scripts complain of gathers in `errors`."""
        phone = size == PHONE
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale="ru-RU",
            timezone_id=ZONE,
            has_touch=phone,
            is_mobile=phone,
            device_scale_factor=2 if phone else 1,
        )
        context.set_default_timeout(15_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        await page.goto(self.url + query)
        return page

    def _note(self, message: ConsoleMessage) -> None:
        # A request that fails while the program restarts is the page's business to show.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    async def picture(self, page: Page, name: str) -> None:
        """Keep what it looks like."""
        await page.wait_for_timeout(200)  # the last bubble slides in
        await page.screenshot(path=self.pictures / f"demo-{name}.png", animations="disabled")

    async def close(self) -> None:
        """Close the pages and end the process; no script of a page may have failed."""
        for context in self.browser.contexts:
            await context.close()
        if self.program is not None:
            await self.program.dies()
        assert self.errors == []


async def start(pane: Locator) -> None:
    """Open a chat that is still empty."""
    await pane.get_by_role("button", name="ЗАПУСТИТЬ").click()


async def side_by_side(demo: Demo, *players: Player) -> tuple[Page, list[Locator]]:
    """A page with the chats of these people, each of them started and showing the menu."""
    page = await demo.page(query=f"/?person={','.join(str(number) for number, _ in players)}")
    panes = [chat(page, name) for _, name in players]
    for pane in panes:
        await to_the_menu(pane)
    return page, panes


async def to_the_menu(pane: Locator) -> None:
    """Show the menu in a chat, where the bot may have said something already: by day it tells people of things at once."""
    empty = pane.get_by_role("button", name="ЗАПУСТИТЬ")
    await expect(empty.or_(pane.get_by_role("article").first)).to_be_visible()
    if await empty.is_visible():
        await start(pane)
    else:
        await type_and_send(pane, "/menu")
    await expect(saying(pane, "Меню")).to_be_visible()


async def press(pane: Locator, label: str) -> None:
    """Tap an inline button of the newest message."""
    await last_message(pane).get_by_role("button", name=label).first.click()


async def sees(pane: Locator, words: str) -> None:
    """The newest message says so."""
    await expect(last_message(pane)).to_contain_text(words)


def saying(pane: Locator, words: str) -> Locator:
    """The newest of the bot's messages with these words; others may have come below it."""
    return pane.get_by_role("article", name="Методсеть").filter(has_text=words).last


async def tap(pane: Locator, words: str, label: str) -> None:
    """Tap an inline button of the newest message with these words, once it is there."""
    await saying(pane, words).get_by_role("button", name=label).first.click()


async def reply(pane: Locator, words: str, text: str) -> None:
    """Answer the newest message with these words, as one does in the app: by its menu."""
    await saying(pane, words).click(button="right", position={"x": 30, "y": 12})
    await pane.page.get_by_role("menuitem", name="Ответить").click()
    field = pane.get_by_role("textbox", name="Сообщение")
    await field.fill(text)
    await field.press("Enter")


async def attach(pane: Locator, name: str, mime_type: str, content: bytes) -> None:
    """Send one file."""
    await pane.get_by_label("Файлы", exact=True).set_input_files(
        {"name": name, "mimeType": mime_type, "buffer": content}
    )
    await pane.page.get_by_role("dialog").get_by_role("button", name="Отправить").click()


async def to_the_morning(page: Page) -> None:
    """«⏩ время»: to tomorrow at 8:00, when the quiet hours of any day are over."""
    dialog = await _clock(page)
    await dialog.get_by_role("button", name="До завтра, 8:00").click()
    await expect(dialog).to_contain_text("08:00:0")
    await dialog.get_by_role("button", name="Закрыть").click()


async def hours_pass(page: Page, hours: int) -> None:
    """«⏩ время»: so many hours ahead."""
    dialog = await _clock(page)
    before = await dialog.get_by_text("переведены вперёд на").text_content()
    await dialog.get_by_role("spinbutton", name="На сколько").fill(str(hours))
    await dialog.get_by_role("combobox", name="Единица").select_option(label="часов")
    await dialog.get_by_role("button", name="Перевести").click()
    await expect(dialog.get_by_text("переведены вперёд на")).not_to_have_text(before or "")
    await dialog.get_by_role("button", name="Закрыть").click()


async def _clock(page: Page) -> Locator:
    await page.get_by_role("button", name=re.compile("^Время:")).click()
    return page.get_by_role("dialog", name="Время")
