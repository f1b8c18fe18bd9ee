"""A network's agreement: read, accepted, put in force, and who has not accepted it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from dialogs.joining import AGREEMENT
from models import Agreement, Network, Person
from screens.addresses import (
    AcceptAgreement,
    BeginDialog,
    ListUnaccepted,
    ManageAgreement,
    ManageJoining,
    OpenAgreement,
    OpenNetwork,
)
from screens.l10n import L10n
from screens.navigation import PAGE, beside, counted, pages, ways
from screens.screen import Button, Row, Screen, column

if TYPE_CHECKING:
    from services.agreements import Standing


def text(t: L10n, network: Network, agreement: Agreement) -> str:
    """The agreement word for word."""
    return t("agreement-text", network=network.title, version=str(agreement.version), text=agreement.text)


def to_read(t: L10n, network: Network, agreement: Agreement) -> Screen:
    """The agreement, to be read."""
    return Screen(text(t, network, agreement), (ways(t, OpenNetwork(network_id=network.id)),))


def to_accept(t: L10n, network: Network, agreement: Agreement, *, joins: bool, toast: str | None = None) -> Screen:
    """The agreement, to be accepted by whoever comes in (`joins`) or is in already."""
    key = "agreement-accept-and-join" if joins else "agreement-accept"
    yes = Button(t.plain(key), AcceptAgreement(network_id=network.id, version=agreement.version))
    return Screen(text(t, network, agreement), ((yes,), ways(t, OpenNetwork(network_id=network.id))), toast=toast)


def asked(t: L10n, network: Network, agreement: Agreement) -> Screen:
    """A notification: there is a new version, accept it."""
    rows = column(
        [
            Button(t.plain("agreement-accept"), AcceptAgreement(network_id=network.id, version=agreement.version)),
            Button(t.plain("joining-open-network"), OpenNetwork(network_id=network.id)),
        ]
    )
    return Screen(f"{t('agreement-asked')}\n\n{text(t, network, agreement)}", (*rows, ways(t)))


def manage(t: L10n, standing: Standing, *, toast: str | None = None) -> Screen:
    """The agreement as its coordinator sees it: the version in force and how many accepted it."""
    network, agreement = standing.network, standing.agreement
    new = (Button(t.plain("agreement-new"), BeginDialog(dialog=AGREEMENT.name, arg=network.id)),)
    back = ways(t, ManageJoining(network_id=network.id))
    if agreement is None:
        return Screen(t("agreement-none", network=network.title), (new, back), toast=toast)
    lacking = standing.members - standing.accepted
    rows: list[Row] = [(Button(t.plain("agreement-read"), OpenAgreement(network_id=network.id)),), new]
    if lacking:
        label = f"{t.plain('agreement-unaccepted')} · {lacking}"
        rows.insert(0, (Button(label, ListUnaccepted(network_id=network.id)),))
    said = t(
        "agreement-standing",
        network=network.title,
        version=str(agreement.version),
        on=f"{agreement.published_at.astimezone(t.zone):%d.%m.%Y}",
        accepted=str(standing.accepted),
        members=str(standing.members),
    )
    return Screen(said, (*rows, back), toast=toast)


def unaccepted(t: L10n, network: Network, people: Sequence[Person], total: int, page: int) -> Screen:
    """Who has not accepted the version in force."""
    body = "\n".join(
        t(
            "agreement-unaccepted-line",
            number=str(number),
            name=one.full_name or "",
            organisation=one.organisation.title if one.organisation else t.plain("profile-unknown"),
        )
        for number, one in enumerate(people, start=page * PAGE + 1)
    )
    said = "\n\n".join(
        part
        for part in (
            t("agreement-unaccepted-title", network=network.title),
            body or t("agreement-unaccepted-none"),
            counted(t, page, len(people), total),
        )
        if part
    )
    turn = pages(t, page, total, lambda other: ListUnaccepted(network_id=network.id, **beside(people, page, other)))
    return Screen(said, (*turn, ways(t, ManageAgreement(network_id=network.id))))
