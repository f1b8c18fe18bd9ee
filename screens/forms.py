"""The forms that networks have, as the administrator edits them."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.forms import NEW_FORM, RENAME_FORM
from models import NetworkForm, NetworkView
from screens.addresses import BeginDialog, ListNetworks, ManageForm, ManageForms, OpenRegistry, RemoveForm
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Screen, column, shorten


def forms(
    t: L10n, lines: Sequence[tuple[NetworkForm, int]], total: int, page: int, *, toast: str | None = None
) -> Screen:
    """All forms, each with how many networks have it."""
    new = (Button(t.plain("forms-new"), BeginDialog(dialog=NEW_FORM.name)),)
    numbered = list(enumerate(lines, start=page * PAGE + 1))
    body = "\n".join(
        t("forms-line", number=str(number), title=form.title, count=networks) for number, (form, networks) in numbered
    )
    buttons = [
        Button(shorten(f"{number}. {form.title}"), ManageForm(form_id=form.id)) for number, (form, _) in numbered
    ]
    parts = [t("forms-title"), body or t("forms-none"), counted(t, page, len(lines), total)]
    turn = pages(t, page, total, lambda other: ManageForms(page=other))
    text = "\n\n".join(part for part in parts if part)
    return Screen(text, (new, *column(buttons), *turn, ways(t, OpenRegistry())), toast=toast)


def form(t: L10n, form: NetworkForm, networks: int, *, toast: str | None = None) -> Screen:
    """One form: called otherwise, or taken away where no network has it."""
    buttons = [Button(t.plain("forms-rename"), BeginDialog(dialog=RENAME_FORM.name, arg=form.id))]
    if networks:
        listed = ListNetworks(view=NetworkView.FORM.value, arg=form.id)
        buttons.append(Button(t.plain("forms-networks"), listed))
    else:
        buttons.append(Button(t.plain("forms-remove"), RemoveForm(form_id=form.id)))
    text = t("forms-one", title=form.title, count=networks)
    return Screen(text, (*column(buttons), ways(t, ManageForms())), toast=toast)
