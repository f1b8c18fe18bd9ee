"""Who has a role: a network's moderators, the centre's administrators."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class OpenTeam(Lasting, CallbackData, prefix="rlt"):
    """Who has a role in a network, for its coordinator."""

    network_id: RowId
    page: int = 0


class AppointModerator(Lasting, CallbackData, prefix="rla"):
    """Make this member a moderator."""

    network_id: RowId
    person_id: RowId


class AskDismissModerator(Lasting, CallbackData, prefix="rlq"):
    """Sure to end this moderator's appointment?"""

    network_id: RowId
    person_id: RowId


class DismissModerator(Lasting, CallbackData, prefix="rlx"):
    """End it."""

    network_id: RowId
    person_id: RowId


class OpenPeople(Lasting, CallbackData, prefix="rwp"):
    """Everybody with a role in the centre, in numbers."""


class ListAdministrators(Lasting, CallbackData, prefix="rwl"):
    """The administrators of the centre."""

    page: int = 0


class AskDismissAdministrator(Lasting, CallbackData, prefix="rwq"):
    """Sure that this person should administer no longer?"""

    person_id: RowId


class DismissAdministrator(Lasting, CallbackData, prefix="rwx"):
    """They administer no longer."""

    person_id: RowId
