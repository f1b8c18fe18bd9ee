"""The time zones of Russia: by name, with their distance from UTC, found by typing a city."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from services import search

LAST_RULE = datetime(2037, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Zone:
    """A zone of the tz database. `names` are its names by language, `places` further words that mean it."""

    id: int
    name: str
    names: dict[str, str]
    places: str

    def label(self, language: str) -> str:
        """«Екатеринбург (UTC+5)»."""
        return f"{self.names[language]} (UTC{_signed_hours(self._offset)})"

    @property
    def _offset(self) -> timedelta:
        """How far from UTC its clocks are: Russia turns none since 2014, so the last rule that the tz database knows holds today."""
        return LAST_RULE.astimezone(ZoneInfo(self.name)).utcoffset() or timedelta()

    def is_meant(self, query: str) -> bool:
        """Whether what was typed names it: its name in any language, a city of it, «+5»."""
        sought = search.wanted(query)
        words = " ".join((*(self.label(language) for language in self.names), self.places))
        return bool(sought) and search.has_all(words, sought)


def _signed_hours(offset: timedelta) -> str:
    minutes = round(offset.total_seconds() / 60)
    hours, rest = divmod(abs(minutes), 60)
    return f"{'−' if minutes < 0 else '+'}{hours}" + (f":{rest:02}" if rest else "")


@cache
def zones() -> tuple[Zone, ...]:
    """All of them, from west to east."""
    table = tomllib.loads(files("services").joinpath("zones.toml").read_text(encoding="utf-8"))
    return tuple(
        Zone(row["id"], row["name"], {"ru": row["ru"], "en": row["en"]}, row["places"]) for row in table["zone"]
    )


def by_id(zone_id: int) -> Zone | None:
    """The zone that a button or an answer names."""
    return next((zone for zone in zones() if zone.id == zone_id), None)


def by_name(name: str) -> Zone | None:
    """The zone with this name in the tz database; None for one outside Russia."""
    return next((zone for zone in zones() if zone.name == name), None)
