"""A topic with its experts and the network that watches over it, for tests about consultations."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Organisation, Subject, Topic, TopicExpert
from sandbox import Visitor
from services import persons
from tests.support.events import lead, make_network, person_of
from tests.support.house import House

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


async def settle(house: House, *full_names: str, organisation: str = "Лицей № 1") -> list[Visitor]:
    """Teachers of mathematics who registered long ago; how one registers is another story."""
    now = house.clock.now()
    visitors = [house.world.visitor(full_name.split()[1], started=True) for full_name in full_names]
    async with house.db.write() as session:
        place = Organisation(title=organisation, confirmed_at=now, created_at=now)
        session.add(place)
        await session.flush()
        subject_id = await session.scalar(select(Subject.id).where(Subject.title == "Математика"))
        for visitor, full_name in zip(visitors, full_names, strict=True):
            person = await persons.meet(
                session, telegram_id=visitor.id, telegram_language="ru", administrator=False, now=now
            )
            await persons.give_consent(session, person, now=now)
            form = {
                "name": full_name,
                "organisation": {"id": place.id, "label": organisation},
                "position": {"id": None, "label": "Учитель"},
                "subjects": [{"id": subject_id, "label": "Математика"}],
                "experience": 12,
            }
            await persons.register(session, person, form, now=now)
    return visitors


async def set_scene(house: House) -> Scene:
    """Everybody is registered, the topic stands."""
    people = await settle(
        house,
        "Иванова Анна Петровна",
        "Петров Борис Ильич",
        "Кузнецова Клара Львовна",
        "Ясенева Ольга Викторовна",
    )
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
