"""The administrator's screens: the registry of organisations and the making of networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import screens.roles
from dialogs import ANNOUNCEMENT, NETWORK, ORGANISATION, PROFILE_EDITS
from dialogs.registry import ACCEPT, DECLINE, REPLACE
from models import Organisation
from screens.addresses import (
    BeginDialog,
    ConfirmOrganisation,
    ListInvitations,
    ListManaged,
    ListOrganisations,
    ListUndelivered,
    OpenOrganisation,
    OpenPeople,
    OpenRegistry,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.managing import Managed


def admin(t: L10n, *, registry: int, undelivered: int, managed: Managed) -> Screen:
    """What the administrator does, and what waits for them: in the registry, in networks; what did not go out stands first."""
    waits = screens.roles.waiting(t, managed)
    if registry:
        waits.append(t("admin-waits-registry", count=str(registry)))
    if undelivered:
        waits.append(t("admin-waits-undelivered", count=str(undelivered)))
    buttons = [
        Button(_counted(t, "admin-registry", registry), OpenRegistry()),
        Button(_counted(t, "admin-manage", managed.applications + managed.products), ListManaged()),
        Button(t.plain("admin-people"), OpenPeople()),
        Button(t.plain("joining-invitations"), ListInvitations()),
        Button(t.plain("admin-new-network"), BeginDialog(dialog=NETWORK.name)),
        Button(t.plain("announcement-new"), BeginDialog(dialog=ANNOUNCEMENT.name)),
    ]
    if undelivered:
        buttons.insert(0, Button(_counted(t, "undelivered-button", undelivered), ListUndelivered()))
    text = t("admin-text") + "\n\n" + ("\n".join(waits) or t("admin-nothing-waits"))
    return Screen(text, (*column(buttons), ways(t)))


def _counted(t: L10n, key: str, count: int) -> str:
    return f"{t.plain(key)} · {count}" if count else t.plain(key)


def listing(t: L10n, lines: list[Organisation], total: int, *, proposed: bool, page: int) -> Screen:
    """A page of the registry, or of what waits for a decision."""
    title = t("admin-proposed-title") if proposed else t("admin-organisations-title")
    if not lines:
        return Screen(f"{title}\n\n{t('admin-organisations-empty')}", (ways(t, OpenRegistry()),))
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(t("admin-organisation-line", number=str(number), title=one.title) for number, one in numbered)
    text = "\n\n".join(part for part in (title, body, counted(t, page, len(lines), total)) if part)
    buttons = [
        Button(shorten(f"{number}. {one.title}"), OpenOrganisation(organisation_id=one.id)) for number, one in numbered
    ]
    turn = pages(t, page, total, lambda other: ListOrganisations(proposed=proposed, page=other))
    return Screen(text, (*column(buttons), *turn, ways(t, OpenRegistry())))


def card(t: L10n, organisation: Organisation, *, toast: str | None = None) -> Screen:
    """One organisation, for the administrator."""
    waits = organisation.confirmed_at is None
    parts = [t("organisation-head", title=organisation.title, kind=t.plain(f"organisation-kind-{organisation.kind}"))]
    if organisation.address:
        parts.append(t("organisation-address-line", address=organisation.address))
    if waits:
        parts.append(t("organisation-waits"))
    confirm = Button(t.plain("organisation-confirm"), ConfirmOrganisation(organisation_id=organisation.id))
    arg = organisation.id
    others = [
        Button(t.plain("organisation-correct"), BeginDialog(dialog=ACCEPT.name, arg=arg)),
        Button(t.plain("organisation-is-other"), BeginDialog(dialog=REPLACE.name, arg=arg)),
        Button(t.plain("organisation-decline"), BeginDialog(dialog=DECLINE.name, arg=arg)),
    ]
    invite = Button(t.plain("organisation-invite"), ListInvitations(organisation_id=organisation.id))
    rows = column([confirm, *others] if waits else [invite])
    return Screen("\n\n".join(parts), (*rows, ways(t, ListOrganisations(proposed=waits))), toast=toast)


def confirmed(t: L10n, organisation: Organisation) -> Screen:
    """The organisation is in the registry now."""
    return card(t, organisation, toast=t.plain("organisation-confirmed"))


def replaced(t: L10n, organisation: Organisation) -> Screen:
    """What was proposed is this one."""
    return card(t, organisation, toast=t.plain("organisation-replaced"))


def declined(t: L10n, title: str) -> Screen:
    """The proposal is taken away."""
    return Screen(t("organisation-declined", title=title), (ways(t, ListOrganisations(proposed=True)),))


def told_accepted(t: L10n, title: str) -> Screen:
    """To whoever works there: it is in the registry."""
    return Screen(t("organisation-told-accepted", title=title), (ways(t),))


def told_replaced(t: L10n, proposed: str, title: str) -> Screen:
    """To whoever works there: it is in the registry under another name."""
    return Screen(t("organisation-told-replaced", proposed=proposed, title=title), _choose_another(t))


def told_declined(t: L10n, title: str, reason: str) -> Screen:
    """To whoever works there: it is not taken in, and why."""
    return Screen(t("organisation-told-declined", title=title, reason=reason), _choose_another(t))


def _choose_another(t: L10n) -> tuple[Row, ...]:
    edit = next(dialog for dialog in PROFILE_EDITS if dialog.question("organisation") is not None)
    return ((Button(t.plain("organisation-choose-another"), BeginDialog(dialog=edit.name)),), ways(t))


def created(t: L10n, organisation: Organisation) -> Screen:
    """An administrator's new organisation."""
    another = Button(t.plain("organisation-another"), BeginDialog(dialog=ORGANISATION.name))
    return Screen(t("organisation-created", title=organisation.title), ((another,), ways(t, OpenRegistry())))
