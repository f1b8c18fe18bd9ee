"""What a person sets for themselves: language, clock, quiet hours, news; and the way to their personal data."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dialogs import QUIET_HOURS, ZONE
from models import News, Person
from screens.addresses import (
    AskDeleteMe,
    AskWithdrawConsent,
    BeginDialog,
    ChooseLanguage,
    ChooseQuietHours,
    ConfirmDeleteMe,
    DeleteMe,
    MuteNews,
    OpenConsentText,
    OpenNews,
    OpenPersonalData,
    OpenQuietHours,
    OpenSettings,
    OpenWelcome,
    SendMyData,
)
from screens.l10n import LANGUAGES, L10n
from screens.navigation import ways
from screens.screen import Button, Row, Screen, column

if TYPE_CHECKING:
    from services.erasing import Stays
    from services.notifications import QuietHours

CHOSEN = " ✓"


def settings(t: L10n, person: Person, *, is_registered: bool, zone: str | None, quiet: QuietHours) -> Screen:
    """Everything that is set, with the ways to change it; whoever is not registered has a language and personal data only.

    `zone` is the name of the person's own time zone, if they chose one.
    """
    languages = [_language(t.plain("settings-language-auto"), "auto", is_chosen=person.language_code is None)]
    languages += [
        _language(t.plain(f"language-{code}"), code, is_chosen=person.language_code == code) for code in LANGUAGES
    ]
    rows: list[Row] = [tuple(languages)]
    text = t("settings-language")
    if is_registered:
        text = t("settings-text", zone=zone or t.plain("settings-zone-centre"), quiet=_quiet(t, quiet))
        rows += column(
            [
                Button(t.plain("settings-zone"), BeginDialog(dialog=ZONE.name)),
                Button(t.plain("settings-quiet"), OpenQuietHours()),
                Button(t.plain("settings-news"), OpenNews()),
            ]
        )
    rows.append((Button(t.plain("settings-data"), OpenPersonalData()),))
    return Screen(text, (*rows, ways(t)))


def _language(label: str, code: str, *, is_chosen: bool) -> Button:
    return Button(label + (CHOSEN if is_chosen else ""), ChooseLanguage(code=code))


def _quiet(t: L10n, quiet: QuietHours) -> str:
    if quiet.are_none:
        return t.plain("settings-quiet-none")
    return t.plain("settings-quiet-hours", starts=f"{quiet.starts:%H:%M}", ends=f"{quiet.ends:%H:%M}")


def changed(t: L10n, screen: Screen) -> Screen:
    """The screen after a change."""
    return replace(screen, toast=t.plain("settings-changed"))


def quiet_hours(t: L10n, quiet: QuietHours, *, is_usual: bool) -> Screen:
    """When nothing is told but what cannot wait."""
    usual, none = t.plain("quiet-usual"), t.plain("quiet-none")
    rows = column(
        [
            Button(usual + (CHOSEN if is_usual else ""), ChooseQuietHours()),
            Button(t.plain("quiet-own"), BeginDialog(dialog=QUIET_HOURS.name)),
            Button(none + (CHOSEN if quiet.are_none else ""), ChooseQuietHours(none=True)),
        ]
    )
    return Screen(t("quiet-text", quiet=_quiet(t, quiet)), (*rows, ways(t, OpenSettings())))


def news(t: L10n, person: Person) -> Screen:
    """What the person is told about, each kind with a switch; and what is told in any case."""
    muted = person.muted or ()
    buttons = [
        Button(
            ("🔕 " if news.value in muted else "🔔 ") + t.plain(f"news-{news.value}"),
            MuteNews(news=news, muted=news.value not in muted),
        )
        for news in News
    ]
    return Screen(t("news-text"), (*column(buttons), ways(t, OpenSettings())))


def personal_data(t: L10n, *, may_withdraw: bool) -> Screen:
    """What is stored about the person, and what they may do with it."""
    buttons = [
        Button(t.plain("data-mine"), SendMyData()),
        Button(t.plain("data-consent-text"), OpenConsentText()),
    ]
    if may_withdraw:
        buttons.append(Button(t.plain("data-withdraw"), AskWithdrawConsent()))
    buttons.append(Button(t.plain("data-delete"), AskDeleteMe()))
    return Screen(t("data-text"), (*column(buttons), ways(t, OpenSettings())))


def data_sent(t: L10n) -> Screen:
    """What the files are, under the last of them."""
    return Screen(t("my-data-sent"), (ways(t, OpenPersonalData()),))


def ask_delete(t: L10n, stays: Stays) -> Screen:
    """What goes and what stays, before anything is done."""
    lines = [
        t(f"delete-stays-{what}", count=count)
        for what, count in (
            ("messages", stays.messages),
            ("works", stays.works),
            ("announcements", stays.announcements),
            ("events", stays.events),
        )
        if count
    ]
    parts = [t("delete-goes")]
    if stays.withdrawn_works:
        parts.append(t("delete-goes-works", count=stays.withdrawn_works))
    parts.append("\n".join((t("delete-stays"), *lines)) if lines else t("delete-stays-nothing"))
    parts.append(t("delete-first"))
    rows = column(
        [
            Button(t.plain("delete-on"), ConfirmDeleteMe()),
            Button(t.plain("data-mine"), SendMyData()),
            Button(t.plain("withdraw-no"), OpenPersonalData()),
        ]
    )
    return Screen("\n\n".join(parts), (*rows, ways(t)))


def confirm_delete(t: L10n, person: Person) -> Screen:
    """The last question."""
    rows = column(
        [
            Button(t.plain("withdraw-no"), OpenPersonalData()),
            Button(t.plain("delete-yes"), DeleteMe(person_id=person.id)),
        ]
    )
    return Screen(t("delete-confirm"), (*rows, ways(t)))


def deleted(t: L10n) -> Screen:
    """Gone is gone, and whoever comes back is welcome as somebody new."""
    return Screen(t("delete-done"), ((Button(t.plain("delete-again"), OpenWelcome()),),))
