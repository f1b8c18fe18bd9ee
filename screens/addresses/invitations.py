"""Invitations: made, shown, taken up, revoked."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ListInvitations(Lasting, CallbackData, prefix="il"):
    """The invitations in force to a network and its roles, to an organisation, or (without either) of the whole centre."""

    network_id: RowId = 0
    organisation_id: RowId = 0
    page: int = 0


class NewInvitation(Lasting, CallbackData, prefix="iw"):
    """For how many, and how long? `target` is a word of models.InvitationTarget."""

    target: str
    target_id: RowId


class ListInvitationTopics(Lasting, CallbackData, prefix="it"):
    """An expert of which topic?"""

    network_id: RowId
    page: int = 0


class MakeInvitation(Lasting, CallbackData, prefix="im"):
    """Make it; `sort` is a word of models.InvitationSort."""

    target: str
    target_id: RowId
    sort: str


class OpenInvitation(Lasting, CallbackData, prefix="io"):
    """One invitation with its link, for whoever may make such a one."""

    invitation_id: RowId


class SendInvitationPicture(Lasting, CallbackData, prefix="ip"):
    """Its QR code as a picture."""

    invitation_id: RowId


class RevokeInvitation(Lasting, CallbackData, prefix="ir"):
    """Nobody else comes by it."""

    invitation_id: RowId


class AcceptInvitation(Lasting, CallbackData, prefix="ia"):
    """Take up an invitation that was opened by its link; `version` is that of the agreement shown with it."""

    invitation_id: RowId
    version: RowId = 0
