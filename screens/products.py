"""The bank of products: its lists, the card of a work, and what its author and its coordinator are told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from dialogs.products import HAND_IN, HAND_IN_AGAIN, SEND_BACK
from models import Product, ProductKind, ProductState, ProductView, StoredFile
from screens.addresses import (
    AskWithdrawProduct,
    BeginDialog,
    ListProductGroups,
    ListProducts,
    ManageNetwork,
    OpenNetworks,
    OpenProduct,
    OpenProducts,
    PublishProduct,
    SendProductFiles,
    WithdrawProduct,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Media, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.products import Card, Counts, Group, HandedIn, Page

FIRST = 3
"""How many of the newest works the entrance shows."""

ENTRANCE = "e"
"""The origin of a card that was opened from the entrance."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The list from which a card was opened, and the page of it: there «Назад» leads. Empty: the entrance."""

    view: str = ""
    arg: str = ""
    page: int = 0

    @property
    def address(self) -> CallbackData:
        """The button back."""
        if self.view in set(ProductView):
            return ListProducts(view=self.view, arg=self.arg, page=self.page)
        return OpenProducts()


def kind_of(t: L10n, kind: ProductKind) -> str:
    """What a kind of work is called."""
    return t.plain(f"product-kind-{kind.value}")


def _author(t: L10n, product: Product) -> str:
    """The author's name; whoever withdrew their personal data stays as «участник»."""
    return product.author.full_name or t.plain("product-author-gone")


def entrance(t: L10n, counts: Counts, newest: Page, *, may_hand_in: bool, toast: str | None = None) -> Screen:
    """The ways into the bank: hand in, the newest works, by kind, by network, one's own, a typed search."""
    numbered = list(enumerate(newest.products, start=1))
    buttons = []
    if may_hand_in:
        buttons.append(Button(t.plain("products-hand-in"), BeginDialog(dialog=HAND_IN.name)))
    buttons += [_card_button(number, product, Origin(ENTRANCE)) for number, product in numbered]
    if counts.published > len(numbered):
        buttons.append(_list_button(t, "products-all", ProductView.NEW, counts.published))
    if counts.published:
        buttons.append(Button(t.plain("products-by-kind"), ListProductGroups(view=ProductView.KIND.value)))
        buttons.append(Button(t.plain("products-by-network"), ListProductGroups(view=ProductView.NETWORK.value)))
    if counts.own:
        buttons.append(_list_button(t, "products-mine", ProductView.MINE, counts.own))
    if not may_hand_in:
        buttons.append(Button(t.plain("products-to-networks"), OpenNetworks()))
    parts = [t("products-title"), t("products-text", count=counts.published)]
    if numbered:
        parts += ["\n".join(_line(t, number, product) for number, product in numbered), t("products-hint")]
    if not may_hand_in:
        parts.append(t("products-join-first"))
    return Screen(_joined(*parts), (*column(buttons), ways(t)), toast=toast)


def _list_button(t: L10n, key: str, view: ProductView, count: int) -> Button:
    return Button(f"{t.plain(key)} · {count}", ListProducts(view=view.value))


def _card_button(number: int, product: Product, origin: Origin) -> Button:
    address = OpenProduct(product_id=product.id, view=origin.view, arg=origin.arg, page=origin.page)
    return Button(shorten(f"{number}. {product.title}"), address)


def _line(t: L10n, number: int, product: Product) -> str:
    return t(
        "products-line",
        number=str(number),
        title=product.title,
        kind=kind_of(t, product.kind),
        author=_author(t, product),
    )


def groups(t: L10n, lines: Sequence[Group], view: ProductView, page: int) -> Screen:
    """The kinds or networks that have works, with their numbers."""
    shown = lines[page * PAGE : (page + 1) * PAGE]
    buttons = []
    for group in shown:
        title = kind_of(t, ProductKind(group.arg)) if view is ProductView.KIND else group.title
        count = f" · {group.products}"
        label = shorten(title, 30 - len(count)) + count
        buttons.append(Button(label, ListProducts(view=view.value, arg=group.arg)))
    key = "products-kinds-text" if view is ProductView.KIND else "products-networks-text"
    text = _joined(t(key), counted(t, page, len(shown), len(lines)) if lines else t("products-empty"))
    turn = pages(t, page, len(lines), lambda other: ListProductGroups(view=view.value, page=other))
    return Screen(text, (*column(buttons), *turn, ways(t, OpenProducts())))


