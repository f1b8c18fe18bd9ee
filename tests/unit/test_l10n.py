"""Texts: values are escaped where they must be, nothing is missing, moments are said as people say them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from screens import l10n
from screens.l10n import Html, L10n, TextMissing, language_of

RU, EN = L10n("ru"), L10n("en")


def test_big_numbers_are_grouped_and_years_are_not() -> None:
    assert RU.plain("network-members", count=1234) == "👥 1\N{NO-BREAK SPACE}234 участника"
    assert EN.plain("network-members", count=1234) == "👥 1,234 members"
    assert RU.plain("consent-full", version="2026").splitlines()[0].endswith("(редакция 2026)")


# --- escaping

SLY = 'Лицей <b>№ 1</b> & "Ко"'


def test_values_are_escaped_in_messages_only() -> None:
    assert RU("networks-in", place=SLY) == '<b>Внутри: Лицей &lt;b&gt;№ 1&lt;/b&gt; &amp; "Ко"</b>'
    assert RU.plain("networks-in", place=SLY) == f"<b>Внутри: {SLY}</b>"


def test_markup_is_not_escaped_again() -> None:
    assert RU("networks-in", place=Html("<i>Физика</i>")) == "<b>Внутри: <i>Физика</i></b>"


def test_numbers_stay_numbers_under_escaping() -> None:
    assert RU("network-members", count=2) == "👥 2 участника"


def test_no_invisible_marks_around_values() -> None:
    assert "\u2068" not in RU("networks-in", place="Физика")


# --- what is missing raises: nobody reads a key on their phone


def test_a_missing_text_raises() -> None:
    with pytest.raises(TextMissing, match="no text 'networks-titel' in 'ru'"):
        RU("networks-titel")
    assert RU.has("networks-text")
    assert not RU.has("networks-titel")


def test_a_missing_variable_raises() -> None:
    with pytest.raises(TextMissing, match=r"networks-in.*place"):
        RU("networks-in")
    with pytest.raises(TextMissing, match=r"network-members.*count"):
        RU.plain("network-members")


def test_a_broken_file_raises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "xx").mkdir()
    (tmp_path / "xx" / "menu.ftl").write_text("menu = Меню\nhelp Помощь\n", encoding="utf-8")
    monkeypatch.setattr(l10n, "LOCALES", tmp_path)
    with pytest.raises(ValueError, match=r"menu\.ftl.*help Помощь"):
        l10n.bundle("xx")


# --- moments

YEKATERINBURG = ZoneInfo("Asia/Yekaterinburg")
"""Five hours before UTC."""


def _at(text: str, zone: ZoneInfo = YEKATERINBURG) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "moment", "ru", "en"),
    [
        ("2026-11-20 10:00", "2026-11-20 14:30", "сегодня, 14:30", "today, 14:30"),
        ("2026-11-20 10:00", "2026-11-21 14:30", "завтра, 14:30", "tomorrow, 14:30"),
        ("2026-11-20 10:00", "2026-11-22 09:05", "послезавтра, 09:05", "the day after tomorrow, 09:05"),
        ("2026-11-20 10:00", "2026-11-19 23:59", "вчера, 23:59", "yesterday, 23:59"),
        ("2026-11-20 10:00", "2026-11-25 15:00", "25 ноября, ср, 15:00", "Wed, November 25, 15:00"),
        ("2026-11-20 10:00", "2026-11-18 15:00", "18 ноября, ср, 15:00", "Wed, November 18, 15:00"),
        # midnight: a minute apart, another day
        ("2026-11-20 23:59", "2026-11-21 00:00", "завтра, 00:00", "tomorrow, 00:00"),
        ("2026-11-21 00:00", "2026-11-20 23:59", "вчера, 23:59", "yesterday, 23:59"),
        ("2026-11-21 00:00", "2026-11-21 00:00", "сегодня, 00:00", "today, 00:00"),
        # the year's end: near days have names, others their year
        ("2026-12-31 23:30", "2027-01-01 00:10", "завтра, 00:10", "tomorrow, 00:10"),
        ("2026-12-31 23:30", "2027-01-11 12:00", "11 января 2027, пн, 12:00", "Mon, January 11, 2027, 12:00"),
        ("2027-01-01 00:10", "2026-12-20 12:00", "20 декабря 2026, вс, 12:00", "Sun, December 20, 2026, 12:00"),
        ("2027-01-01 00:10", "2027-12-31 12:00", "31 декабря, пт, 12:00", "Fri, December 31, 12:00"),
    ],
)
def test_moments_are_said_as_people_say_them(now: str, moment: str, ru: str, en: str) -> None:
    assert L10n("ru", YEKATERINBURG).date_time(_at(moment), now=_at(now)) == ru
    assert L10n("en", YEKATERINBURG).date_time(_at(moment), now=_at(now)) == en


@pytest.mark.parametrize(
    ("zone", "said"),
    [
        ("Asia/Yekaterinburg", "завтра, 00:30"),
        ("Europe/Kaliningrad", "сегодня, 21:30"),
        ("Asia/Kamchatka", "сегодня, 07:30"),
        ("UTC", "сегодня, 19:30"),
    ],
)
def test_the_same_moment_in_the_persons_time_zone(zone: str, said: str) -> None:
    now = datetime(2026, 11, 20, 18, 0, tzinfo=UTC)
    assert L10n("ru", ZoneInfo(zone)).date_time(now + timedelta(hours=1, minutes=30), now=now) == said


# --- long values


def test_a_value_may_be_longer_than_fluent_allows_and_is_escaped_all_the_same() -> None:
    t, said, other = L10n("ru"), "<&>" * 2000, "\ue0000\ue001" + "я" * 3000
    goal, about = t("network-goal", goal=said), t.plain("network-description", description=other)
    assert goal == "<b>Цель:</b> " + "&lt;&amp;&gt;" * 2000
    assert about == other
    assert t("network-goal", goal="\ue0000\ue001") == "<b>Цель:</b> \ue0000\ue001"


# --- whose language


@pytest.mark.parametrize(
    ("chosen", "telegram", "language"),
    [
        ("ru", "en", "ru"),
        ("en", "ru", "en"),
        (None, "ru", "ru"),
        (None, "ru-RU", "ru"),
        (None, "RU", "ru"),
        (None, "en-GB", "en"),
        (None, "tt", "ru"),
        (None, "kk", "ru"),
        (None, "de", "en"),
        (None, None, "ru"),
        (None, "", "ru"),
        ("xx", "de", "en"),
    ],
)
def test_the_language_follows_the_choice_then_telegram(chosen: str | None, telegram: str | None, language: str) -> None:
    assert language_of(chosen, telegram) == language
