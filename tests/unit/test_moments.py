"""Typed dates and times: the acceptance table row by row, further tables by family, and what holds for any input."""

from __future__ import annotations

import cProfile
import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings, strategies as st

from dialogs.moments import DayOnly, Moment, NotUnderstood, Past, read_moment, read_time
from dialogs.moments.vocabulary import WORDS, Kind, vocabulary

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
ACCEPTANCE = DATA / "dates.tsv"
ORIGINAL = ROOT.parent / "shared" / "acceptance" / "dates.tsv"

NOW = datetime.fromisoformat("2026-11-20 10:00")  # a Friday
TOMORROW = "2026-11-21"

Answer = Moment | DayOnly | Past | NotUnderstood


def in_words(answer: Answer) -> str:
    """The answer as the acceptance table writes it."""
    match answer:
        case Moment(at):
            return f"{at:%Y-%m-%d %H:%M}"
        case DayOnly(on):
            return f"ask time {on}"
        case Past():
            return "past"
        case NotUnderstood():
            return "ask"


def meant(typed: str, now: datetime = NOW) -> str:
    return in_words(read_moment(typed, now=now))


def rows(table: Path) -> list[list[str]]:
    return [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]


@pytest.mark.parametrize(("now", "typed", "means"), rows(ACCEPTANCE))
def test_every_row_of_the_acceptance_table_holds(now: str, typed: str, means: str) -> None:
    assert meant(typed, datetime.fromisoformat(now)) == means


@pytest.mark.skipif(not ORIGINAL.exists(), reason="the acceptance folder is not beside the project")
def test_the_table_is_a_copy_of_the_acceptance_data() -> None:
    assert ACCEPTANCE.read_bytes() == ORIGINAL.read_bytes()


@pytest.mark.parametrize(("family", "now", "typed", "means"), rows(DATA / "moments.tsv"))
def test_every_row_of_our_own_families_holds(family: str, now: str, typed: str, means: str) -> None:
    assert meant(typed, datetime.fromisoformat(now)) == means


@pytest.mark.parametrize(("typed", "means", "stands"), rows(DATA / "moments_times.tsv"))
def test_a_time_is_read_the_same_alone_and_beside_a_day(typed: str, means: str, stands: str) -> None:
    assert read_time(typed) == (None if means == "ask" else time.fromisoformat(means))
    if stands == "anywhere":
        assert meant(f"завтра {typed}") == f"{TOMORROW} {means}"
        assert meant(f"{typed} завтра") == f"{TOMORROW} {means}"


def test_nothing_is_no_time() -> None:
    assert read_time("") is None


@pytest.mark.parametrize(
    "typed",
    [
        "завтра\u00a0в\u00a015:00",
        "\n завтра   в \t 15:00 \n",
        "завтра в\u200b 15:00",
        "ЗАВТРА В 15:00!!!",
        "«завтра в 15:00»",
        "(завтра, в 15.00)",
        "завтра — 15:00",
        "завтра-15:00",
        "завтра: 15:00",
        "за\u0301втра в 15:00",
        "завтра 🙂 15:00 👍🏽",
        "завтра в 15:00?",
        "Давайте завтра ровно в 15",
        "Начало: завтра, 15:00",
        "завтра в 15\u201000",
        "завтра в 15\u201200",
        "завтро в 15",
        "зватра в 15",
        "зафтра в 15",
        "заавтра в 15",
        "на завтра на 15:00",
        "15:00 — завтра",
        "tomorow 3pm",
        "Tommorow, 3PM",
        "tomorrow at 3:00\u202fPM",
    ],
)
def test_how_it_is_typed_changes_nothing(typed: str) -> None:
    assert meant(typed) == f"{TOMORROW} 15:00"


WORDS_OF = tomllib.loads(WORDS.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("word", "number"),
    [(w, n) for language in WORDS_OF.values() for n, ws in enumerate(language["weekdays"].values()) for w in ws],
)
def test_every_form_of_every_weekday(word: str, number: int) -> None:
    on = date.fromisoformat(meant(word).removeprefix("ask time "))
    assert on.weekday() == number
    assert NOW.date() <= on < NOW.date() + timedelta(days=7)
    assert meant(f"{word.upper()}. 15:00") == f"{on} 15:00"


@pytest.mark.parametrize(
    ("word", "number"),
    [(w, n) for language in WORDS_OF.values() for n, ws in enumerate(language["months"].values(), 1) for w in ws],
)
def test_every_form_of_every_month(word: str, number: int) -> None:
    assert meant(f"7 {word}. 2027 в 15") == f"2027-{number:02}-07 15:00"
    assert meant(f"7-го {word} 2027 15:00") == f"2027-{number:02}-07 15:00"


@pytest.mark.parametrize("day", range(1, 32))
def test_every_day_of_the_month_in_words(day: int) -> None:
    for language in WORDS_OF.values():
        ordinals, cardinals = language["ordinals"], language["cardinals"]
        name = (
            ordinals[str(day)][0]
            if str(day) in ordinals
            else f"{cardinals[str(day // 10 * 10)][0]} {ordinals[str(day % 10)][0]}"
        )
        assert meant(f"{name} {language['months']['december'][0]} 2026 15:00") == f"2026-12-{day:02} 15:00"


