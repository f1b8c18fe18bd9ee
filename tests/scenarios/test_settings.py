"""What people set for themselves: the language, the clock, when and of what they are told."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from jobs import DRAWS, DRAWS_ALL
from models import Notification, NotificationState, Person, Priority
from screens.l10n import L10n
from screens.screen import Screen
from services.wishes import KINDS
from tests.support.events import lead, make_network, plan_event, put_in
from tests.support.house import House, register
from tests.support.notices import KIND, Rows, heard
from tests.support.stories import answers_of, first_line, person_of

ALWAYS_TOLD = {
    "administrator": "one's own rights",
    "acknowledgement": "one has the announcement and was asked to confirm it, or asked for that oneself",
    "agreement": "one's membership stands on it",
    "announcement-corrected": "what one has in the chat already must not stay wrong",
    "announcement-recalled": "what one has in the chat already must not stay there",
    "announcement-progress": "the report that one opened oneself",
    "announcement-not-sent": "one's own announcement",
    "application": "one's own application, and what a coordinator's duty is",
    "consultation": "replies in one's own consultation, and what an expert's or a coordinator's duty is",
    "coordinator": "one's own rights",
    "delivery": "an administrator's duty",
    "expert": "one's own rights",
    "event-moved": "one has a seat there",
    "event-place": "one has a seat there",
    "event-cancelled": "one has a seat there",
    "event-promoted": "one waited for the seat",
    "head": "one's own rights",
    "membership": "one's own rights, and what a coordinator's duty is",
    "moderator": "one's own rights",
    "network": "what becomes of the networks one is in or coordinates",
    "organisation": "one proposed it oneself, or heads it",
    "participation": "what a head's or a coordinator's duty is",
    "product-submitted": "a coordinator's duty",
    "registry": "whoever may know the person is asked: an administrator's and a coordinator's duty",
}
"""What nobody may do without, and why: a kind, or all that begin so."""


@pytest.fixture
def _drawer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told stands in the payload."""

    async def draw(
        session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
    ) -> list[Screen]:
        return [Screen(text) for text in notification.payload["texts"]]

    monkeypatch.delitem(DRAWS_ALL, "announcement")
    for kind in (KIND, "announcement"):
        monkeypatch.setitem(DRAWS, kind, draw)


def test_every_kind_of_notification_may_be_muted_or_is_always_told_for_a_reason() -> None:
    muted = {kind for kinds in KINDS.values() for kind in kinds}
    kinds = {*DRAWS, *DRAWS_ALL}
    assert muted <= kinds
    for kind in kinds:
        reasons = [one for one in ALWAYS_TOLD if kind == one or kind.startswith(f"{one}-")]
        assert (kind in muted) != bool(reasons), f"say in services/wishes.py or here what becomes of {kind!r}"
    assert [one for one in ALWAYS_TOLD if not any(kind == one or kind.startswith(f"{one}-") for kind in kinds)] == []


async def test_settings_are_opened_by_their_command_and_read_back(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/settings")
    assert first_line(anna) == "Настройки"
    assert "🕓 Часовой пояс" not in anna.buttons  # before the registration there is nothing to be told
    assert "🔐 Личные данные" in anna.buttons
    await register(anna)
    await anna.says("/settings")
    assert "Часовой пояс: как в методическом центре" in anna.sees
    assert "Тихие часы: с 21:00 до 07:00" in anna.sees
    assert "Авто ✓" in anna.buttons


async def test_auto_follows_the_language_of_telegram_again(watched: House) -> None:
    anna = watched.visitor("Анна", language="en")
    await anna.says("/settings")
    await anna.taps("Русский")
    assert first_line(anna) == "Настройки"
    assert (await person_of(watched, anna)).language_code == "ru"
    await anna.taps("Авто")
    assert first_line(anna) == "Settings"
    assert "Auto ✓" in anna.buttons
    assert (await person_of(watched, anna)).language_code is None


@pytest.mark.parametrize(
    ("typed", "zone", "label"),
    [
        ("Пермь", "Asia/Yekaterinburg", "Екатеринбург (UTC+5)"),
        ("красноярске", "Asia/Krasnoyarsk", "Красноярск (UTC+7)"),
        ("Petropavlovsk", "Asia/Kamchatka", "Камчатка (UTC+12)"),
    ],
)
async def test_the_time_zone_is_found_by_typing_a_city(watched: House, typed: str, zone: str, label: str) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/settings")
    await anna.taps("Часовой пояс")
    assert "Калининград (UTC+2)" in anna.buttons
    await anna.says("Рио-де-Жанейро")
    assert "Ничего не нашлось" in first_line(anna)
    await anna.says(typed)
    await anna.taps(label)
    assert f"Часовой пояс: {label}" in anna.sees
    assert (await person_of(watched, anna)).time_zone == zone
    assert await answers_of(watched, anna) is None
    await anna.taps("Часовой пояс")
    assert f"Сейчас: {label}" in anna.sees


async def test_the_zone_is_chosen_from_the_list_in_english(watched: House) -> None:
    ann = watched.visitor("Ann", language="en")
    await ann.says("/settings")
    await ann.taps("Русский")
    await register(ann)
    await ann.says("/settings")
    await ann.taps("English")
    await ann.taps("Time zone")
    await ann.says("+9")
    assert [label for label in ann.buttons if "UTC" in label] == [
        "Chita (UTC+9)",
        "Yakutsk (UTC+9)",
        "Khandyga (UTC+9)",
    ]
    await ann.taps("Yakutsk")
    assert "Time zone: Yakutsk (UTC+9)" in ann.sees
    await ann.taps("Quiet hours")
    await ann.taps("None")
    assert "Now: none." in ann.sees
    await ann.taps("‹ Back")
    await ann.taps("What to tell me")
    await ann.taps("🔔 Reminders of events")
    assert "🔕 Reminders of events" in ann.buttons
    assert ann.toast == "✅ Saved"


async def test_events_are_told_in_the_own_zone(watched: House) -> None:
    anna, boris = watched.visitor("Анна"), watched.visitor("Борис")
    for one, name in ((anna, "Иванова Анна"), (boris, "Петров Борис")):
        await register(one, name)
    now = watched.clock.now()
    async with watched.db.write() as session:
        network = await make_network(session, now=now)
        organiser = await person_of(watched, boris)
        await lead(session, network, organiser, now=now)
        await put_in(session, network, await person_of(watched, anna), now=now)
        starts_at = now.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=3)
        await plan_event(session, organiser, network.id, starts_at=starts_at, seats=5, now=now)
    await anna.says("/events")
    assert "14:00" in " ".join((anna.sees, *anna.buttons))  # in Yekaterinburg, where the centre is
    await anna.says("/settings")
    await anna.taps("Часовой пояс")
    await anna.says("Владивосток")
    await anna.taps("Владивосток")
    await anna.says("/events")
    assert "19:00" in " ".join((anna.sees, *anna.buttons))


