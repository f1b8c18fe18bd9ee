"""Commit, then talk; services never commit; later is a row, not a task (architecture.md, conventions 1, 2, 7)."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.rules.reading import Module, calls, dotted, modules
from tests.rules.talking import talk_in_transactions, talking_functions

TALKATIVE = modules("handlers", "bot", "jobs")


def test_nobody_talks_inside_a_transaction() -> None:
    talking = talking_functions(TALKATIVE)
    assert {"show", "update_screen", "answer_button"} <= talking
    assert [fault for module in TALKATIVE for fault in talk_in_transactions(module, talking)] == []


@pytest.mark.parametrize(
    "said", ["await show(call, screen)", "await bot.send_message(1, '')", "await call.answer()", "await tell(call)"]
)
def test_talk_inside_a_transaction_is_found(said: str) -> None:
    sample = Module(
        "handlers/sample.py",
        f"""
async def show(call, screen):
    await call.message.edit_text(screen)

async def tell(call):
    await show(call, "")

async def join(call, bot, db, screen):
    async with db.write() as session:
        if session:
            {said}
""",
    )
    (fault,) = talk_in_transactions(sample, talking_functions([sample]))
    assert fault.startswith("handlers/sample.py:11: ")


def test_talk_after_a_transaction_is_as_it_should_be() -> None:
    sample = Module(
        "handlers/sample.py",
        "async def join(call, db):\n    async with db.write() as session:\n        await networks.join(session)\n"
        "    await call.answer()\n",
    )
    assert list(talk_in_transactions(sample, talking_functions([sample]))) == []


def commits(module: Module) -> Iterator[str]:
    """Every end of a transaction that is not the door's."""
    for call in calls(module.tree):
        if isinstance(call.func, ast.Attribute) and call.func.attr in {"commit", "rollback", "begin", "close"}:
            if dotted(call.func) == "os.close":  # a file's descriptor
                continue
            yield f"{module.at(call)}: {ast.unparse(call.func)}()"


def test_services_never_commit() -> None:
    assert [fault for module in modules("services", "demo", "jobs") for fault in commits(module)] == []


def test_a_commit_is_found() -> None:
    sample = Module("services/sample.py", "async def join(session):\n    await session.commit()\n")
    assert list(commits(sample)) == ["services/sample.py:2: session.commit()"]


def misplaced_sessions(module: Module) -> Iterator[str]:
    """Functions that take the session, or then the actor, elsewhere than first; `self` does not count."""
    for function in module.functions:
        names = [one.arg for one in (*function.args.posonlyargs, *function.args.args) if one.arg not in {"self", "cls"}]
        everything = [*names, *(one.arg for one in function.args.kwonlyargs)]
        if "session" in everything and names[:1] != ["session"]:
            yield f"{module.at(function)}: {function.name} takes session, but not first"
        if "actor" in everything and "session" in everything and names[1:2] != ["actor"]:
            yield f"{module.at(function)}: {function.name} takes actor, but not after session"


def test_services_take_session_then_actor() -> None:
    assert [fault for module in modules("services") for fault in misplaced_sessions(module)] == []


def test_a_misplaced_session_is_found() -> None:
    sample = Module("services/sample.py", "def a(actor, session): ...\ndef b(session, name, *, actor): ...\n")
    assert len(list(misplaced_sessions(sample))) == 3


_CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"}


def own_clocks(module: Module) -> Iterator[str]:
    """Looks at a clock that the demo and the tests cannot move: `now` is a parameter, and comes from `Clock`."""
    for call in calls(module.tree):
        if dotted(call.func) in _CLOCKS:
            yield f"{module.at(call)}: {dotted(call.func)}()"


def test_now_comes_from_the_clock() -> None:
    rooms = modules("handlers", "screens", "services", "dialogs", "models", "demo", "jobs")
    assert [fault for one in rooms if one.path != "services/clock.py" for fault in own_clocks(one)] == []


def test_an_own_clock_is_found() -> None:
    sample = Module("services/sample.py", "moment = datetime.now(UTC)\nother = clock.now()\n")
    assert list(own_clocks(sample)) == ["services/sample.py:1: datetime.now()"]


_LATER = {"create_task", "ensure_future", "TaskGroup", "call_later", "run_coroutine_threadsafe"}


def tasks(module: Module) -> Iterator[str]:
    """Work put off in memory, which a kill loses."""
    for call in calls(module.tree):
        if isinstance(call.func, ast.Name | ast.Attribute) and dotted(call.func).rpartition(".")[2] in _LATER:
            yield f"{module.at(call)}: {dotted(call.func)}()"


def test_later_is_a_row_not_a_task() -> None:
    rooms = modules("handlers", "screens", "services", "dialogs", "models", "demo")
    assert [fault for module in rooms for fault in tasks(module)] == []


def test_a_task_is_found() -> None:
    sample = Module("handlers/sample.py", "async def f():\n    asyncio.create_task(g())\n")
    assert list(tasks(sample)) == ["handlers/sample.py:2: asyncio.create_task()"]


def broad_catches(module: Module) -> Iterator[str]:
    """`except:`, `except Exception:` and `suppress(Exception)`: silence must have a name."""
    for node in ast.walk(module.tree):
        caught: list[ast.expr | None] = []
        if isinstance(node, ast.ExceptHandler):
            caught += node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
        elif isinstance(node, ast.Call) and dotted(node.func).endswith("suppress"):
            caught += node.args
        if any(one is None or dotted(one) in {"Exception", "BaseException"} for one in caught):
            yield f"{module.at(node)}: {ast.unparse(node).partition(chr(10))[0]}"


def test_silence_has_a_name() -> None:
    rooms = modules("handlers", "screens", "services", "dialogs", "models", "demo")
    assert [fault for module in rooms for fault in broad_catches(module)] == []


@pytest.mark.parametrize("caught", ["except:", "except Exception:", "except (ValueError, Exception) as error:"])
def test_a_broad_catch_is_found(caught: str) -> None:
    sample = Module("handlers/sample.py", f"try:\n    f()\n{caught}\n    pass\nwith suppress(Exception):\n    f()\n")
    assert len(list(broad_catches(sample))) == 2
