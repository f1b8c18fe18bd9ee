"""The administrator's registry."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId


class OpenAdmin(CallbackData, prefix="a"):
    """What the administrator does."""


class ListOrganisations(CallbackData, prefix="ao"):
    """The registry of organisations, or what was proposed to it."""

    proposed: bool = False
    page: int = 0


class OpenOrganisation(CallbackData, prefix="o"):
    """One organisation, for the administrator."""

    organisation_id: RowId


class ConfirmOrganisation(CallbackData, prefix="oc"):
    """Take a proposed organisation into the registry."""

    organisation_id: RowId
