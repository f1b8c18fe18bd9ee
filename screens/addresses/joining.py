"""How one comes into a network, and out of it by another's will: applications, agreements, members."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.addresses.row_id import RowId
from screens.lasting import Lasting

Page = Annotated[int, Field(ge=0, lt=10**6)]


class ManageJoining(Lasting, CallbackData, prefix="jm"):
    """For the coordinator: who comes in how, who sees the network, its agreement, its applications."""

    network_id: RowId


class ChooseJoinPolicy(Lasting, CallbackData, prefix="jc"):
    """How should one come in?"""

    network_id: RowId


class SetJoinPolicy(Lasting, CallbackData, prefix="jp"):
    """From now on one comes in so: `policy` is a word of models.JoinPolicy."""

    network_id: RowId
    policy: str


class ChooseVisibility(Lasting, CallbackData, prefix="jd"):
    """Who should see the network?"""

    network_id: RowId


class SetVisibility(Lasting, CallbackData, prefix="jv"):
    """From now on these see it: `visibility` is a word of models.Visibility."""

    network_id: RowId
    visibility: str


class ListApplications(Lasting, CallbackData, prefix="ja"):
    """What waits for a decision."""

    network_id: RowId
    page: int = 0


class OpenApplication(Lasting, CallbackData, prefix="jo"):
    """One application."""

    application_id: RowId


class ApproveApplication(Lasting, CallbackData, prefix="jy"):
    """«Одобрить»."""

    application_id: RowId


class AskApproveAll(Lasting, CallbackData, prefix="jq"):
    """Sure to approve everything that waits?"""

    network_id: RowId


class ApproveAll(Lasting, CallbackData, prefix="jt"):
    """«Одобрить все», up to the one that had come last when it was asked."""

    network_id: RowId
    newest_id: RowId


class WithdrawApplication(Lasting, CallbackData, prefix="jw"):
    """The applicant takes their application back."""

    network_id: RowId


class OpenMember(Lasting, CallbackData, prefix="jb"):
    """One member, for the coordinator."""

    network_id: RowId
    person_id: RowId


class OpenAgreement(Lasting, CallbackData, prefix="ju"):
    """The agreement in force."""

    network_id: RowId


class AcceptAgreement(Lasting, CallbackData, prefix="jk"):
    """«Принимаю» this version: a member goes on, somebody else comes in or applies by it."""

    network_id: RowId
    version: RowId


class ManageAgreement(Lasting, CallbackData, prefix="je"):
    """The agreement as its coordinator sees it."""

    network_id: RowId


class ListUnaccepted(Lasting, CallbackData, prefix="jx"):
    """Who has not accepted the version in force. `after` and `before` as in ListMembers."""

    network_id: RowId
    page: Page = 0
    after: RowId = 0
    before: RowId = 0
