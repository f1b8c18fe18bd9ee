"""The bank of products: its lists, the card, and what is done with a work."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.addresses.row_id import RowId
from screens.lasting import Lasting

Page = Annotated[int, Field(ge=0, lt=10**6)]


class OpenProducts(Lasting, CallbackData, prefix="ps"):
    """The ways into the bank."""


class ListProductGroups(Lasting, CallbackData, prefix="pg"):
    """The kinds or the networks that have works: `view` is one of these two words of models.ProductView."""

    view: str
    page: Page = 0


class ListProducts(Lasting, CallbackData, prefix="pl"):
    """A list of works: `view` is a word of models.ProductView, `arg` its kind or the id of its network."""

    view: str
    arg: str = ""
    page: Page = 0


class OpenProduct(Lasting, CallbackData, prefix="po"):
    """The card of a work, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    product_id: RowId
    view: str = ""
    arg: str = ""
    page: Page = 0


class SendProductFiles(Lasting, CallbackData, prefix="pf"):
    """«Скачать», «Открыть файлы». `view`, `arg` and `page` as in OpenProduct."""

    product_id: RowId
    view: str = ""
    arg: str = ""
    page: Page = 0


class PublishProduct(Lasting, CallbackData, prefix="pp"):
    """Put the version that the coordinator sees into the bank."""

    product_id: RowId
    version: RowId


class AskWithdrawProduct(Lasting, CallbackData, prefix="pw"):
    """Sure to take one's work back?"""

    product_id: RowId


class WithdrawProduct(Lasting, CallbackData, prefix="px"):
    """Take it back."""

    product_id: RowId
