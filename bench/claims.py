"""How long it takes to claim a hundred due notifications among a million, beside APScheduler's own job store.

Both databases, two shapes of a queue: a few due ones among many that wait for later days (reminders), and all due at one moment
(an announcement to everybody). `python -m bench.claims [rows …]` measures this alone.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pickle
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from apscheduler.events import EVENT_JOB_EXECUTED, EVENT_JOB_MISSED, JobExecutionEvent
from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Insert,
    Integer,
    Interval,
    String,
    Table,
    case,
    cast,
    create_engine,
    delete,
    func,
    insert,
    literal,
    select,
    text,
)

from bench.table import Line, drawn
from bot import migrations
from models import Database, Notification, NotificationState, Person, Priority
from services import notifications
from tests.support.missing import ProgramMissing
from tests.support.postgres import create_database, postgres_server

SIZES = (10_000, 100_000, 1_000_000)
PEOPLE = 20_000
DUE = 5_000
"""So many of the reminders are due; the others wait for later."""

GUESTS = 50
"""So many people have a reminder of the same event, written at once and due at once."""

AT_ONCE = 100
ROUNDS = 40
JOBS = 100_000
"""The job store is measured with so many: a million would take it minutes to write."""

JOBS_DUE = 1_000
NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)


async def measure(folder: Path, sizes: Sequence[int] = SIZES) -> list[Line]:
    """A line a database and shape, one for the job store."""
    lines = []
    for name, opening in (("SQLite", _sqlite(folder)), ("PostgreSQL", _postgresql())):
        try:
            async with opening as db:
                lines += await _measure(name, db, sizes)
        except ProgramMissing as missing:
            lines.append(Line(f"claims on {name}", f"not measured: {missing}"))
    stored, lost = await asyncio.to_thread(_job_store, folder)
    lines.append(
        Line(
            f"APScheduler's own job store, {_short(JOBS)} jobs, {JOBS_DUE} due at once",
            "–",
            f"{stored * 1000:.0f} ms to find them, {lost} lost",
        )
    )
    return lines


async def _measure(name: str, db: Database, sizes: Sequence[int]) -> list[Line]:
    lines = []
    for shape, due in (("few due", DUE), ("all due", None)):
        found = []
        for size in sizes:
            await _fill(db, size, due)
            found.append(await _claims(db))
        figures = ", ".join(
            f"{_short(size)}: {p50 * 1000:.1f}/{p95 * 1000:.1f}" for size, (p50, p95) in zip(sizes, found, strict=True)
        )
        growth = found[-1][1] / found[0][1]
        lines.append(
            Line(
                f"{AT_ONCE} claimed of rows on {name}, {shape}: ms p50/p95", f"{figures} (×{growth:.2f} from the first)"
            )
        )
    return lines


async def _claims(db: Database) -> tuple[float, float]:
    """The middle and the 95th of a hundred of `ROUNDS` claims, each with its commit."""
    seconds = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        async with db.write() as session:
            rows = await notifications.claim(
                session, now=NOW, leased_at=NOW, limit=AT_ONCE, kinds=["bench"], besides=range(30)
            )
        seconds.append(time.perf_counter() - begun)
        if len(rows) != AT_ONCE:
            raise RuntimeError(f"{len(rows)} claimed instead of {AT_ONCE}")
    return statistics.median(seconds), statistics.quantiles(seconds, n=20)[-1]


async def _fill(db: Database, rows: int, due: int | None) -> None:
    """The queue anew: `rows` of them, `due` of them in the last hour, the others in the next month (None: all due at once)."""
    async with db.write() as session:
        if db.is_sqlite:
            await session.execute(
                text("PRAGMA cache_size=-262144")
            )  # for the filling; it is measured with the usual one
            await session.execute(delete(Notification))
        else:
            await session.execute(text("TRUNCATE notifications CASCADE"))
        if not await session.scalar(select(func.count()).select_from(Person)):
            number = _series(PEOPLE)
            names = ["telegram_id", "created_at", "registered_at"]
            moment = literal(NOW, Person.created_at.type)
            await session.execute(insert(Person).from_select(names, select(number, moment, moment)))
        await session.execute(_rows(db, rows, due))
        if db.is_sqlite:
            await session.execute(text("PRAGMA cache_size=-2000"))
    async with db.engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        await connection.exec_driver_sql("ANALYZE" if db.is_sqlite else "VACUUM ANALYZE notifications")
    async with db.engine.connect() as connection:
        if db.is_sqlite:  # what was written must not be tidied up by the first claim
            await connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _rows(db: Database, rows: int, due: int | None) -> Insert:
    number = _series(rows)
    event = literal(1, BigInteger) if due is None else (number - 1) // GUESTS
    if due is None:
        moment: ColumnElement[datetime] = literal(NOW, Notification.due_at.type)
    else:
        # The events lie in time by a multiplication that jumps about: those due together were not written together.
        turn = (event * 7919) % (rows // GUESTS)
        earlier, later = -3600 * turn * GUESTS / due, 60 + 30 * 86400 * turn * GUESTS / rows
        seconds = case((turn * GUESTS < due, earlier), else_=later)
        moment = _moved(db, cast(seconds, Integer))
    columns: dict[str, ColumnElement[Any]] = {
        "kind": literal("bench"),
        "key": literal("bench:") + cast(number, String),
        "person_id": number % PEOPLE + 1,
        "subject_id": event,
        "payload": literal({}, Notification.payload.type),
        "priority": literal(int(Priority.ANNOUNCEMENT if due is None else Priority.REMINDER)),
        "urgent": literal(False),
        "due_at": moment,
        "next_at": moment,
        "state": literal(NotificationState.PENDING, Notification.state.type),
        "attempts": literal(0),
        "maybe_twice": literal(False),
        "created_at": literal(NOW, Notification.created_at.type),
    }
    return insert(Notification).from_select(list(columns), select(*columns.values()))


def _series(last: int) -> ColumnElement[int]:
    """The numbers from 1 to `last`, on either database."""
    one = select(literal(1, BigInteger).label("number")).cte("series", recursive=True)
    return one.union_all(select(one.c.number + 1).where(one.c.number < last)).c.number


def _moved(db: Database, seconds: ColumnElement[int]) -> ColumnElement[datetime]:
    """`NOW` and so many seconds, as the column keeps it."""
    if db.is_sqlite:
        shift = cast(seconds, String) + " seconds"
        return func.strftime("%Y-%m-%d %H:%M:%f000", NOW.strftime("%Y-%m-%d %H:%M:%S"), shift)
    return literal(NOW, Notification.due_at.type) + seconds * literal(timedelta(seconds=1), Interval)


@asynccontextmanager
async def _sqlite(folder: Path) -> AsyncIterator[Database]:
    db = Database(f"sqlite+aiosqlite:///{folder / 'claims.sqlite3'}")
    await migrations.upgrade(db)
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def _postgresql() -> AsyncIterator[Database]:
    """A cluster of its own. Raises ProgramMissing where there is no PostgreSQL."""
    with contextlib.contextmanager(postgres_server)() as server:
        db = Database(create_database(server))
        await migrations.upgrade(db)
        try:
            yield db
        finally:
            await db.close()


def do_nothing() -> None:
    """The job: found by its name when the store is read."""


def _job_store(folder: Path) -> tuple[float, int]:
    """How long APScheduler's store looks for what is due among `JOBS`, and how many of `JOBS_DUE` a scheduler over it loses."""
    url = f"sqlite:///{folder / 'jobs.sqlite3'}"
    store = SQLAlchemyJobStore(url)
    counted = {EVENT_JOB_EXECUTED: 0, EVENT_JOB_MISSED: 0}
    scheduler = BackgroundScheduler(jobstores={"default": store}, timezone=UTC)
    scheduler.start(paused=True)
    state = scheduler.add_job(do_nothing, "date", run_date=NOW + timedelta(days=3650), id="first").__getstate__()
    scheduler.add_listener(lambda event: _count(counted, event), EVENT_JOB_EXECUTED | EVENT_JOB_MISSED)
    later = datetime.now(UTC) + timedelta(days=30)
    _write_jobs(url, store.jobs_t, state, [later + timedelta(seconds=number) for number in range(JOBS - JOBS_DUE)])
    due_at = datetime.now(UTC) + timedelta(seconds=3)
    _write_jobs(url, store.jobs_t, state, [due_at] * JOBS_DUE)
    begun = time.perf_counter()
    if len(store.get_due_jobs(due_at)) != JOBS_DUE:
        raise RuntimeError("the jobs are not due as they were meant to be")
    seconds = time.perf_counter() - begun
    if datetime.now(UTC) >= due_at:
        raise RuntimeError("the machine was too slow to have them written in time")
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # it writes a line for each job that it loses
    scheduler.resume()
    deadline = time.monotonic() + 60
    while sum(counted.values()) < JOBS_DUE and time.monotonic() < deadline:
        time.sleep(0.05)
    scheduler.shutdown()
    return seconds, JOBS_DUE - counted[EVENT_JOB_EXECUTED]


def _count(counted: dict[int, int], event: JobExecutionEvent) -> None:
    counted[event.code] += 1


def _write_jobs(url: str, table: Table, state: dict[str, object], moments: Sequence[datetime]) -> None:
    """As the store writes them, only at once."""
    rows = []
    for number, run_at in enumerate(moments):
        name = f"{run_at.timestamp()}-{number}"
        made = pickle.dumps(state | {"id": name, "next_run_time": run_at}, pickle.HIGHEST_PROTOCOL)
        rows.append({"id": name, "next_run_time": run_at.timestamp(), "job_state": made})
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(table.insert(), rows)
    engine.dispose()


def _short(number: int) -> str:
    return f"{number // 1_000_000}M" if number >= 1_000_000 else f"{number // 1000}k"


async def _alone(sizes: Sequence[int]) -> None:
    with tempfile.TemporaryDirectory() as name:
        print(drawn(await measure(Path(name), sizes)))


if __name__ == "__main__":
    asyncio.run(_alone([int(size) for size in sys.argv[1:]] or SIZES))
