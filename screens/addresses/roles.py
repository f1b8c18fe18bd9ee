"""Appointments, topics, and the coordinator's own page of a network."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.addresses.row_id import RowId
from screens.lasting import Lasting

Page = Annotated[int, Field(ge=0, lt=10**6)]


class ListCoordinators(Lasting, CallbackData, prefix="rc"):
    """Everybody's appointments as coordinators."""

    page: int = 0


class AskDismissCoordinator(Lasting, CallbackData, prefix="ra"):
    """Sure to end this appointment?"""

    person_id: RowId
    network_id: RowId


class DismissCoordinator(Lasting, CallbackData, prefix="rd"):
    """End it."""

    person_id: RowId
    network_id: RowId


class ListTopics(Lasting, CallbackData, prefix="rt"):
    """The topics of consultations: all of them for the administrator, or those that a network's branch watches over."""

    page: int = 0
    network_id: RowId = 0


class OpenTopic(Lasting, CallbackData, prefix="ro"):
    """A topic with its experts."""

    topic_id: RowId
    page: int = 0


class AskDismissExpert(Lasting, CallbackData, prefix="re"):
    """Sure to end this expert's appointment?"""

    person_id: RowId
    topic_id: RowId


class DismissExpert(Lasting, CallbackData, prefix="rx"):
    """End it."""

    person_id: RowId
    topic_id: RowId


class ListManaged(Lasting, CallbackData, prefix="mg"):
    """The networks that a coordinator rules or a moderator helps in, with what waits there."""

    page: int = 0


class ManageNetwork(Lasting, CallbackData, prefix="mn"):
    """What a coordinator, or a moderator, does in one network."""

    network_id: RowId


class ListMembers(Lasting, CallbackData, prefix="mm"):
    """The members of a network, for its coordinators and moderators: the page after the person `after`, or the one before `before`."""

    network_id: RowId
    page: Page = 0
    after: RowId = 0
    before: RowId = 0