def test_the_words_file_tells_all_the_grammar_asks_for() -> None:
    for name, language in WORDS_OF.items():
        assert set(language["roles"]) == set(Kind) - {
            *(Kind.WEEKDAY, Kind.MONTH, Kind.MONTH_FIRST, Kind.DAY, Kind.CARDINAL, Kind.ORDINAL, Kind.UNIT, Kind.PART)
        }, name
    for expression, plain in vocabulary().instead.items():
        unknown = [word for word in plain if word.isalpha() and word not in vocabulary().words]
        assert not unknown, f"{expression} is said with unknown words: {unknown}"
    assert not vocabulary().lookalikes & set(vocabulary().words)


@pytest.mark.parametrize(
    "typed",
    [
        "а" * 5000,
        "1" * 5000,
        "1 " * 2500,
        "завтра " * 700,
        "в 15 " * 10,
        "10-" * 20,
        "25.11 " * 8,
        "завтрб " * 39,
        " " * 5000,
        "🙂" * 5000,
        "двадцать " * 39,
        "через 2 часа " * 13,
        "в 9 00 " * 13,
        "\u0301" * 5000,
        "[(" * 2500,
        "1:" * 20,
        "полтора часа " * 20,
    ],
)
def test_garbage_is_answered_at_once(typed: str) -> None:
    vocabulary()  # loaded once, before the first question
    profile = cProfile.Profile()
    answer = profile.runcall(read_moment, typed, now=NOW)
    profile.runcall(read_time, typed)
    assert sum(entry.callcount for entry in profile.getstats()) < 100_000  # no seconds: the machine may be busy
    assert isinstance(answer, NotUnderstood)


TYPED = [typed for _, typed, _ in rows(ACCEPTANCE)]
FRAGMENTS = st.sampled_from(
    [
        *vocabulary().words,
        *map(" ".join, vocabulary().instead),
        *":.-–,/ ",
        *map(str, range(61)),
        "2026",
        "14:30",
        "25.11",
        "9999",
    ]
)
PHRASES = st.lists(FRAGMENTS, min_size=1, max_size=8).map(" ".join) | st.lists(FRAGMENTS, max_size=8).map("".join)
ANY_NOW = st.datetimes(
    min_value=datetime.fromisoformat("0001-01-01"), max_value=datetime.fromisoformat("9999-12-31 23:59")
)
SOON = st.integers(min_value=1, max_value=365 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes))


@given(typed=st.text() | PHRASES, now=ANY_NOW)
@settings(max_examples=400, deadline=None)
def test_whatever_is_typed_there_is_an_answer_and_it_is_not_past(typed: str, now: datetime) -> None:
    match read_moment(typed, now=now):
        case Moment(at):
            assert at > now
            assert (at.second, at.microsecond, at.tzinfo) == (0, 0, None)
        case DayOnly(on):
            assert on >= now.date()
        case Past(at):
            assert at <= now if isinstance(at, datetime) else at < now.date()
        case NotUnderstood():
            pass
    assert read_time(typed) is None or isinstance(read_time(typed), time)


def common_formats(at: datetime) -> list[str]:
    """How this house and others write a moment."""
    months = list(WORDS_OF["ru"]["months"].values())[at.month - 1]
    weekday = list(WORDS_OF["ru"]["weekdays"].values())[at.weekday()]
    english = list(WORDS_OF["en"]["months"].values())[at.month - 1][0].title()
    half_day = f"{(at.hour - 1) % 12 + 1}:{at:%M} {'AM' if at.hour < 12 else 'PM'}"
    return [
        at.isoformat(),
        at.isoformat(sep=" ", timespec="minutes"),
        f"{at:%d.%m.%Y %H:%M}",
        f"{at:%d.%m.%y %H.%M}",
        f"{at:%d/%m/%Y, %H:%M}",
        f"{at.day} {months[1]} {at.year} {at:%H:%M}",
        f"{at.day} {months[1]} {at.year} г. в {at.hour}:{at:%M}",
        f"{at.day} {months[1]} {at.year}, {weekday[0]}, {at:%H:%M}",
        f"{weekday[0]}, {at.day} {months[1]} {at.year} года, {at:%H:%M}",
        f"{english} {at.day}, {at.year}, {half_day}",
        f"{at.day} {english} {at.year} at {half_day}",
    ]


@given(at=SOON)
@example(at=datetime.fromisoformat("2027-01-01 00:00"))
@example(at=datetime.fromisoformat("2026-11-21 00:15"))
@example(at=datetime.fromisoformat("2026-12-12 12:12"))
@settings(max_examples=200, deadline=None)
def test_what_is_commonly_written_is_read_back(at: datetime) -> None:
    for written in common_formats(at):
        assert read_moment(written, now=NOW) == Moment(at), written


@given(
    typed=st.sampled_from(TYPED) | PHRASES,
    space=st.text(alphabet=" \t\n\u00a0\u2009\u202f", min_size=1),
)
@settings(max_examples=300, deadline=None)
def test_white_space_and_case_change_nothing(typed: str, space: str) -> None:
    answer = read_moment(typed, now=NOW)
    assert read_moment(space + space.join(typed.split(" ")) + space, now=NOW) == answer
    assert read_moment(typed.upper(), now=NOW) == answer
    assert read_moment(typed.title(), now=NOW) == answer


@given(typed=st.sampled_from(TYPED), word=st.text(alphabet="бвгджкщъ", min_size=4, max_size=4))
@settings(max_examples=100, deadline=None)
def test_an_unknown_word_is_never_passed_over(typed: str, word: str) -> None:
    assert isinstance(read_moment(f"{typed} {word}", now=NOW), NotUnderstood)
    assert isinstance(read_moment(f"{word} {typed}", now=NOW), NotUnderstood)
