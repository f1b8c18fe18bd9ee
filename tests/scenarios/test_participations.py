"""Organisations in networks, as the administrator, a head, a teacher and a coordinator see it, in both languages."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import JoinPolicy, Membership, Network, Organisation, Participation
from sandbox import Visitor
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.organisations import make_head
from tests.support.stories import count

AGREEMENT = "Стороны договорились делиться разработками и раз в год проводить открытый урок."


class Story:
    """Vera administers, Olga coordinates, Gleb heads the lyceum, Anna teaches there."""

    network: Network
    vera: Visitor
    olga: Visitor
    gleb: Visitor
    anna: Visitor


async def tell(
    house: House, *, policy: JoinPolicy = JoinPolicy.OPEN, head: bool = True, english: bool = False
) -> Story:
    story = Story()
    story.network = await put_network(house, "Сеть лицея", policy=policy, subjects=("Математика",))
    story.vera = await house.administrator()
    story.olga, story.anna = house.visitor("Ольга"), house.visitor("Анна")
    story.gleb = house.visitor("Глеб")
    await register(story.olga, "Ясенева Ольга")
    await register(story.gleb, "Громов Глеб")
    await register(story.anna, "Иванова Анна")
    if english:
        await speaks_english(story.gleb)
    await appoint(house, story.olga, story.network)
    if head:
        await make_head(house, story.gleb)
    return story


async def speaks_english(visitor: Visitor) -> None:
    await visitor.says("/settings")
    await visitor.taps("English")


async def publishes(olga: Visitor, text: str = AGREEMENT) -> None:
    await olga.says("/manage")
    await olga.taps("Сеть лицея")
    await olga.taps("Вступление")
    await olga.taps("Соглашение")
    await olga.taps("Новая версия")
    await olga.says(text)
    await olga.taps("Ввести в действие")


async def opens_card(visitor: Visitor) -> None:
    await visitor.says("/networks")
    await visitor.taps("Сеть лицея")


async def test_the_coordinator_brings_it_in_the_head_accepts_and_a_teacher_only_joins(watched: House) -> None:
    story = await tell(watched)
    await publishes(story.olga)
    await story.olga.says("/manage")
    await story.olga.taps("Сеть лицея")
    await story.olga.taps("Вступление")
    await story.olga.taps("Организации")
    assert "Организаций в сети пока нет" in story.olga.sees
    await story.olga.taps("Добавить организацию")
    await story.olga.says("лицей 1")
    await story.olga.taps("Лицей № 1")
    assert story.olga.sees.endswith("Организация в сети") or story.olga.toast == "Организация в сети"
    assert "роль: участник" in story.olga.sees
    assert "ещё не приняла" in story.olga.sees
    await watched.delivers()
    assert "«Лицей № 1» теперь участвует в сети «Сеть лицея»" in story.gleb.sees
    await story.gleb.taps("Принять соглашение")
    assert AGREEMENT in story.gleb.sees
    assert "от имени «Лицей № 1»" in story.gleb.sees
    await story.gleb.taps("Принять от организации")
    await story.gleb.says("вот он")
    assert "Здесь нужны файлы" in story.gleb.sees
    await story.gleb.sends_file("соглашение.pdf", b"signed")
    await story.gleb.taps("Готово")
    assert "соглашение.pdf" in story.gleb.sees
    await story.gleb.taps("Принять")
    assert story.gleb.toast == "Соглашение принято"
    assert "Принял(а): Громов Глеб" in story.gleb.sees
    await watched.delivers()
    assert "«Лицей № 1» приняла соглашение сети «Сеть лицея»" in story.olga.sees
    await story.olga.taps("Открыть")
    await story.olga.taps("Скан соглашения · 1")
    assert "соглашение.pdf" in [one.file.name for one in story.olga.messages if one.file is not None]
    await opens_card(story.anna)
    assert "приняла ваша организация" in story.anna.sees
    assert any("Организации · 1" in str(one) for one in story.anna.buttons)
    await story.anna.taps("Вступить")
    assert story.anna.toast == "Вы вступили в сеть"
    assert AGREEMENT not in story.anna.sees
    async with watched.db.read() as session:
        membership = (await session.scalars(select(Membership))).one()
    assert membership.agreement_version is None
    await story.anna.taps("Организации · 1")
    await story.anna.taps("Лицей № 1")
    assert not any("Скан" in str(one) or "Исключить" in str(one) for one in story.anna.buttons)


async def test_the_head_brings_it_in_by_the_agreement_and_leaves(watched: House) -> None:
    story = await tell(watched)
    await publishes(story.olga)
    await opens_card(story.gleb)
    await story.gleb.taps("Организации · 0")
    await story.gleb.taps("Включить мою организацию")
    await story.gleb.taps("Принять от организации")
    await story.gleb.sends_photo()
    await story.gleb.taps("Готово")
    await story.gleb.taps("Принять")
    assert await count(watched, Participation) == 1
    await story.gleb.taps("Заменить скан")
    await story.gleb.taps("Принять от организации")
    await story.gleb.sends_photo()
    await story.gleb.sends_photo()
    await story.gleb.taps("Готово")
    await story.gleb.taps("Принять")
    assert any("Скан соглашения · 2" in str(one) for one in story.gleb.buttons)
    await story.gleb.taps("Выйти из сети")
    await story.gleb.taps("Да")
    assert story.gleb.toast == "Организация больше не в сети"
    assert "Включить мою организацию" in str(story.gleb.buttons)
    await watched.delivers()
    assert "«Лицей № 1» вышла из сети «Сеть лицея»" in story.olga.sees
    assert "приняла соглашение" not in story.olga.sees, "what is over is not told"


async def test_a_version_that_changed_meanwhile_is_shown_anew(watched: House) -> None:
    story = await tell(watched)
    await publishes(story.olga)
    await opens_card(story.gleb)
    await story.gleb.taps("Организации")
    await story.gleb.taps("Включить мою организацию")
    await story.gleb.taps("Принять от организации")
    await story.gleb.sends_photo()
    await publishes(story.olga, "Стороны договорились совсем об ином и навсегда.")
    await story.gleb.taps("Готово")
    await story.gleb.taps("Принять")
    assert "совсем об ином" in story.gleb.sees
    assert await count(watched, Participation) == 0
    await story.gleb.taps("Принять от организации", message=story.gleb.screen)
    await story.gleb.sends_photo()
    await story.gleb.taps("Готово")
    await story.gleb.taps("Принять", message=story.gleb.screen)
    async with watched.db.read() as session:
        assert (await session.scalars(select(Participation.agreement_version))).one() == 2


async def test_a_new_version_asks_the_head_in_their_own_language(watched: House) -> None:
    story = await tell(watched, english=True)
    await opens_card(story.gleb)
    await story.gleb.taps("Organisations · 0")
    await story.gleb.taps("Bring my organisation in")
    assert story.gleb.toast == "The organisation takes part now"
    await publishes(story.olga)
    await watched.delivers()
    assert "has a new agreement, to be accepted on behalf of “Лицей № 1”" in story.gleb.sees
    await story.gleb.taps("Accept the agreement")
    await story.gleb.taps("Accept for the organisation")
    await story.gleb.sends_file("signed.pdf", b"signed")
    await story.gleb.taps("Done")
    await story.gleb.taps("Accept")
    assert "Agreement, version 1: accepted on" in story.gleb.sees


async def test_the_administrator_names_the_head_and_who_coordinates_for_the_organisation(watched: House) -> None:
    story = await tell(watched, head=False)
    await story.vera.says("/admin")
    await story.vera.taps("Реестр")
    await story.vera.taps("Предложили участники")
    await story.vera.taps("Лицей № 1")
    await story.vera.taps("В реестр")
    async with watched.db.read() as session:
        lyceum = (await session.scalars(select(Organisation))).one()
    await story.vera.says("/admin")
    await story.vera.taps("Реестр")
    await story.vera.taps("Организации")
    await story.vera.taps("Лицей № 1")
    await story.vera.taps("Назначить руководителя")
    await story.vera.says("Громов")
    await story.vera.taps("Громов Глеб")
    assert "Руководитель: Громов Глеб" in story.vera.sees
    await watched.delivers()
    assert "Вы руководитель организации «Лицей № 1»" in story.gleb.sees
    await opens_card(story.gleb)
    await story.gleb.taps("Организации")
    await story.gleb.taps("Включить мою организацию")
    await opens_card(story.vera)
    await story.vera.taps("Организации · 1")
    await story.vera.taps("Лицей № 1")
    await story.vera.taps("Сделать координатором")
    assert "Координируют от её имени: Ясенева Ольга" in story.vera.sees, "she works there too"
    await story.vera.taps("Назначить из её людей")
    await story.vera.says("Иванова")
    await story.vera.taps("Иванова Анна")
    assert "Координируют от её имени: Иванова Анна, Ясенева Ольга" in story.vera.sees
    await opens_card(story.gleb)
    assert "Координирует: Лицей № 1" in story.gleb.sees
    await story.anna.says("/manage")
    assert "Сеть лицея" in str(story.anna.buttons)
    await story.gleb.presses(story.gleb.screen, f"yh:{lyceum.id}")
    assert "администратор" in (story.gleb.alert or "").lower()
    watched.passes(timedelta(minutes=5))
    await story.vera.taps("Сделать партнёром")
    await story.anna.says("/manage")
    assert "Сеть лицея" not in str(story.anna.buttons)


async def test_the_card_of_an_organisation_is_kept_by_its_head(watched: House) -> None:
    story = await tell(watched)
    await story.gleb.says("/profile")
    await story.gleb.taps("Моя организация")
    assert "Контакты пока не указаны" in story.gleb.sees
    assert "Руководитель: Громов Глеб" in story.gleb.sees
    await story.gleb.taps("Контакты")
    await story.gleb.taps("Исправить")
    await story.gleb.taps("Телефон")
    await story.gleb.says("звоните")
    assert "Не вижу номера" in story.gleb.sees
    await story.gleb.says("8 (3537) 61-20-30")
    await story.gleb.taps("Исправить")
    await story.gleb.taps("Почта")
    await story.gleb.says("лицей")
    assert "Не похоже на адрес почты" in story.gleb.sees
    await story.gleb.says("lyceum1@example.org")
    await story.gleb.taps("Сохранить")
    assert "☎️ 8 (3537) 61-20-30\n✉️ lyceum1@example.org" in story.gleb.sees
    await story.anna.says("/profile")
    await story.anna.taps("Моя организация")
    assert "lyceum1@example.org" in story.anna.sees
    assert not any("✏️" in str(one) for one in story.anna.buttons)
    await story.anna.taps("Люди · 4")
    assert "1. Громов Глеб" in story.anna.sees
    await story.anna.taps("Назад")
    await story.anna.taps("Мероприятия · 0")
    assert "Здесь пока пусто" in story.anna.sees
