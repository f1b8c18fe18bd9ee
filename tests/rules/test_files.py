"""Rules about files: their length, the language of their words, reasons beside ignores, the settings' example (architecture.md)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.rules.reading import PRODUCT, ROOT, Function, Module, docstrings, modules

LONGEST_FILE = 400
"""«A room's file past some 400 lines becomes a folder of the same name.»"""


def too_long(module: Module) -> bool:
    """Whether the file should have become a folder."""
    return len(module.source.splitlines()) > LONGEST_FILE


def test_files_are_short() -> None:
    assert [one.path for one in modules(*PRODUCT, "sandbox", "tests") if too_long(one)] == []


def test_a_long_file_is_found() -> None:
    assert too_long(Module("services/sample.py", "a = 1\n" * 401))
    assert not too_long(Module("services/sample.py", "a = 1\n" * 400))


_IGNORE = re.compile(r"#\s*(noqa\b(?!\s*:)|noqa:\s*[A-Z0-9, ]+|type: ignore\b(?:\[[\w, -]+\])?|pragma: no cover)(.*)")


def unexplained(module: Module) -> Iterator[str]:
    """Ignores without a reason beside them."""
    for line, comment in module.comments():
        ignore = _IGNORE.search(comment)
        if ignore is not None and len(ignore[2].lstrip(" #").split()) < 2:
            yield f"{module.path}:{line}: {comment}"
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("mark.skip", "mark.xfail", "mark.skipif")):
            reason = next((one.value for one in node.keywords if one.arg == "reason"), None)
            if reason is None and not (node.func.attr == "skip" and node.args):  # type: ignore[attr-defined]  # it ends in an attribute
                yield f"{module.at(node)}: {ast.unparse(node)}"


def test_every_ignore_has_its_reason() -> None:
    everything = [*modules(*PRODUCT, "sandbox", "tests", "alembic")]
    assert [fault for module in everything for fault in unexplained(module)] == []


@pytest.mark.parametrize(
    "line",
    [
        "a = b  # noqa: E501",
        "a = b  # noqa",
        "a = b  # type: ignore[misc]",
        "a = b  # type: ignore  #",
        "@pytest.mark.xfail()\ndef f(): ...",
    ],
)
def test_an_ignore_without_a_reason_is_found(line: str) -> None:
    assert len(list(unexplained(Module("sample.py", f"{line}\n")))) == 1
    explained = Module(
        "sample.py", "a = b  # noqa: T201  # the operator reads it\nc = d  # type: ignore[misc]  # a stub is wrong\n"
    )
    assert list(unexplained(explained)) == []


_RUSSIAN = re.compile(r"[А-Яа-яЁё]{2,}")
NAME_OF_THE_PRODUCT = {"Методсеть"}

SPEAKING: dict[str, str] = {
    "bot/demo.py": "the line that `make run` shows to a visitor, in both languages",
    "sandbox/": "the words of Telegram's own app and of the people in it, not of the bot",
    "dialogs/moments/": "what people type; the bot says none of it",
    "demo/": "the invented city",
}
"""Where Russian words may stand in code, with the reason."""


def russian(module: Module) -> Iterator[str]:
    """Strings with Russian words: what people read belongs into `locales/`. Documentation and comments may speak of them."""
    spared = docstrings(module.tree)
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in spared:
            words = set(_RUSSIAN.findall(node.value)) - NAME_OF_THE_PRODUCT
            if words:
                yield f"{module.at(node)}: {sorted(words)[:3]}"


def test_words_people_read_stand_in_locales() -> None:
    told = [one for one in modules(*PRODUCT, "sandbox") if not one.path.startswith(tuple(SPEAKING))]
    assert [fault for module in told for fault in russian(module)] == []


def test_a_russian_word_in_code_is_found() -> None:
    sample = '"""О сетях."""\nTITLE = "Сеть"  # сеть\n\ndef f():\n    """Даёт сеть."""\n    return f"{TITLE} ваша"\n'
    assert list(russian(Module("screens/sample.py", sample))) == [
        "screens/sample.py:2: ['Сеть']",
        "screens/sample.py:6: ['ваша']",
    ]


def undocumented(module: Module) -> Iterator[str]:
    """Public functions, classes and methods that do not say what they do.

    A method that overrides another one is documented there: in the class it inherits from, or in a protocol of the same file.
    """
    told = {function.name for function in module.functions if ast.get_docstring(function) is not None}

    def look(node: ast.Module | ast.ClassDef) -> Iterator[str]:
        inherits = isinstance(node, ast.ClassDef) and bool(node.bases)
        for child in node.body:
            if not isinstance(child, Function | ast.ClassDef) or child.name.startswith("_"):
                continue
            overrides = isinstance(node, ast.ClassDef) and (inherits or child.name in told)
            if ast.get_docstring(child) is None and not overrides:
                yield f"{module.at(child)}: {child.name}"
            if isinstance(child, ast.ClassDef):
                yield from look(child)

    if ast.get_docstring(module.tree) is None and module.source.strip():
        yield f"{module.path}: the file"
    yield from look(module.tree)


def test_public_functions_say_what_they_do() -> None:
    assert [fault for module in modules(*PRODUCT, "sandbox") for fault in undocumented(module)] == []


def test_an_undocumented_function_is_found() -> None:
    sample = '"""A sample."""\nclass A:\n    """A."""\n    def b(self): ...\n    def _c(self): ...\ndef d(): ...\n'
    assert list(undocumented(Module("sample.py", sample))) == ["sample.py:4: b", "sample.py:6: d"]


def settings_in(example: str) -> list[str]:
    """The settings that an example of `.env` names, in their order."""
    return re.findall(r"^([A-Z][A-Z0-9_]*)=", example, re.MULTILINE)


def test_the_example_lists_exactly_the_settings() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    assert settings_in(example) == [name.upper() for name in Settings.model_fields]


def test_the_example_has_sensible_values() -> None:
    assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)


def test_settings_are_read_from_an_example() -> None:
    assert settings_in("# The token.\nBOT_TOKEN=\n\n#NOTHING=1\nHTTP_PORT=8080\n") == ["BOT_TOKEN", "HTTP_PORT"]


def shadows(root: Path) -> list[str]:
    """Folders of ours that would be imported instead of a library."""
    return [name for name in ("alembic",) if (root / name / "__init__.py").exists()]


def test_alembic_is_the_library() -> None:
    assert shadows(ROOT) == []


def test_a_shadow_is_found(tmp_path: Path) -> None:
    (tmp_path / "alembic").mkdir()
    (tmp_path / "alembic" / "__init__.py").touch()
    assert shadows(tmp_path) == ["alembic"]
