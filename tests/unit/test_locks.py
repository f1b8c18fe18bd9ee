"""The lock files: complete, of one mind with pyproject.toml, and silent about where anything was fetched from."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.txt", "requirements-dev.txt")
PROJECT = "metodset (pyproject.toml"
MEND = "run `make lock`"


@dataclass(frozen=True)
class Pin:
    """One entry of a lock file."""

    requirement: Requirement
    hashes: frozenset[str]
    asked_by: str

    @property
    def version(self) -> str:
        """The version without its `==`."""
        return str(self.requirement.specifier).removeprefix("==")


def read_lock(text: str) -> dict[str, Pin]:
    """Give the pins of a lock by normalised name; the lines of an entry after its first are indented."""
    pins: dict[str, Pin] = {}
    for entry in re.split(r"\n(?=\S)", text.strip()):
        head, *rest = entry.splitlines()
        requirement = Requirement(head.removesuffix("\\").strip())
        hashes = frozenset(re.findall(r"--hash=(sha256:[0-9a-f]{64})\b", entry))
        asked_by = "\n".join(line for line in rest if line.lstrip().startswith("#"))
        pins[canonicalize_name(requirement.name)] = Pin(requirement, hashes, asked_by)
    return pins


@pytest.fixture(scope="module")
def locks() -> dict[str, dict[str, Pin]]:
    return {name: read_lock((ROOT / name).read_text("utf-8")) for name in LOCKS}


@pytest.fixture(scope="module")
def wanted() -> dict[str, dict[str, Requirement]]:
    """What pyproject.toml asks for, by the lock that has to hold it."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        pyproject = tomllib.load(file)
    runtime = [Requirement(line) for line in pyproject["project"]["dependencies"]]
    development = [Requirement(line) for line in pyproject["dependency-groups"]["dev"]]
    groups = zip(LOCKS, (runtime, runtime + development), strict=True)
    return {lock: {canonicalize_name(each.name): each for each in group} for lock, group in groups}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_index_and_no_address(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    suspicious = r"://|^\s*-(?!-hash=)|\s--(?!hash=)|\w @ |(?:^|[\s/])(?:\.{0,2}/|~/)"
    found = [line for line in text.splitlines() if re.search(suspicious, line)]
    assert not found, MEND


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_is_one_version_with_hashes(lock: str, locks: dict[str, dict[str, Pin]]) -> None:
    loose = [
        name
        for name, pin in locks[lock].items()
        if not pin.hashes or [each.operator for each in pin.requirement.specifier] != ["=="]
    ]
    assert not loose, MEND


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_exactly_what_pyproject_asks_for(
    lock: str, locks: dict[str, dict[str, Pin]], wanted: dict[str, dict[str, Requirement]]
) -> None:
    direct = {name for name, pin in locks[lock].items() if PROJECT in pin.asked_by}
    assert direct == set(wanted[lock]), MEND


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_fits_pyproject(
    lock: str, locks: dict[str, dict[str, Pin]], wanted: dict[str, dict[str, Requirement]]
) -> None:
    misfits = {
        name: (str(asked.specifier), locks[lock][name].version)
        for name, asked in wanted[lock].items()
        if name in locks[lock] and not asked.specifier.contains(locks[lock][name].version, prereleases=True)
    }
    assert not misfits, MEND


def test_development_runs_on_the_very_versions_that_are_shipped(locks: dict[str, dict[str, Pin]]) -> None:
    shipped, development = (locks[name] for name in LOCKS)
    different = {
        name: (pin.version, development[name].version if name in development else "absent")
        for name, pin in shipped.items()
        if name not in development or (development[name].version, development[name].hashes) != (pin.version, pin.hashes)
    }
    assert not different, MEND
