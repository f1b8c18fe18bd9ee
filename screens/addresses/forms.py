"""The forms that networks have, for the administrator."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ManageForms(Lasting, CallbackData, prefix="fl"):
    """All forms."""

    page: int = 0


class ManageForm(Lasting, CallbackData, prefix="fo"):
    """One form."""

    form_id: RowId


class RemoveForm(Lasting, CallbackData, prefix="fx"):
    """Take away a form that no network has."""

    form_id: RowId
