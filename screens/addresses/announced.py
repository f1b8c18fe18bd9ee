"""Announcements on their way and afterwards: steering, the report's parts, and «Ознакомлен(а)»."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class PauseAnnouncement(Lasting, CallbackData, prefix="ap"):
    """Nothing more of it goes out for now."""

    announcement_id: RowId


class ResumeAnnouncement(Lasting, CallbackData, prefix="ar"):
    """It goes on."""

    announcement_id: RowId


class AskCancelAnnouncement(Lasting, CallbackData, prefix="aq"):
    """Stop it for good: sure?"""

    announcement_id: RowId


class CancelAnnouncement(Lasting, CallbackData, prefix="ax"):
    """Stop it for good."""

    announcement_id: RowId


class AskRecallAnnouncement(Lasting, CallbackData, prefix="ay"):
    """Take it back from everybody: sure?"""

    announcement_id: RowId


class RecallAnnouncement(Lasting, CallbackData, prefix="az"):
    """Take it back from everybody."""

    announcement_id: RowId


class ListShares(Lasting, CallbackData, prefix="ah"):
    """Its people network by network, or organisation by organisation."""

    announcement_id: RowId
    by_organisation: bool = False
    page: int = 0


class ListReaders(Lasting, CallbackData, prefix="ae"):
    """Who has acknowledged it, or who has not."""

    announcement_id: RowId
    have_read: bool = False
    page: int = 0


class RemindReaders(Lasting, CallbackData, prefix="ag"):
    """Remind those who have not acknowledged it."""

    announcement_id: RowId


class SendTable(Lasting, CallbackData, prefix="af"):
    """Everybody it was for, as a table to keep."""

    announcement_id: RowId


class Acknowledge(Lasting, CallbackData, prefix="ak"):
    """«Ознакомлен(а)»."""

    announcement_id: RowId


class TryAcknowledge(Lasting, CallbackData, prefix="at"):
    """«Ознакомлен(а)» as it stands under a draft's preview: it says what it is."""


class ReadAnnouncement(Lasting, CallbackData, prefix="av"):
    """The announcement itself, below a digest or a reminder."""

    announcement_id: RowId
