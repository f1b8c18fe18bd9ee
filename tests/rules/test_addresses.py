"""Buttons work for ever: their prefixes, and the words in them, are short and never reused; every address fits 64 bytes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, get_args

import pytest
from aiogram.filters.callback_data import MAX_CALLBACK_LENGTH, CallbackData
from annotated_types import Lt
from pydantic.fields import FieldInfo

from dialogs import DIALOGS, META, SUMMARY, Choice
from models import (
    DraftWish,
    InvitationSort,
    InvitationTarget,
    JoinPolicy,
    NetworkTrait,
    News,
    ParticipationRole,
    ProductKind,
    Visibility,
)
from screens import addresses
from screens.l10n import LANGUAGES
from services.editing import TRAITS
from tests.rules.prefixes import PREFIXES
from tests.rules.test_handlers import ALL
from tests.rules.words_in_buttons import VIEW_OF, VIEWS

LARGEST_ID = 2**52
"""Telegram's ids have up to 52 bits; our own rows will not be more."""

LONGEST_PREFIX = 3


def reused(ledger: Mapping[str, str], present: Mapping[str, str]) -> list[str]:
    """What the present prefixes (or words) have that the ledger does not know, or knows as another's."""
    return [f"{prefix}: {name}" for prefix, name in present.items() if ledger.get(prefix) != name]


def test_prefixes_are_short_and_never_reused() -> None:
    assert len({one.__prefix__ for one in ALL}) == len(ALL)
    assert all(one.__prefix__.isascii() and one.__prefix__.isalpha() for one in ALL)
    assert max(len(one.__prefix__) for one in ALL) <= LONGEST_PREFIX
    assert reused(PREFIXES, {one.__prefix__: one.__name__ for one in ALL}) == []
    for words, ledger in VIEWS.items():
        assert reused(ledger, {word.value: word.name for word in words}) == []


def test_a_reused_prefix_is_found() -> None:
    assert reused(PREFIXES, {"n": "OpenNews"}) == ["n: OpenNews"]
    assert reused(PREFIXES, {"zz": "OpenZoo"}) == ["zz: OpenZoo"]


def largest(field: FieldInfo) -> int:
    """The largest number that a field may hold."""
    bounds = [one.lt - 1 for one in field.metadata if isinstance(one, Lt) and isinstance(one.lt, int)]
    return min([LARGEST_ID, *bounds])


def values_of(
    name: str, field: FieldInfo, others: Mapping[str, Any], button: type[CallbackData] = CallbackData
) -> list[Any]:
    """The longest values that a button's field may have. Raises LookupError for a field that this rule was not told about."""
    numbers = (field.annotation, *get_args(field.annotation))
    if bool in numbers:
        return [True]
    if int in numbers:
        return [largest(field)]
    match name:
        case "policy":
            return [policy.value for policy in JoinPolicy]
        case "part":
            return [role.value for role in ParticipationRole]
        case "trait":
            return [trait.value for trait in NetworkTrait]
        case "word":
            return [word.value for word in TRAITS[NetworkTrait(others["trait"])]]
        case "visibility":
            return [visibility.value for visibility in Visibility]
        case "target":
            return [target.value for target in InvitationTarget]
        case "sort":
            return [sort.value for sort in InvitationSort]
        case "code":
            return [*LANGUAGES, "auto"]
        case "news":
            return list(News)
        case "view":
            return [view.value for view in VIEW_OF[button.__module__.rpartition(".")[2]]]
        case "wish":
            return [wish.value for wish in DraftWish]
        case "arg":
            return [*(kind.value for kind in ProductKind), str(LARGEST_ID)]
        case "dialog" | "instead":
            return list(DIALOGS)
        case "question":
            return [*(question.key for question in DIALOGS[others["dialog"]].questions), SUMMARY]
        case "value":
            question = DIALOGS[others["dialog"]].question(others["question"])
            options = question.options if isinstance(question, Choice) else ()
            return [*options, str(LARGEST_ID), "absent", "typed"]
    raise LookupError(f"which values may {name!r} have?")


def longest(button: type[CallbackData]) -> Iterator[CallbackData]:
    """Addresses of this class with the longest values of every field."""
    found: list[dict[str, Any]] = [{}]
    for name, field in button.model_fields.items():
        found = [{**one, name: value} for one in found for value in values_of(name, field, one, button)]
    return (button(**values) for values in found)


@pytest.mark.parametrize("button", ALL)
def test_every_address_fits(button: type[CallbackData]) -> None:
    packed = [one.pack() for one in longest(button)]  # raises ValueError by itself when it does not fit
    assert packed
    assert max(len(one.encode()) for one in packed) <= MAX_CALLBACK_LENGTH
    assert [type(one)(**one.model_dump()) for one in longest(button)] == [button.unpack(one) for one in packed]


def test_an_address_that_does_not_fit_is_found() -> None:
    class OpenEverything(CallbackData, prefix="everything"):
        person_id: int
        network_id: int
        event_id: int
        product_id: int

    with pytest.raises(ValueError, match="too long"):
        [one.pack() for one in longest(OpenEverything)]


def test_a_field_of_unknown_values_is_found() -> None:
    class OpenMonth(CallbackData, prefix="om"):
        month: str

    with pytest.raises(LookupError, match="month"):
        list(longest(OpenMonth))


def test_names_of_dialogs_fit_their_place() -> None:
    states = [
        f"{name}:{key}" for name, dialog in DIALOGS.items() for key in (*(q.key for q in dialog.questions), SUMMARY)
    ]
    assert max(map(len, states)) <= 100  # dialog_states.state
    for name, dialog in DIALOGS.items():
        assert name == dialog.name
        keys = [question.key for question in dialog.questions]
        assert len(set(keys)) == len(keys)
        assert not {META, SUMMARY} & set(keys)
        assert all(":" not in one for one in (name, *keys))


def test_all_buttons_of_dialogs_are_counted_among_them() -> None:
    """A dialog's button left out of DIALOG_ADDRESSES would pause the dialog that it belongs to."""
    about_dialogs = {one for one in ALL if "dialog" in one.model_fields} | {addresses.ResumeDialog}
    assert set(addresses.DIALOG_ADDRESSES) == about_dialogs
