"""The invented city has a bank of works that can be found and downloaded, and works on their way there."""

from __future__ import annotations

import zipfile
from collections import Counter
from io import BytesIO

from sqlalchemy import select

from models import (
    Appointment,
    Database,
    Membership,
    MembershipState,
    Product,
    ProductState,
    ProductView,
    Role,
    StoredFile,
)
from sandbox import Visitor
from services import products
from tests.support.demo_city import NOW, PLAYERS, player, put_city
from tests.support.house import House, make_house


async def _plays(house: House, key: str) -> Visitor:
    account = PLAYERS[key]
    return house.visitor(account.first_name, id=account.telegram_id, language=account.language_code)


async def test_the_bank_is_full_and_honest(db: Database) -> None:
    await put_city(db)
    async with db.read() as session:
        works = list(await session.scalars(select(Product)))
        states = Counter(work.state for work in works)
        assert states == {ProductState.PUBLISHED: 20, ProductState.SUBMITTED: 2, ProductState.RETURNED: 1}
        assert len({work.title for work in works}) == len(works)
        assert all(work.created_at <= work.state_at < NOW for work in works)
        for work in works:
            was_member = (Membership.state == MembershipState.MEMBER, Membership.state_at < work.created_at)
            assert await session.scalar(
                select(Membership.id).where(
                    Membership.person_id == work.author_id, Membership.network_id == work.network_id, *was_member
                )
            ), work.title
            if work.decided_by_id is not None:
                leads = (Appointment.person_id == work.decided_by_id, Appointment.role == Role.COORDINATOR)
                assert work.decided_by_id != work.author_id
                assert await session.scalar(select(Appointment.id).where(*leads))


async def test_a_teacher_finds_and_downloads_what_telegram_never_knew(db: Database) -> None:
    await put_city(db)
    house = make_house(db)
    house.passes(NOW - house.clock.now())
    maria = await _plays(house, "teacher")
    await maria.says("процентах")
    await maria.taps("Найти в материалах: 1")
    await maria.taps("1. Проценты")
    await maria.taps("Скачать · 1")
    data = next(view.data for view in maria.messages if view.from_bot and view.file is not None)
    assert data is not None
    with zipfile.ZipFile(BytesIO(data)) as document:
        assert document.testzip() is None
        assert "Рюкзак" in document.read("word/document.xml").decode()
    async with db.read() as session:
        known = [row for row in await session.scalars(select(StoredFile)) if row.telegram_file_id.startswith("BQAC")]
    assert [row.name for row in known] == ["проверочная по процентам.docx"]
    assert house.world.faults == []


async def test_the_players_have_something_to_do(db: Database) -> None:
    await put_city(db)
    house = make_house(db)
    house.passes(NOW - house.clock.now())
    olga, maria = await _plays(house, "coordinator"), await _plays(house, "teacher")
    async with db.read() as session:
        coordinator, teacher = await player(session, "coordinator"), await player(session, "teacher")
        managed = await session.scalar(
            select(Appointment.network_id).where(
                Appointment.person_id == coordinator.id, Appointment.ended_at.is_(None)
            )
        )
        assert managed is not None
        assert await products.waiting(session, coordinator, managed) == 2
        own = await products.page_of(session, teacher, ProductView.MINE, offset=0, limit=6)
    assert [work.state for work in own.products] == [ProductState.RETURNED, ProductState.PUBLISHED]
    await olga.says("/menu")
    await maria.says("/products")
    await maria.taps("Мои · 2")
    await maria.taps("1. Вероятность")
    assert "Добавьте, пожалуйста, ответы" in maria.sees
    await maria.taps("Исправить и сдать снова")
    await maria.sends_file("ответы.docx", b"answers")
    await maria.taps("Сдать")
    await house.delivers()
    assert [one for one in olga.messages if "исправлен и сдан снова" in one.text]
    await olga.taps("Открыть файлы · 2")
    await olga.taps("Опубликовать")
    assert olga.toast == "Опубликовано. Автор узнает"
