"""The registry: the centre's lists of people and organisations."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.addresses.row_id import RowId
from screens.lasting import Lasting

Page = Annotated[int, Field(ge=0, lt=10**6)]
Taken = Annotated[int, Field(ge=0, lt=64)]


class OpenRegistry(Lasting, CallbackData, prefix="gr"):
    """What stands in the registry and waits in it."""


class AskRegistryFile(Lasting, CallbackData, prefix="gi"):
    """How a list is sent."""


class SendRegistryTemplate(Lasting, CallbackData, prefix="ge"):
    """The template of a list, as a file."""


class TakeRegistry(Lasting, CallbackData, prefix="gt"):
    """Take the list that the pressed screen is a reply to (ADR 0007)."""


class SendRegistry(Lasting, CallbackData, prefix="gx"):
    """The whole registry, as a file."""


class SendMembers(Lasting, CallbackData, prefix="gm"):
    """The members of a network, as a file."""

    network_id: RowId


class ListDoubts(Lasting, CallbackData, prefix="gl"):
    """Who may be somebody of the lists."""

    page: Page = 0


class OpenDoubt(Lasting, CallbackData, prefix="go"):
    """One of them with whom they may be."""

    doubt_id: RowId


class SettleDoubt(Lasting, CallbackData, prefix="gs"):
    """They are this entry of the lists; none of them with 0."""

    doubt_id: RowId
    entry_id: RowId = 0


class ComparePeople(Lasting, CallbackData, prefix="gc"):
    """Two cards side by side; `taken` are the bits of services.merging.CardField that stay from the second."""

    kept_id: RowId
    other_id: RowId
    taken: Taken = 0


class AskMergePeople(Lasting, CallbackData, prefix="gq"):
    """Make them one: sure?"""

    kept_id: RowId
    other_id: RowId
    taken: Taken = 0


class MergePeople(Lasting, CallbackData, prefix="gy"):
    """Make them one."""

    kept_id: RowId
    other_id: RowId
    taken: Taken = 0
