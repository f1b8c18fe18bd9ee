"""Texts of a person's language. A missing text or variable raises: nobody reads a key or «None» on their phone."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import ast

from dialogs.languages import LANGUAGES, language_of

__all__ = ["LANGUAGES", "LOCALES", "Html", "L10n", "TextMissing", "bundle", "language_of"]

LOCALES = Path(__file__).parent.parent / "locales"


_NEAR = {-1: "date-yesterday", 0: "date-today", 1: "date-tomorrow", 2: "date-after-tomorrow"}


class TextMissing(LookupError):
    """A text, or a variable that a text needs, is not there: a fault of ours."""


_LONGEST_PART = 2000
_STAND_IN = re.compile("\ue000\\d+\ue001")
"""Fluent refuses values longer than 2500 signs (`fluent.runtime.resolver.MAX_PART_LENGTH`, a guard against texts that expand each
other); an agreement, or a goal full of signs that are escaped, is longer. A sign of nobody's stands in for such a value meanwhile."""


class Html(str):
    """A value that is markup already and is not escaped again."""

    __slots__ = ()


class L10n:
    """The texts of one language, for one person's time zone: `t("networks-title")`, `t("error-exists", title=title)`.

    A call escapes its values for a message text or caption; `plain` does not, for labels, alerts and files.
    """

    def __init__(self, language: str, zone: ZoneInfo | None = None) -> None:
        self.language = language
        self.zone = zone or ZoneInfo("UTC")
        self._bundle = bundle(language)

    def __call__(self, key: str, /, **values: Any) -> str:
        """The text `key` with escaped `values`, as HTML. Raises TextMissing."""
        return self._format(key, {name: _escaped(value) for name, value in values.items()})

    def plain(self, key: str, /, **values: Any) -> str:
        """The text `key` as it is, for button labels, alerts and files. Raises TextMissing."""
        return self._format(key, values)

    def has(self, key: str) -> bool:
        """Whether there is such a text."""
        return self._bundle.has_message(key)

    def date_time(self, moment: datetime, *, now: datetime) -> str:
        """A moment as people say it: «завтра, 14:30», «25 ноября, вт, 15:00»; with the year when it is another one."""
        local, today = moment.astimezone(self.zone), now.astimezone(self.zone).date()
        time = f"{local:%H:%M}"
        days = (local.date() - today).days
        near = _NEAR.get(days)
        if near is not None:
            return self.plain("date-near", day=self.plain(near), time=time)
        return self.plain("date-near", day=self.day(local.date(), now=now), time=time)

    def day(self, day: date, *, now: datetime) -> str:
        """A day with its weekday: «25 ноября, вт»; with the year when it is another one."""
        is_this_year = day.year == now.astimezone(self.zone).year
        pattern = "d MMMM, EEE" if is_this_year else "d MMMM y, EEE"
        if self.language == "en":
            pattern = "EEE, MMMM d" if is_this_year else "EEE, MMMM d, y"
        return format_date(day, pattern, locale=self.language)

    def read_back(self, moment: datetime, *, now: datetime) -> str:
        """A moment in full, to be checked by who named it: «25 ноября, вт, 15:00 (через 5 дней)»."""
        local = moment.astimezone(self.zone)
        days = (local.date() - now.astimezone(self.zone).date()).days
        date_time = self.plain("date-near", day=self.day(local.date(), now=now), time=f"{local:%H:%M}")
        if days in _NEAR:
            return self.plain("date-read-back-near", moment=date_time, near=self.plain(_NEAR[days]))
        if days < 0:
            return date_time
        return self.plain("date-read-back", moment=date_time, days=days)

    def _format(self, key: str, values: Mapping[str, Any]) -> str:
        message = self._bundle.get_message(key) if self._bundle.has_message(key) else None
        if message is None or message.value is None:
            raise TextMissing(f"no text {key!r} in {self.language!r}")
        long = {name: value for name, value in values.items() if isinstance(value, str) and len(value) > _LONGEST_PART}
        stand_ins = {f"\ue000{number}\ue001": value for number, value in enumerate(long.values())}
        given = {**values, **dict(zip(long, stand_ins, strict=True))}
        text, errors = self._bundle.format_pattern(message.value, given)
        if errors:
            raise TextMissing(f"text {key!r} in {self.language!r}: {errors[0]}")
        return _STAND_IN.sub(lambda found: stand_ins.get(found[0], found[0]), str(text)) if long else str(text)


def _escaped(value: Any) -> Any:
    if isinstance(value, Html):
        return str(value)
    return html.escape(value, quote=False) if isinstance(value, str) else value


@cache
def bundle(language: str) -> FluentBundle:
    """All texts of `language`, read once. Raises ValueError on a syntax error, which Fluent itself would pass over."""
    made = FluentBundle([language], use_isolating=False)
    for path in sorted((LOCALES / language).glob("*.ftl")):
        resource = FluentResource(path.read_text(encoding="utf-8"))
        for entry in resource.body:
            if isinstance(entry, ast.Junk):
                raise ValueError(f"{path.name}: {entry.annotations[0].message}: {(entry.content or '').strip()[:80]!r}")
        made.add_resource(resource)
    return made
