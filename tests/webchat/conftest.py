"""The page in a real browser: one Chromium for the module, a world, its server and a scripted bot for every test."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Locator, Page, async_playwright, expect

from sandbox.people import Visitor
from sandbox.pictures import plain_png
from sandbox.server import Server, serve
from sandbox.world import World
from tests.support.chromium import LAUNCH_ARGS, ChromiumMissing, find_chromium
from tests.support.missing import skip_or_fail
from tests.webchat.scripted_bot import ScriptedBot

WIDE = (1200, 800)
PHONE = (360, 740)
expect.set_options(timeout=10_000)


@dataclass
class Stage:
    """A world on a server with its bot, its people and the pages that look at it."""

    world: World
    bot: ScriptedBot
    server: Server
    browser: Browser
    pictures: Path
    anna: Visitor
    olga: Visitor
    marina: Visitor
    errors: list[str] = field(default_factory=list)

    async def open(
        self,
        *people: Visitor,
        size: tuple[int, int] = WIDE,
        scheme: Literal["light", "dark"] = "light",
        locale: str = "ru-RU",
    ) -> Page:
        """A new browser's page with these people's chats side by side; errors of its scripts fail the test."""
        context = await self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=locale,
            color_scheme=scheme,
            timezone_id="Europe/Moscow",
            has_touch=size == PHONE,
            is_mobile=size == PHONE,
            device_scale_factor=2 if size == PHONE else 1,
        )
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._note)
        ids = ",".join(str(person.id) for person in people)
        await page.goto(f"{self.server.url}/{f'?person={ids}' if ids else ''}")
        return page

    def _note(self, message: ConsoleMessage) -> None:
        # A request that the server refuses, or that fails while it restarts, is the page's business to show.
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    async def restart(self) -> None:
        """Serve the same world on the same port again."""
        self.server = await serve(self.world, port=self.server.port)

    async def picture(self, page: Page, name: str) -> None:
        """Keep what the page looks like."""
        await page.screenshot(path=self.pictures / f"webchat-{name}.png", animations="disabled")


def chat(page: Page, name: str) -> Locator:
    """The chat of one person on the page."""
    return page.get_by_role("region", name=f"Чат: {name}")


def last_message(pane: Locator) -> Locator:
    """The newest bubble of a chat."""
    return pane.get_by_role("article").last


async def type_and_send(pane: Locator, text: str) -> None:
    """Write in a chat and send it: by Enter, on a touch screen by the button, for there Enter begins a new line."""
    field_ = pane.get_by_role("textbox", name="Сообщение")
    await field_.fill(text)
    if await pane.page.evaluate("matchMedia('(pointer: coarse)').matches"):
        await pane.get_by_role("button", name="Отправить").click()
    else:
        await field_.press("Enter")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    """The system's Chromium, headless."""
    try:
        path = find_chromium()
    except ChromiumMissing as missing:
        skip_or_fail(missing)
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=list(LAUNCH_ARGS))
        yield chromium
        await chromium.close()


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where screenshots go: CI keeps those of SCREENSHOTS_DIR."""
    folder = Path(os.environ.get("SCREENSHOTS_DIR") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


_failed = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Remember for `evidence` how the test went."""
    report = yield
    if report.when == "call":
        item.stash[_failed] = report.failed
    return report


@pytest_asyncio.fixture(autouse=True, loop_scope="module")
async def evidence(request: pytest.FixtureRequest, browser: Browser, pictures: Path) -> AsyncIterator[None]:
    """A failed test leaves a picture of every page that outlives it."""
    yield
    await picture_failure(request.node, browser, pictures)


async def picture_failure(test: pytest.Item, browser: Browser, pictures: Path) -> None:
    """Keep what every open page looks like if the test has failed."""
    if not test.stash.get(_failed, False):
        return
    pages = [page for context in browser.contexts for page in context.pages]
    for number, page in enumerate(pages, start=1):
        await page.screenshot(path=pictures / f"failed-{test.name}-{number}.png", animations="disabled")


@pytest_asyncio.fixture(loop_scope="module")
async def stage(request: pytest.FixtureRequest, browser: Browser, pictures: Path) -> AsyncIterator[Stage]:
    """Everything for one test; afterwards no script of a page may have failed."""
    world = World()
    bot = ScriptedBot(world)
    await bot.prepare()
    result = Stage(
        world=world,
        bot=bot,
        server=await serve(world),
        browser=browser,
        pictures=pictures,
        anna=world.visitor("Анна", "Смирнова", note="новый педагог", pinned=True),
        olga=world.visitor("Ольга", "Петрова", note="эксперт по математике", pinned=True),
        marina=world.visitor("Марина", "Кузнецова", note="координатор объединения", pinned=True),
    )
    yield result
    await picture_failure(request.node, browser, pictures)
    for context in browser.contexts:
        await context.close()
    await result.server.close()
    await bot.bot.session.close()
    assert result.errors == []


@pytest.fixture
def photo() -> bytes:
    """A picture to send."""
    return plain_png()
