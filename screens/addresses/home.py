"""The first screens, consent, settings, the profile."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class OpenMenu(CallbackData, prefix="m"):
    """The menu."""


class OpenHelp(CallbackData, prefix="h"):
    """What the bot can do."""


class OpenSettings(CallbackData, prefix="se"):
    """Language and consent."""


class ChooseLanguage(CallbackData, prefix="la"):
    """Speak this language from now on."""

    code: str
    welcome: bool = False


class OpenConsentText(CallbackData, prefix="ct"):
    """The full text of the consent."""


class OpenWelcome(CallbackData, prefix="we"):
    """The first screen, with the short text of the consent."""


class GiveConsent(CallbackData, prefix="cg"):
    """«Согласен(на)»."""


class RefuseConsent(CallbackData, prefix="cr"):
    """«Не сейчас»."""


class AskWithdrawConsent(CallbackData, prefix="ca"):
    """Sure to withdraw the consent?"""


class WithdrawConsent(CallbackData, prefix="cw"):
    """Withdraw it."""


class OpenProfile(CallbackData, prefix="p"):
    """The own profile."""
