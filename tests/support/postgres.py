"""A private PostgreSQL for the tests: one cluster per test process, one database per test, nothing left behind.

The cluster lives in a temporary folder, is reached through a socket in it and by nobody else, and trades durability
for speed. It lives exactly as long as this process holds the write end of a pipe: a small guard reads the other end,
stops the server and removes the folder at its close, so that even a killed test run leaves no process.

In `conftest.py`: `yield from postgres_server()` in a session fixture, `create_database` and `drop_database` or
`fresh_database` for a test, and `skip_or_fail` for PostgresMissing.
"""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from sqlalchemy import make_url

from tests.support.missing import ProgramMissing

PROGRAMS = ("initdb", "postgres", "pg_isready", "psql")
SUPERUSER = "postgres"
START_TIMEOUT = 60.0
STOP_TIMEOUT = 30.0

SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
    "shared_buffers": "32MB",
    "jit": "off",
    "timezone": "UTC",
}

# $1 is the folder, the rest is the server's command. The shell gives a background job /dev/null for its input,
# so the pipe is kept as descriptor 3. The server must not hold it, or it would keep nothing alive but itself.
# SIGINT is PostgreSQL's fast shutdown: open connections are ended, not waited for.
GUARD = """
folder=$1; shift
exec 3<&0
"$@" </dev/null 3<&- &
server=$!
(cat <&3 >/dev/null; kill -INT $server 2>/dev/null) &
wait $server
status=$?
rm -rf "$folder"
exit $status
"""


class PostgresMissing(ProgramMissing):
    """PostgreSQL's programs, or an account that may run them, are not on this machine."""


@dataclass(frozen=True)
class PostgresServer:
    """A running cluster. Its databases are named by URL everywhere."""

    binaries: Path
    folder: Path

    def url(self, database: str) -> str:
        """Give the address of a database for SQLAlchemy over asyncpg: by socket, so without port or password.

        Written out here because SQLAlchemy renders the slashes as %2F, which Alembic's configuration would interpolate.
        """
        return f"postgresql+asyncpg://{SUPERUSER}@/{database}?host={self.folder}"

    def execute(self, statement: str) -> None:
        """Run one statement outside of any transaction. Raises RuntimeError with the server's words."""
        command: list[str | Path] = [self.binaries / "psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1"]
        command += [f"--host={self.folder}", f"--username={SUPERUSER}", "--dbname=postgres", f"--command={statement}"]
        done = subprocess.run(command, capture_output=True, text=True, env=_environment(), check=False)
        if done.returncode:
            raise RuntimeError(f"PostgreSQL refused {statement!r}: {done.stderr.strip()}")


def find_binaries() -> Path:
    """Give the folder with all the server's programs. Raises PostgresMissing with the reason.

    Debian keeps them out of PATH, in a folder per version: the newest is taken.
    """
    candidates = [Path(found).resolve().parent for found in map(shutil.which, ("postgres", "initdb")) if found]
    if pg_config := shutil.which("pg_config"):
        said = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=False)
        candidates.append(Path(said.stdout.strip()))
    versions = [found for found in Path("/usr/lib/postgresql").glob("*/bin") if found.parent.name.isdigit()]
    candidates += sorted(versions, key=lambda found: int(found.parent.name), reverse=True)
    for folder in candidates:
        if all(os.access(folder / program, os.X_OK) for program in PROGRAMS):
            return folder
    raise PostgresMissing(
        f"PostgreSQL's programs ({', '.join(PROGRAMS)}) were not found on PATH, by pg_config or in /usr/lib/postgresql;"
        " on Debian: apt install postgresql"
    )


def postgres_server() -> Iterator[PostgresServer]:
    """Start a cluster, give it and stop it: the body of a session fixture (`yield from postgres_server()`).

    Raises PostgresMissing where there is no PostgreSQL. Under pytest-xdist each worker that asks gets its own:
    starting takes about a second, and nothing has to be agreed between processes.
    """
    binaries = find_binaries()
    folder = Path(tempfile.mkdtemp(prefix="metodset-pg-"))
    account = _unprivileged_account()
    if account is not None:
        os.chown(folder, account.pw_uid, account.pw_gid)
    with tempfile.TemporaryFile("w+", encoding="utf-8") as log:
        try:
            _make_cluster(binaries, folder, account)
            guard = _start(binaries, folder, account, log.fileno())
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        try:
            server = PostgresServer(binaries, folder)
            if not _wait_until_ready(server, guard):
                log.seek(0)
                raise RuntimeError(f"PostgreSQL did not start:\n{log.read()[-4000:]}")
            yield server
        finally:
            _stop(guard, folder)


