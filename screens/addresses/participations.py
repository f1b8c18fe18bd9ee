"""Organisations in networks, and the card of an organisation."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ListParticipations(Lasting, CallbackData, prefix="yl"):
    """The organisations of a network."""

    network_id: RowId
    page: int = 0


class OpenParticipation(Lasting, CallbackData, prefix="yo"):
    """One organisation in one network."""

    participation_id: RowId


class BringOrganisation(Lasting, CallbackData, prefix="yj"):
    """A head brings their own organisation into an open network."""

    network_id: RowId


class ReadForOrganisation(Lasting, CallbackData, prefix="yu"):
    """A head reads the network's agreement, to accept it on behalf of the own organisation."""

    network_id: RowId


class SetParticipationRole(Lasting, CallbackData, prefix="yr"):
    """From now on the organisation is this in the network: `part` is a word of models.ParticipationRole."""

    participation_id: RowId
    part: str


class SendScans(Lasting, CallbackData, prefix="ys"):
    """The scan of the signed agreement."""

    participation_id: RowId


class AskEndParticipation(Lasting, CallbackData, prefix="yq"):
    """Sure that the organisation should take part no longer?"""

    participation_id: RowId


class EndParticipation(Lasting, CallbackData, prefix="ye"):
    """It takes part no longer."""

    participation_id: RowId


class ListOrganisationPeople(Lasting, CallbackData, prefix="yp"):
    """Who works there, and in which networks they are."""

    organisation_id: RowId
    page: int = 0


class ListOrganisationNetworks(Lasting, CallbackData, prefix="yn"):
    """Where the organisation takes part."""

    organisation_id: RowId
    page: int = 0


class ListOrganisationWorks(Lasting, CallbackData, prefix="yw"):
    """What it shared."""

    organisation_id: RowId
    page: int = 0


class ListOrganisationEvents(Lasting, CallbackData, prefix="yv"):
    """Which events it held."""

    organisation_id: RowId
    page: int = 0


class AskDismissHead(Lasting, CallbackData, prefix="yh"):
    """Sure that nobody should head it in the bot?"""

    organisation_id: RowId


class DismissHead(Lasting, CallbackData, prefix="yx"):
    """Its head acts for it no longer."""

    organisation_id: RowId


class AskPhone(Lasting, CallbackData, prefix="yt"):
    """«Поделиться телефоном»: Telegram's own button is shown."""


class ForgetPhone(Lasting, CallbackData, prefix="yf"):
    """«Убрать телефон»."""
