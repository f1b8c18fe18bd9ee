"""The administrator's registry."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class OpenAdmin(Lasting, CallbackData, prefix="a"):
    """What the administrator does."""


class ListOrganisations(Lasting, CallbackData, prefix="ao"):
    """The registry of organisations, or what was proposed to it."""

    proposed: bool = False
    page: int = 0


class OpenOrganisation(Lasting, CallbackData, prefix="o"):
    """One organisation, for the administrator."""

    organisation_id: RowId


class ConfirmOrganisation(Lasting, CallbackData, prefix="oc"):
    """Take a proposed organisation into the registry."""

    organisation_id: RowId
