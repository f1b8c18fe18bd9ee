"""A network's card as its coordinator edits it, its classification, its documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dialogs import Dialog
from dialogs.cards import (
    CHAT,
    DESCRIPTION,
    DOCUMENTS,
    FORM,
    GOAL,
    SUBJECTS,
    TITLE,
)
from models import Level, Network, NetworkDocument, NetworkStatus, NetworkTrait, Orientation, Scope, Structure
from screens.addresses import (
    AskRemoveDocument,
    BeginDialog,
    ChooseTrait,
    ClassifyNetwork,
    EditNetwork,
    ListDocuments,
    OpenNetwork,
    RemoveDocument,
    SendDocument,
    SetTrait,
)
from screens.l10n import L10n
from screens.navigation import PAGE, counted, pages, ways
from screens.screen import Button, Media, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.documents import Documents

TICK = "✅ "

_ASKED = {
    NetworkTrait.STATUS: "card-status-ask",
    NetworkTrait.STRUCTURE: "card-structure-ask",
    NetworkTrait.LEVEL: "card-level-ask",
    NetworkTrait.ORIENTATION: "card-orientation-ask",
    NetworkTrait.SCOPE: "card-scope-ask",
}

_SAID = 150
"""So much of long words is seen on the page where they are changed."""


def edit(t: L10n, network: Network, *, toast: str | None = None) -> Screen:
    """What may be changed on the card, with what stands there now."""
    nothing = t.plain("card-nothing")
    lines = [
        t("card-form-line", form=network.form.title),
        t("card-subjects-line", subjects=", ".join(subject.title for subject in network.subjects) or nothing),
        t("card-goal-line", goal=_cut(network.goal) or nothing),
        t("card-about-line", description=_cut(network.description) or nothing),
        t("card-chat-line", url=network.chat_url or nothing),
        t("card-kind-line", kind=in_words(t, network)),
    ]
    buttons = [
        _to_edit(t, "card-title", TITLE, network),
        _to_edit(t, "card-goal", GOAL, network),
        _to_edit(t, "card-about", DESCRIPTION, network),
        _to_edit(t, "card-form", FORM, network),
        _to_edit(t, "card-subjects", SUBJECTS, network),
        Button(t.plain("card-kind"), ClassifyNetwork(network_id=network.id)),
        _to_edit(t, "card-chat", CHAT, network),
        Button(t.plain("card-documents"), ListDocuments(network_id=network.id)),
    ]
    text = "\n\n".join([t("card-edit-title", title=network.title), "\n".join(lines), t("card-edit-hint")])
    return Screen(text, (*column(buttons), ways(t, OpenNetwork(network_id=network.id))), toast=toast)


def _cut(text: str | None) -> str:
    return shorten(text or "", _SAID)


def _to_edit(t: L10n, label: str, dialog: Dialog, network: Network) -> Button:
    return Button(t.plain(label), BeginDialog(dialog=dialog.name, arg=network.id))


def _trait(t: L10n, label: str, trait: NetworkTrait, network: Network) -> Button:
    return Button(t.plain(label), ChooseTrait(network_id=network.id, trait=trait.value))


def edited(t: L10n, network: Network) -> Screen:
    """The same after a change."""
    return edit(t, network, toast=t.plain("card-saved"))


def in_words(t: L10n, network: Network) -> str:
    """Of what kind the network is, as far as anybody said: «formal, linear, municipal»; not escaped."""
    said = [
        t.plain(f"network-status-{network.status.value}"),
        *([t.plain(f"network-structure-{network.structure.value}")] if network.structure else []),
        *([t.plain(f"network-level-{network.level.value}")] if network.level else []),
        *([t.plain(f"network-orientation-{network.orientation.value}")] if network.orientation else []),
        *([t.plain(f"network-scope-{network.scope.value}")] if network.scope else []),
    ]
    return ", ".join(said)


def classification(t: L10n, network: Network, *, toast: str | None = None) -> Screen:
    """Formal or informal, and the classification of the regulations (Izhevsk, §4)."""
    nothing = t.plain("card-nothing")
    status = t.plain(f"network-status-{network.status.value}")
    structure = t.plain(f"network-structure-{network.structure.value}") if network.structure else nothing
    level = t.plain(f"network-level-{network.level.value}") if network.level else nothing
    orientation = t.plain(f"network-orientation-{network.orientation.value}") if network.orientation else nothing
    scope = t.plain(f"network-scope-{network.scope.value}") if network.scope else nothing
    text = t(
        "card-kind-text",
        title=network.title,
        status=status,
        structure=structure,
        level=level,
        orientation=orientation,
        scope=scope,
    )
    buttons = [
        _trait(t, "card-status", NetworkTrait.STATUS, network),
        _trait(t, "card-structure", NetworkTrait.STRUCTURE, network),
        _trait(t, "card-level", NetworkTrait.LEVEL, network),
        _trait(t, "card-orientation", NetworkTrait.ORIENTATION, network),
        _trait(t, "card-scope", NetworkTrait.SCOPE, network),
    ]
    return Screen(text, (*column(buttons), ways(t, EditNetwork(network_id=network.id))), toast=toast)


def choose_trait(t: L10n, network: Network, trait: NetworkTrait) -> Screen:
    """What to say of one thing about its kind? The present word is ticked; all but the status may be left open."""
    chosen = getattr(network, trait.value)
    buttons = [
        Button(
            (TICK if word == chosen else "") + label[:1].upper() + label[1:],
            SetTrait(network_id=network.id, trait=trait.value, word=word),
        )
        for word, label in _words(t, trait)
    ]
    if trait is not NetworkTrait.STATUS:
        leave_open = SetTrait(network_id=network.id, trait=trait.value, word="")
        buttons.append(Button(t.plain("card-leave-open"), leave_open))
    text = t(_ASKED[trait], title=network.title)
    return Screen(text, (*column(buttons), ways(t, ClassifyNetwork(network_id=network.id))))


def _words(t: L10n, trait: NetworkTrait) -> list[tuple[str, str]]:
    match trait:
        case NetworkTrait.STATUS:
            return [(status.value, t.plain(f"network-status-{status.value}")) for status in NetworkStatus]
        case NetworkTrait.STRUCTURE:
            return [(structure.value, t.plain(f"network-structure-{structure.value}")) for structure in Structure]
        case NetworkTrait.LEVEL:
            return [(level.value, t.plain(f"network-level-{level.value}")) for level in Level]
        case NetworkTrait.ORIENTATION:
            return [(task.value, t.plain(f"network-orientation-{task.value}")) for task in Orientation]
        case NetworkTrait.SCOPE:
            return [(scope.value, t.plain(f"network-scope-{scope.value}")) for scope in Scope]


def documents(
    t: L10n,
    found: Documents,
    page: int,
    *,
    removes: bool = False,
    is_lost: bool = False,
    toast: str | None = None,
) -> Screen:
    """The documents, the latest first: a tap sends one, or (`removes`) asks whether to take it away.

    `is_lost`: the one asked for is not there any more, neither with us nor with Telegram.
    """
    network_id = found.network.id
    removes = removes and found.may_edit
    numbered = list(enumerate(found.documents, start=page * PAGE + 1))
    lines = [t("documents-line", number=str(number), title=_title(t, one)) for number, one in numbered]
    buttons = [
        Button(
            shorten(f"{number}. {_title(t, one)}"),
            AskRemoveDocument(document_id=one.id) if removes else SendDocument(document_id=one.id),
        )
        for number, one in numbered
    ]
    turn = pages(t, page, found.total, lambda other: ListDocuments(network_id=network_id, page=other, removes=removes))
    rows: list[Row] = [*column(buttons), *turn]
    if found.may_edit and not removes:
        rows.insert(0, (_to_edit(t, "documents-add", DOCUMENTS, found.network),))
        if found.total:
            remove = ListDocuments(network_id=network_id, page=page, removes=True)
            rows.append((Button(t.plain("documents-remove"), remove),))
    parts = [
        t("documents-lost") if is_lost else "",
        t("documents-remove-which" if removes else "documents-title", title=found.network.title),
        "\n".join(lines) or t("documents-none"),
        counted(t, page, len(found.documents), found.total),
    ]
    back = ListDocuments(network_id=network_id, page=page) if removes else OpenNetwork(network_id=network_id)
    return Screen("\n\n".join(part for part in parts if part), (*rows, ways(t, back)), toast=toast)


def _title(t: L10n, document: NetworkDocument) -> str:
    return document.title or t.plain("documents-untitled", number=str(document.id))


def media(document: NetworkDocument) -> Media:
    """The file as it is sent."""
    return Media(document.file.kind.value, document.file.telegram_file_id)


def ask_remove_document(t: L10n, document: NetworkDocument) -> Screen:
    """Sure?"""
    place = ListDocuments(network_id=document.network_id)
    rows = column(
        [
            Button(t.plain("documents-remove-yes"), RemoveDocument(document_id=document.id)),
            Button(t.plain("documents-remove-no"), place),
        ]
    )
    return Screen(t("documents-remove-ask", title=_title(t, document)), (*rows, ways(t)))
