"""The registry for its administrator: what stands in it, a list before and after it is taken, who may be whom."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.organisations import ORGANISATION
from dialogs.registry import MERGE
from models import Network, RegistryDoubt
from screens.addresses import (
    AskRegistryFile,
    BeginDialog,
    ListDoubts,
    ListMembers,
    ListOrganisations,
    ManageForms,
    OpenAdmin,
    OpenDoubt,
    OpenRegistry,
    SendRegistry,
    SendRegistryTemplate,
    SettleDoubt,
    TakeRegistry,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.errors import DomainError
    from services.registry import Checked, Contents, Counts, Doubt, Numbers, Outcome

_MOST_NAMED = 5
"""So many of the new organisations, or of the columns that are not taken, are named."""


def overview(t: L10n, numbers: Numbers) -> Screen:
    """What stands in the registry and waits in it; what waits comes first."""
    buttons = []
    if numbers.proposed:
        proposed = f"{t.plain('admin-proposed')} · {numbers.proposed}"
        buttons.append(Button(proposed, ListOrganisations(proposed=True)))
    if numbers.doubts:
        buttons.append(Button(f"{t.plain('registry-doubts')} · {numbers.doubts}", ListDoubts()))
    buttons.append(Button(t.plain("registry-upload"), AskRegistryFile()))
    if numbers.organisations:
        listed = f"{t.plain('admin-organisations')} · {numbers.organisations}"
        buttons.append(Button(listed, ListOrganisations()))
    if numbers.organisations or numbers.people:
        buttons.append(Button(t.plain("registry-download"), SendRegistry()))
    buttons.append(Button(t.plain("admin-new-organisation"), BeginDialog(dialog=ORGANISATION.name)))
    buttons.append(Button(t.plain("registry-merge"), BeginDialog(dialog=MERGE.name)))
    buttons.append(Button(t.plain("forms-button"), ManageForms()))
    text = t(
        "registry-text",
        organisations=str(numbers.organisations),
        people=str(numbers.people),
        recognised=str(numbers.recognised),
    )
    return Screen(text, (*column(buttons), ways(t, OpenAdmin())))


def how_to_send(t: L10n) -> Screen:
    """How a list is sent."""
    return Screen(t("registry-how"), (*_template(t), ways(t, OpenRegistry())))


def _template(t: L10n) -> tuple[Row, ...]:
    return ((Button(t.plain("registry-template"), SendRegistryTemplate()),),)


def refused(t: L10n, refusal: DomainError) -> Screen:
    """The file is no list; nothing was taken from it."""
    text = t("registry-refused", reason=t.plain(refusal.key, **refusal.values))
    return Screen(text, (*_template(t), ways(t, OpenRegistry())))


def under_template(t: L10n) -> Screen:
    """What stands under the template."""
    return Screen(t("registry-template-caption"), (ways(t, OpenRegistry()),))


def under_registry(t: L10n, contents: Contents) -> Screen:
    """What stands under the file of the registry."""
    organisations, people = len(contents.organisations), len(contents.entries)
    text = t("registry-file-caption", organisations=str(organisations), people=str(people))
    return Screen(text, (ways(t, OpenRegistry()),))


def under_members(t: L10n, network: Network, count: int) -> Screen:
    """What stands under the file of a network's members."""
    text = t("registry-members-caption", title=network.title, count=count)
    return Screen(text, (ways(t, ListMembers(network_id=network.id)),))


def preview(t: L10n, checked: Checked, outcome: Outcome, *, file_name: str) -> Screen:
    """What taking the list would do, before it is taken. The screen is a reply to the file."""
    parts = [t("registry-preview", file=file_name), _numbers(t, outcome), *_remarks(t, checked, outcome)]
    rows: list[Row] = []
    if outcome.changes_nothing:
        parts.append(t("registry-nothing-new"))
    else:
        parts.append(t("registry-not-yet"))
        rows.append((Button(t.plain("registry-take"), TakeRegistry()),))
    return Screen("\n\n".join(parts), (*rows, ways(t, OpenRegistry())))