def create_database(server: PostgresServer, template: str | None = None) -> str:
    """Make a database, empty or a copy of the one at the URL `template`, and give its URL.

    PostgreSQL refuses to copy a database that somebody is connected to (RuntimeError): dispose of its engine first.
    """
    name = f"test_{uuid4().hex}"
    source = f' TEMPLATE "{_name_in(template)}"' if template else ""
    server.execute(f'CREATE DATABASE "{name}"{source}')
    return server.url(name)


def drop_database(server: PostgresServer, url: str) -> None:
    """Remove a database made by `create_database`, ending the connections that a failed test left open."""
    server.execute(f'DROP DATABASE "{_name_in(url)}" WITH (FORCE)')


@asynccontextmanager
async def fresh_database(server: PostgresServer, template: str | None = None) -> AsyncIterator[str]:
    """Give the URL of a new database (see `create_database`) and remove it at the end, however the test ended."""
    url = await asyncio.to_thread(create_database, server, template)
    try:
        yield url
    finally:
        await asyncio.to_thread(drop_database, server, url)


def _name_in(url: str) -> str:
    name = make_url(url).database
    assert name is not None
    return name


def _unprivileged_account() -> pwd.struct_passwd | None:
    """Whom the server runs as: `initdb` and `postgres` refuse root. None: as ourselves."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise PostgresMissing("PostgreSQL refuses to run as root, and there is no account postgres or nobody to run it as")


def _environment() -> dict[str, str]:
    """Our environment without what would lead PostgreSQL's programs to another server (PGHOST, PGDATA and so on)."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}


def _spawn(
    command: list[str | Path], account: pwd.struct_passwd | None, folder: Path, log: int, stdin: int
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        user=account.pw_uid if account else None,
        group=account.pw_gid if account else None,
        extra_groups=[] if account else None,
        cwd=folder,  # where the tests run may be closed to that account
        env=_environment(),
        stdin=stdin,
        stdout=log,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl+C is for pytest alone: the server is needed until its fixtures are done
    )


def _make_cluster(binaries: Path, folder: Path, account: pwd.struct_passwd | None) -> None:
    # C.UTF-8 sorts by code point but knows the case of Cyrillic letters, which plain C does not.
    command: list[str | Path] = [binaries / "initdb", "--pgdata=data", f"--username={SUPERUSER}", "--auth=trust"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"]
    process = _spawn(command, account, folder, subprocess.PIPE, subprocess.DEVNULL)
    said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"initdb failed:\n{said.decode(errors='replace')}")


def _start(binaries: Path, folder: Path, account: pwd.struct_passwd | None, log: int) -> subprocess.Popen[bytes]:
    server: list[str | Path] = [binaries / "postgres", "-D", "data", "-k", folder]
    for name, value in SETTINGS.items():
        server += ["-c", f"{name}={value}"]
    return _spawn(["/bin/sh", "-c", GUARD, "guard", folder, *server], account, folder, log, subprocess.PIPE)


def _wait_until_ready(server: PostgresServer, guard: subprocess.Popen[bytes]) -> bool:
    ask: list[str | Path] = [server.binaries / "pg_isready", "--quiet", f"--host={server.folder}"]
    deadline = time.monotonic() + START_TIMEOUT
    while guard.poll() is None and time.monotonic() < deadline:
        if subprocess.run(ask, env=_environment(), check=False).returncode == 0:
            return True
        time.sleep(0.02)
    return False


def _stop(guard: subprocess.Popen[bytes], folder: Path) -> None:
    assert guard.stdin is not None
    guard.stdin.close()
    try:
        guard.wait(STOP_TIMEOUT)
    except subprocess.TimeoutExpired:
        os.killpg(guard.pid, signal.SIGKILL)  # the server's helpers end themselves once their parent is gone
        guard.wait()
    shutil.rmtree(folder, ignore_errors=True)  # gone already, unless the server died by itself
