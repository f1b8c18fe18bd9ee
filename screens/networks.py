"""The catalogue of networks and the card of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from models import JoinPolicy, NetworkStatus, NetworkView
from screens.addresses import (
    AskLeaveNetwork,
    JoinNetwork,
    LeaveNetwork,
    ListNetworks,
    OpenForms,
    OpenNetwork,
    OpenNetworks,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.networks import Card, FormLine, Line, Page


def entrance(t: L10n, counts: dict[NetworkView, int]) -> Screen:
    """The ways into the catalogue: mine, for me, the tree, by form, typed search."""
    buttons = []
    if counts[NetworkView.MINE]:
        buttons.append(Button(_counted_label(t, "networks-mine", counts[NetworkView.MINE]), _list(NetworkView.MINE)))
    if counts[NetworkView.FOR_ME]:
        label = _counted_label(t, "networks-for-me", counts[NetworkView.FOR_ME])
        buttons.append(Button(label, _list(NetworkView.FOR_ME)))
    if counts[NetworkView.TREE]:
        buttons.append(Button(t.plain("networks-tree"), _list(NetworkView.TREE)))
        buttons.append(Button(t.plain("networks-forms"), OpenForms()))
    text = t("networks-text") if counts[NetworkView.TREE] else t("networks-none-yet")
    return Screen(text, (*column(buttons), ways(t)))


def _list(view: NetworkView, arg: int = 0, page: int = 0) -> ListNetworks:
    return ListNetworks(view=view.value, arg=arg, page=page)


def _counted_label(t: L10n, key: str, count: int) -> str:
    return f"{t.plain(key)} · {count}"


def forms(t: L10n, lines: list[FormLine], page: int) -> Screen:
    """The forms that have networks."""
    shown = lines[page * PAGE : (page + 1) * PAGE]
    buttons = [
        Button(shorten(f"{line.form.title} · {line.networks}"), _list(NetworkView.FORM, line.form.id)) for line in shown
    ]
    text = _joined(t("networks-forms-text"), counted(t, page, len(shown), len(lines)))
    turn = pages(t, page, len(lines), lambda other: OpenForms(page=other))
    return Screen(text, (*column(buttons), *turn, ways(t, OpenNetworks())))


def listing(t: L10n, found: Page, *, view: NetworkView, arg: int, page: int, query: str) -> Screen:
    """A page of networks, each with its members counted; the number before a title is on its button."""
    title = {
        NetworkView.TREE: t("networks-in", place=found.place) if found.place else t("networks-tree-title"),
        NetworkView.FORM: t("networks-form-title", form=found.place or ""),
        NetworkView.MINE: t("networks-mine-title"),
        NetworkView.FOR_ME: t("networks-for-me-title"),
        NetworkView.FOUND: t("networks-found-title", query=query),
    }[view]
    if not found.lines:
        return Screen(_joined(title, t("networks-empty")), (ways(t, OpenNetworks()),))
    first = page * PAGE + 1
    numbered = list(enumerate(found.lines, start=first))
    text = _joined(title, "\n".join(_line(t, number, line) for number, line in numbered), _footer(t, found, page))
    buttons = [Button(shorten(f"{number}. {line.network.title}"), _open(line)) for number, line in numbered]
    turn = pages(t, page, found.total, lambda other: _list(view, arg, other))
    return Screen(text, (*column(buttons), *turn, ways(t, _above(found, view, arg))))


def _open(line: Line) -> CallbackData:
    return OpenNetwork(network_id=line.network.id)


def _above(found: Page, view: NetworkView, arg: int) -> CallbackData:
    if view is NetworkView.FORM:
        return OpenForms()
    if view is NetworkView.TREE and arg:
        return OpenNetwork(network_id=arg)
    return OpenNetworks()


def _line(t: L10n, number: int, line: Line) -> str:
    parts = [t("networks-line", number=str(number), title=line.network.title, members=line.members)]
    if line.below:
        parts.append(t("networks-line-below", count=line.below))
    return "".join(parts)


def _footer(t: L10n, found: Page, page: int) -> str:
    return counted(t, page, len(found.lines), found.total)


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def card(t: L10n, card: Card, *, is_registered: bool = True, toast: str | None = None) -> Screen:
    """The card of a network, with what this person may do there."""
    network = card.network
    rows: list[Row] = []
    if card.is_member:
        rows.append((Button(t.plain("network-leave"), AskLeaveNetwork(network_id=network.id)),))
    elif network.archived_at is None and network.join_policy is JoinPolicy.OPEN and is_registered:
        rows.append((Button(t.plain("network-join"), JoinNetwork(network_id=network.id)),))
    if card.is_member and network.chat_url:
        rows.append((Button(t.plain("network-chat"), url=network.chat_url),))
    if card.below:
        rows.append((Button(_counted_label(t, "network-below", card.below), _list(NetworkView.TREE, network.id)),))
    return Screen(_card_text(t, card), (*rows, ways(t, _up(card))), toast=toast)


def _up(card: Card) -> CallbackData:
    if card.network.parent_id:
        return _list(NetworkView.TREE, card.network.parent_id)
    return OpenNetworks()


def _card_text(t: L10n, card: Card) -> str:
    network = card.network
    head = t("network-head", title=network.title, form=network.form.title)
    facts = [t("network-members", count=card.members)]
    if network.parent is not None:
        facts.append(t("network-parent", title=network.parent.title))
    if network.subjects:
        facts.append(t("network-subjects", subjects=", ".join(subject.title for subject in network.subjects)))
    if card.coordinators:
        facts.append(t("network-coordinators", count=len(card.coordinators), names=", ".join(card.coordinators)))
    if network.status is NetworkStatus.INFORMAL:
        facts.append(t("network-informal"))
    facts.append(t(f"network-policy-{network.join_policy.value}"))
    parts = [head]
    if network.goal:
        parts.append(t("network-goal", goal=network.goal))
    if network.description:
        parts.append(t("network-description", description=network.description))
    parts.append("\n".join(facts))
    if network.archived_at is not None:
        parts.append(t("network-archived"))
    elif card.is_member:
        parts.append(t("network-you-are-in"))
    return _joined(*parts)


def joined(t: L10n, card_of: Card) -> Screen:
    """The card after «Вступить»."""
    return card(t, card_of, toast=t.plain("network-joined"))


def left(t: L10n, card_of: Card) -> Screen:
    """The card after leaving."""
    return card(t, card_of, toast=t.plain("network-left"))


def ask_leave(t: L10n, card: Card) -> Screen:
    """Sure to leave?"""
    network = card.network
    rows = column(
        [
            Button(t.plain("network-leave-yes"), LeaveNetwork(network_id=network.id)),
            Button(t.plain("network-leave-no"), OpenNetwork(network_id=network.id)),
        ]
    )
    return Screen(t("network-leave-ask", title=network.title), (*rows, ways(t)))


def created(t: L10n, title: str, network_id: int) -> Screen:
    """An administrator's new network."""
    opened = Button(t.plain("network-open-created"), OpenNetwork(network_id=network_id))
    return Screen(t("network-created", title=title), ((opened,), ways(t)))
