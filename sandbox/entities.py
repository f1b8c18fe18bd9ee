"""Text and its entities: lengths in UTF-16, what Telegram finds by itself, and HTML for people's eyes."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

from sandbox.records import Json

_FOUND = (
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    (
        "url",
        re.compile(
            r"(?<![\w@])(?:https?://[^\s<>\"«»]+|(?:[\w-]+\.)+(?:ru|рф|com|org|net|me|info|edu|su|dev|io)\b(?:[/?#][^\s<>\"«»]*)?)",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,8}\b")),
    ("mention", re.compile(r"(?<![\w@])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<![\w#])#(?=\w*[^\W\d])\w{1,256}")),
)
_TYPED = re.compile(r"(?<!\S)(?:\*\*(?P<bold>[^*\s](?:[^*]*[^*\s])?)\*\*|__(?P<italic>[^_\s](?:[^_]*[^_\s])?)__)(?!\w)")
_SHIELDS = {"code", "pre", "text_link", "text_mention"}
_TAGS = {
    "bold": ("<b>", "</b>"),
    "italic": ("<i>", "</i>"),
    "underline": ("<u>", "</u>"),
    "strikethrough": ("<s>", "</s>"),
    "code": ("<code>", "</code>"),
    "blockquote": ("<blockquote>", "</blockquote>"),
}
_SAFE_LINKS = ("http://", "https://", "tg://", "mailto:", "tel:")
TYPED_LIMIT = 4096
CAPTION_LIMIT = 1024


def utf16_length(text: str) -> int:
    """The length Telegram counts in: a letter is 1, most emoji are 2."""
    return len(text.encode("utf-16-le")) // 2


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The piece of `text` an entity speaks of."""
    return text.encode("utf-16-le")[offset * 2 : (offset + length) * 2].decode("utf-16-le", errors="replace")


def ordered(entities: Iterable[Json]) -> list[Json]:
    """Outer before inner, left before right, the same one only once: the order in which Telegram reports them."""
    unique = {tuple(sorted((key, str(value)) for key, value in entity.items())): entity for entity in entities}
    return sorted(unique.values(), key=lambda entity: (entity["offset"], -entity["length"]))


def trim(text: str, entities: Iterable[Json]) -> tuple[str, list[Json]]:
    """Cut white space at both ends as the server does, move entities along and drop those left with nothing."""
    text = text.replace("\r", "")
    kept = text.strip()
    cut = utf16_length(text[: len(text) - len(text.lstrip())])
    limit = utf16_length(kept)
    moved: list[Json] = []
    for entity in entities:
        start = max(entity["offset"] - cut, 0)
        end = min(entity["offset"] - cut + entity["length"], limit)
        if end > start and utf16_slice(kept, start, end - start).strip():
            moved.append({**entity, "offset": start, "length": end - start})
    return kept, ordered(moved)


def find_entities(text: str, present: Sequence[Json] = ()) -> list[Json]:
    """Add what Telegram recognises by itself: commands, links, addresses, mentions, hashtags.

    Nothing is looked for inside code and inside links that are already there.
    """
    taken = [
        (entity["offset"], entity["offset"] + entity["length"]) for entity in present if entity["type"] in _SHIELDS
    ]
    found = list(present)
    for kind, pattern in _FOUND:
        for match in pattern.finditer(text):
            piece = match.group().rstrip(".,:;!?)»'") if kind == "url" else match.group()
            offset = utf16_length(text[: match.start()])
            end = offset + utf16_length(piece)
            if any(offset < stop and start < end for start, stop in taken):
                continue
            taken.append((offset, end))
            found.append({"type": kind, "offset": offset, "length": end - offset})
    return ordered(found)


def typed_marks(text: str) -> tuple[str, list[Json]]:
    """What the apps make of typed signs when one sends them: `**bold**` and `__italic__`, the signs themselves go.

    The server never sees such signs. One pair inside another stays as typed.
    """
    marks: list[Json] = []
    kept, at = "", 0
    for match in _TYPED.finditer(text):
        kept += text[at : match.start()]
        words = match["bold"] or match["italic"]
        kind = "bold" if match["bold"] else "italic"
        marks.append({"type": kind, "offset": utf16_length(kept), "length": utf16_length(words)})
        kept, at = kept + words, match.end()
    return kept + text[at:], marks


def split_typed(text: str) -> list[str]:
    """What a person's app makes of a long text: several messages of at most 4096, cut at a line or a space if it can."""
    parts: list[str] = []
    rest = text
    while utf16_length(rest) > TYPED_LIMIT:
        head = utf16_slice(rest, 0, TYPED_LIMIT).rstrip("\ufffd")
        cut = max(head.rfind("\n"), head.rfind(" "))
        if cut < len(head) // 2:
            cut = len(head)
        parts.append(rest[:cut])
        rest = rest[cut:].lstrip()
    return [part for part in (*parts, rest) if part.strip()]


def _opening(entity: Json, piece: str, *, web: bool) -> tuple[str, str]:
    kind = entity["type"]
    if kind in _TAGS:
        return _TAGS[kind]
    if kind == "expandable_blockquote":
        return "<blockquote expandable>", "</blockquote>"
    if kind == "spoiler":
        return "<tg-spoiler>", "</tg-spoiler>"
    if kind == "pre":
        language = html.escape(entity.get("language", ""))
        return (f'<pre><code class="language-{language}">', "</code></pre>") if language else ("<pre>", "</pre>")
    url = ""
    if kind == "text_link":
        url = str(entity["url"])
    elif kind == "text_mention":
        url = f"tg://user?id={entity['user']['id']}"
    elif web and kind == "url":
        url = piece if "://" in piece else f"https://{piece}"
    if not url.lower().startswith(_SAFE_LINKS):
        return "", ""
    where = ' target="_blank" rel="noopener noreferrer"' if web else ""
    return f'<a href="{html.escape(url)}"{where}>', "</a>"


def to_html(text: str, entities: Iterable[Json], *, web: bool = False) -> str:
    """Draw text and entities as HTML: Telegram's own tags; with `web` found addresses become links too.

    Everything else is escaped and links go only to harmless schemes. Entities that overlap without nesting (a client
    may send such) are closed and opened again, so that the result always balances.
    """
    spans = [(e["offset"], e["offset"] + e["length"], e) for e in ordered(entities)]
    edges = sorted({0, utf16_length(text), *(edge for start, end, _ in spans for edge in (start, end))})
    out: list[str] = []
    open_now: list[tuple[int, Json, str]] = []
    for position, nxt in zip(edges, [*edges[1:], None], strict=True):
        reopen: list[tuple[int, Json, str]] = []
        while any(end <= position for end, _, _ in open_now):
            end, entity, closing = open_now.pop()
            out.append(closing)
            if end > position:
                reopen.append((end, entity, closing))
        starting = [(end, entity) for start, end, entity in spans if start == position]
        for end, entity in [*((end, entity) for end, entity, _ in reversed(reopen)), *starting]:
            opening, closing = _opening(entity, utf16_slice(text, entity["offset"], entity["length"]), web=web)
            out.append(opening)
            open_now.append((end, entity, closing))
        if nxt is not None:
            out.append(html.escape(utf16_slice(text, position, nxt - position), quote=False))
    return "".join(out)
