"""The private PostgreSQL of the tests: quick copies, and nothing left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.support import postgres
from tests.support.missing import skip_or_fail
from tests.support.postgres import (
    PostgresMissing,
    PostgresServer,
    create_database,
    drop_database,
    find_binaries,
    fresh_database,
    postgres_server,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    try:
        yield from postgres_server()
    except PostgresMissing as missing:
        skip_or_fail(missing)


async def connect(url: str) -> asyncpg.Connection:
    return await asyncpg.connect(url.replace("+asyncpg", ""))


async def databases(server: PostgresServer) -> set[str]:
    connection = await connect(server.url("postgres"))
    try:
        return {row["datname"] for row in await connection.fetch("SELECT datname FROM pg_database")}
    finally:
        await connection.close()


async def test_a_copy_has_the_rows_of_its_template_and_knows_cyrillic_case(server: PostgresServer) -> None:
    template = create_database(server)
    connection = await connect(template)
    await connection.execute("CREATE TABLE words (word text); INSERT INTO words VALUES ('Методист')")
    await connection.close()

    async with fresh_database(server, template) as url:
        connection = await connect(url)
        assert await connection.fetchval("SELECT lower(word) FROM words") == "методист"
        await connection.execute("DELETE FROM words")
        await connection.close()

    connection = await connect(template)
    assert await connection.fetchval("SELECT count(*) FROM words") == 1
    await connection.close()
    drop_database(server, template)


async def test_a_database_goes_even_when_the_test_failed_with_a_connection_open(server: PostgresServer) -> None:
    before = await databases(server)
    left_open = []

    async def failing_test() -> None:
        async with fresh_database(server) as url:
            left_open.append(await connect(url))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await failing_test()
    assert await databases(server) == before
    left_open[0].terminate()


def test_the_servers_own_words_are_in_the_error(server: PostgresServer) -> None:
    with pytest.raises(RuntimeError, match='database "nowhere" does not exist'):
        drop_database(server, server.url("nowhere"))


def test_missing_programs_are_named_with_a_way_to_get_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(postgres, "PROGRAMS", ("no-such-program",))
    with pytest.raises(PostgresMissing, match="apt install postgresql"):
        find_binaries()


def test_a_killed_test_run_leaves_no_server_and_no_folder(server: PostgresServer) -> None:
    code = (
        "from tests.support.postgres import postgres_server\n"
        "running = postgres_server()\n"
        "print(next(running).folder, flush=True)\n"
        "input()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as run:
        assert run.stdout is not None
        folder = Path(run.stdout.readline().strip())
        postmaster = int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        assert Path(f"/proc/{postmaster}").exists() or sys.platform != "linux"
        run.send_signal(signal.SIGKILL)

    deadline = time.monotonic() + 15
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(postmaster, 0)
