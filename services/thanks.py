"""«Спасибо» and its kin: a polite word that asks for nothing."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

LONGEST = 60

_WORD = re.compile(r"[^\W\d_]+")

_VOCABULARY = tomllib.loads(files("services").joinpath("thanks.toml").read_text(encoding="utf-8"))
_CORE = frozenset(_VOCABULARY["says_it"].split())
_POLITE = _CORE | frozenset(_VOCABULARY["goes_with_it"].split())


def is_thanks(text: str) -> bool:
    """Whether `text` is only a polite word or a sign («спасибо!», «ок, понятно», «👍»): it asks for nothing, so it opens nothing anew."""
    text = text.strip()
    if not text or len(text) > LONGEST or "?" in text or any(character.isdigit() for character in text):
        return False
    words = _WORD.findall(text.lower())
    if not words:
        return True
    said = set(words)
    return said <= _POLITE and (bool(said & _CORE) or said == {"got", "it"})
