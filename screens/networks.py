"""The catalogue of networks and the card of one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from aiogram.filters.callback_data import CallbackData

import screens.cards
from dialogs import NETWORK
from dialogs.joining import LEAVE
from models import ApplicationState, NetworkView
from screens.addresses import (
    AskLeaveNetwork,
    BeginDialog,
    EditNetwork,
    FollowNetwork,
    JoinNetwork,
    LeaveNetwork,
    ListDocuments,
    ListNetworks,
    ListParticipations,
    MuteNetwork,
    OpenAdmin,
    OpenAgreement,
    OpenForms,
    OpenNetwork,
    OpenNetworks,
    WithdrawApplication,
)
from screens.l10n import Html, L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.cards import Card, Coordinator
    from services.networks import FormLine, Line, Page


LONGEST = 4096
"""The most characters of a message (telegram.md); an emoji counts twice (https://core.telegram.org/api/entities#entity-length)."""

FIRST = 4
"""How many networks the entrance shows at once, so that joining one of them takes three taps from the menu."""

_ENTRANCE = "e"
_LISTS = frozenset(view.value for view in NetworkView)
_RAN_OUT = (ApplicationState.PENDING, ApplicationState.EXPIRED)
"""Of an application that does not wait: nobody decided in time, whether or not that is written down (models.Application)."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The list from which a card was opened, and the page of it: there «Назад» leads. Empty: up the tree."""

    view: str = ""
    arg: int = 0
    page: int = 0


def entrance(t: L10n, counts: dict[NetworkView, int], first: Page, *, are_for_me: bool) -> Screen:
    """The ways into the catalogue: the first networks (for me, else of the tree), mine, for me, the tree, by form, typed search."""
    if not counts[NetworkView.TREE] and not first.lines:
        return Screen(t("networks-none-yet"), (ways(t),))
    numbered = list(enumerate(first.lines, start=1))
    buttons = [_card_button(number, line, Origin(_ENTRANCE)) for number, line in numbered]
    if counts[NetworkView.MINE]:
        buttons.append(Button(_counted_label(t, "networks-mine", counts[NetworkView.MINE]), _list(NetworkView.MINE)))
    elif counts[NetworkView.CLOSED]:
        buttons.append(_closed_button(t, counts[NetworkView.CLOSED]))
    if counts[NetworkView.FOLLOWED]:
        label = _counted_label(t, "networks-followed", counts[NetworkView.FOLLOWED])
        buttons.append(Button(label, _list(NetworkView.FOLLOWED)))
    if counts[NetworkView.FOR_ME] > len(first.lines):
        label = _counted_label(t, "networks-for-me", counts[NetworkView.FOR_ME])
        buttons.append(Button(label, _list(NetworkView.FOR_ME)))
    buttons.append(Button(_counted_label(t, "networks-tree", counts[NetworkView.TREE]), _list(NetworkView.TREE)))
    buttons.append(Button(t.plain("networks-forms"), OpenForms()))
    found = [t("networks-first-for-me" if are_for_me else "networks-first")]
    found += [_line(t, number, line) for number, line in numbered]
    text = _joined(t("networks-text"), "\n".join(found) if numbered else "", t("networks-ways"))
    return Screen(text, (*column(buttons), ways(t)))


def _card_button(number: int, line: Line, origin: Origin) -> Button:
    address = OpenNetwork(network_id=line.network.id, view=origin.view, arg=origin.arg, page=origin.page)
    return Button(shorten(f"{number}. {line.network.title}"), address)


def _closed_button(t: L10n, count: int) -> Button:
    return Button(_counted_label(t, "networks-closed", count), _list(NetworkView.CLOSED))


def _list(view: NetworkView, arg: int = 0, page: int = 0) -> ListNetworks:
    return ListNetworks(view=view.value, arg=arg, page=page)


def _counted_label(t: L10n, key: str, count: int) -> str:
    return f"{t.plain(key)} · {count}"


def forms(t: L10n, lines: list[FormLine], page: int) -> Screen:
    """The forms that have networks."""
    shown = lines[page * PAGE : (page + 1) * PAGE]
    numbered = list(enumerate(shown, start=page * PAGE + 1))
    buttons = [
        Button(shorten(f"{number}. {line.form.title}"), _list(NetworkView.FORM, line.form.id))
        for number, line in numbered
    ]
    body = "\n".join(
        t("networks-form-line", number=str(number), title=line.form.title, count=line.networks)
        for number, line in numbered
    )
    text = _joined(t("networks-forms-text"), body, counted(t, page, len(shown), len(lines)))
    turn = pages(t, page, len(lines), lambda other: OpenForms(page=other))
    return Screen(text, (*column(buttons), *turn, ways(t, OpenNetworks())))


def listing(t: L10n, found: Page, *, view: NetworkView, arg: int, page: int, query: str, closed: int = 0) -> Screen:
    """A page of networks, each with its members counted; the number before a title is on its button.

    From one's own networks leads a way to the `closed` ones, if there are any.
    """
    to_closed = (_closed_button(t, closed),) if closed and view is NetworkView.MINE else ()
    title = {
        NetworkView.TREE: t("networks-in", place=found.place) if found.place else t("networks-tree-title"),
        NetworkView.FORM: t("networks-form-title", form=found.place or ""),
        NetworkView.MINE: t("networks-mine-title"),
        NetworkView.FOR_ME: t("networks-for-me-title"),
        NetworkView.CLOSED: t("networks-closed-title"),
        NetworkView.FOUND: t("networks-found-title", query=query),
        NetworkView.FOLLOWED: t("networks-followed-title"),
    }[view]
    if not found.lines:
        empty = {NetworkView.FOR_ME: "networks-empty-for-me", NetworkView.MINE: "networks-empty-mine"}
        return Screen(
            _joined(title, t(empty.get(view, "networks-empty"))),
            (
                *column(to_closed),
                ways(t, _above(view, arg)),
            ),
        )
    first = page * PAGE + 1
    numbered = list(enumerate(found.lines, start=first))
    text = _joined(title, "\n".join(_line(t, number, line) for number, line in numbered), _footer(t, found, page))
    buttons = [_card_button(number, line, Origin(view.value, arg, page)) for number, line in numbered]
    turn = pages(t, page, found.total, lambda other: _list(view, arg, other))
    return Screen(text, (*column([*buttons, *to_closed]), *turn, ways(t, _above(view, arg))))


def _above(view: NetworkView, arg: int) -> CallbackData:
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


def card(t: L10n, card: Card, origin: Origin = Origin(), *, toast: str | None = None) -> Screen:
    """The card of a network, with what this person may do there."""
    network = card.network
    rows: list[Row] = []
    if card.may_join or card.may_apply:
        label = t.plain("network-join" if card.may_join else "network-apply")
        rows.append((Button(label, JoinNetwork(**_addressed(card, origin))),))
    if card.is_waiting:
        rows.append((Button(t.plain("network-withdraw"), WithdrawApplication(network_id=network.id)),))
    if card.must_agree:
        rows.append((Button(t.plain("network-agree"), OpenAgreement(network_id=network.id)),))
    elif network.agreement_version is not None:
        rows.append((Button(t.plain("network-agreement"), OpenAgreement(network_id=network.id)),))
    if card.is_member and network.chat_url:
        rows.append((Button(t.plain("network-chat"), url=network.chat_url),))
    if card.documents:
        label = _counted_label(t, "network-documents", card.documents)
        rows.append((Button(label, ListDocuments(network_id=network.id)),))
    if card.parts.organisations or card.parts.reader_heads:
        label = _counted_label(t, "network-organisations", card.parts.organisations)
        rows.append((Button(label, ListParticipations(network_id=network.id)),))
    if card.below:
        rows.append((Button(_counted_label(t, "network-below", card.below), _list(NetworkView.TREE, network.id)),))
    if card.is_member:
        label = t.plain("announced-unmute" if card.is_muted else "announced-mute")
        rows.append((Button(label, MuteNetwork(**_addressed(card, origin), muted=not card.is_muted)),))
        rows.append((Button(t.plain("network-leave"), AskLeaveNetwork(**_addressed(card, origin))),))
    if card.may_follow or card.is_following:
        label = t.plain("network-unfollow" if card.is_following else "network-follow")
        rows.append((Button(label, FollowNetwork(**_addressed(card, origin), ends=card.is_following)),))
    if card.may_edit:
        rows.append((Button(t.plain("network-edit"), EditNetwork(network_id=network.id)),))
    return Screen(_card_text(t, card), (*rows, ways(t, _back(card, origin))), toast=toast)


def _addressed(card: Card, origin: Origin) -> dict[str, Any]:
    return {"network_id": card.network.id, "view": origin.view, "arg": origin.arg, "page": origin.page}


def _back(card: Card, origin: Origin) -> CallbackData:
    if origin.view in _LISTS:
        return ListNetworks(view=origin.view, arg=origin.arg, page=origin.page)
    if not origin.view and card.parent is not None:
        return _list(NetworkView.TREE, card.parent.id)
    return OpenNetworks()


def _card_text(t: L10n, card: Card) -> str:
    network = card.network
    head = t("network-head", title=network.title, form=network.form.title)
    facts = [t("network-members", count=card.members)]
    if card.followers:
        facts.append(t("network-followers", count=str(card.followers)))
    if card.parent is not None:
        facts.append(t("network-parent", title=card.parent.title))
    if network.subjects:
        facts.append(t("network-subjects", subjects=", ".join(subject.title for subject in network.subjects)))
    if card.coordinators:
        names = ", ".join(_coordinator(t, one) for one in card.coordinators)
        facts.append(t("network-coordinators", count=len(card.coordinators), names=Html(names)))
    if card.parts.coordinating:
        facts.append(t("network-coordinating", titles=", ".join(card.parts.coordinating)))
    facts.append(t("network-kind", kind=screens.cards.in_words(t, network)))
    if network.ends_on is not None:
        facts.append(t("network-ends", day=f"{network.ends_on:%d.%m.%Y}"))
    facts.append(t(f"network-policy-{network.join_policy.value}"))
    parts = ["\n".join(facts)]
    if network.archived_at is not None:
        parts.append(t("network-archived"))
    elif card.is_member:
        parts.append(t("network-you-are-in"))
        if card.must_agree:
            parts.append(t("network-must-agree"))
    elif card.is_waiting:
        parts.append(t("network-applied"))
    else:
        if card.parts.is_covered and (card.may_join or card.may_apply):
            parts.append(t("network-covered"))
        parts += _how_to_apply(t, card)
    if card.is_following:
        parts.append(t("network-you-follow"))
    room = LONGEST - sum(_length(part) + 2 for part in (head, "", *parts))
    goal = _fitted(network.goal, room, lambda words: t("network-goal", goal=words))
    room -= _length(goal) + 2
    about = _fitted(network.description, room, lambda words: t("network-description", description=words))
    return _joined(head, goal, about, *parts)


def _how_to_apply(t: L10n, card: Card) -> list[str]:
    parts = []
    if card.may_apply:
        if card.application is not None and card.application.state is ApplicationState.DECLINED:
            parts.append(t("network-declined", reason=card.application.reason or ""))
        elif card.application is not None and card.application.state in _RAN_OUT:
            parts.append(t("network-expired"))
        parts.append(t("network-apply-hint"))
    return parts


def _fitted(words: str | None, room: int, say: Callable[[str], str]) -> str:
    """The words as `say` puts them, cut so that it is no longer than `room`: escaping makes some signs long."""
    said = say(words) if words else ""
    while words and _length(said) > room:
        fewer = min(len(words) - 1, len(words) * max(0, room) // _length(said))
        words = shorten(words, fewer) if fewer > 1 else ""
        said = say(words) if words else ""
    return said


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _coordinator(t: L10n, one: Coordinator) -> str:
    """Who it is and by which order, as HTML."""
    if one.order_number is None:
        return t("network-coordinator", name=one.name)
    if one.order_on is None:  # kept as it was typed, before its date was read
        return t("network-coordinator-by-such-order", name=one.name, order=one.order_number)
    return t("network-coordinator-by-order", name=one.name, number=one.order_number, on=f"{one.order_on:%d.%m.%Y}")


def joined(t: L10n, card_of: Card, origin: Origin) -> Screen:
    """The card after «Вступить», or «Подать заявку»."""
    return card(t, card_of, origin, toast=t.plain("network-joined" if card_of.is_member else "network-now-applied"))


def muted(t: L10n, card_of: Card, origin: Origin) -> Screen:
    """The card after its announcements were switched off, or on again."""
    toast = t.plain("announced-mute-done" if card_of.is_muted else "announced-unmute-done")
    return card(t, card_of, origin, toast=toast)


def followed(t: L10n, card_of: Card, origin: Origin) -> Screen:
    """The card after its news were followed, or are no more."""
    toast = t.plain("network-follow-done" if card_of.is_following else "network-unfollow-done")
    return card(t, card_of, origin, toast=toast)


def left(t: L10n, card_of: Card, origin: Origin) -> Screen:
    """The card after leaving."""
    return card(t, card_of, origin, toast=t.plain("network-left"))


def left_with_reason(t: L10n, title: str, card_of: Card | None) -> Screen:
    """After leaving in words: the card, or, where it is hidden now, that it is done."""
    if card_of is not None:
        return left(t, card_of, Origin())
    return Screen(t("network-left-behind", title=title), (ways(t, OpenNetworks()),))


def left_behind(t: L10n, entrance_of: Screen) -> Screen:
    """After leaving a network that only its members see: the catalogue."""
    return replace(entrance_of, toast=t.plain("network-left"))


def ask_leave(t: L10n, card: Card, origin: Origin) -> Screen:
    """Sure to leave? And how one comes back."""
    network = card.network
    rows = column(
        [
            Button(t.plain("network-leave-yes"), LeaveNetwork(**_addressed(card, origin))),
            Button(t.plain("network-leave-why"), BeginDialog(dialog=LEAVE.name, arg=network.id)),
            Button(t.plain("network-leave-no"), OpenNetwork(**_addressed(card, origin))),
        ]
    )
    back = "archived" if network.archived_at is not None else network.join_policy.value
    text = _joined(t("network-leave-ask", title=network.title), t(f"network-leave-{back}"))
    return Screen(text, (*rows, ways(t)))


def created(t: L10n, title: str, network_id: int) -> Screen:
    """An administrator's new network."""
    opened = Button(t.plain("network-open-created"), OpenNetwork(network_id=network_id))
    another = Button(t.plain("network-another"), BeginDialog(dialog=NETWORK.name))
    return Screen(t("network-created", title=title), ((opened,), (another,), ways(t, OpenAdmin())))
