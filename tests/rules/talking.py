"""Commit, then talk: what is called while a transaction is open (architecture.md, convention 1)."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from tests.rules.reading import Function, Module, calls, dotted

_TALKERS = frozenset({"bot", "message", "call", "event", "source"})
"""Names under which handlers know Telegram's objects: awaiting a method of theirs talks."""


def talks(call: ast.Call) -> bool:
    """Whether this very call goes to Telegram: `await bot.send_message(…)`, `await call.answer()`, `await self.bot.me()`."""
    *owners, _ = dotted(call.func).split(".")
    return bool(_TALKERS & set(owners))


def talking_functions(modules: Iterable[Module]) -> set[str]:
    """The names of all functions that talk to Telegram, themselves or through others of these modules."""
    functions: dict[str, list[Function]] = {}
    for module in modules:
        for function in module.functions:
            functions.setdefault(function.name, []).append(function)
    talking: set[str] = set()
    while True:
        found = {name for name, bodies in functions.items() if any(_talks(body, talking) for body in bodies)} - talking
        if not found:
            return talking
        talking |= found


def _talks(function: Function, talking: set[str]) -> bool:
    return any(
        talks(node.value) or _name(node.value) in talking
        for node in ast.walk(function)
        if isinstance(node, ast.Await) and isinstance(node.value, ast.Call)
    )


def _name(call: ast.Call) -> str:
    """Which function is called; methods of sessions and services are others, even of the same name."""
    name = dotted(call.func)
    return name if "." not in name else name.removeprefix("self.") if name.count(".") == 1 else ""


def talk_in_transactions(module: Module, talking: set[str]) -> Iterator[str]:
    """Every call inside `async with ….write()` that talks, or goes through a function that does."""
    for block in ast.walk(module.tree):
        if not isinstance(block, ast.AsyncWith) or not any(_is_write(item.context_expr) for item in block.items):
            continue
        for call in (call for statement in block.body for call in calls(statement)):
            if talks(call) or _name(call) in talking:
                yield f"{module.at(call)}: {ast.unparse(call.func)}() inside db.write()"


def _is_write(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "write"
