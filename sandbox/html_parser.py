"""Telegram's HTML mode, read as the server reads it: byte by byte, with the byte offset in every complaint.

Follows `do_parse_html` of TDLib's `MessageEntity.cpp`; tags as in https://core.telegram.org/bots/api#html-style.
"""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.records import Json
from sandbox.refusals import Refusal, bad_request

_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "blockquote": "blockquote",
}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPACES = b" \t\r\n\0\x0b"
_LINK_SCHEMES = ("http://", "https://", "tg://", "ton://", "tonsite://", "mailto:", "tel:")


def _broken(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason[0].upper()}{reason[1:]}")


@dataclass(slots=True)
class _Open:
    """A start tag that waits for its end."""

    tag: str
    argument: str
    offset: int
    text_length: int


class _Reader:
    """One pass over the bytes of a message; text grows in `result`, UTF-16 length in `offset`."""

    def __init__(self, source: str) -> None:
        self.data = source.encode()
        self.at = 0
        self.result = bytearray()
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Json] = []

    def peek(self) -> int:
        """The byte at the cursor, 0 at the end (as in the server's C string)."""
        return self.data[self.at] if self.at < len(self.data) else 0

    def run(self) -> tuple[str, list[Json]]:
        while self.at < len(self.data):
            byte = self.data[self.at]
            if byte == 0x26:  # &
                char = self.character_reference()
                if char is not None:
                    self.result += char.encode()
                    self.offset += 1 + (ord(char) > 0xFFFF)
                    continue
            if byte != 0x3C:  # <
                if byte & 0xC0 != 0x80:
                    self.offset += 1 + (byte >= 0xF0)
                self.result.append(byte)
                self.at += 1
                continue
            begin = self.at
            self.at += 1
            if self.peek() == 0x2F:  # /
                self.end_tag(begin)
            else:
                self.start_tag(begin)
        if self.open:
            raise _broken(f'can\'t find end tag corresponding to start tag "{self.open[-1].tag}"')
        for entity in self.entities:
            entity.pop("language", None) if entity["type"] == "code" else None
        return self.result.decode(), self.entities

    def character_reference(self) -> str | None:
        """Read `&lt;`, `&#38;`, `&#x26;` at the cursor; None (and no step) if it is only an ampersand."""
        end = self.at + 1
        if self.data[end : end + 1] == b"#":
            hexadecimal = self.data[end + 1 : end + 2] == b"x"
            end += 2 if hexadecimal else 1
            digits = b"0123456789abcdefABCDEF" if hexadecimal else b"0123456789"
            start = end
            while end < len(self.data) and self.data[end] in digits:
                end += 1
            code = int(self.data[start:end], 16 if hexadecimal else 10) if end > start else 0
            if code == 0 or code >= 0x10FFFF or 0xD800 <= code <= 0xDFFF or end - self.at >= 10:
                return None
            char = chr(code)
        else:
            start = end
            while end < len(self.data) and chr(self.data[end]).isalpha() and self.data[end] < 0x80:
                end += 1
            named = _NAMED.get(self.data[start:end])
            if named is None:
                return None
            char = named
        self.at = end + 1 if self.data[end : end + 1] == b";" else end
        return char

    def skip_spaces(self) -> None:
        while self.at < len(self.data) and self.data[self.at] in _SPACES:
            self.at += 1

    def take_until(self, stops: bytes) -> str:
        start = self.at
        while self.at < len(self.data) and self.data[self.at] not in stops:
            self.at += 1
        return self.data[start : self.at].decode(errors="replace")

    def start_tag(self, begin: int) -> None:
        tag = self.take_until(_SPACES + b">").lower()
        if self.at >= len(self.data):
            raise _broken(f"unclosed start tag at byte offset {begin}")
        if tag not in _TYPES and tag not in ("tg-emoji", "tg-time"):
            raise _broken(f'unsupported start tag "{tag}" at byte offset {begin}')
        argument = ""
        while self.peek() != 0x3E:
            self.skip_spaces()
            if self.peek() == 0x3E:
                break
            name, value = self.attribute(tag, begin)
            argument = _argument(tag, name, value) or argument
        self.at += 1
        if tag == "span" and argument != "spoiler":
            raise _broken(f'tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(tag, argument, self.offset, len(self.result)))

    def attribute(self, tag: str, begin: int) -> tuple[str, str]:
        unclosed = _broken(f'unclosed start tag "{tag}" at byte offset {begin}')
        name = self.take_until(_SPACES + b"=>/\"'")
        if not name:
            if self.at >= len(self.data):
                raise unclosed
            raise _broken(f'empty attribute name in the tag "{tag}" at byte offset {begin}')
        self.skip_spaces()
        if self.peek() != 0x3D:  # =
            if self.at >= len(self.data):
                raise unclosed
            if tag == "blockquote" and name == "expandable":
                return name, "1"
            raise _broken(
                f'expected equal sign in declaration of an attribute of the tag "{tag}" at byte offset {begin}'
            )
        self.at += 1
        self.skip_spaces()
        quote = self.peek()
        if quote in b"'\"" and quote:
            self.at += 1
            value = self.quoted_value(quote)
        else:
            token = self.at
            while self.peek() and (chr(self.peek()).isalnum() or self.peek() in b".-") and self.peek() < 0x80:
                self.at += 1
            value = self.data[token : self.at].decode().lower()
            if self.at < len(self.data) and self.peek() not in _SPACES + b">":
                raise _broken(f"unexpected end of name token at byte offset {token}")
        if self.at >= len(self.data):
            raise unclosed
        return name, value

    def quoted_value(self, quote: int) -> str:
        value = bytearray()
        while self.at < len(self.data) and self.data[self.at] != quote:
            if self.data[self.at] == 0x26:
                char = self.character_reference()
                if char is not None:
                    value += char.encode()
                    continue
            value.append(self.data[self.at])
            self.at += 1
        if self.at < len(self.data):
            self.at += 1
        return value.decode(errors="replace")

    def end_tag(self, begin: int) -> None:
        if not self.open:
            raise _broken(f"unexpected end tag at byte offset {begin}")
        self.at += 1
        found = self.take_until(_SPACES + b">").lower()
        self.skip_spaces()
        if self.peek() != 0x3E:
            raise _broken(f"unclosed end tag at byte offset {begin}")
        self.at += 1
        start = self.open.pop()
        if found and found != start.tag:
            raise _broken(f'unmatched end tag at byte offset {begin}, expected "</{start.tag}>", found "</{found}>"')
        if self.offset > start.offset:
            self.close(start)

    def close(self, start: _Open) -> None:
        """Turn a finished pair of tags into an entity; a link that leads nowhere becomes plain text, as on Telegram."""
        entity: Json = {
            "type": _TYPES.get(start.tag, ""),
            "offset": start.offset,
            "length": self.offset - start.offset,
        }
        if start.tag in ("tg-emoji", "tg-time"):
            return  # custom emoji and times need a paid account or a newer client: the text between the tags stays
        if start.tag == "a":
            url = start.argument or self.result[start.text_length :].decode()
            if "://" not in url and not url.startswith(("mailto:", "tel:")):
                url = f"http://{url}"
            if not url.lower().startswith(_LINK_SCHEMES) or ("." not in url and not url.startswith(("tg:", "tel:"))):
                return
            entity["url"] = url if "/" in url.split("://", 1)[-1] or not url.startswith("http") else f"{url}/"
        if start.tag == "blockquote" and start.argument:
            entity["type"] = "expandable_blockquote"
        if start.tag in ("pre", "code") and self.entities:
            last = self.entities[-1]
            other = "code" if start.tag == "pre" else "pre"
            language = start.argument if start.tag == "code" else last.get("language", "")
            if last["type"] == other and last["offset"] == entity["offset"] and last["length"] == entity["length"]:
                self.entities.pop()
                entity["type"] = "pre"
                if language:
                    entity["language"] = language
        if start.tag == "code" and start.argument and entity["type"] == "code":
            entity["language"] = start.argument
        self.entities.append(entity)


def _argument(tag: str, name: str, value: str) -> str:
    """What an attribute means for its tag; unknown attributes mean nothing."""
    match tag, name:
        case ("a", "href") | ("blockquote", "expandable"):
            return value
        case ("code", "class") if value.startswith("language-"):
            return value.removeprefix("language-")
        case ("span", "class") if value.startswith("tg-"):
            return value.removeprefix("tg-")
    return ""


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Split HTML into text and entities; raises the Refusal «can't parse entities: … at byte offset N»."""
    return _Reader(source).run()
