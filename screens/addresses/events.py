"""Events: the lists, the card, signing up, and the pages of who runs them."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ListEvents(Lasting, CallbackData, prefix="el"):
    """A list of events: `view` is a word of models.EventView (none: what suits the person), `arg` the network of NETWORK."""

    view: str = ""
    arg: RowId = 0
    page: int = 0


class OpenEvent(Lasting, CallbackData, prefix="e"):
    """The card of an event, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    event_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class SignUpForEvent(Lasting, CallbackData, prefix="ej"):
    """«Записаться». `view`, `arg` and `page` as in OpenEvent."""

    event_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class AskLeaveEvent(Lasting, CallbackData, prefix="ea"):
    """«Не приду»: sure?"""

    event_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class LeaveEvent(Lasting, CallbackData, prefix="ev"):
    """Give the seat, or the place in the waiting list, back."""

    event_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class SendEventFile(Lasting, CallbackData, prefix="ec"):
    """«В календарь»: the event as a file."""

    event_id: RowId


class ManageEvent(Lasting, CallbackData, prefix="em"):
    """What its coordinator does with an event."""

    event_id: RowId


class ListEventPeople(Lasting, CallbackData, prefix="ep"):
    """Who has a seat, or who waits, for the coordinator."""

    event_id: RowId
    waiting: bool = False
    page: int = 0


class InviteToEvent(Lasting, CallbackData, prefix="ei"):
    """«Сообщить участникам»."""

    event_id: RowId
