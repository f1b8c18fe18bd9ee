"""A topic with its experts and the network that watches over it, for tests about consultations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Subject, Topic, TopicExpert
from sandbox import Visitor
from tests.support.events import lead, make_network, person_of
from tests.support.house import House, register

TOPIC = "Олимпиады по математике"


@dataclass
class Scene:
    """Everybody of the story. Anna asks, Boris and Clara are experts, Olga coordinates the network that watches over the topic."""

    anna: Visitor
    boris: Visitor
    clara: Visitor
    olga: Visitor


async def appoint(session: AsyncSession, house: House, topic_id: int, *experts: Visitor) -> None:
    """Make people experts of a topic."""
    for visitor in experts:
        person = await person_of(session, visitor)
        session.add(TopicExpert(topic_id=topic_id, person_id=person.id, appointed_at=house.clock.now()))
    await session.flush()


async def open_topic(
    house: House, coordinator: Visitor, *experts: Visitor, title: str = TOPIC, subject: str | None = "Математика"
) -> int:
    """A topic with these experts, watched over by a network of this coordinator. Gives its id."""
    now = house.clock.now()
    async with house.db.write() as session:
        network = await make_network(session, title=f"Сеть: {title}", now=now)
        await lead(session, network, await person_of(session, coordinator), now=now)
        subject_id = await session.scalar(select(Subject.id).where(Subject.title == subject)) if subject else None
        topic = Topic(title=title, network_id=network.id, subject_id=subject_id, created_at=now)
        session.add(topic)
        await session.flush()
        await appoint(session, house, topic.id, *experts)
        return topic.id


async def set_scene(house: House) -> Scene:
    """Everybody is registered, the topic stands."""
    names = {
        "Анна": "Иванова Анна Петровна",
        "Борис": "Петров Борис Ильич",
        "Клара": "Кузнецова Клара Львовна",
        "Ольга": "Ясенева Ольга Викторовна",
    }
    people = [house.visitor(first_name) for first_name in names]
    for visitor, full_name in zip(people, names.values(), strict=True):
        await register(visitor, full_name)
    scene = Scene(*people)
    await open_topic(house, scene.olga, scene.boris, scene.clara)
    return scene


async def ask(visitor: Visitor, *texts: str, topic: str = TOPIC) -> None:
    """Ask a question in these messages."""
    await visitor.says("/ask")
    await visitor.taps(topic)
    for text in texts:
        await visitor.says(text)
    await visitor.taps("Отправить")
