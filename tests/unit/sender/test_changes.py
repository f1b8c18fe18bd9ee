"""What a drawer may have changed: messages rewritten and removed, and something written together with the outcome."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import BufferedInputFile
from sqlalchemy.ext.asyncio import AsyncSession

from handlers.changing import remove_messages, rewrite_messages
from jobs import DRAWS, Also, Later, Redraw
from jobs.notices import Drawn
from models import Notification, NotificationState, Person
from sandbox import Visitor
from sandbox.pictures import plain_png
from screens.l10n import L10n
from screens.screen import Screen
from services import notifications
from tests.support.house import House
from tests.support.notices import Rows, heard

SPARE = Screen("ниже")


def draw_always(monkeypatch: pytest.MonkeyPatch, kind: str, make: Callable[[Notification], Drawn | Also]) -> None:
    async def draw(
        session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
    ) -> Drawn | Also:
        return make(notification)

    monkeypatch.setitem(DRAWS, kind, draw)


async def noting(notification: Notification, session: AsyncSession, now: datetime) -> None:
    await notifications.explain(session, notification, "noted")


@pytest.mark.parametrize(
    ("drawn", "state"),
    [
        ([Screen("раз")], NotificationState.SENT),
        (None, NotificationState.CANCELLED),
        (Later(datetime.fromisoformat("2026-12-01T00:00:00Z")), NotificationState.PENDING),
    ],
)
async def test_something_is_written_together_with_the_outcome(
    house: House,
    anna: Visitor,
    rows: Rows,
    monkeypatch: pytest.MonkeyPatch,
    drawn: Drawn,
    state: NotificationState,
) -> None:
    draw_always(monkeypatch, "noted", lambda notification: Also(drawn, partial(noting, notification)))
    notification_id = await rows.put(anna, kind="noted")
    await house.delivers()
    row = await rows.get(notification_id)
    assert (row.state, row.error) == (state, "noted")


async def test_nothing_is_written_when_the_message_to_change_is_gone(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = Redraw(anna.id, 999, Screen("так"))
    draw_always(monkeypatch, "noted", lambda notification: Also(gone, partial(noting, notification)))
    notification_id = await rows.put(anna, kind="noted")
    await house.delivers()
    row = await rows.get(notification_id)
    assert (row.state, row.error) == (NotificationState.SENT, None)


async def _said(house: House, anna: Visitor, *texts: str) -> list[int]:
    return [(await house.bot.send_message(anna.id, text)).message_id for text in texts]


@pytest.mark.parametrize(
    ("before", "after", "stands"),
    [
        (["а"], ["б"], ["б"]),
        (["а", "б"], ["в"], ["ниже", "в"]),
        (["а"], ["б", "в", "г"], ["б", "в", "г"]),
        (["а", "б"], ["а", "б"], ["а", "б"]),
    ],
)
async def test_texts_are_rewritten_in_their_places(
    house: House, anna: Visitor, before: list[str], after: list[str], stands: list[str]
) -> None:
    ids = await _said(house, anna, *before)
    for _ in range(2):  # as after a crash
        await rewrite_messages(house.bot, anna.id, ids, [], [Screen(text) for text in after], files=0, spare=SPARE)
        assert heard(anna)[: len(stands)] == stands


async def test_what_was_added_below_by_a_former_change_is_a_place_too(house: House, anna: Visitor) -> None:
    ids = await _said(house, anna, "а", "б")
    texts = [Screen("в"), Screen("г")]
    await rewrite_messages(house.bot, anna.id, ids[:1], ids[1:], texts, files=0, spare=SPARE)
    assert heard(anna) == ["в", "г"]


async def test_a_message_that_is_gone_is_passed_over(house: House, anna: Visitor) -> None:
    first, second = await _said(house, anna, "а", "б")
    await house.bot.delete_message(anna.id, first)
    await rewrite_messages(house.bot, anna.id, [first, second], [], [Screen("в"), Screen("г")], files=0, spare=SPARE)
    assert heard(anna) == ["г"]
    await remove_messages(house.bot, anna.id, [first, second], otherwise=SPARE)
    assert heard(anna) == []


async def test_what_telegram_deletes_no_more_says_something_else(house: House, anna: Visitor) -> None:
    ids = await _said(house, anna, "а")
    sent = await house.bot.send_photo(anna.id, BufferedInputFile(plain_png(), "a.png"), caption="б")
    house.passes(timedelta(hours=49))
    await remove_messages(house.bot, anna.id, [*ids, sent.message_id], otherwise=SPARE)
    assert [message.text for message in anna.messages if message.from_bot] == ["ниже", "ниже"]


async def test_a_refusal_for_another_reason_is_raised(house: House, anna: Visitor) -> None:
    ids = await _said(house, anna, "а")
    with pytest.raises(TelegramBadRequest, match="can't parse"):
        await rewrite_messages(house.bot, anna.id, ids, [], [Screen("<b>а")], files=0, spare=SPARE)
