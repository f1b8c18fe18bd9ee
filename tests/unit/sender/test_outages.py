"""A database that goes away for a moment stops nothing for good: the sender goes on when it is back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url
from structlog.testing import capture_logs

import bot.sender
import bot.settler
from models import Database, Notification, NotificationState
from sandbox import Visitor
from services import notifications
from tests.support.house import House, make_house
from tests.support.notices import Held, Rows, enrolled, heard, running, until
from tests.support.postgres import PostgresServer, create_database, drop_database

AWAY = [
    asyncpg.CannotConnectNowError("the database system is starting up"),
    asyncpg.TooManyConnectionsError("sorry, too many clients already"),
    asyncpg.InterfaceError("connection is closed"),
    ConnectionRefusedError("nobody listens"),
]


@pytest.mark.parametrize("error", AWAY, ids=lambda error: type(error).__name__)
async def test_a_claim_that_fails_is_made_again(
    error: Exception, house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, failures = house.sender._claim, [error]

    async def claim(limit: int) -> Sequence[Notification]:
        if failures:
            raise failures.pop()
        return await whole(limit)

    monkeypatch.setattr(house.sender, "_claim", claim)
    with capture_logs() as logs:
        async with running(house.sender):
            assert not failures
            await rows.put(anna, "раз")
            await until(lambda: heard(anna) == ["раз"])
    assert [log["event"] for log in logs if log["log_level"] == "error"] == ["nothing-claimed"]


async def test_leases_that_cannot_be_renewed_are_renewed_later(
    house: House, anna: Visitor, rows: Rows, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.sender, "RENEW_SECONDS", 0.02)
    whole, failures, renewed = notifications.renew, list(AWAY), asyncio.Event()

    async def renew(*arguments: Any, **particulars: Any) -> None:
        if failures:
            raise failures.pop()
        await whole(*arguments, **particulars)
        renewed.set()

    monkeypatch.setattr(notifications, "renew", renew)
    held = Held()
    house.bot.session.middleware(held)
    await rows.put(anna, "раз")
    async with running(house.sender):
        await until(lambda: held.reached == 1)
        await asyncio.wait_for(renewed.wait(), 15)
        held.open.set()


class Outages:
    """A PostgreSQL database that lets nobody in for a while, as in a restart."""

    def __init__(self, server: PostgresServer, url: str) -> None:
        self._server = server
        self._name = make_url(url).database

    async def begins(self) -> None:
        """Who is inside is thrown out, who knocks is refused."""
        for statement in (
            f'ALTER DATABASE "{self._name}" WITH ALLOW_CONNECTIONS false',
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'",
        ):
            await asyncio.to_thread(self._server.execute, statement)

    async def ends(self) -> None:
        """All is as before."""
        await asyncio.to_thread(self._server.execute, f'ALTER DATABASE "{self._name}" WITH ALLOW_CONNECTIONS true')


@pytest.fixture
def outages(postgres: PostgresServer, empty_postgres: str) -> Iterator[tuple[Outages, str]]:
    url = create_database(postgres, empty_postgres)
    yield Outages(postgres, url), url
    drop_database(postgres, url)


@pytest.fixture
async def far_house(outages: tuple[Outages, str]) -> AsyncIterator[House]:
    """A house whose database is a PostgreSQL."""
    db = Database(outages[1])
    yield make_house(db)
    await db.close()


async def test_the_sender_outlives_an_outage_of_postgresql(
    outages: tuple[Outages, str], far_house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was in flight is settled afterwards and not said again; what is written afterwards goes out."""
    monkeypatch.setattr(bot.settler, "SETTLE_PAUSES", (0.05,) * 100)
    (anna,), rows, outage = await enrolled(far_house, "Анна"), Rows(far_house), outages[0]
    held = Held()
    far_house.bot.session.middleware(held)
    first = await rows.put(anna, "раз")
    with capture_logs() as logs:
        async with running(far_house.sender):
            await until(lambda: held.reached == 1)
            await outage.begins()
            held.open.set()
            far_house.sender.wake()
            await until(lambda: {"nothing-claimed", "notification-not-settled"} <= {log["event"] for log in logs})
            await outage.ends()
            second = await rows.put(anna, "два")
            await until(lambda: heard(anna) == ["раз", "два"])
    for notification_id in (first, second):
        row = await rows.get(notification_id)
        assert (row.state, row.attempts, row.maybe_twice) == (NotificationState.SENT, 1, False)
