"""A network's card: its documents, following its news, and its editing."""

from __future__ import annotations

from aiogram.filters.callback_data import CallbackData

from screens.addresses.row_id import RowId
from screens.lasting import Lasting


class FollowNetwork(Lasting, CallbackData, prefix="kf"):
    """Be told a network's news without joining it, or (`ends`) no more. `view`, `arg` and `page` as in OpenNetwork."""

    network_id: RowId
    view: str = ""
    arg: RowId = 0
    page: int = 0
    ends: bool = False


class ListDocuments(Lasting, CallbackData, prefix="kd"):
    """The documents of a network; with `removes` a tap is for taking one away."""

    network_id: RowId
    page: int = 0
    removes: bool = False


class SendDocument(Lasting, CallbackData, prefix="ks"):
    """Have one of them."""

    document_id: RowId


class AskRemoveDocument(Lasting, CallbackData, prefix="kq"):
    """Sure to take it off the card?"""

    document_id: RowId


class RemoveDocument(Lasting, CallbackData, prefix="kx"):
    """Take it off."""

    document_id: RowId


class EditNetwork(Lasting, CallbackData, prefix="ke"):
    """What may be changed on the card."""

    network_id: RowId


class ClassifyNetwork(Lasting, CallbackData, prefix="kc"):
    """Of what kind the network is: formal or not, and the classification."""

    network_id: RowId


class ChooseTrait(Lasting, CallbackData, prefix="kk"):
    """What to say of one thing about its kind: `trait` is a word of models.NetworkTrait."""

    network_id: RowId
    trait: str


class SetTrait(Lasting, CallbackData, prefix="kw"):
    """Say it: `word` is one of that trait's, empty to leave it open."""

    network_id: RowId
    trait: str
    word: str
