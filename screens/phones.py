"""The own phone: asked for by Telegram's button, thanked for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import screens.registration
from screens.l10n import LANGUAGES, L10n
from screens.screen import Screen

if TYPE_CHECKING:
    from services.persons import Profile


def ask(t: L10n) -> Screen:
    """What the number is for, and where the button is."""
    return Screen(t("phone-ask"), toast=t.plain("phone-look-below"))


def refusals() -> frozenset[str]:
    """«Не сейчас» in every language: the words that the other button sends."""
    return frozenset(L10n(language).plain("phone-not-now") for language in LANGUAGES)


def forgotten(t: L10n, profile: Profile) -> Screen:
    """The profile without the number."""
    return replace(screens.registration.profile(t, profile), toast=t.plain("phone-forgotten"))
