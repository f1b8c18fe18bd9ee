"""The card of an organisation («визитка ОУ») and its four lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from dialogs.participations import HEAD, ORGANISATION_CARD
from models import Event, Organisation, Participation, Product
from screens.addresses import (
    AskDismissHead,
    BeginDialog,
    DismissHead,
    ListInvitations,
    ListOrganisationEvents,
    ListOrganisationNetworks,
    ListOrganisationPeople,
    ListOrganisations,
    ListOrganisationWorks,
    OpenEvent,
    OpenOrganisation,
    OpenParticipation,
    OpenProduct,
    OpenProfile,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.participations import role_of
from screens.screen import Button, Screen, column, shorten

if TYPE_CHECKING:
    from services.organisation_cards import Card, Worker


def card(t: L10n, seen: Card, *, toast: str | None = None) -> Screen:
    """The card, with what this person may do there."""
    organisation = seen.organisation
    here = {"organisation_id": organisation.id}
    parts = [
        t("organisation-head", title=organisation.title, kind=t.plain(f"organisation-kind-{organisation.kind}")),
        "\n".join(_contacts(t, organisation)) or t("org-card-no-contacts"),
    ]
    if seen.head is not None:
        parts.append(t("org-card-head", name=seen.head.person.full_name or ""))
    lists = [
        Button(f"{t.plain('org-card-people')} · {seen.people}", ListOrganisationPeople(**here)),
        Button(f"{t.plain('org-card-networks')} · {seen.networks}", ListOrganisationNetworks(**here)),
        Button(f"{t.plain('org-card-works')} · {seen.works}", ListOrganisationWorks(**here)),
        Button(f"{t.plain('org-card-events')} · {seen.events}", ListOrganisationEvents(**here)),
    ]
    back = ListOrganisations() if seen.is_administrator else OpenProfile()
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, (*column([*lists, *_deeds(t, seen)]), ways(t, back)), toast=toast)


def _contacts(t: L10n, organisation: Organisation) -> list[str]:
    lines = []
    if organisation.address:
        lines.append(t("organisation-address-line", address=organisation.address))
    if organisation.phone:
        lines.append(t("org-card-phone-line", phone=organisation.phone))
    if organisation.email:
        lines.append(t("org-card-email-line", email=organisation.email))
    if organisation.site:
        lines.append(t("org-card-site-line", site=organisation.site))
    return lines


def _deeds(t: L10n, seen: Card) -> list[Button]:
    arg = seen.organisation.id
    buttons = []
    if seen.may_edit:
        buttons.append(Button(t.plain("org-card-edit"), BeginDialog(dialog=ORGANISATION_CARD.name, arg=arg)))
    if seen.is_administrator:
        buttons.append(Button(t.plain("org-card-appoint"), BeginDialog(dialog=HEAD.name, arg=arg)))
        if seen.head is not None:
            buttons.append(Button(t.plain("org-card-dismiss"), AskDismissHead(organisation_id=arg)))
        buttons.append(Button(t.plain("organisation-invite"), ListInvitations(organisation_id=arg)))
    return buttons


def ask_dismiss_head(t: L10n, seen: Card) -> Screen:
    """Sure?"""
    here = {"organisation_id": seen.organisation.id}
    rows = column(
        [
            Button(t.plain("roles-dismiss-yes"), DismissHead(**here)),
            Button(t.plain("roles-dismiss-no"), OpenOrganisation(**here)),
        ]
    )
    name = (seen.head.person.full_name if seen.head is not None else None) or ""
    return Screen(t("org-card-dismiss-ask", name=name, title=seen.organisation.title), (*rows, ways(t)))


def people(t: L10n, organisation: Organisation, workers: Sequence[Worker], total: int, page: int) -> Screen:
    """Who works there, and in which networks they are."""
    lines = []
    for number, one in enumerate(workers, start=page * PAGE + 1):
        name = t("org-card-worker", number=str(number), name=one.person.full_name or "")
        networks = t("org-card-worker-networks", networks=", ".join(one.networks)) if one.networks else ""
        lines.append("\n".join(part for part in (name, networks) if part))
    return _sheet(
        t,
        "org-card-people-title",
        organisation,
        lines,
        [],
        total,
        page,
        lambda other: ListOrganisationPeople(organisation_id=organisation.id, page=other),
    )


def networks(t: L10n, organisation: Organisation, found: Sequence[Participation], total: int, page: int) -> Screen:
    """Where it takes part."""
    numbered = list(enumerate(found, start=page * PAGE + 1))
    return _sheet(
        t,
        "org-card-networks-title",
        organisation,
        [
            t("participation-line", number=str(number), title=one.network.title, role=role_of(t, one))
            for number, one in numbered
        ],
        [
            Button(shorten(f"{number}. {one.network.title}"), OpenParticipation(participation_id=one.id))
            for number, one in numbered
        ],
        total,
        page,
        lambda other: ListOrganisationNetworks(organisation_id=organisation.id, page=other),
    )


def works(t: L10n, organisation: Organisation, found: Sequence[Product], total: int, page: int) -> Screen:
    """What it shared."""
    numbered = list(enumerate(found, start=page * PAGE + 1))
    return _sheet(
        t,
        "org-card-works-title",
        organisation,
        [
            t(
                "org-card-work-line",
                number=str(number),
                title=one.title,
                name=one.author.full_name or t.plain("product-author-gone"),
            )
            for number, one in numbered
        ],
        [Button(shorten(f"{number}. {one.title}"), OpenProduct(product_id=one.id)) for number, one in numbered],
        total,
        page,
        lambda other: ListOrganisationWorks(organisation_id=organisation.id, page=other),
    )


def events(t: L10n, organisation: Organisation, found: Sequence[Event], total: int, page: int) -> Screen:
    """Which events it held and plans."""
    numbered = list(enumerate(found, start=page * PAGE + 1))
    return _sheet(
        t,
        "org-card-events-title",
        organisation,
        [
            t(
                "org-card-event-line",
                number=str(number),
                title=one.title,
                on=f"{one.starts_at.astimezone(t.zone):%d.%m.%Y}",
            )
            for number, one in numbered
        ],
        [Button(shorten(f"{number}. {one.title}"), OpenEvent(event_id=one.id)) for number, one in numbered],
        total,
        page,
        lambda other: ListOrganisationEvents(organisation_id=organisation.id, page=other),
    )


def _sheet(
    t: L10n,
    title: str,
    organisation: Organisation,
    lines: Sequence[str],
    buttons: Sequence[Button],
    total: int,
    page: int,
    address: Callable[[int], CallbackData],
) -> Screen:
    body = "\n".join(lines) or t("org-card-empty")
    parts = (t(title, title=organisation.title), body, counted(t, page, len(lines), total))
    turn = pages(t, page, total, address)
    back = OpenOrganisation(organisation_id=organisation.id)
    return Screen("\n\n".join(part for part in parts if part), (*column(buttons), *turn, ways(t, back)))


def told_of_headship(t: L10n, key: str, organisation: Organisation) -> Screen:
    """A notification to whoever heads it from now on, or no longer."""
    opened = Button(t.plain("org-card-open"), OpenOrganisation(organisation_id=organisation.id))
    return Screen(t(key, title=organisation.title), ((opened,), ways(t)))
