"""Links as people type and paste them."""

from __future__ import annotations

import pytest

from dialogs import WrongAnswer
from dialogs.links import read_link


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("https://example.org/plan?a=1#b", "https://example.org/plan?a=1#b"),
        ("  HTTPS://Example.org ", "https://example.org"),
        ("example.org/план", "https://example.org/план"),
        ("t.me/metodset_bot", "https://t.me/metodset_bot"),
        ("https://сайт.рф/страница", "https://xn--80aswg.xn--p1ai/страница"),
        ("https://example.org:8443/x", "https://example.org:8443/x"),
    ],
)
def test_a_link_leads_somewhere(typed: str, link: str) -> None:
    assert read_link(typed) == link


@pytest.mark.parametrize(
    "typed",
    [
        "http://example.org",
        "ftp://example.org/file",
        "javascript:alert(1)",
        "tg://user?id=1",
        "https://",
        "https://localhost/x",
        "https://192.168.0.1/",
        "https://127.0.0.1",
        "https://user:secret@example.org",
        "https://example.org:много",
        "https://exa mple.org",
        "просто слова",
        "https://.рф",
        "https://a..b",
    ],
)
def test_anything_else_is_no_link(typed: str) -> None:
    with pytest.raises(WrongAnswer) as refused:
        read_link(typed)
    assert refused.value.key == "announcement-wrong-link"
