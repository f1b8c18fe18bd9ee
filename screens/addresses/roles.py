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
    """The topics of consultations, for the administrator."""

    page: int = 0


class OpenTopic(Lasting, CallbackData, prefix="ro"):
    """A topic with its experts."""

    topic_id: RowId


class AskDismissExpert(Lasting, CallbackData, prefix="re"):
    """Sure to end this expert's appointment?"""

    person_id: RowId
    topic_id: RowId


class DismissExpert(Lasting, CallbackData, prefix="rx"):
    """End it."""

    person_id: RowId
    topic_id: RowId


class ListManaged(Lasting, CallbackData, prefix="mg"):
    """The networks that a coordinator rules."""

    page: int = 0


class ManageNetwork(Lasting, CallbackData, prefix="mn"):
    """What a coordinator does in one network."""

    network_id: RowId


class ListMembers(Lasting, CallbackData, prefix="mm"):
    """The members of a network, for its coordinator: the page that follows upon the person `after`, or leads up to `before`."""

    network_id: RowId
    page: Page = 0
    after: RowId = 0
    before: RowId = 0
