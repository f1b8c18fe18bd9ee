"""The first screens, consent, the profile."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.lasting import Lasting


class OpenMenu(Lasting, CallbackData, prefix="m"):
    """The menu."""


class OpenHelp(Lasting, CallbackData, prefix="h"):
    """What the bot can do."""


class OpenConsentText(Lasting, CallbackData, prefix="ct"):
    """The full text of the consent."""


class OpenWelcome(Lasting, CallbackData, prefix="we"):
    """The first screen, with the short text of the consent."""


class GiveConsent(Lasting, CallbackData, prefix="cg"):
    """«Согласен(на)»."""


class RefuseConsent(Lasting, CallbackData, prefix="cr"):
    """«Не сейчас»."""


class AskWithdrawConsent(Lasting, CallbackData, prefix="ca"):
    """Sure to withdraw the consent?"""


class WithdrawConsent(Lasting, CallbackData, prefix="cw"):
    """Withdraw it."""


class OpenProfile(Lasting, CallbackData, prefix="p"):
    """The own profile."""
