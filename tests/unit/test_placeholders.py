"""Places in a text where each person reads something of their own."""

from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from dialogs.placeholders import LONGEST, Reader, TooLong, UnknownWord, check, fill, has_places

ANNA = Reader(name="Анна Петровна", organisation="Лицей № 1 <новый> & школа")


def said(text: str, html: str | None = None) -> dict[str, str]:
    return {"text": text, "html": text if html is None else html}


def test_everybody_reads_their_own() -> None:
    told = fill(said("{имя}, ждём вас от: { Организация }!"), ANNA)
    assert told["text"] == "Анна Петровна, ждём вас от: Лицей № 1 <новый> & школа!"
    assert told["html"] == "Анна Петровна, ждём вас от: Лицей № 1 &lt;новый&gt; &amp; школа!"


def test_english_words_stand_for_the_same() -> None:
    assert fill(said("{name} of {organisation}"), ANNA) == fill(said("{имя} of {организация}"), ANNA)


def test_what_was_made_bold_stays_bold() -> None:
    text = said("Здравствуйте, {имя}!", "Здравствуйте, <b>{имя}</b>!")
    check([text])
    assert fill(text, ANNA)["html"] == "Здравствуйте, <b>Анна Петровна</b>!"
    inside = said("Здравствуйте, {имя}!", "Здравствуйте, {<b>имя</b>}!")
    check([inside])
    assert fill(inside, ANNA)["html"] == "Здравствуйте, <b>Анна Петровна</b>!"


def test_a_value_with_braces_is_not_filled_again() -> None:
    assert fill(said("{имя}"), Reader(name="{организация}", organisation="Лицей"))["text"] == "{организация}"


@pytest.mark.parametrize("word", ["фамилия", "имяя", "name of"])
def test_an_unknown_word_is_named(word: str) -> None:
    with pytest.raises(UnknownWord) as refused:
        check([said("Хорошо"), said(f"Уважаемая {{{word}}}!")])
    assert refused.value.word == word


def test_a_word_formatted_in_two_pieces_cannot_be_found() -> None:
    with pytest.raises(UnknownWord, match="имя"):
        check([said("{имя}", "{и<b>мя</b>}")])


@pytest.mark.parametrize(
    "text", ["A = {1, 2, 3}", "f{x}", "{ }", "{}", "}{", "{\nимя\n и ещё много слов, которых там нет}"]
)
def test_braces_of_mathematicians_are_left_alone(text: str) -> None:
    check([said(text)])
    assert fill(said(text), ANNA)["text"] == text
    assert not has_places([said(text)])


def test_with_the_longest_name_it_still_fits_a_message() -> None:
    check([said("{имя}" + "ж" * (LONGEST - 300))])
    with pytest.raises(TooLong):
        check([said("{имя}" + "ж" * (LONGEST - 100))])
    check([said("ж" * LONGEST)])


@given(st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_whatever_is_typed_is_either_told_or_refused(text: str, name: str, organisation: str) -> None:
    reader = Reader(name=name, organisation=organisation)
    try:
        check([said(text)])
    except UnknownWord:
        return
    told = fill(said(text), reader)["text"]
    if not has_places([said(text)]):
        assert told == text
