"""Organisations in networks: the list, one of them, the agreement that a head accepts, and who is told what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from dialogs.participations import ORGANISATION_AGREEMENT, PARTICIPATION, REPRESENTATIVE
from models import Agreement, Network, Organisation, Participation, ParticipationRole
from screens import agreements
from screens.addresses import (
    AskEndParticipation,
    BeginDialog,
    BringOrganisation,
    EndParticipation,
    ListParticipations,
    OpenNetwork,
    OpenOrganisation,
    OpenParticipation,
    ReadForOrganisation,
    SendScans,
    SetParticipationRole,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.participations import Card, Page

_CHANGES = {
    ParticipationRole.PARTICIPANT: "participation-make-participant",
    ParticipationRole.PARTNER: "participation-make-partner",
    ParticipationRole.COORDINATOR: "participation-make-coordinator",
}


def role_of(t: L10n, participation: Participation) -> str:
    """What the organisation is in the network, in a word."""
    return t.plain(f"participation-role-{participation.role.value}")


def listing(t: L10n, found: Page, page: int, *, toast: str | None = None) -> Screen:
    """The organisations of a network; a head may bring the own one, a coordinator any of the registry."""
    network = found.network
    numbered = list(enumerate(found.lines, start=page * PAGE + 1))
    body = "\n".join(
        t("participation-line", number=str(number), title=one.organisation.title, role=role_of(t, one))
        for number, one in numbered
    )
    text = _joined(
        t("participations-title", network=network.title),
        body or t("participations-none"),
        counted(t, page, len(found.lines), found.total),
    )
    buttons = [
        Button(shorten(f"{number}. {one.organisation.title}"), OpenParticipation(participation_id=one.id))
        for number, one in numbered
    ]
    turn = pages(t, page, found.total, lambda other: ListParticipations(network_id=network.id, page=other))
    rows = (*_ways_in(t, found), *column(buttons), *turn, ways(t, OpenNetwork(network_id=network.id)))
    return Screen(text, rows, toast=toast)


def _ways_in(t: L10n, found: Page) -> tuple[Row, ...]:
    network = found.network
    buttons = []
    if found.may_bring_own:
        has_agreement = network.agreement_version is not None
        address = ReadForOrganisation if has_agreement else BringOrganisation
        buttons.append(Button(t.plain("participation-bring"), address(network_id=network.id)))
    if found.may_manage and network.archived_at is None:
        buttons.append(Button(t.plain("participation-add"), BeginDialog(dialog=PARTICIPATION.name, arg=network.id)))
    return column(buttons)


def card(t: L10n, seen: Card, *, toast: str | None = None, lost: int = 0) -> Screen:
    """One organisation in one network; `lost` files of the scan could not be sent."""
    participation = seen.participation
    network = participation.network
    head = t(
        "participation-head",
        title=participation.organisation.title,
        network=network.title,
        role=role_of(t, participation),
        since=f"{participation.began_at.astimezone(t.zone):%d.%m.%Y}",
    )
    parts = [head, *_agreement_lines(t, seen)]
    if participation.role is ParticipationRole.COORDINATOR:
        names = ", ".join(one.full_name or "" for one in seen.people)
        parts.append(t("participation-people", names=names) if names else t("participation-nobody"))
    if lost:
        parts.append(t("product-files-lost", count=lost))
    back = ways(t, ListParticipations(network_id=network.id))
    return Screen(_joined(*parts), (*column(_deeds(t, seen)), back), toast=toast)


def _agreement_lines(t: L10n, seen: Card) -> list[str]:
    participation = seen.participation
    lines = []
    if participation.agreement_version is not None and participation.agreed_at is not None:
        by = participation.agreed_by
        lines.append(
            t(
                "participation-agreed",
                version=str(participation.agreement_version),
                on=f"{participation.agreed_at.astimezone(t.zone):%d.%m.%Y %H:%M}",
                name=(by.full_name if by is not None else None) or t.plain("participation-head-gone"),
            )
        )
    if seen.must_agree:
        lines.append(t("participation-must-agree"))
    return lines


def _deeds(t: L10n, seen: Card) -> list[Button]:
    participation = seen.participation
    network = participation.network
    here = {"participation_id": participation.id}
    is_open = network.archived_at is None
    buttons = []
    if seen.is_head and network.agreement_version is not None and is_open:
        key = "participation-agree" if seen.must_agree else "participation-rescan"
        buttons.append(Button(t.plain(key), ReadForOrganisation(network_id=network.id)))
    if seen.may_see_scans and seen.scans:
        buttons.append(Button(f"{t.plain('participation-scan')} · {seen.scans}", SendScans(**here)))
    if is_open:
        buttons += [
            Button(t.plain(_CHANGES[role]), SetParticipationRole(**here, part=role.value)) for role in _offered(seen)
        ]
    if seen.is_administrator and participation.role is ParticipationRole.COORDINATOR and is_open:
        represent = BeginDialog(dialog=REPRESENTATIVE.name, arg=participation.id)
        buttons.append(Button(t.plain("participation-represent"), represent))
    buttons.append(
        Button(t.plain("participation-organisation"), OpenOrganisation(organisation_id=participation.organisation_id))
    )
    if seen.may_end:
        key = "participation-leave" if seen.is_head else "participation-end"
        buttons.append(Button(t.plain(key), AskEndParticipation(**here)))
    return buttons


def _offered(seen: Card) -> list[ParticipationRole]:
    """The other roles that this person may give: that it coordinates is the administrator's to say."""
    present = seen.participation.role
    if not seen.may_manage or (present is ParticipationRole.COORDINATOR and not seen.is_administrator):
        return []
    offered = [role for role in ParticipationRole if role is not present]
    return [role for role in offered if seen.is_administrator or role is not ParticipationRole.COORDINATOR]


