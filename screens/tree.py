"""Where a network stands, as its coordinator sees it; what is told of moves, ends and closings."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dialogs.networks import CHILD, CLOSE, EXTEND, GROUP, MOVE, MOVE_ANYWHERE
from models import Fate, Network, NetworkView
from screens.addresses import BeginDialog, ListManaged, ListNetworks, ManageNetwork, ManageTree, OpenNetwork
from screens.dialogs import ReadBack
from screens.l10n import L10n
from screens.navigation import ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.closing import Closed, Plan
    from services.tree import Place

MOST_TITLES = 10
"""So many closed networks are named to one person; the others are in their list of closed ones."""


def place(t: L10n, place_of: Place, *, now: datetime, is_administrator: bool, toast: str | None = None) -> Screen:
    """Above it, below it, until when; and the deeds that go with that."""
    network = place_of.network
    lines = [
        t("tree-above", path=" › ".join(one.title for one in place_of.above)) if place_of.above else t("tree-top"),
        t("tree-below", count=place_of.below),
    ]
    if network.ends_on is not None:
        lines.append(t("tree-ends", day=t.day(network.ends_on, now=now)))
    if network.archived_at is not None:
        lines.append(t("network-archived"))
    buttons = [] if network.archived_at is not None else _deeds(t, place_of, is_administrator=is_administrator)
    if place_of.below:
        listed = ListNetworks(view=NetworkView.TREE.value, arg=network.id)
        buttons.append(Button(f"{t.plain('network-below')} · {place_of.below}", listed))
    buttons.append(Button(t.plain("roles-open-card"), OpenNetwork(network_id=network.id)))
    text = _joined(t("tree-title", title=network.title), "\n".join(lines))
    return Screen(text, (*column(buttons), ways(t, ManageNetwork(network_id=network.id))), toast=toast)


def _deeds(t: L10n, place_of: Place, *, is_administrator: bool) -> list[Button]:
    network = place_of.network

    def begins(label: str, dialog: str) -> Button:
        return Button(t.plain(label), BeginDialog(dialog=dialog, arg=network.id))

    buttons = []
    if network.ends_on is None:
        buttons += [begins("tree-new-child", CHILD.name), begins("tree-new-group", GROUP.name)]
    else:
        buttons.append(begins("tree-extend", EXTEND.name))
    if place_of.may_move:
        buttons.append(begins("tree-move", MOVE_ANYWHERE.name if is_administrator else MOVE.name))
    buttons.append(begins("tree-close", CLOSE.name))
    return buttons


def created(t: L10n, network: Network) -> Screen:
    """A network below another one, or a temporary group, is there."""
    text = t("tree-created", title=network.title)
    if network.ends_on is not None:
        text = t("tree-group-created", title=network.title, day=_dotted(network.ends_on))
    buttons = [Button(t.plain("tree-manage-created"), ManageNetwork(network_id=network.id))]
    buttons.append(Button(t.plain("network-open-created"), OpenNetwork(network_id=network.id)))
    back = ManageTree(network_id=network.parent_id) if network.parent_id is not None else ListManaged()
    return Screen(text, (*column(buttons), ways(t, back)))


def moved(t: L10n, network: Network) -> Screen:
    """It stands elsewhere now."""
    rows = column([Button(t.plain("tree-open-place"), ManageTree(network_id=network.id))])
    return Screen(t("tree-moved", title=network.title), (*rows, ways(t, ListManaged())))


def extended(t: L10n, network: Network) -> Screen:
    """It has another last day."""
    rows = column([Button(t.plain("tree-open-place"), ManageTree(network_id=network.id))])
    day = _dotted(network.ends_on) if network.ends_on is not None else ""
    return Screen(t("tree-extended", title=network.title, day=day), (*rows, ways(t, ListManaged())))


def ask_close(t: L10n, plan: Plan, *, below: Fate, members: Fate, reason: str | None) -> ReadBack:
    """Sure? And what becomes of everything there."""
    lines = []
    if plan.ways.below:
        lines.append(t("tree-close-branch" if below is Fate.STAY else "tree-close-lifted", count=plan.ways.below))
    if members is Fate.UP and plan.ways.parent is not None:
        lines.append(t("tree-close-brought", count=plan.members, title=plan.ways.parent.title))
    else:
        lines.append(t("tree-close-members", count=plan.members))
    if plan.events:
        lines.append(t("tree-close-events", count=plan.events))
    if plan.products:
        lines.append(t("tree-close-products", count=plan.products))
    if plan.applications:
        lines.append(t("tree-close-applications", count=plan.applications))
    parts = [t("tree-close-ask", title=plan.ways.network.title), "\n".join(lines), t("tree-close-for-ever")]
    if reason:
        parts.append(t("joining-reason", reason=reason))
    return ReadBack(_joined(*parts))


def closed(t: L10n, plan: Plan) -> Screen:
    """It is closed; everybody is told."""
    rows = column([Button(t.plain("tree-open-closed"), OpenNetwork(network_id=plan.ways.network.id))])
    return Screen(t("tree-closed", title=plan.ways.network.title), (*rows, ways(t, ListManaged())))


def told_moved(t: L10n, network: Network, parent: Network | None, *, coordinates: bool) -> Screen:
    """A notification: this network stands elsewhere now."""
    text = t("tree-told-top", network=network.title)
    if parent is not None:
        text = t("tree-told-moved", network=network.title, parent=parent.title)
    if not coordinates:
        return Screen(_joined(text, t("tree-told-not-yours")), (ways(t),))
    rows = column([Button(t.plain("tree-open-place"), ManageTree(network_id=network.id))])
    return Screen(text, (*rows, ways(t)))


def told_ending(t: L10n, network: Network, ends_on: date, *, now: datetime, coordinates: bool) -> Screen:
    """A notification: a temporary group's last day is near."""
    text = t("tree-told-ending", network=network.title, day=t.day(ends_on, now=now))
    buttons = []
    if coordinates:
        buttons.append(Button(t.plain("tree-extend"), BeginDialog(dialog=EXTEND.name, arg=network.id)))
    buttons.append(Button(t.plain("joining-open-network"), OpenNetwork(network_id=network.id)))
    return Screen(text, (*column(buttons), ways(t)))


def told_closed(
    t: L10n, network: Network, seen: Closed, *, reason: str | None, ended: bool, may_see: bool, may_see_parent: bool
) -> Screen:
    """A notification: a network, or several of a branch at once, are closed."""
    if len(seen.titles) > 1:
        listed = "\n".join(t("tree-told-one", title=title) for title in seen.titles[:MOST_TITLES])
        head = t("tree-told-closed-all", networks=len(seen.titles)) + "\n" + listed
    else:
        head = t("tree-told-ended" if ended else "tree-told-closed", network=seen.titles[0])
    parts = [head]
    if reason:
        parts.append(t("joining-reason", reason=reason))
    parts.append(t("tree-told-read-only"))
    if seen.has_works_back:
        parts.append(t("tree-told-works-back"))
    rows: list[Row] = []
    if seen.parent is not None and (seen.is_in_parent or may_see_parent):
        if seen.is_in_parent:
            parts.append(t("tree-told-in-parent", title=seen.parent.title))
        rows.append((Button(shorten(f"⬆️ {seen.parent.title}"), OpenNetwork(network_id=seen.parent.id)),))
    if may_see:
        rows.append((Button(t.plain("tree-open-closed"), OpenNetwork(network_id=network.id)),))
    return Screen(_joined(*parts), (*rows, ways(t)))


def _dotted(day: date) -> str:
    return f"{day:%d.%m.%Y}"


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
