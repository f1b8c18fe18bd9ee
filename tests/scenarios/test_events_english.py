"""The whole event job in English: what the coordinator sees on the way, and what members are told."""

from __future__ import annotations

from datetime import timedelta

from sandbox import Visitor
from tests.support.events import crew, network_of
from tests.support.house import House


async def _in_english(*visitors: Visitor) -> None:
    for visitor in visitors:
        await visitor.says("/settings")
        await visitor.taps("English")


async def _published(olga: Visitor) -> None:
    await olga.says("/events")
    await olga.taps("New event")
    assert "What will it be?" in olga.sees
    await olga.taps("Master class")
    await olga.says("Fractions without tears")
    assert "When does it start?" in olga.sees
    await olga.says("tomorrow at 15:00")
    assert "Where, or by which link?" in olga.sees
    await olga.says("Room 12")
    assert "How many seats?" in olga.sees
    await olga.says("1")
    assert "Publish the event?" in olga.sees
    assert "Sat, November 21, 15:00 (tomorrow)" in olga.sees
    await olga.taps("Publish")
    assert olga.sees.startswith("The event is published")
    assert "The network has 2 members." in olga.sees


async def test_a_coordinator_manages_and_members_are_told_in_english(house: House) -> None:
    olga, anna, boris = await crew(house, "Ольга", "Анна", "Борис")
    await network_of(house, olga, anna, boris)
    await _in_english(olga, anna, boris)

    await _published(olga)
    await olga.taps("Tell the members")
    assert olga.toast == "Telling 2 people"
    assert olga.sees.startswith("Managing the event")
    assert "Nobody has signed up yet" in olga.sees
    assert "The members of the network have been told." in olga.sees
    assert [str(one) for one in olga.buttons] == [
        "👥 Who is coming · 0",
        "🕒 Move",
        "🪑 Seats",
        "📍 Place",
        "🏷 Title",
        "📝 About",
        "🚫 Cancel the event",
        "‹ Back",
        "☰ Menu",
    ]
    await house.delivers()
    assert anna.sees.startswith("📅 A new event in your network")
    assert "1 seat left of 1" in anna.sees

    await anna.taps("Sign up")
    assert anna.toast == "You are going"
    assert "You are going. We will remind you a day and an hour before." in anna.sees
    await boris.taps("Sign up")  # his screen is older than her seat
    assert boris.toast == "No seats left: you are on the waiting list"
    assert "You are number 1 of 1 on the waiting list." in boris.sees
    assert "All seats are taken (1), 1 person waits" in boris.sees

    await olga.taps("Move")
    assert "When shall the event be?" in olga.sees
    await olga.says("tomorrow at 16:00")
    assert "It was: Sat, November 21, 15:00 (tomorrow)" in olga.sees
    assert "It will be: Sat, November 21, 16:00 (tomorrow)" in olga.sees
    assert "2 people will be told." in olga.sees
    await olga.taps("✅ Move")
    assert olga.toast == "Changed"
    assert "1 person is going, 1 waits" in olga.sees
    await olga.taps("Who is coming · 1")
    assert olga.sees.startswith("Who is coming: Fractions without tears")
    await olga.taps("Waiting list")
    assert olga.sees.startswith("Waiting list: Fractions without tears")
    await olga.taps("‹ Back")
    await house.delivers()
    for visitor in (anna, boris):
        assert visitor.sees.startswith("🕒 The event is moved")
        assert "It was: tomorrow, 15:00\nIt is now: Sat, November 21, 16:00 (tomorrow)" in visitor.sees

    await anna.taps("I will not come")
    assert "Not coming to “Fractions without tears”?" in anna.sees
    await anna.taps("No, I will not come")
    assert anna.toast == "You are not going any more"
    await house.delivers()
    assert boris.sees.startswith("🎉 A seat is free: you are going!")

    house.passes(timedelta(hours=6, minutes=1))
    await house.delivers()
    assert boris.sees.startswith("⏰ A reminder: tomorrow, 16:00")
    house.passes(timedelta(hours=23))
    await house.delivers()
    assert boris.sees.startswith("⏰ Starting soon: today, 16:00")

    await olga.taps("Cancel the event")
    assert "Why is the event cancelled?" in olga.sees
    await olga.says("The speaker is ill")
    assert "1 person will be told." in olga.sees
    await olga.taps("Yes, cancel the event")
    assert "The event is cancelled. Reason: The speaker is ill" in olga.sees
    await house.delivers()
    assert boris.sees.startswith("🚫 The event is cancelled")
    assert "Reason: The speaker is ill" in boris.sees
    assert house.world.faults == []
