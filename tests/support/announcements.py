"""An announcement in tests: made at once, with what its author may say of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from models import Notification
from sandbox import Visitor
from sandbox.view import MessageView
from services import announced, announcements
from tests.support.events import person_of
from tests.support.house import House

TEXT = "Завтра в 15:00 встречаемся в лицее № 1."


async def announce(house: House, coordinator: Visitor, network_id: int, text: str = TEXT, **wishes: Any) -> int:
    """Announce `text` to a network; gives the announcement's id. `wishes` are those of `announcements.Wishes`."""
    async with house.db.write() as session:
        report = await announcements.announce(
            session,
            await person_of(session, coordinator),
            network_id,
            texts=[{"text": text, "html": text}],
            said_files=[],
            now=house.clock.now(),
            with_branch=False,
            wishes=announcements.Wishes(**wishes),
        )
        return report.announcement.id


async def open_report(coordinator: Visitor, number: int = 1) -> MessageView:
    """Open the report of the newest announcement, or an older one. Gives its message."""
    await coordinator.says("/manage")
    await coordinator.taps("Отправленные")
    await coordinator.taps(f"{number}. ")
    return coordinator.screen


async def looks_again(house: House) -> None:
    """So much time passes that a live report is drawn anew."""
    house.passes(announced.EVERY + timedelta(seconds=1))
    await house.delivers()


def heard(visitor: Visitor) -> list[str]:
    """The announcements that stand in their chat now."""
    return [message.text for message in visitor.messages if message.from_bot and "📣 Объявление:" in message.text]


async def sends(house: House, rows: Sequence[Notification]) -> None:
    """What was claimed before goes out now, or does not."""
    async for drawing in house.sender._drawer.draw(rows):
        await house.sender._start(drawing)
