"""Announcements: their lists and reports, and the ways on from one that came."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ListAnnouncements(Lasting, CallbackData, prefix="as"):
    """The announcements of a network, or (0) of all that one coordinates."""

    network_id: RowId = 0
    page: int = 0


class OpenAnnouncement(Lasting, CallbackData, prefix="an"):
    """The report of one announcement."""

    announcement_id: RowId


class ShowAnnouncement(Lasting, CallbackData, prefix="aw"):
    """The announcement itself, as people see it."""

    announcement_id: RowId


class OpenMenuBelow(Lasting, CallbackData, prefix="mb"):
    """The menu as a new message: what was read stays."""


class OpenNetworkBelow(Lasting, CallbackData, prefix="nb"):
    """The card of a network as a new message."""

    network_id: RowId


class OpenEventBelow(Lasting, CallbackData, prefix="eb"):
    """The card of an event as a new message."""

    event_id: RowId


class OpenProductBelow(Lasting, CallbackData, prefix="pb"):
    """The card of a work as a new message."""

    product_id: RowId
