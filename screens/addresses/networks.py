"""The catalogue and the card of a network."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData


class OpenNetworks(CallbackData, prefix="ns"):
    """The ways into the catalogue."""


class OpenForms(CallbackData, prefix="nf"):
    """The forms of networks."""

    page: int = 0


class ListNetworks(CallbackData, prefix="nl"):
    """A list of networks: `view` is a word of services.networks.View, `arg` a parent or a form."""

    view: str
    arg: int = 0
    page: int = 0


class OpenNetwork(CallbackData, prefix="n"):
    """The card of a network."""

    network_id: int


class JoinNetwork(CallbackData, prefix="nj"):
    """Become a member."""

    network_id: int


class AskLeaveNetwork(CallbackData, prefix="na"):
    """Sure to leave?"""

    network_id: int


class LeaveNetwork(CallbackData, prefix="nv"):
    """Leave."""

    network_id: int
