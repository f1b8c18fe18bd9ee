"""The catalogue and the card of a network."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class OpenNetworks(Lasting, CallbackData, prefix="ns"):
    """The ways into the catalogue."""


class OpenForms(Lasting, CallbackData, prefix="nf"):
    """The forms of networks."""

    page: int = 0


class ListNetworks(Lasting, CallbackData, prefix="nl"):
    """A list of networks: `view` is a word of services.networks.View, `arg` a parent or a form."""

    view: str
    arg: RowId = 0
    page: int = 0


class OpenNetwork(Lasting, CallbackData, prefix="n"):
    """The card of a network, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class JoinNetwork(Lasting, CallbackData, prefix="nj"):
    """Become a member. `view`, `arg` and `page` as in OpenNetwork."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class AskLeaveNetwork(Lasting, CallbackData, prefix="na"):
    """Sure to leave?"""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class LeaveNetwork(Lasting, CallbackData, prefix="nv"):
    """Leave."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0


class MuteNetwork(Lasting, CallbackData, prefix="nm"):
    """Have its usual announcements not sent any more, or (not `muted`) sent again. `view`, `arg` and `page` as in OpenNetwork."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0
    muted: bool = True