def listing(t: L10n, found: Page, *, view: ProductView, arg: str, page: int, query: str, now: datetime) -> Screen:
    """A page of works; the number before a title is on its button."""
    title = _list_title(t, found, view, arg, query)
    back = _above(view, arg)
    if not found.products:
        empty = {ProductView.MINE: "products-empty-mine", ProductView.QUEUE: "products-empty-queue"}
        hand_in = Button(t.plain("products-hand-in"), BeginDialog(dialog=HAND_IN.name))
        rows: tuple[Row, ...] = ((hand_in,),) if view is ProductView.MINE else ()
        return Screen(_joined(title, t(empty.get(view, "products-empty"))), (*rows, ways(t, back)))
    numbered = list(enumerate(found.products, start=page * PAGE + 1))
    body = "\n".join(_list_line(t, view, number, product, now=now) for number, product in numbered)
    buttons = [_card_button(number, product, Origin(view.value, arg, page)) for number, product in numbered]
    turn = pages(t, page, found.total, lambda other: ListProducts(view=view.value, arg=arg, page=other))
    text = _joined(title, body, counted(t, page, len(found.products), found.total))
    return Screen(text, (*column(buttons), *turn, ways(t, back)))


def _list_title(t: L10n, found: Page, view: ProductView, arg: str, query: str) -> str:
    match view:
        case ProductView.NEW:
            return t("products-new-title")
        case ProductView.KIND:
            return t("products-kind-title", kind=kind_of(t, ProductKind(arg)))
        case ProductView.NETWORK:
            return t("products-network-title", network=found.place or "")
        case ProductView.MINE:
            return t("products-mine-title")
        case ProductView.FOUND:
            return t("products-found-title", query=query)
    return t("products-queue-title", network=found.place or "")


def _list_line(t: L10n, view: ProductView, number: int, product: Product, *, now: datetime) -> str:
    if view is ProductView.MINE:
        return t("products-mine-line", number=str(number), title=product.title, state=_state(t, product, now=now))
    if view is ProductView.QUEUE:
        return t(
            "products-queue-line",
            number=str(number),
            title=product.title,
            author=_author(t, product),
            network=product.network.title,
            since=t.date_time(product.state_at, now=now),
        )
    return _line(t, number, product)


def _above(view: ProductView, arg: str) -> CallbackData:
    if view in (ProductView.KIND, ProductView.NETWORK):
        return ListProductGroups(view=view.value)
    if view is ProductView.QUEUE:
        return ManageNetwork(network_id=int(arg))
    return OpenProducts()


def _state(t: L10n, product: Product, *, now: datetime) -> str:
    return t.plain(f"product-state-{product.state.value}", when=t.date_time(product.state_at, now=now))


def card(t: L10n, card: Card, origin: Origin = Origin(), *, toast: str | None = None, lost: int = 0) -> Screen:
    """The card of a work, with what this person may do there. `lost` files could not be sent just now."""
    parts = [_card_text(t, card)]
    if lost:
        parts.append(t("product-files-lost", count=lost))
    return Screen(_joined(*parts), (*_deeds(t, card, origin), ways(t, origin.address)), toast=toast)


def with_files(files: Sequence[StoredFile]) -> tuple[Media, ...]:
    """The files as they are sent."""
    return tuple(Media(file.kind.value, file.telegram_file_id) for file in files)


def _card_text(t: L10n, card: Card) -> str:
    product, now = card.product, card.seen_at
    facts = [t("product-author", name=_author(t, product))]
    if product.organisation is not None:
        facts.append(t("product-organisation", title=product.organisation.title))
    facts.append(t("product-network", title=product.network.title))
    facts.append(t("product-files", count=card.files))
    if product.state is ProductState.PUBLISHED:
        facts.append(t("product-published", when=t.date_time(product.state_at, now=now)))
    parts = [
        t("product-head", title=product.title, kind=kind_of(t, product.kind)),
        t("product-annotation", annotation=product.annotation),
        "\n".join(facts),
    ]
    if product.state is not ProductState.PUBLISHED:
        parts.append(t("product-stands", state=_state(t, product, now=now)))
        if product.version > 1:
            parts.append(t("product-version", number=str(product.version)))
    if card.remark is not None:
        parts.append(
            t(
                "product-remark",
                name=(card.remark.author.full_name if card.remark.author else None) or t.plain("product-coordinator"),
                when=t.date_time(card.remark.created_at, now=now),
                text=card.remark.text,
            )
        )
    return _joined(*parts)


