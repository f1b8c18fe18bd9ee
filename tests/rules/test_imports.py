"""Commands that do not talk to Telegram never import aiogram: it takes seconds and 165 MiB (architecture.md, «Cost of standing still»)."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rules.reading import ROOT

HEAVY = ("aiogram", "sandbox", "playwright", "pytest", "openpyxl", "fpdf", "pymorphy3")
"""What a command about the database alone has no business with, or what loads on first use only."""


def loaded_by(module: str) -> set[str]:
    """Which heavy libraries a fresh process has after importing `module`."""
    program = f"import sys, {module}; print(*[name for name in {HEAVY!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    return set(done.stdout.split())


@pytest.mark.parametrize(
    "module", ["bot.__main__", "bot.data", "bot.lists", "bot.migrations", "bot.settings", "bot.logs", "demo"]
)
def test_commands_about_the_database_are_light(module: str) -> None:
    assert loaded_by(module) == set()


def test_a_heavy_import_is_found() -> None:
    assert loaded_by("aiogram") == {"aiogram"}
