"""A network whose coordinators announce, for stories about that."""

from __future__ import annotations

from models import (
    Found,
    Network,
    Organisation,
    Topic,
    TopicExpert,
)
from sandbox import Visitor
from services import search
from tests.support.events import lead, network_of, person_of
from tests.support.house import House
from tests.support.notices import enrolled

TEXT = "Завтра в 15:00 встречаемся в лицее № 1."


async def mathematicians(house: House) -> list[Visitor]:
    """Anna and Vera lead the mathematicians, Boris and Clara are among them, Dina is an expert of theirs and no member."""
    anna, boris, clara, dina, vera = await enrolled(house, "Анна", "Борис", "Клара", "Дина", "Вера")
    network_id = await network_of(house, anna, boris, clara)
    now = house.clock.now()
    async with house.db.write() as session:
        network = await session.get_one(Network, network_id)
        await lead(session, network, await person_of(session, vera), now=now)
        topic = Topic(title="Олимпиады", network_id=network_id, created_at=now)
        lyceum = Organisation(title="Лицей № 1", confirmed_at=now, created_at=now)
        session.add_all([topic, lyceum])
        await session.flush()
        await search.index(session, Found.ORGANISATION, lyceum.id, lyceum.title)
        expert = await person_of(session, dina)
        session.add(TopicExpert(topic_id=topic.id, person_id=expert.id, appointed_at=now))
        (await person_of(session, clara)).organisation_id = lyceum.id
    return [anna, boris, clara, dina, vera]


def announcements_in(visitor: Visitor) -> list[str]:
    """What was announced to them."""
    return [message.text for message in visitor.messages if message.from_bot and "📣 Объявление:" in message.text]


async def composes(coordinator: Visitor, text: str = TEXT) -> None:
    """Write an announcement, up to where it is looked at."""
    await coordinator.says("/announce")
    await coordinator.says(text)
    await coordinator.taps("Готово")


def without_faults(house: House) -> None:
    """Make sure that no button kept spinning and nothing was refused by Telegram; a second tap may show the same once more."""
    assert house.world.faults == []
    refused = [call.description or "" for call in house.world.calls if call.error_code == 400]
    assert [words for words in refused if "message is not modified" not in words] == []
