"""Where a network stands."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ManageTree(Lasting, CallbackData, prefix="tm"):
    """For the coordinator: what stands above a network and below it, and what can be changed about that."""

    network_id: RowId
