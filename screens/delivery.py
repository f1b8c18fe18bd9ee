"""What did not go out, for the administrator: counts by kind and reason, never anybody's words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from screens.addresses import ListUndelivered, OpenAdmin, OpenUndelivered, RetryUndelivered
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Screen, column, shorten

if TYPE_CHECKING:
    from services.notifications import Undelivered


def undelivered(
    t: L10n,
    groups: Sequence[Undelivered],
    stale: Mapping[str, int],
    page: int,
    *,
    toast: str | None = None,
) -> Screen:
    """What was given up of late, most people first; below it how much was not sent because its moment had passed."""
    page = min(max(0, page), max(0, (len(groups) - 1) // PAGE))
    shown = groups[page * PAGE : (page + 1) * PAGE]
    numbered = list(enumerate(shown, start=page * PAGE + 1))
    body = "\n".join(
        t(
            "undelivered-line",
            number=str(number),
            kind=_kind(t, group.kind),
            count=group.total,
            reason=_reason(t, group.reason),
        )
        for number, group in numbered
    )
    passed: dict[str, int] = {}
    for kind, count in stale.items():
        name = _kind(t, kind)
        passed[name] = passed.get(name, 0) + count
    lines = "\n".join(t("undelivered-stale-line", kind=name, count=count) for name, count in passed.items())
    parts = (
        t("undelivered-title"),
        body or t("undelivered-none"),
        counted(t, page, len(shown), len(groups)),
        t("undelivered-stale", lines=lines) if lines else "",
    )
    buttons = [
        Button(shorten(f"{number}. {_kind(t, group.kind)} · {group.total}"), OpenUndelivered(notification_id=group.id))
        for number, group in numbered
    ]
    turn = pages(t, page, len(groups), lambda other: ListUndelivered(page=other))
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, (*column(buttons), *turn, ways(t, OpenAdmin())), toast=toast)


def group(t: L10n, one: Undelivered) -> Screen:
    """What was given up for one reason, and the way to try it again."""
    lines = [
        t("undelivered-failed", count=one.failed) if one.failed else "",
        t("undelivered-unknown", count=one.unknown) if one.unknown else "",
        t("undelivered-unreachable", count=one.total - one.reachable) if one.total > one.reachable else "",
    ]
    head = t("undelivered-head", kind=_kind(t, one.kind), reason=_reason(t, one.reason))
    counts = "\n".join(line for line in lines if line)
    advice = t("undelivered-retry-advice" if one.unknown else "undelivered-retry-plain") if one.reachable else ""
    retry = Button(f"{t.plain('undelivered-retry')} · {one.reachable}", RetryUndelivered(notification_id=one.id))
    rows = ((retry,),) if one.reachable else ()
    return Screen(
        "\n\n".join(part for part in (head, counts, advice) if part), (*rows, ways(t, ListUndelivered())), toast=None
    )


def told_overdue(t: L10n, waiting: int) -> Screen:
    """Something holds the delivery up."""
    rows = column([Button(t.plain("undelivered-button"), ListUndelivered())])
    return Screen(t("delivery-overdue", count=waiting), (*rows, ways(t)))


def _kind(t: L10n, kind: str) -> str:
    """What it was about, in words; what a newer version tells of has none here."""
    area = kind if kind in _ABOUT else kind.partition("-")[0]
    return t.plain(_ABOUT.get(area, "undelivered-about-other"))


_ABOUT = {
    "announcement": "undelivered-about-announcement",
    "consultation": "undelivered-about-consultation",
    "event-reminder": "undelivered-about-reminder",
    "event": "undelivered-about-event",
    "product": "undelivered-about-product",
    "coordinator": "undelivered-about-role",
    "expert": "undelivered-about-role",
}
"""By the kind, or by its first word."""


def _reason(t: L10n, reason: str) -> str:
    """Telegram's words or an error's name, as they help whoever looks after the bot."""
    return reason or t.plain("undelivered-no-reason")
