"""«Найти» in long lists, and what of them has no card of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs import Dialog
from screens.addresses import BeginDialog, ListReaders
from screens.l10n import L10n
from screens.navigation import ways
from screens.screen import Button, Row, Screen

if TYPE_CHECKING:
    from services.announced import Reader


def find(t: L10n, dialog: Dialog, about: int, *, total: int, shown: int) -> tuple[Row, ...]:
    """«Найти» in a list of `total`, of which `shown` are on this page; nothing where all are in sight."""
    if total <= shown:
        return ()
    return ((Button(t.plain("find-button"), BeginDialog(dialog=dialog.name, arg=about)),),)


def reader(t: L10n, one: Reader) -> Screen:
    """Whether this person has read an announcement."""
    person, at = one.person, one.acknowledged_at
    text = t(
        "find-reader-head",
        name=person.full_name or "",
        organisation=person.organisation.title if person.organisation else t.plain("profile-unknown"),
    )
    said = (
        t("find-reader-has-read", moment=f"{at.astimezone(t.zone):%d.%m.%Y, %H:%M}") if at else t("find-reader-has-not")
    )
    back = ListReaders(announcement_id=one.announcement.id, have_read=at is not None)
    return Screen(f"{text}\n\n{said}", ((Button(t.plain("find-reader-all"), back),), ways(t)))
