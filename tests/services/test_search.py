"""Finding things by typed words."""

from __future__ import annotations

import pytest
from sqlalchemy import delete

from models import Database, Found, Network, Organisation, OrganisationKind, SearchWord
from services import organisations, search
from services.sources import source as source_of
from tests.support.people import NOW, put_networks

TITLES = (
    "МОУ «Лицей № 1»",
    "МОУ «Лицей № 11 имени Т. И. Александровой»",
    "МДОУ «Детский сад № 12 «Ёлочка»»",
    "Школа-интернат № 7",
    "Учителя математики",
    "Педагоги-психологи и тьюторы",
    "Ближний бой. Чай, еда и ИЗО из бумаги",
    "После боя, за чаем, о еде",
    "Борис и час без чаши: беда",
)
FINDS: dict[str, tuple[int, ...]] = {
    "лицей 1": (0,),
    "ЛИЦЕЯ": (0, 1),
    "лицей №11": (1,),
    "лицей1": (0,),
    "1": (0,),
    "елочка": (2,),
    "ёлочки": (2,),
    "детских садов": (2,),
    "сад": (2,),
    "школы интерната": (3,),
    "интернат-7": (3,),
    "математике": (4,),
    "учителям": (4,),
    "матем": (4,),
    "психолога": (5,),
    "т и": (1, 5),
    "сад для ёлочки": (2,),
    "бой": (6, 7),
    "боя": (6, 7),
    "боев чая": (6, 7),
    "чаем": (6, 7),
    "чаи": (6, 7),
    "ед": (6, 7),
    "еду": (6, 7),
    "изо": (6,),
    "ча": (6, 7, 8),
    "бор": (8,),
    "и": (1, 3, 5, 6, 8),
    "лицей психолог": (),
    "лицей 2": (),
    "%": (),
    "_": (),
    "ма%ки": (),
    "': DROP TABLE search_words; --": (),
    "   ": (),
    "🌸": (),
    "\x00": (),
    "математика " * 30: (4,),
    "а" * 5000: (),
}


async def found(db: Database, query: str) -> set[int]:
    """The numbers of the titles that the query finds."""
    async with db.read() as session:
        matching = search.matching(Found.ORGANISATION, query)
        total = await search.count(session, Found.ORGANISATION, query)
        ids = set(await session.scalars(matching)) if matching is not None else set()
    assert total == len(ids)
    return ids


async def test_words_are_found_as_people_type_them(each_db: Database) -> None:
    async with each_db.write() as session:
        for number, title in enumerate(TITLES):
            await search.index(session, Found.ORGANISATION, number, title)
            await search.index(session, Found.NETWORK, number + 100, "лицей сад школа учителя")
    for query, expected in FINDS.items():
        assert await found(each_db, query) == set(expected), query

    async with each_db.write() as session:
        await search.index(session, Found.ORGANISATION, 0, "Гимназия", None, "гимназия")
        await search.index(session, Found.ORGANISATION, 1)
    assert await found(each_db, "лицей") == set()
    assert await found(each_db, "гимназии") == {0}


def test_numbers_stand_apart_and_yo_is_ye() -> None:
    assert search.fold("МДОУ «Детский сад №12а «Ёлочка»»") == ["мдоу", "детский", "сад", "12", "а", "елочка"]
    assert [one.beginning for one in search.wanted("ёлочкой №7 №7")] == ["елочк", "7"]
    assert len(search.wanted(" ".join(f"слово{chr(1072 + one)}" for one in range(30)))) == 12


async def test_the_same_title_typed_otherwise(each_db: Database) -> None:
    await put_networks(each_db, ["Учителя математики", "!!!"])
    async with each_db.write() as session:
        await organisations.add(
            session,
            None,
            title=TITLES[0],
            kind=OrganisationKind.SCHOOL,
            address=None,
            confirmed_at=NOW,
            now=NOW,
        )
    cases: tuple[tuple[str, str | None], ...] = (
        ("моу лицей №1", TITLES[0]),
        ("МОУ «Лицей № 1»", TITLES[0]),
        ("МОУ «Лицей № 11»", None),
        ("Лицей № 1", None),
        ("МОУ «Лицеи № 1»", None),
        ("???", None),
    )
    async with each_db.read() as session:
        for title, expected in cases:
            same = await search.same_title(session, Found.ORGANISATION, Organisation, title)
            assert (same.title if same else None) == expected, title
        twin = await search.same_title(session, Found.NETWORK, Network, "!!!")
        assert twin is not None


async def test_options_of_a_dialog_come_in_pages(each_db: Database) -> None:
    await put_networks(each_db, [f"Сеть № {number:02}" for number in range(1, 13)])
    async with each_db.read() as session:
        source = source_of("networks", 0)
        options, total = await source.page(session, query=None, offset=10, limit=5)
        assert ([option.label for option in options], total) == (["Сеть № 11", "Сеть № 12"], 12)
        options, total = await source.page(session, query="сети 7", offset=0, limit=5)
        assert total == 0  # «07» is another number than «7»
        assert await source.page(session, query="%", offset=0, limit=5) == ([], 0)
        assert await source.one(session, 10**9) is None
        words = source_of("subjects", 0)
        options, total = await words.page(session, query="дошкольного речь", offset=0, limit=5)
        assert [option.label for option in options] == ["Дошкольное образование: речь"]
        assert await words.page(session, query="№", offset=0, limit=5) == ([], 0)
        everything, total = await words.page(session, query=None, offset=0, limit=100)
        assert len(everything) == total == 25


@pytest.mark.parametrize("kind", list(Found))
async def test_nothing_is_found_where_nothing_is(db: Database, kind: Found) -> None:
    async with db.write() as session:
        await session.execute(delete(SearchWord))
        assert await search.count(session, kind, "лицей") == 0