def taken(t: L10n, checked: Checked, outcome: Outcome, numbers: Numbers) -> Screen:
    """The list is taken."""
    parts = [t("registry-taken"), _numbers(t, outcome)]
    if checked.wrong:
        parts.append(t("registry-wrong-left", count=len(checked.wrong)))
    rows: list[Row] = []
    if numbers.doubts:
        parts.append(t("registry-doubts-wait"))
        rows.append((Button(f"{t.plain('registry-doubts')} · {numbers.doubts}", ListDoubts()),))
    return Screen("\n\n".join(parts), (*rows, ways(t, OpenRegistry())))


def _numbers(t: L10n, outcome: Outcome) -> str:
    lines = []
    if _total(outcome.organisations):
        lines.append(t("registry-organisations-line", **_told(outcome.organisations)))
    if _total(outcome.people):
        lines.append(t("registry-people-line", **_told(outcome.people)))
    return "\n".join(lines) or t("registry-no-good-rows")


def _total(counts: Counts) -> int:
    return counts.new + counts.changed + counts.unchanged


def _told(counts: Counts) -> dict[str, str]:
    return {"new": str(counts.new), "changed": str(counts.changed), "unchanged": str(counts.unchanged)}


def _remarks(t: L10n, checked: Checked, outcome: Outcome) -> list[str]:
    parts = []
    if checked.wrong:
        parts.append(t("registry-wrong-found", count=len(checked.wrong)))
    if outcome.new_titles:
        titles = "\n".join(f"• {title}" for title in outcome.new_titles[:_MOST_NAMED])
        more = len(outcome.new_titles) - _MOST_NAMED
        parts.append(t("registry-new-titles", titles=titles) + (t("registry-and-more", count=more) if more > 0 else ""))
    if checked.unknown:
        named = ", ".join(shorten(heading) for heading in checked.unknown[:_MOST_NAMED])
        more = len(checked.unknown) - _MOST_NAMED
        parts.append(t("registry-unknown", columns=named) + (t("registry-and-more", count=more) if more > 0 else ""))
    return parts


def doubts(t: L10n, lines: Sequence[RegistryDoubt], total: int, page: int) -> Screen:
    """Who may be somebody of the lists."""
    if not lines:
        return Screen(f"{t('registry-doubts-title')}\n\n{t('registry-no-doubts')}", (ways(t, OpenRegistry()),))
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    buttons = [
        Button(shorten(f"{number}. {one.person.full_name or ''}"), OpenDoubt(doubt_id=one.id))
        for number, one in numbered
    ]
    text = "\n\n".join(
        part
        for part in (t("registry-doubts-title"), t("registry-doubts-why"), counted(t, page, len(lines), total))
        if part
    )
    turn = pages(t, page, total, lambda other: ListDoubts(page=other))
    return Screen(text, (*column(buttons), *turn, ways(t, OpenRegistry())))


def doubt(t: L10n, asked: Doubt, *, is_administrator: bool) -> Screen:
    """One registered person and whom they may be; in a notification it stands alone."""
    organisation = asked.person.organisation.title if asked.person.organisation else t.plain("registry-no-organisation")
    head = t("registry-doubt", name=asked.person.full_name or "", organisation=organisation)
    lines = []
    buttons = []
    for number, entry in enumerate(asked.candidates, start=1):
        told = {"number": str(number), "name": entry.full_name, "organisation": entry.organisation.title}
        if entry.person_id is not None:
            lines.append(t("registry-candidate-taken", **told))
            continue
        lines.append(t("registry-candidate", **told, position=f", {entry.position}" if entry.position else ""))
        label = t.plain("registry-is-this", number=str(number))
        buttons.append(Button(label, SettleDoubt(doubt_id=asked.doubt.id, entry_id=entry.id)))
    buttons.append(Button(t.plain("registry-is-none"), SettleDoubt(doubt_id=asked.doubt.id)))
    text = "\n\n".join((head, "\n".join(lines) or t("registry-no-candidates")))
    return Screen(text, (*column(buttons), ways(t, ListDoubts() if is_administrator else None)))


def settled(t: L10n, asked: Doubt, *, entry_id: int, is_administrator: bool) -> Screen:
    """It is decided who they are."""
    entry = next((one for one in asked.candidates if one.id == entry_id), None)
    name = asked.person.full_name or ""
    if entry is None:
        text = t("registry-settled-none", name=name)
    else:
        text = t("registry-settled", name=name, entry=entry.full_name, organisation=entry.organisation.title)
    return Screen(text, (ways(t, ListDoubts() if is_administrator else None),))
