"""An announcement to the whole city, steered while it runs; and who has read one. Played in a browser by people of the demo city."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, expect

from tests.webchat.conftest import type_and_send
from tests.webchat.demo import Demo, saying, side_by_side, tap, to_the_morning

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEACHER = (5000000001, "Мария Ромашова")
COORDINATOR = (5000000003, "Ольга Ясенева")
ADMINISTRATOR = (5000000004, "Татьяна Верещагина")

REPORT = "Отчёт об объявлении"
BAR = re.compile(r"[▓░]{10} (\d+) из (\d+)")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser, pictures: Path) -> AsyncIterator[Demo]:
    """A city at eight in the morning, whenever the tests run: by night it tells nobody anything."""
    city = Demo(tmp_path_factory.mktemp("announced"), browser, pictures)
    await city.start()
    page = await city.page()
    await to_the_morning(page)
    await page.context.close()
    yield city
    await city.close()


async def reached(report: Locator) -> tuple[int, int]:
    """How far the bar says it is, and of how many."""
    found = BAR.search(await report.inner_text())
    assert found is not None
    return int(found[1]), int(found[2])


async def test_the_whole_city_is_told_while_its_bar_moves_waits_and_stops(demo: Demo) -> None:
    page, (administrator, _) = await side_by_side(demo, ADMINISTRATOR, TEACHER)
    await type_and_send(administrator, "/announce")
    await expect(saying(administrator, "Кому объявить?")).to_be_visible()
    await type_and_send(administrator, "методическая сеть города")
    await tap(administrator, "Кому объявить?", "сеть города")
    await type_and_send(administrator, "Завтра методический день.")
    await tap(administrator, "Принято", "Готово")
    await tap(administrator, "Разослать?", "Разослать")
    report = saying(administrator, REPORT)
    await expect(report).to_contain_text(BAR)
    _, total = await reached(report)
    assert total > 700

    seen, moments = {(await reached(report))[0]}, [time.monotonic()]
    while len(seen) < 3:
        await page.wait_for_timeout(100)
        done, _ = await reached(report)
        if done not in seen:
            seen.add(done)
            moments.append(time.monotonic())
        assert time.monotonic() - moments[0] < 20, "the bar does not move"
    assert moments[-1] - moments[-2] > 2.5, "not edited oftener than every three seconds"
    await demo.picture(page, "announced-1-bar")

    await report.get_by_role("button", name="Пауза").click()
    await expect(report).to_contain_text("Рассылка на паузе")
    await page.wait_for_timeout(1000)
    await report.get_by_role("button", name="По сетям").click()
    shares = saying(administrator, "По сетям")
    await expect(shares).to_contain_text("в пути")
    await demo.picture(page, "announced-2-networks")
    await shares.get_by_role("button", name="К отчёту").click()
    paused, _ = await reached(report)
    await page.wait_for_timeout(2000)
    assert (await reached(report))[0] == paused
    await demo.picture(page, "announced-3-paused")
    await report.get_by_role("button", name="Продолжить").click()
    await expect(report).not_to_contain_text("на паузе")
    await expect(report).not_to_contain_text(f" {paused} из", timeout=10_000)

    await report.get_by_role("button", name="Остановить").click()
    sure = saying(administrator, "Остановить рассылку?")
    await expect(sure).to_contain_text("Уже получил")
    await demo.picture(page, "announced-4-stop")
    await sure.get_by_role("button", name="Да, остановить").click()
    await expect(report).to_contain_text("Рассылка остановлена")
    await expect(report).to_contain_text("Не отправлено, рассылку остановили")
    await demo.picture(page, "announced-5-stopped")


async def test_those_who_have_not_read_it_are_reminded_and_say_so(demo: Demo) -> None:
    page, (coordinator, teacher) = await side_by_side(demo, COORDINATOR, TEACHER)
    await tap(coordinator, "Меню", "Управление сетями")
    await tap(coordinator, "математики", "Отправленные")
    await tap(coordinator, "Объявления", "1. Дорогие математики")
    await tap(coordinator, REPORT, "Кто ознакомился")
    await tap(coordinator, "Ещё не ознакомились", "Дальше")
    await expect(saying(coordinator, "Ещё не ознакомились")).to_contain_text("Ромашова")
    await demo.picture(page, "announced-6-unread")
    await tap(coordinator, "Ещё не ознакомились", "Напомнить им")
    notice = saying(teacher, "Отметьте, пожалуйста, что ознакомились")
    await expect(notice).to_contain_text("Дорогие математики", timeout=20_000)
    await notice.get_by_role("button", name="Ознакомлен").click()
    await expect(notice.get_by_role("button", name="Вы ознакомлены")).to_be_visible()
    await demo.picture(page, "announced-7-acknowledged")
    await tap(coordinator, "Ещё не ознакомились", "Ознакомились")
    await expect(saying(coordinator, "✍️ Ознакомились:")).to_be_visible()
    await tap(coordinator, "✍️ Ознакомились:", "Дальше")
    await expect(saying(coordinator, "✍️ Ознакомились:")).to_contain_text("Ромашова")
    await demo.picture(page, "announced-8-readers")
