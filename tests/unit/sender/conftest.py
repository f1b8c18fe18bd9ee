"""A registered teacher, and notifications that say what stands in them."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from jobs import DRAWS
from models import Notification, Person
from sandbox import Visitor
from screens.l10n import L10n
from screens.screen import Screen
from tests.support.house import House
from tests.support.notices import KIND, Rows, enrolled


@pytest.fixture(autouse=True)
def drawer(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told stands in the payload."""

    async def draw(
        session: AsyncSession, notification: Notification, person: Person, t: L10n, now: datetime
    ) -> list[Screen]:
        return [Screen(text) for text in notification.payload["texts"]]

    monkeypatch.setitem(DRAWS, KIND, draw)


@pytest.fixture
async def anna(house: House) -> Visitor:
    """Somebody registered."""
    (visitor,) = await enrolled(house, "Анна")
    return visitor


@pytest.fixture
def rows(house: House) -> Rows:
    """Its notifications."""
    return Rows(house)
