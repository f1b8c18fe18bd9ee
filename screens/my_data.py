"""Everything that is stored about a person, as a page to read."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from screens.l10n import L10n

if TYPE_CHECKING:
    from services.my_data import Data, Section

_PAGE = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>
body {{ font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #1c1e21 }}
h2 {{ margin-top: 2rem; border-bottom: 1px solid #ccd; font-size: 1.15rem }}
dl {{ margin: 0 0 1rem; padding: .5rem .75rem; background: #f5f6f8; border-radius: .5rem }}
dt {{ color: #667; font-size: .85rem }}
dd {{ margin: 0 0 .35rem; white-space: pre-wrap; overflow-wrap: anywhere }}
</style>
</head>
<body>
<h1>{title}</h1>
<p>{about}</p>
{body}
</body>
</html>
"""


def page(t: L10n, sections: Sequence[Section], data: Data, *, now: datetime) -> str:
    """The page, as HTML. Sections without rows are named at its end."""
    parts: list[str] = []
    empty: list[str] = []
    for section in sections:
        title = t.plain(f"my-data-section-{section.key}")
        if data[section.key]:
            parts += [f"<h2>{html.escape(title)}</h2>", *(_row(t, section, row) for row in data[section.key])]
        else:
            empty.append(title)
    if empty:
        parts.append(f"<p>{t('my-data-empty', titles=', '.join(empty))}</p>")
    return _PAGE.format(
        language=t.language,
        title=t("my-data-title"),
        about=t("my-data-about", moment=f"{now.astimezone(t.zone):%d.%m.%Y %H:%M}"),
        body="\n".join(parts),
    )


def _row(t: L10n, section: Section, row: Mapping[str, Any]) -> str:
    lines = ["<dl>"]
    for field in section.fields:
        value = _said(t, section.key, row[field.name])
        if value:
            label = t.plain(f"my-data-field-{field.name}")
            lines.append(f"<dt>{html.escape(label)}</dt><dd>{html.escape(value)}</dd>")
    return "\n".join((*lines, "</dl>"))


def _said(t: L10n, section_key: str, value: Any) -> str:
    """A value in words; empty where there is none. Moments are told in the person's own zone."""
    match value:
        case None:
            return ""
        case str() if (moment := _moment(value)) is not None:
            return f"{moment.astimezone(t.zone):%d.%m.%Y %H:%M}"
        case str():
            return _in_words(t, section_key, value)
        case dict() | list():
            return "\n".join(_leaves(value))
        case _:
            return str(value)


def _in_words(t: L10n, section_key: str, value: str) -> str:
    """What a word of the database means: «pending» is one thing of an application, another of a notification. Other texts as they are."""
    for coded in (f"{section_key}-{value}", value):
        if t.has(f"my-data-word-{coded}"):
            return t.plain(f"my-data-word-{coded}")
    return value


def _moment(value: str) -> datetime | None:
    if "T" not in value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:  # a text that somebody wrote
        return None
    return moment if moment.tzinfo is not None else None


def _leaves(value: Any) -> Iterator[str]:
    """What stands in a value of many parts, part by part. Of a text with its formatting the text is enough."""
    match value:
        case dict():
            for name, one in value.items():
                if not (name == "html" and "text" in value):
                    yield from _leaves(one)
        case list():
            for one in value:
                yield from _leaves(one)
        case None:
            return
        case _:
            yield str(value)
