"""Every text asked for is written, every written one is used, both languages say the same (architecture.md, convention 15)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pytest

from screens.l10n import LANGUAGES
from tests.rules.asked import BY_DIALOGS, WORDS_OF, Asked, Reader, Unresolved, refusals
from tests.rules.reading import Module, modules
from tests.rules.written import Faulty, Text, foreign_words, read, texts_of

ASKING = Reader(modules("bot", "handlers", "screens", "services", "dialogs", "demo", "jobs"))

FOREIGN_NAMES = {"language-ru", "language-en"}
"""A language is called by its own name in every language."""

FOR_THE_ENGINE = {"understood"}
"""What a refused answer carries for `services/dialogs`, not for its text: the half of a date that was understood."""


def unwritten(asked: Iterable[Asked], texts: Mapping[str, Text]) -> list[str]:
    """Texts asked for that are not there."""
    return [f"{one.where}: {key}" for one in asked for key in sorted(one.keys - texts.keys())]


def unused(asked: Iterable[Asked], texts: Mapping[str, Text]) -> set[str]:
    """Texts that nobody asks for."""
    return set(texts) - {key for one in asked for key in one.keys}


def wrong_values(asked: Iterable[Asked], texts: Mapping[str, Text]) -> list[str]:
    """Texts that do not get the variables they need, or are given what none of them says."""
    wrong = []
    for one in asked:
        needs = {key: texts[key].variables for key in one.keys if key in texts}
        if one.values is None:
            continue
        wrong += [
            f"{one.where}: {key} needs {sorted(all_ - one.values)}" for key, all_ in needs.items() if all_ - one.values
        ]
        useless = one.values - FOR_THE_ENGINE - frozenset().union(*needs.values())
        if needs and useless:
            wrong.append(f"{one.where}: nobody says {sorted(useless)}")
    return wrong


def test_every_text_asked_for_is_written_and_every_written_one_used() -> None:
    asked = ASKING.asked()
    assert len(asked) > 100
    for language in LANGUAGES:
        assert unwritten(asked, texts_of(language)) == []
        assert unused(asked, texts_of(language)) == set()


def test_every_text_gets_its_variables() -> None:
    asked = ASKING.asked()
    for language in LANGUAGES:
        assert wrong_values(asked, texts_of(language)) == []


def test_every_refusal_has_words_and_is_used() -> None:
    asked = {key for one in ASKING.asked() for key in one.keys}
    assert [one.__name__ for one in refusals() if one.key not in asked] == []


def test_what_this_rule_is_told_by_hand_is_needed() -> None:
    sources = "".join(module.source for module in modules("screens"))
    assert [expression for expression in WORDS_OF if expression not in sources] == []
    assert [template for template, keys in BY_DIALOGS.items() if not keys] == []


def test_both_languages_have_the_same_texts_with_the_same_variables() -> None:
    first, *others = (texts_of(language) for language in LANGUAGES)
    for other in others:
        assert set(first) ^ set(other) == set()
        assert [key for key in first if first[key].variables != other[key].variables] == []
        assert [key for key in first if first[key].file != other[key].file] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_uses_its_own_words(language: str) -> None:
    texts = (text for text in texts_of(language).values() if text.key not in FOREIGN_NAMES)
    assert {text.key: words for text in texts if (words := list(foreign_words(text, language)))} == {}


# --- the rules themselves: each finds what it is there for

SAMPLE = Module(
    "screens/networks.py",
    """
KEYS = ("network-card", "network-list")

def card(t, network, is_member):
    text = t("network-card", title=network.title)
    policy = t.plain(f"network-policy-{network.join_policy.value}")
    own = t("network-leave" if is_member else "network-join")
    near = {0: "date-today", 1: "date-tomorrow"}.get(network.days)
    return text, policy, own, t.plain(near), _button(t, "nav-menu"), _button(t, key="nav-back")

def _button(t, key):
    return t.plain(key)

def lists(t):
    return [t(f"{place}-title") for place in ("networks", "forms")]

def _question(t, dialog, question):
    return t(f"{dialog.texts}-{question.key}-ask")

def refuse(t, refusal):
    raise NetworkExists(title="Физика")
    raise NotAllowed
    return t(refusal.key, **refusal.values)
""",
)


def _asked(source: str) -> list[Asked]:
    return Reader([Module("screens/networks.py", source)]).asked()


def test_keys_are_followed_to_where_they_come_from() -> None:
    keys = {key for one in Reader([SAMPLE]).asked() for key in one.keys}
    assert keys - BY_DIALOGS["{texts}-{question}-ask"] == {
        "network-card",
        "network-policy-open",
        "network-policy-application",
        "network-policy-invitation",
        "network-leave",
        "network-join",
        "date-today",
        "date-tomorrow",
        "nav-menu",
        "nav-back",
        "networks-title",
        "forms-title",
        "error-network-exists",
        "error-not-allowed",
    }
    assert "registration-name-ask" in keys


@pytest.mark.parametrize(
    "source",
    ["def f(t, network): return t(network.secret)", "def f(t): return t(f'x-{unknown}')", "def f(t, key): t(key)"],
)
def test_a_key_that_cannot_be_followed_is_found(source: str) -> None:
    with pytest.raises(Unresolved):
        _asked(source)


def _text(key: str, *variables: str, words: str = "") -> dict[str, Text]:
    return {key: Text(key, "sample.ftl", frozenset(variables), words)}


def test_an_unwritten_and_an_unused_text_are_found() -> None:
    asked = _asked('def f(t): return t("network-card")')
    assert unwritten(asked, _text("network-cart")) == ["screens/networks.py:1: network-card"]
    assert unused(asked, _text("network-cart")) == {"network-cart"}


def test_a_missing_and_a_useless_variable_are_found() -> None:
    asked = _asked('def f(t): return t("network-card", titel="")')
    assert wrong_values(asked, _text("network-card", "title")) == [
        "screens/networks.py:1: network-card needs ['title']",
        "screens/networks.py:1: nobody says ['titel']",
    ]


@pytest.mark.parametrize(
    ("source", "reason"),
    [
        ("a = Один\nb\n", "Expected token"),
        ("a = Один\na = Два\n", "written twice"),
        ("a =\n    .label = Да\n", "not at all"),
    ],
)
def test_a_text_that_fluent_would_pass_over_is_found(source: str, reason: str) -> None:
    with pytest.raises(Faulty, match=reason):
        read(source, "sample.ftl")


def test_variables_and_words_are_read_in_every_wording() -> None:
    (text,) = read("a = { $count ->\n    [one] { $name } один\n   *[many] много\n    } and { $more }\n", "sample.ftl")
    assert text.variables == {"count", "name", "more"}
    assert list(foreign_words(text, "ru")) == ["and"]


def test_foreign_words_are_found() -> None:
    russian = "<b>Меню</b> /menu в Telegram, нажмите «Back»"
    assert list(foreign_words(_text("a", words=russian)["a"], "ru")) == ["Back"]
    english = "<b>Menu</b>: type “лицей 1”, say МОУ «Лицей № 1»"
    assert list(foreign_words(_text("a", words=english)["a"], "en")) == ["МОУ"]
