"""The languages of the bot, and which of them a person is spoken to in."""

from __future__ import annotations

LANGUAGES = ("ru", "en")
"""The languages people may choose, the default one first."""

# Telegram in the languages of Russia and its neighbours: their readers read Russian.
_READ_RUSSIAN = frozenset({"ru", "be", "uk", "kk", "ky", "tt", "ba", "uz", "tg", "hy", "az", "mn"})


def language_of(chosen: str | None, telegram_language: str | None) -> str:
    """The person's own choice, else their Telegram's language if we speak it, else English for strangers to Russian."""
    if chosen in LANGUAGES:
        return chosen
    if not telegram_language:
        return LANGUAGES[0]
    return "ru" if telegram_language.split("-")[0].lower() in _READ_RUSSIAN else "en"
