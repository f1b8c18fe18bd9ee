"""The menu, help, settings, and the answer to whatever was typed outside a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dialogs import Dialog
from models import (
    ConsultationView,
    EventView,
    NetworkView,
    Person,
    ProductView,
)
from screens.addresses import (
    AskExpert,
    AskTyped,
    AskWithdrawConsent,
    ChooseLanguage,
    ListConsultations,
    ListEvents,
    ListManaged,
    ListNetworks,
    ListProducts,
    OpenAdmin,
    OpenConsentText,
    OpenHelp,
    OpenNetworks,
    OpenProducts,
    OpenProfile,
    OpenQueue,
    OpenSettings,
    ResumeDialog,
    SayTyped,
)
from screens.l10n import LANGUAGES, L10n
from screens.navigation import menu, ways
from screens.screen import Button, Row, Screen, shorten

if TYPE_CHECKING:
    from services.roles import Roles


def short_title(t: L10n, dialog: Dialog) -> str:
    """What the dialog is called within a sentence: «анкета»."""
    return t.plain(f"{dialog.titles}-title-short")


def resume_button(t: L10n, dialog: Dialog) -> Button:
    """«Продолжить: анкета»."""
    return Button(shorten(t.plain("dialog-resume-button", title=short_title(t, dialog))), ResumeDialog())


def main_menu(
    t: L10n,
    person: Person,
    *,
    roles: Roles,
    waiting: Dialog | None,
    networks: int,
    consultations: Mapping[ConsultationView, int],
) -> Screen:
    """The menu of a registered person, by their roles. `waiting` is a dialog left unfinished, `networks` how many are theirs.

    An expert finds the own questions in the queue, everybody else in the menu.
    """
    rows: list[Row] = []
    if waiting is not None:
        rows.append((resume_button(t, waiting),))
    asked = consultations[ConsultationView.ASKED]
    answers = roles.is_expert or consultations[ConsultationView.MINE] + consultations[ConsultationView.WAITING] > 0
    if answers:
        due = consultations[ConsultationView.NEW] + consultations[ConsultationView.MINE]
        rows.append((Button(_with_count(t.plain("menu-queue"), due), OpenQueue()),))
    rows.append((Button(t.plain("menu-ask"), AskExpert()),))
    if asked and not answers:
        label = _with_count(t.plain("queue-asked"), asked)
        rows.append((Button(label, ListConsultations(view=ConsultationView.ASKED.value)),))
    rows.append((Button(t.plain("menu-events"), ListEvents()),))
    rows.append((Button(t.plain("menu-products"), OpenProducts()),))
    rows.append((Button(t.plain("menu-networks"), OpenNetworks()),))
    rows.append((Button(t.plain("menu-profile"), OpenProfile()),))
    if roles.is_administrator:
        rows.append((Button(t.plain("menu-admin"), OpenAdmin()),))
    elif roles.is_coordinator:
        rows.append((Button(t.plain("menu-manage"), ListManaged()),))
    rows.append((Button(t.plain("menu-settings"), OpenSettings()), Button(t.plain("menu-help"), OpenHelp())))
    text = t("menu-text", name=given_name(person), networks=networks)
    return Screen(text, tuple(rows))


def _with_count(label: str, count: int) -> str:
    return f"{label} · {count}" if count else label


def given_name(person: Person) -> str:
    """How the bot addresses the person: name and patronymic of «Фамилия Имя Отчество»."""
    words = (person.full_name or "").split()
    return " ".join(words[1:3]) if len(words) > 1 else " ".join(words)


def help_screen(t: L10n, *, is_registered: bool, roles: Roles) -> Screen:
    """What the bot can do, by role."""
    parts = [t("help-title"), t("help-registered") if is_registered else t("help-stranger")]
    if roles.is_expert:
        parts.append(t("help-expert"))
    if roles.is_coordinator or roles.is_administrator:
        parts.append(t("help-coordinator"))
    if roles.is_administrator:
        parts.append(t("help-admin"))
    parts.append(t("help-footer"))
    return Screen("\n\n".join(parts), (ways(t),))


def settings(t: L10n, *, may_withdraw: bool) -> Screen:
    """Language and consent."""
    rows: list[Row] = [
        tuple(
            Button(t.plain(f"language-{code}") + (" ✓" if code == t.language else ""), ChooseLanguage(code=code))
            for code in LANGUAGES
        ),
        (Button(t.plain("settings-consent-text"), OpenConsentText()),),
    ]
    if may_withdraw:
        rows.append((Button(t.plain("settings-withdraw"), AskWithdrawConsent()),))
    return Screen(t("settings-text"), (*rows, ways(t)))


def free_text(
    t: L10n,
    typed: str,
    *,
    networks: int,
    events: int,
    products: int,
    waiting: Dialog | None,
    can_ask: bool,
    talks_in: int | None,
    perhaps_taken: bool = False,
) -> Screen:
    """What could be meant by a text typed outside a dialog. `networks`, `events` and `products` are how many of them it finds.

    `can_ask`: it may be a question to an expert; `talks_in` is the consultation in which it may be a word.
    `perhaps_taken`: it may have been an answer that was taken before the bot broke off.
    """
    rows: list[Row] = []
    if waiting is not None:
        rows.append((resume_button(t, waiting),))
    rows += _to_people(t, can_ask=can_ask, talks_in=talks_in)
    if networks:
        found = Button(t.plain("free-text-networks", count=networks), ListNetworks(view=NetworkView.FOUND.value))
        rows.append((found,))
    if events:
        found = Button(t.plain("free-text-events", count=events), ListEvents(view=EventView.FOUND.value))
        rows.append((found,))
    if products:
        found = Button(t.plain("free-text-products", count=products), ListProducts(view=ProductView.FOUND.value))
        rows.append((found,))
    rows.append((Button(t.plain("free-text-all-networks"), OpenNetworks()),))
    text = t("free-text-found" if networks or events or products else "free-text-nothing", typed=_quoted(typed))
    if waiting is not None:
        text += "\n\n" + t("free-text-waiting", title=short_title(t, waiting))
    if perhaps_taken:
        text += "\n\n" + t("free-text-perhaps-taken")
    return Screen(text, (*rows, (menu(t),)))


def free_file(t: L10n, *, waiting: Dialog | None, can_ask: bool, talks_in: int | None) -> Screen:
    """A photo, file or voice message that nothing asked for."""
    rows: list[Row] = [(resume_button(t, waiting),)] if waiting is not None else []
    rows += _to_people(t, can_ask=can_ask, talks_in=talks_in)
    return Screen(t("free-file"), (*rows, (menu(t),)))


def refusal(t: L10n, key: str, **values: Any) -> Screen:
    """What could not be done, as the answer to a message; a pressed button gets the same words in a window."""
    return Screen(t("dialog-refusal", reason=t.plain(key, **values)), ((menu(t),),))


def _to_people(t: L10n, *, can_ask: bool, talks_in: int | None) -> list[Row]:
    """What was sent may be meant for somebody: for whom one is talking to, or for an expert."""
    rows: list[Row] = []
    if talks_in is not None:
        say = SayTyped(consultation_id=talks_in)
        rows.append((Button(t.plain("free-text-say", number=str(talks_in)), say),))
    if can_ask:
        rows.append((Button(t.plain("free-text-ask"), AskTyped()),))
    return rows


def _quoted(typed: str, longest: int = 100) -> str:
    line = " ".join(typed.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def group(t: L10n, bot_username: str) -> Screen:
    """In a group the bot only points to itself."""
    return Screen(t("group-text"), ((Button(t.plain("group-button"), url=f"https://t.me/{bot_username}"),),))
