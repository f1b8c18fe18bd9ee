"""The menu, help, and the answer to whatever was typed outside a dialog."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dialogs import ASK, SUMMARY, Dialog, Pieces
from dialogs.questions import Said
from models import (
    ConsultationView,
    EventView,
    NetworkView,
    Person,
    ProductView,
)
from screens.addresses import (
    AddToDraft,
    AnswerTyped,
    AskExpert,
    AskTyped,
    ListConsultations,
    ListEvents,
    ListManaged,
    ListNetworks,
    ListProducts,
    OpenAdmin,
    OpenHelp,
    OpenNetworks,
    OpenProducts,
    OpenProfile,
    OpenQueue,
    OpenSettings,
    ResumeDialog,
    SayTyped,
)
from screens.l10n import L10n
from screens.navigation import menu, ways
from screens.screen import Button, Row, Screen, shorten

if TYPE_CHECKING:
    from services.dialogs import Waiting
    from services.roles import Roles


def short_title(t: L10n, dialog: Dialog) -> str:
    """What the dialog is called within a sentence: «анкета»."""
    return t.plain(f"{dialog.titles}-title-short")


def resume_button(t: L10n, dialog: Dialog) -> Button:
    """«Продолжить: анкета»."""
    return Button(shorten(t.plain("dialog-resume-button", title=short_title(t, dialog))), ResumeDialog())


def continue_button(t: L10n, waiting: Waiting, said: Said) -> Button:
    """«Продолжить», with what was said as the answer if it may be one."""
    if not waiting.may_take(said):
        return resume_button(t, waiting.dialog)
    question = waiting.question.key if waiting.question else SUMMARY
    return replace(resume_button(t, waiting.dialog), address=AnswerTyped(dialog=waiting.dialog.name, question=question))


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
    elif roles.is_coordinator or roles.is_moderator:
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
    elif roles.is_moderator:
        parts.append(t("help-moderator"))
    if roles.is_administrator:
        parts.append(t("help-admin"))
    parts.append(t("help-footer"))
    return Screen("\n\n".join(parts), (ways(t),))


def free_text(
    t: L10n,
    said: Said,
    *,
    networks: int,
    events: int,
    products: int,
    waiting: Waiting | None,
    can_ask: bool,
    talks_in: int | None,
    draft_id: int | None = None,
    perhaps_taken: bool = False,
) -> Screen:
    """What could be meant by a text typed outside a dialog. `networks`, `events` and `products` are how many of them it finds.

    `can_ask`: it may be a question to an expert; `talks_in` is the consultation in which it may be a word,
    `draft_id` the announcement that it may belong to. `perhaps_taken`: it may have been an answer that was taken before the bot broke off.
    """
    people = [*_to_draft(t, draft_id), *_to_people(t, can_ask=can_ask, talks_in=talks_in, waiting=waiting)]
    rows = [*_to_waiting(t, waiting, said), *people]
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
    key = "free-text-nothing"
    if networks or events or products or (waiting is not None and waiting.may_take(said)):
        key = "free-text-found"
    elif people:
        key = "free-text-people"
    parts = [t(key, typed=_quoted(said.text or "")), *_about_waiting(t, waiting, said)]
    if perhaps_taken:
        parts.append(t("free-text-perhaps-taken"))
    return Screen("\n\n".join(parts), (*rows, (menu(t),)))


def free_file(
    t: L10n,
    said: Said,
    *,
    waiting: Waiting | None,
    can_ask: bool,
    talks_in: int | None,
    draft_id: int | None = None,
) -> Screen:
    """A photo, file or voice message that nothing asked for. `draft_id` is the announcement that it may belong to."""
    people = [*_to_draft(t, draft_id), *_to_people(t, can_ask=can_ask, talks_in=talks_in, waiting=waiting)]
    may_take = waiting is not None and waiting.may_take(said)
    parts = [t("free-file-where" if people or may_take else "free-file"), *_about_waiting(t, waiting, said)]
    return Screen("\n\n".join(parts), (*_to_waiting(t, waiting, said), *people, (menu(t),)))


def _to_waiting(t: L10n, waiting: Waiting | None, said: Said) -> list[Row]:
    return [(continue_button(t, waiting, said),)] if waiting is not None else []


def _about_waiting(t: L10n, waiting: Waiting | None, said: Said) -> list[str]:
    """That a dialog waits, and whether what was said would be its answer: it was not taken yet."""
    if waiting is None:
        return []
    title = short_title(t, waiting.dialog)
    return [t("free-text-not-taken" if waiting.may_take(said) else "free-text-waiting", title=title)]


def refusal(t: L10n, key: str, **values: Any) -> Screen:
    """What could not be done, as the answer to a message; a pressed button gets the same words in a window."""
    return Screen(t("dialog-refusal", reason=t.plain(key, **values)), ((menu(t),),))


def _to_draft(t: L10n, draft_id: int | None) -> list[Row]:
    if draft_id is None:
        return []
    return [(Button(t.plain("free-text-to-draft"), AddToDraft(draft_id=draft_id)),)]


def _to_people(t: L10n, *, can_ask: bool, talks_in: int | None, waiting: Waiting | None) -> list[Row]:
    """What was sent may be meant for somebody: for whom one is talking to, or for an expert.

    Where a question to an expert waits for its very words, to go on with it is to ask.
    """
    rows: list[Row] = []
    if talks_in is not None:
        say = SayTyped(consultation_id=talks_in)
        rows.append((Button(t.plain("free-text-say", number=str(talks_in)), say),))
    waits_for_it = waiting is not None and waiting.dialog is ASK and isinstance(waiting.question, Pieces)
    if can_ask and not waits_for_it:
        rows.append((Button(t.plain("free-text-ask"), AskTyped()),))
    return rows


def _quoted(typed: str, longest: int = 100) -> str:
    line = " ".join(typed.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def group(t: L10n, bot_username: str) -> Screen:
    """In a group the bot only points to itself."""
    return Screen(t("group-text"), ((Button(t.plain("group-button"), url=f"https://t.me/{bot_username}"),),))