def ask_end(t: L10n, seen: Card) -> Screen:
    """Sure?"""
    participation = seen.participation
    here = {"participation_id": participation.id}
    rows = column(
        [
            Button(t.plain("participation-end-yes"), EndParticipation(**here)),
            Button(t.plain("participation-end-no"), OpenParticipation(**here)),
        ]
    )
    text = t("participation-end-ask", title=participation.organisation.title, network=participation.network.title)
    return Screen(text, (*rows, ways(t)))


def to_accept(
    t: L10n, organisation: Organisation, network: Network, agreement: Agreement, *, toast: str | None = None
) -> Screen:
    """The agreement, to be accepted by a head on behalf of the organisation."""
    begin = Button(t.plain("participation-accept"), BeginDialog(dialog=ORGANISATION_AGREEMENT.name, arg=network.id))
    text = _joined(agreements.text(t, network, agreement), t("participation-accept-hint", title=organisation.title))
    return Screen(text, ((begin,), ways(t, ListParticipations(network_id=network.id))), toast=toast)


def told_head(t: L10n, key: str, participation: Participation, *, must_agree: bool = False) -> Screen:
    """A notification to the head: the organisation takes part, or no longer."""
    text = t(key, title=participation.organisation.title, network=participation.network.title)
    if must_agree:
        text = _joined(text, t("participation-told-agree"))
    return Screen(text, (*_to_participation(t, participation, must_agree=must_agree), ways(t)))


def _to_participation(t: L10n, participation: Participation, *, must_agree: bool) -> tuple[Row, ...]:
    buttons = []
    if must_agree:
        address: CallbackData = ReadForOrganisation(network_id=participation.network_id)
        buttons.append(Button(t.plain("participation-agree"), address))
    if participation.ended_at is None:
        opened = OpenParticipation(participation_id=participation.id)
        buttons.append(Button(t.plain("participation-open"), opened))
    return column(buttons)


def told_coordinator(t: L10n, key: str, participation: Participation) -> Screen:
    """A notification to a coordinator: an organisation came, accepted the agreement, or left."""
    text = t(key, title=participation.organisation.title, network=participation.network.title)
    return Screen(text, (*_to_participation(t, participation, must_agree=False), ways(t)))


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)
