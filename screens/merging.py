"""Two cards of one person side by side, for the administrator."""

from __future__ import annotations

from typing import TYPE_CHECKING

from models import Person
from screens.addresses import AskMergePeople, ComparePeople, MergePeople, OpenRegistry
from screens.l10n import L10n
from screens.navigation import ways
from screens.screen import Button, Screen, column

if TYPE_CHECKING:
    from services.merging import Pair


def compare(t: L10n, pair: Pair, taken: int) -> Screen:
    """Both cards; a tick stands at what will stay. `taken` are the bits of what stays from the second one."""
    kept, other = _values(t, pair.kept), _values(t, pair.other)
    lines, buttons = [], []
    for field in pair.differing:
        bit = int(field)
        is_taken = bool(taken & bit)
        lines.append(
            t(
                "merge-line",
                field=_field(t, bit),
                kept=kept[bit],
                other=other[bit],
                first="▫️" if is_taken else "✅",
                second="✅" if is_taken else "▫️",
            )
        )
        key = "merge-take-first" if is_taken else "merge-take-second"
        address = ComparePeople(kept_id=pair.kept.id, other_id=pair.other.id, taken=taken ^ bit)
        buttons.append(Button(t.plain(key, field=_field(t, bit)), address))
    swap = ComparePeople(kept_id=pair.other.id, other_id=pair.kept.id)
    buttons.append(Button(t.plain("merge-swap"), swap))
    ask = AskMergePeople(kept_id=pair.kept.id, other_id=pair.other.id, taken=taken)
    buttons.append(Button(t.plain("merge-go"), ask))
    text = "\n\n".join((t("merge-title"), *lines, t("merge-how")))
    return Screen(text, (*column(buttons), ways(t, OpenRegistry())))


def ask(t: L10n, pair: Pair, taken: int) -> Screen:
    """Sure? It cannot be undone."""
    yes = MergePeople(kept_id=pair.kept.id, other_id=pair.other.id, taken=taken)
    no = ComparePeople(kept_id=pair.kept.id, other_id=pair.other.id, taken=taken)
    buttons = [Button(t.plain("merge-yes"), yes), Button(t.plain("merge-no"), no)]
    text = t("merge-ask", kept=pair.kept.full_name or "", other=pair.other.full_name or "")
    return Screen(text, (*column(buttons), ways(t)))


def merged(t: L10n, person: Person) -> Screen:
    """They are one now."""
    return Screen(t("merge-done", name=person.full_name or ""), (ways(t, OpenRegistry()),))


def _field(t: L10n, bit: int) -> str:
    names = {
        1: t.plain("registry-file-name"),
        2: t.plain("registry-file-organisation"),
        4: t.plain("registry-file-position"),
        8: t.plain("registry-file-subjects"),
        16: t.plain("registry-file-experience"),
        32: t.plain("merge-telegram"),
    }
    return names[bit]


def _values(t: L10n, person: Person) -> dict[int, str]:
    nothing = t.plain("merge-nothing")
    return {
        1: person.full_name or nothing,
        2: person.organisation.title if person.organisation else nothing,
        4: person.position or nothing,
        8: ", ".join(subject.title for subject in person.subjects) or nothing,
        16: str(person.experience_years) if person.experience_years is not None else nothing,
        32: str(person.telegram_id) if person.telegram_id is not None else nothing,
    }
