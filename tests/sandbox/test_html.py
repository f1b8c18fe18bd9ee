"""Telegram's HTML, entities and lengths, without a world."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, strategies as st

from sandbox.entities import find_entities, split_typed, to_html, trim, typed_marks, utf16_length, utf16_slice
from sandbox.html_parser import parse_html
from sandbox.refusals import Refusal

TAGS = {
    "<b>": "bold",
    "<strong>": "bold",
    "<i>": "italic",
    "<em>": "italic",
    "<u>": "underline",
    "<ins>": "underline",
    "<s>": "strikethrough",
    "<strike>": "strikethrough",
    "<del>": "strikethrough",
    "<code>": "code",
    "<pre>": "pre",
    "<tg-spoiler>": "spoiler",
    '<span class="tg-spoiler">': "spoiler",
    "<blockquote>": "blockquote",
    "<blockquote expandable>": "expandable_blockquote",
    "<B>": "bold",
}


@pytest.mark.parametrize(("tag", "kind"), TAGS.items())
def test_every_tag(tag: str, kind: str) -> None:
    name = tag.strip("<>").split()[0].lower()
    assert parse_html(f"я 😀 {tag}слово</{name}>!") == (
        "я 😀 слово!",
        [{"type": kind, "offset": 5, "length": 5}],
    )


@pytest.mark.parametrize(
    ("html", "text", "entity"),
    [
        ('<a href="https://x.ru/?a=1&amp;b=2">х</a>', "х", {"type": "text_link", "url": "https://x.ru/?a=1&b=2"}),
        ("<a href='x.ru'>х</a>", "х", {"type": "text_link", "url": "http://x.ru/"}),
        ("<a href=x.ru>х</a>", "х", {"type": "text_link", "url": "http://x.ru/"}),
        ("<a>x.ru</a>", "x.ru", {"type": "text_link", "url": "http://x.ru/"}),
        ('<a href="tg://user?id=7">х</a>', "х", {"type": "text_link", "url": "tg://user?id=7"}),
        ('<pre><code class="language-python">x</code></pre>', "x", {"type": "pre", "language": "python"}),
        ('<code class="language-python"><pre>x</pre></code>', "x", {"type": "pre", "language": "python"}),
        ('<code class="language-python">x</code>', "x", {"type": "code"}),
    ],
)
def test_links_and_code(html: str, text: str, entity: dict[str, Any]) -> None:
    assert parse_html(html) == (text, [{"offset": 0, "length": len(text), **entity}])


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("&lt;b&gt; &amp;&quot;", '<b> &"'),
        ("&#33;&#x1F600; & &nbsp; &unknown;", "!😀 & &nbsp; &unknown;"),
        ("<a href='javascript:alert(1)'>х</a>", "х"),
        ("<tg-emoji emoji-id='1'>👍</tg-emoji>", "👍"),
        ("<b></b>пусто", "пусто"),
        ("<b>х</>", "х"),
    ],
)
def test_texts_without_links(html: str, text: str) -> None:
    assert parse_html(html)[0] == text
    assert not any("url" in entity for entity in parse_html(html)[1])


@pytest.mark.parametrize(
    ("html", "complaint"),
    [
        (
            "<a href=x.ru title>х</a>",
            'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        ),
        ('<a ="x">х</a>', 'Empty attribute name in the tag "a" at byte offset 0'),
        ('<a href="x', 'Unclosed start tag "a" at byte offset 0'),
        ("<a href=x!>х</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>х</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("<b>х</b", "Unclosed end tag at byte offset 5"),
        ("<i><b>х</i></b>", 'Unmatched end tag at byte offset 8, expected "</b>", found "</i>"'),
    ],
)
def test_complaints(html: str, complaint: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse_html(html)
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


def test_trimming_moves_entities_along() -> None:
    text, entities = parse_html("  <b> жир</b> конец <i> </i> \n")
    assert trim(text, entities) == ("жир конец", [{"type": "bold", "offset": 0, "length": 3}])


def test_what_telegram_finds_by_itself() -> None:
    text = "см. school.ru/план, https://x.org/a?b=1. Пишите a@b.ru или @anna_k: /help и#нет #да_1 2/3 C#"
    found = [(entity["type"], utf16_slice(text, entity["offset"], entity["length"])) for entity in find_entities(text)]
    assert found == [
        ("url", "school.ru/план"),
        ("url", "https://x.org/a?b=1"),
        ("email", "a@b.ru"),
        ("mention", "@anna_k"),
        ("bot_command", "/help"),
        ("hashtag", "#да_1"),
    ]
    assert find_entities("/start", [{"type": "code", "offset": 0, "length": 6}])[0]["type"] == "code"
    assert len(find_entities("/start", [{"type": "code", "offset": 0, "length": 6}])) == 1


class Balance(HTMLParser):
    """Collects the text and refuses unbalanced tags."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


entity = st.builds(
    lambda kind, offset, length: {"type": kind, "offset": offset, "length": length},
    st.sampled_from(["bold", "italic", "code", "spoiler", "blockquote", "pre"]),
    st.integers(0, 12),
    st.integers(1, 12),
)


@given(st.text(alphabet='аб<>&"😀 ', min_size=1, max_size=12), st.lists(entity, max_size=5))
def test_display_always_balances_and_keeps_the_text(text: str, entities: list[dict[str, Any]]) -> None:
    length = utf16_length(text)
    inside = [one for one in entities if one["offset"] + one["length"] <= length]
    parser = Balance()
    parser.feed(to_html(text, inside))
    parser.close()
    assert parser.open == []
    if "😀" not in text:  # an entity may cut a surrogate pair in two only if a client sends nonsense
        assert parser.text == text


@given(st.text(alphabet='аб<>&"😀 ', max_size=30))
def test_plain_text_survives_the_round_trip(text: str) -> None:
    assert parse_html(to_html(text, ())) == (text, [])


def test_display_is_safe() -> None:
    link = {"type": "text_link", "offset": 0, "length": 1, "url": 'javascript:alert("1")'}
    assert to_html("<x>", [link], web=True) == "&lt;x&gt;"
    link["url"] = 'https://x.ru/"onclick="alert(1)'
    assert 'href="https://x.ru/&quot;onclick=&quot;alert(1)"' in to_html("х", [link], web=True)


@given(st.text(alphabet="а 😀\n", max_size=200).map(lambda text: text * 60))
def test_splitting_loses_nothing(text: str) -> None:
    parts = split_typed(text.strip())
    assert all(0 < utf16_length(part) <= 4096 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("typed", "kept", "marked"),
    [
        ("**Завтра** в 15:00", "Завтра в 15:00", [("bold", "Завтра")]),
        ("🎓 **два слова**, __и ещё__.", "🎓 два слова, и ещё.", [("bold", "два слова"), ("italic", "и ещё")]),
        ("2**3 и __init__x, ** нет **", "2**3 и __init__x, ** нет **", []),
    ],
)
def test_typed_signs_become_marks_as_in_the_apps(typed: str, kept: str, marked: list[tuple[str, str]]) -> None:
    text, marks = typed_marks(typed)
    assert text == kept
    assert [(mark["type"], utf16_slice(text, mark["offset"], mark["length"])) for mark in marks] == marked
