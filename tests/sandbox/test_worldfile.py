"""The world in a file, and the sandbox as a process that is killed."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.types import BotCommand, InlineKeyboardButton, InlineKeyboardMarkup
from aiohttp import ClientSession

from sandbox import InProcessSession, World
from sandbox.remote import RemoteVisitor
from sandbox.worldfile import WorldFile
from tests.sandbox.conftest import http_bot

ROOT = Path(__file__).parents[2]
BUTTON = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Да", callback_data="yes")]])


async def test_everything_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "world.db"
    world = World()
    file = WorldFile(world, path)
    assert file.load() is False
    bot = Bot(world.add_bot().token, session=InProcessSession(world))
    file.start()
    anna = world.visitor("Анна", "Ильина", note="новый педагог", pinned=True)
    boris = world.visitor("Борис")
    group = world.group("Учителя", members=[anna])
    await anna.says("/start")
    await bot.send_message(anna.id, "<b>да?</b>", parse_mode="HTML", reply_markup=BUTTON)
    await anna.sends_photo(caption="фото")
    await anna.sends_album([("document", "a.txt", b"a"), ("document", "b.txt", b"b")])
    await anna.says("/help", chat=group)
    await boris.says("привет")
    await boris.blocks()
    await anna.taps("Да")
    await bot.set_my_commands([BotCommand(command="menu", description="Меню")], language_code="ru")
    await bot.set_my_description("Что умеет бот")
    world.shift(timedelta(days=3))
    await asyncio.sleep(0.3)
    await bot.send_message(anna.id, "последнее")
    await file.close()

    again = World()
    second = WorldFile(again, path)
    assert second.load() is True
    for name, table in world.state.tables().items():
        restored: Any = again.state.tables()[name]
        if name != "callbacks":
            assert list(restored.rows.items()) == list(table.rows.items()), name
    assert again.state.messages.chats == world.state.messages.chats
    press = next(iter(again.state.callbacks))
    assert (press.data, press.person_id, press.answered) == ("yes", anna.id, False)
    assert again.clock.offset == timedelta(days=3)
    bot_again = Bot(bot.token, session=InProcessSession(again))
    assert await bot_again.answer_callback_query(press.id)
    assert (await bot_again.send_message(anna.id, "дальше")).message_id == anna.screen.message_id + 1
    await second.close()


async def test_snapshots_are_saved_too(tmp_path: Path) -> None:
    world = World()
    world.add_bot()
    file = WorldFile(world, tmp_path / "world.db")
    anna = world.visitor("Анна")
    await anna.says("раз")
    before = world.snapshot()
    await anna.says("два")
    await anna.sends_photo()
    file.save_now()
    world.restore(before)
    await file.close()
    again = World()
    second = WorldFile(again, tmp_path / "world.db")
    second.load()
    assert [message.text for message in again.visitor(id=anna.id).messages] == ["раз"]
    assert len(again.state.blobs) == 0
    await second.close()


async def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("это не база данных, а просто текст" * 50)
    with pytest.raises(ValueError, match="is not a file of the sandbox"):
        WorldFile(World(), tmp_path / "text.db").load()
    with pytest.raises(FileNotFoundError, match="no folder"):
        WorldFile(World(), tmp_path / "nowhere" / "world.db").load()
    first = WorldFile(World(), tmp_path / "world.db")
    first.load()
    with pytest.raises(ValueError, match="used by another sandbox"):
        WorldFile(World(), tmp_path / "world.db").load()
    await first.close()
    with sqlite3.connect(tmp_path / "world.db") as connection:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('version', '99')")
    connection.close()
    with pytest.raises(ValueError, match="another version"):
        WorldFile(World(), tmp_path / "world.db").load()


async def test_a_save_that_fails_is_tried_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sandbox.worldfile.RETRY", 0.01)
    world = World()
    world.add_bot()
    file = WorldFile(world, tmp_path / "world.db")
    file.start()
    write = file._write
    failures = [sqlite3.OperationalError("disk I/O error")]

    def flaky(batch: Any) -> None:
        if failures:
            raise failures.pop()
        write(batch)

    monkeypatch.setattr(file, "_write", flaky)
    anna = world.visitor("Анна")
    await anna.says("важное")
    await anna.sends_photo()
    await anna.waits(lambda: world.faults)
    assert "disk I/O error" in world.faults[0].text
    await asyncio.sleep(0.3)
    await file.close()
    again = World()
    second = WorldFile(again, tmp_path / "world.db")
    second.load()
    assert [message.text for message in again.visitor(id=anna.id).messages] == ["важное", ""]
    assert again.visitor(id=anna.id).messages[1].data == anna.messages[1].data
    await second.close()


async def start(*arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", "sandbox", *arguments, cwd=ROOT, stdout=PIPE, stderr=PIPE
    )


async def address(process: Process) -> tuple[str, str]:
    assert process.stdout is not None
    line = (await asyncio.wait_for(process.stdout.readline(), 60)).decode().split()
    assert line[1] == "token"
    return line[0], line[2]


async def test_a_killed_sandbox_comes_back(tmp_path: Path) -> None:
    state = ("--state", str(tmp_path / "world.db"), "--token", "99:secret")
    process = await start(*state)
    url, token = await address(process)
    assert token == "99:secret"
    async with ClientSession() as session:
        anna = await RemoteVisitor.enter(session, url, "Анна", note="эксперт")
        person = anna.id
        for text in ("первое", "второе"):
            await anna.says(text)
        async with session.post(f"{url}/control/time", json={"advance_seconds": 86400}) as response:
            assert (await response.json())["shift_seconds"] == 86400
        await asyncio.sleep(0.35)
    process.send_signal(signal.SIGKILL)
    await process.wait()

    process = await start(*state)
    url, _ = await address(process)
    bot = http_bot(url, token)
    updates = await bot.get_updates(timeout=1)
    assert [update.message.text for update in updates if update.message] == ["первое", "второе"]
    assert updates[0].message is not None
    assert updates[0].message.chat.id == person
    await bot.send_message(person, "вижу")
    async with ClientSession() as session:
        async with session.get(f"{url}/control/state") as response:
            facts = await response.json()
        stream = await session.get(f"{url}/control/events")
        poll = asyncio.create_task(bot.get_updates(offset=updates[-1].update_id + 1, timeout=50))
        await asyncio.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(poll, 20) == []  # long before its own end: even a busy machine needs no more
        assert await asyncio.wait_for(process.wait(), 20) == 0
        stream.close()
    assert (facts["shift_seconds"], facts["people"][0]["note"], facts["people"][0]["unread"]) == (86400, "эксперт", 1)
    await bot.session.close()
    assert process.stderr is not None
    assert await process.stderr.read() == b""


async def test_a_busy_port_is_one_sentence(tmp_path: Path) -> None:
    busy = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    port = busy.sockets[0].getsockname()[1]
    process = await start("--port", str(port))
    out, err = await asyncio.wait_for(process.communicate(), 60)
    busy.close()
    assert (process.returncode, out) == (1, b"")
    assert err.decode() == f"cannot listen on 127.0.0.1:{port}: the port is taken by another program{os.linesep}"
