"""What a person sets for themselves."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from models import News
from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class OpenSettings(Lasting, CallbackData, prefix="se"):
    """Language, clock, quiet hours, news, personal data."""


class ChooseLanguage(Lasting, CallbackData, prefix="la"):
    """Speak this language from now on; «auto» follows the person's Telegram."""

    code: str
    welcome: bool = False


class OpenQuietHours(Lasting, CallbackData, prefix="qh"):
    """When not to be disturbed."""


class ChooseQuietHours(Lasting, CallbackData, prefix="qu"):
    """The usual quiet hours, or none."""

    none: bool = False


class OpenNews(Lasting, CallbackData, prefix="nw"):
    """What to be told about."""


class MuteNews(Lasting, CallbackData, prefix="nx"):
    """Do without this news, or (`muted` false) hear of it again."""

    news: News
    muted: bool


class OpenPersonalData(Lasting, CallbackData, prefix="pd"):
    """What is stored about me, and what I may do with it."""


class SendMyData(Lasting, CallbackData, prefix="md"):
    """Everything stored about me, as files."""


class AskDeleteMe(Lasting, CallbackData, prefix="xa"):
    """What goes and what stays when I am deleted."""


class ConfirmDeleteMe(Lasting, CallbackData, prefix="xc"):
    """Sure?"""


class DeleteMe(Lasting, CallbackData, prefix="xd"):
    """Delete this very person: whoever came back since is somebody else, whom an old button must not delete."""

    person_id: RowId
