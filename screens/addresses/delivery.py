"""What did not go out, for the administrator."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ListUndelivered(Lasting, CallbackData, prefix="ul"):
    """What was not delivered of late, by kind and reason."""

    page: int = 0


class OpenUndelivered(Lasting, CallbackData, prefix="uo"):
    """Those of the kind and reason of this notification."""

    notification_id: RowId


class RetryUndelivered(Lasting, CallbackData, prefix="ur"):
    """Try those once more."""

    notification_id: RowId