def _deeds(t: L10n, card: Card, origin: Origin) -> tuple[Row, ...]:
    product = card.product
    files = SendProductFiles(product_id=product.id, view=origin.view, arg=origin.arg, page=origin.page)
    key = "product-download" if product.state is ProductState.PUBLISHED else "product-open-files"
    buttons = [Button(f"{t.plain(key)} · {card.files}", files)]
    if card.waits and card.may_decide:
        publish = PublishProduct(product_id=product.id, version=product.version)
        buttons.append(Button(t.plain("product-publish"), publish))
        buttons.append(Button(t.plain("product-return"), BeginDialog(dialog=SEND_BACK.name, arg=product.id)))
    if card.may_be_corrected:
        again = BeginDialog(dialog=HAND_IN_AGAIN.name, arg=product.id)
        buttons.append(Button(t.plain("product-correct"), again))
    if card.may_be_withdrawn:
        buttons.append(Button(t.plain("product-withdraw"), AskWithdrawProduct(product_id=product.id)))
    return column(buttons)


def handed_in(t: L10n, handed: HandedIn) -> Screen:
    """It is on its way; of what is too large for a copy the author is told."""
    parts = [t("product-handed-in", title=handed.product.title, network=handed.network.title)]
    if handed.too_large:
        names = ", ".join(file.name or t.plain(f"product-file-{file.kind.value}") for file in handed.too_large)
        parts.append(t("product-too-large", count=len(handed.too_large), names=names))
    opened = Button(t.plain("product-open-own"), OpenProduct(product_id=handed.product.id, view=ProductView.MINE.value))
    return Screen(_joined(*parts), ((opened,), ways(t, OpenProducts())))


def ask_withdraw(t: L10n, product: Product) -> Screen:
    """Sure?"""
    key = "product-withdraw-ask-published" if product.state is ProductState.PUBLISHED else "product-withdraw-ask"
    rows = column(
        [
            Button(t.plain("product-withdraw-yes"), WithdrawProduct(product_id=product.id)),
            Button(t.plain("product-withdraw-no"), OpenProduct(product_id=product.id, view=ProductView.MINE.value)),
        ]
    )
    return Screen(t(key, title=product.title), (*rows, ways(t)))


def told_submitted(t: L10n, card: Card) -> Screen:
    """To whoever decides: a work has come."""
    key = "product-told-submitted" if card.product.version == 1 else "product-told-corrected"
    return Screen(_joined(t(key), _card_text(t, card)), (*_deeds(t, card, Origin()), ways(t)))


def told_published(t: L10n, product: Product) -> Screen:
    """To the author: it is in the bank."""
    opened = Button(t.plain("product-open-own"), OpenProduct(product_id=product.id, view=ProductView.MINE.value))
    text = t("product-told-published", title=product.title, network=product.network.title)
    return Screen(text, ((opened,), ways(t)))


def told_returned(t: L10n, card: Card) -> Screen:
    """To the author: what is to be corrected."""
    product = card.product
    parts = [t("product-told-returned", title=product.title)]
    if card.remark is not None:
        parts.append(
            t(
                "product-remark",
                name=(card.remark.author.full_name if card.remark.author else None) or t.plain("product-coordinator"),
                when=t.date_time(card.remark.created_at, now=card.seen_at),
                text=card.remark.text,
            )
        )
    rows = column(
        [
            Button(t.plain("product-correct"), BeginDialog(dialog=HAND_IN_AGAIN.name, arg=product.id)),
            Button(t.plain("product-open-own"), OpenProduct(product_id=product.id, view=ProductView.MINE.value)),
        ]
    )
    return Screen(_joined(*parts), (*rows, ways(t)))


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
