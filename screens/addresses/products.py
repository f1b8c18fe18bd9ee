"""The bank of products: its lists, the card, and what is done with a work."""

from __future__ import annotations

from typing import Annotated

from aiogram.filters.callback_data import CallbackData
from pydantic import Field

from screens.addresses.row_id import RowId

Page = Annotated[int, Field(ge=0, lt=10**6)]


class OpenProducts(CallbackData, prefix="ps"):
    """The ways into the bank."""


class ListProductGroups(CallbackData, prefix="pg"):
    """The kinds or the networks that have works: `view` is one of these two words of models.ProductView."""

    view: str
    page: Page = 0


class ListProducts(CallbackData, prefix="pl"):
    """A list of works: `view` is a word of models.ProductView, `arg` its kind or the id of its network."""

    view: str
    arg: str = ""
    page: Page = 0


class OpenProduct(CallbackData, prefix="po"):
    """The card of a work, opened from a page of the list `view` (of `arg`); «Назад» leads there again."""

    product_id: RowId
    view: str = ""
    arg: str = ""
    page: Page = 0


class SendProductFiles(CallbackData, prefix="pf"):
    """«Скачать», «Открыть файлы». `view`, `arg` and `page` as in OpenProduct."""

    product_id: RowId
    view: str = ""
    arg: str = ""
    page: Page = 0


class PublishProduct(CallbackData, prefix="pp"):
    """Put the version that the coordinator sees into the bank."""

    product_id: RowId
    version: RowId


class AskWithdrawProduct(CallbackData, prefix="pw"):
    """Sure to take one's work back?"""

    product_id: RowId


class WithdrawProduct(CallbackData, prefix="px"):
    """Take it back."""

    product_id: RowId
