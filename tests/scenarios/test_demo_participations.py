"""The invented city has organisations in networks: one coordinates, one has accepted the agreement for its people, one has not."""

from __future__ import annotations

from sqlalchemy import func, select

from models import Database, Head, Organisation, Participation, Person
from sandbox import Visitor
from tests.support.demo_city import NOW, PLAYERS, put_city
from tests.support.house import House, make_house


async def _plays(house: House, key: str) -> Visitor:
    account = PLAYERS[key]
    return house.visitor(account.first_name, id=account.telegram_id, language=account.language_code)


async def test_organisations_take_part_and_are_headed_by_their_own(db: Database) -> None:
    await put_city(db)
    async with db.read() as session:
        heads = list(await session.execute(select(Head, Person).join(Person, Person.id == Head.person_id)))
        assert len(heads) == await session.scalar(select(func.count()).select_from(Organisation))
        assert all(person.organisation_id == head.organisation_id for head, person in heads)
        assert await session.scalar(select(func.count()).select_from(Participation)) == 4
    house = make_house(db)
    house.passes(NOW - house.clock.now())
    olga = await _plays(house, "coordinator")
    await olga.says("/networks")
    await olga.says("информатика")
    await olga.taps("Показать сети")
    await olga.taps("Информатика и робототехника")
    assert "Координирует: МОАУ «СОШ № 15»" in olga.sees
    await olga.taps("Организации · 3")
    assert "1. МОАУ «СОШ № 15» (координатор)" in olga.sees
    await olga.taps("СОШ № 15")
    assert "принято" in olga.sees
    assert "Координируют от её имени: Загорский Виталий Петрович" in olga.sees
    await olga.taps("Скан соглашения · 1")
    assert "Соглашение (подписано).docx" in [one.file.name for one in olga.messages if one.file is not None]
    sergey = await _plays(house, "expert")
    await sergey.says("информатика")
    await sergey.taps("Показать сети")
    await sergey.taps("Информатика и робототехника")
    assert "приняла ваша организация" in sergey.sees
    await sergey.taps("Подать заявку")
    assert sergey.toast == "Заявка подана"
