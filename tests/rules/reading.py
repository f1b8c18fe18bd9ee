"""The house's code as the rules read it: files parsed once, with what the rules ask of a tree again and again."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PRODUCT = ("bot", "handlers", "screens", "services", "dialogs", "models", "demo", "jobs")
"""The rooms of the product."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """One file of Python."""

    path: str
    source: str

    @cached_property
    def tree(self) -> ast.Module:
        """What is written in it."""
        return ast.parse(self.source)

    @cached_property
    def functions(self) -> list[Function]:
        """All functions and methods, also those inside others."""
        return [node for node in ast.walk(self.tree) if isinstance(node, Function)]

    def at(self, node: ast.AST) -> str:
        """Where `node` stands: «services/networks.py:12»."""
        return f"{self.path}:{getattr(node, 'lineno', 0)}"

    def comments(self) -> Iterator[tuple[int, str]]:
        """Every comment with its line."""
        for token in tokenize.generate_tokens(io.StringIO(self.source).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string


@cache
def modules(*rooms: str) -> tuple[Module, ...]:
    """Every file of these rooms."""
    paths = sorted(path for room in rooms for path in (ROOT / room).rglob("*.py"))
    assert paths, f"nothing to read in {rooms}"
    return tuple(Module(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")) for path in paths)


def dotted(node: ast.expr) -> str:
    """A name with its attributes («here.clock.now»), or nothing when it begins with something else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and (before := dotted(node.value)):
        return f"{before}.{node.attr}"
    return ""


def calls(node: ast.AST) -> Iterator[ast.Call]:
    """Every call in `node`."""
    return (one for one in ast.walk(node) if isinstance(one, ast.Call))


def docstrings(tree: ast.AST) -> set[int]:
    """The ids of the nodes that are documentation: of modules, classes and functions, and the strings under attributes."""
    found = set()
    for node in ast.walk(tree):
        for body in (getattr(node, "body", None), getattr(node, "orelse", None)):
            for statement in body if isinstance(body, list) else ():
                if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                    found.add(id(statement.value))
    return found
