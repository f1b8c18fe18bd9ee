"""The invented city's networks have cards worth reading: documents that can be had, a chat for members, followers."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from models import Database, Membership, MembershipState, Network, NetworkDocument, NetworkFollower, Orientation, Person
from services import networks
from tests.support.demo_city import NOW, PLAYERS, player, put_city
from tests.support.house import make_house
from tests.support.products import files_in_chat


async def test_who_follows_is_no_member_and_had_registered(city: AsyncSession) -> None:
    rows = list(await city.scalars(select(NetworkFollower)))
    assert len(rows) == 13
    for row in rows:
        person = await city.get_one(Person, row.person_id)
        assert person.registered_at is not None
        assert person.registered_at < row.followed_at < NOW
        membership = await city.scalar(
            select(Membership.state).where(
                Membership.person_id == row.person_id, Membership.network_id == row.network_id
            )
        )
        assert membership is not MembershipState.MEMBER
    documents = list(await city.scalars(select(NetworkDocument)))
    assert len(documents) == 3
    assert all(document.added_at < NOW for document in documents)
    named = select(func.count()).select_from(Network).where(Network.orientation == Orientation.INNOVATION)
    assert await city.scalar(named) == 2


async def test_a_teacher_reads_the_card_and_has_the_plan(db: Database) -> None:
    await put_city(db)
    async with db.read() as session:
        teacher = await player(session, "teacher")
        found = await session.scalar(select(Network).where(Network.title == "Учителя математики"))
        assert found is not None
        card = await networks.card(session, teacher, found.id, now=NOW)
    assert (card.documents, card.is_member, len(card.coordinators)) == (2, True, 1)
    assert card.coordinators[0].order_on is not None
    house = make_house(db)
    account = PLAYERS["teacher"]
    maria = house.visitor(account.first_name, id=account.telegram_id, language=account.language_code)
    await maria.says("/networks")
    assert "🔔 Слежу за новостями · 1" in maria.buttons
    await maria.taps("Мои сети")
    await maria.taps("Учителя математики")
    assert "(приказ № " in maria.sees
    assert "🧩 Вид сети: формальная, " in maria.sees
    assert "💬 Чат сети" in maria.buttons
    await maria.taps("Документы · 2")
    await maria.taps("2. План работы на год")
    assert files_in_chat(maria) == ["План работы на год.docx"]
