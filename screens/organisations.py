"""The administrator's screens: the registry of organisations and the making of networks."""

from __future__ import annotations

from dialogs import ANNOUNCEMENT, NETWORK, ORGANISATION
from models import Organisation
from screens.addresses import (
    BeginDialog,
    ConfirmOrganisation,
    ListCoordinators,
    ListInvitations,
    ListManaged,
    ListOrganisations,
    ListTopics,
    OpenAdmin,
    OpenOrganisation,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Screen, column, shorten


def admin(t: L10n, *, organisations: int, proposed: int) -> Screen:
    """What the administrator does."""
    buttons = [
        Button(t.plain("admin-new-network"), BeginDialog(dialog=NETWORK.name)),
        Button(t.plain("admin-new-organisation"), BeginDialog(dialog=ORGANISATION.name)),
    ]
    if organisations:
        buttons.append(Button(f"{t.plain('admin-organisations')} · {organisations}", ListOrganisations()))
    if proposed:
        buttons.append(Button(f"{t.plain('admin-proposed')} · {proposed}", ListOrganisations(proposed=True)))
    buttons += [
        Button(t.plain("admin-coordinators"), ListCoordinators()),
        Button(t.plain("admin-topics"), ListTopics()),
        Button(t.plain("admin-manage"), ListManaged()),
        Button(t.plain("announcement-new"), BeginDialog(dialog=ANNOUNCEMENT.name)),
    ]
    return Screen(t("admin-text"), (*column(buttons), ways(t)))


def listing(t: L10n, lines: list[Organisation], total: int, *, proposed: bool, page: int) -> Screen:
    """A page of the registry, or of what waits for a decision."""
    title = t("admin-proposed-title") if proposed else t("admin-organisations-title")
    if not lines:
        return Screen(f"{title}\n\n{t('admin-organisations-empty')}", (ways(t, OpenAdmin()),))
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(t("admin-organisation-line", number=str(number), title=one.title) for number, one in numbered)
    text = "\n\n".join(part for part in (title, body, counted(t, page, len(lines), total)) if part)
    buttons = [
        Button(shorten(f"{number}. {one.title}"), OpenOrganisation(organisation_id=one.id)) for number, one in numbered
    ]
    turn = pages(t, page, total, lambda other: ListOrganisations(proposed=proposed, page=other))
    return Screen(text, (*column(buttons), *turn, ways(t, OpenAdmin())))


def card(t: L10n, organisation: Organisation, *, toast: str | None = None) -> Screen:
    """One organisation, for the administrator."""
    waits = organisation.confirmed_at is None
    parts = [t("organisation-head", title=organisation.title, kind=t.plain(f"organisation-kind-{organisation.kind}"))]
    if organisation.address:
        parts.append(t("organisation-address-line", address=organisation.address))
    if waits:
        parts.append(t("organisation-waits"))
    confirm = Button(t.plain("organisation-confirm"), ConfirmOrganisation(organisation_id=organisation.id))
    invite = Button(t.plain("organisation-invite"), ListInvitations(organisation_id=organisation.id))
    rows = ((confirm,),) if waits else ((invite,),)
    return Screen("\n\n".join(parts), (*rows, ways(t, ListOrganisations(proposed=waits))), toast=toast)


def confirmed(t: L10n, organisation: Organisation) -> Screen:
    """The organisation is in the registry now."""
    return card(t, organisation, toast=t.plain("organisation-confirmed"))


def created(t: L10n, organisation: Organisation) -> Screen:
    """An administrator's new organisation."""
    another = Button(t.plain("organisation-another"), BeginDialog(dialog=ORGANISATION.name))
    return Screen(t("organisation-created", title=organisation.title), ((another,), ways(t, OpenAdmin())))