@pytest.mark.usefixtures("_drawer")
async def test_own_quiet_hours_hold_up_what_comes_and_none_hold_up_nothing(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    await anna.says("/settings")
    await anna.taps("Тихие часы")
    assert "Обычные: с 21:00 до 07:00 ✓" in anna.buttons
    await anna.taps("Свои часы")
    assert first_line(anna) == "Тихие часы · шаг 1 из 2"
    await anna.says("25")
    assert "от 0 до 23" in first_line(anna)
    await anna.says("9")
    await anna.says("9")
    assert "совпадают" in first_line(anna)
    await anna.says("12")
    assert "Сейчас: с 09:00 до 12:00." in anna.sees
    assert "Обычные: с 21:00 до 07:00" in anna.buttons

    rows = Rows(watched)  # it is ten in the morning where the centre is
    row_id = await rows.put(anna, "Записка")
    await watched.delivers()
    row = await rows.get(row_id)
    assert row.state is NotificationState.PENDING
    assert row.next_at.isoformat() == "2026-11-20T07:00:00+00:00"  # noon there
    urgent = await rows.put(anna, "Срочно", urgent=True)
    await watched.delivers()
    assert (await rows.get(urgent)).state is NotificationState.SENT

    await anna.says("/settings")
    await anna.taps("Тихие часы")
    await anna.taps("Не соблюдать")
    assert "Не соблюдать ✓" in anna.buttons
    watched.passes(timedelta(hours=17))  # three in the morning
    await watched.delivers()
    assert (await rows.get(row_id)).state is NotificationState.SENT
    await anna.taps("Обычные")
    late = await rows.put(anna, "Ночное")
    await watched.delivers()
    assert (await rows.get(late)).state is NotificationState.PENDING
    assert heard(anna) == ["Срочно", "Записка"]


@pytest.mark.usefixtures("_drawer")
async def test_what_is_muted_is_settled_as_cancelled_when_its_time_comes(watched: House) -> None:
    anna = watched.visitor("Анна")
    await register(anna)
    rows = Rows(watched)
    waiting = await rows.put(anna, "Объявление", kind="announcement", priority=Priority.ANNOUNCEMENT)
    await anna.says("/settings")
    await anna.taps("О чём сообщать")
    screen = anna.screen
    await anna.taps("🔔 Объявления моих сетей")
    await anna.presses(screen, "nx:announcements:1")  # a second tap on the old look of the same button
    assert "🔕 Объявления моих сетей" in anna.buttons
    assert (await person_of(watched, anna)).muted == ["announcements"]
    await watched.delivers()
    assert (await rows.get(waiting)).state is NotificationState.CANCELLED
    mandatory = {"mandatory": True, "texts": ["Обязательное"]}
    await rows.put(anna, kind="announcement", payload=mandatory)
    await rows.put(anna, "Ответ")
    await watched.delivers()
    assert heard(anna) == ["Обязательное", "Ответ"]
    await anna.taps("🔕 Объявления", message=screen)
    assert (await person_of(watched, anna)).muted is None
    await rows.put(anna, "Снова слышно", kind="announcement")
    await watched.delivers()
    assert heard(anna)[-1] == "Снова слышно"


async def test_old_buttons_of_whoever_left_change_nothing(watched: House) -> None:
    anna = watched.visitor("Анна")
    await anna.says("/start")
    for button in ("qh", "qu:1", "nw", "nx:events:1", "db:zone:0:", "db:quiet:0:", "nx:nonsense:1"):
        await anna.presses(anna.screen, button)
        assert first_line(anna).startswith("Здравствуйте!"), button
    person = await person_of(watched, anna)
    assert (person.muted, person.quiet_from, person.time_zone) == (None, None, None)
