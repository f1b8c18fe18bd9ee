"""Drafts of announcements: their lists, their pages, and everything that is changed about them."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class ListDrafts(Lasting, CallbackData, prefix="ld"):
    """Drafts, templates and scheduled announcements of a network, or (0) of all that one coordinates. `kept`: one was just saved."""

    network_id: RowId = 0
    page: int = 0
    kept: bool = False


class OpenDraft(Lasting, CallbackData, prefix="od"):
    """A page of a draft: `view` is a word of models.DraftView."""

    draft_id: RowId
    view: str


class ChangeDraft(Lasting, CallbackData, prefix="cd"):
    """One of the choices about a draft: `wish` is a word of models.DraftWish."""

    draft_id: RowId
    wish: str


class RemoveDraftPart(Lasting, CallbackData, prefix="xp"):
    """Take those out of the audience who stand at `place` in this version of the draft."""

    draft_id: RowId
    place: int
    version: int


class RemoveDraftButton(Lasting, CallbackData, prefix="xb"):
    """Take the button away that stands at `place` in this version of the draft."""

    draft_id: RowId
    place: int
    version: int


class SendDraft(Lasting, CallbackData, prefix="sd"):
    """«Разослать», «Запланировать»: the draft as it was seen, in this version."""

    draft_id: RowId
    version: int


class UseTemplate(Lasting, CallbackData, prefix="ut"):
    """Begin an announcement by a template."""

    draft_id: RowId


class KeepAsTemplate(Lasting, CallbackData, prefix="kt"):
    """Keep a copy of a draft as a template."""

    draft_id: RowId


class AddToDraft(Lasting, CallbackData, prefix="ad"):
    """What was typed belongs to the draft: the message that this button's screen replies to. `instead` as in BeginDialog."""

    draft_id: RowId
    instead: str = ""


class DeleteDraft(Lasting, CallbackData, prefix="dd"):
    """Throw a draft away."""

    draft_id: RowId
