"""The catalogue and the card of a network."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId


class OpenNetworks(CallbackData, prefix="ns"):
    """The ways into the catalogue."""


class OpenForms(CallbackData, prefix="nf"):
    """The forms of networks."""

    page: int = 0


class ListNetworks(CallbackData, prefix="nl"):
    """A list of networks: `view` is a word of services.networks.View, `arg` a parent or a form."""

    view: str
    arg: RowId = 0
    page: int = 0


class OpenNetwork(CallbackData, prefix="n"):
    """The card of a network, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class JoinNetwork(CallbackData, prefix="nj"):
    """Become a member. `view`, `arg` and `page` as in OpenNetwork."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class AskLeaveNetwork(CallbackData, prefix="na"):
    """Sure to leave?"""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class LeaveNetwork(CallbackData, prefix="nv"):
    """Leave."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0
