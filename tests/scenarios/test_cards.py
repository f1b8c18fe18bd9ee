"""A network's card as its coordinator makes it and as others see it: words, classification, documents, news without joining."""

from __future__ import annotations

from datetime import date

import pytest
from aiogram.filters.callback_data import CallbackData
from sqlalchemy import select, update

from models import Appointment, Membership, Network, NetworkForm, Role, Visibility
from sandbox import Visitor
from screens import addresses
from tests.support.announcements import announce
from tests.support.composing import announcements_in, composes
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.products import files_in_chat
from tests.support.stories import again, deeds, first_line


async def _people(house: House, *, title: str = "Учителя математики") -> tuple[Network, Visitor, Visitor]:
    """A network, Olga who coordinates it, and Anna who is in no network."""
    network = await put_network(house, title, subjects=("Математика",))
    olga, anna = house.visitor("Ольга"), house.visitor("Анна")
    await register(olga, "Ясенева Ольга Викторовна")
    await register(anna, "Иванова Анна")
    await appoint(house, olga, network)
    return network, olga, anna


async def _card(visitor: Visitor, title: str) -> None:
    await visitor.says("/networks")
    await visitor.taps(title)


async def test_the_coordinator_writes_the_card_and_others_read_it(watched: House) -> None:
    _, olga, anna = await _people(watched)
    await _card(anna, "Учителя математики")
    assert "✏️ Изменить карточку" not in anna.buttons
    await _card(olga, "Учителя математики")
    await olga.taps("Изменить карточку")
    assert first_line(olga) == "Изменить карточку: Учителя математики"
    assert "Цель: не указано" in olga.sees

    await olga.taps("Название")
    assert "Учителя математики" in olga.sees, "what stands there is seen while it is changed"
    await olga.says("Я")
    assert "Слишком коротко" in olga.sees
    await olga.says("Математики <города> & области")
    assert "Сохранено" in olga.sees
    assert first_line(olga) == "Изменить карточку: Математики <города> & области"
    await olga.taps("Цель")
    await olga.says("Учить думать")
    await olga.taps("Описание")
    await olga.says("Встречаемся по вторникам.\nПриходите!")
    await olga.taps("Форма")
    await olga.taps("Творческая группа")
    await olga.taps("Предметы")
    await olga.says("физика")
    await olga.taps("Готово")
    await olga.taps("Чат")
    await olga.says("не ссылка")
    assert "не похоже на ссылку" in olga.sees
    await olga.says("@city_math")

    await olga.taps("Вид сети")
    assert "Статус: формальная" in olga.sees
    for button, choice in (
        ("Статус", "Неформальная"),
        ("Состав", "Линейная"),
        ("Подчинённость", "Муниципальная"),
        ("Задача", "Инновационная"),
        ("Сферы", "Полинаправленная"),
    ):
        await olga.taps(button)
        await olga.taps(choice)
        assert olga.toast == "Сохранено"
    await olga.taps("Подчинённость")
    await olga.taps("Не указывать")
    assert "Подчинённость: не указано" in olga.sees
    await olga.presses(olga.screen, "kk:1:colour")
    assert "Этого здесь больше нет" in (olga.alert or "")
    await olga.taps("‹ Назад")
    await olga.taps("‹ Назад")

    await _card(anna, "Математики")
    for line in (
        "Математики <города> & области",
        "Творческая группа",
        "Цель: Учить думать",
        "Встречаемся по вторникам.\nПриходите!",
        "📚 Математика, Физика",
        "🧩 Вид сети: неформальная, линейная, инновационная, полинаправленная",
    ):
        assert line in anna.sees
    assert "💬 Чат сети" not in anna.buttons
    await anna.taps("Вступить")
    assert [button.url for button in anna.buttons if button == "💬 Чат сети"] == ["https://t.me/city_math"]
    await olga.taps("Изменить карточку")
    await olga.taps("Цель")
    await olga.taps("Без цели")
    assert "Цель: не указано" in olga.sees
    assert (await deeds(watched)).count("network.change") == 13


async def test_the_card_is_edited_in_english(watched: House) -> None:
    network = await put_network(watched, "Учителя математики")
    olga = watched.visitor("Olga", language="en")
    await olga.says("/start")
    await olga.taps("I consent")
    await olga.says("Yaseneva Olga")
    await olga.taps("Mine is not in the list")
    await olga.says("Lyceum 1")
    await olga.taps("Учитель")
    await olga.taps("Математика")
    await olga.taps("Done")
    await olga.says("12")
    await olga.taps("All is right")
    await appoint(watched, olga, network)
    await _card(olga, "Учителя математики")
    assert "🧩 Kind: formal" in olga.sees
    await olga.taps("Edit the card")
    assert "Goal: not given" in olga.sees
    await olga.taps("Kind of network")
    await olga.taps("Task")
    assert "main task" in olga.sees
    await olga.taps("For innovation")
    assert "Task: for innovation" in olga.sees
    await olga.taps("‹ Back")
    await olga.taps("Documents")
    assert "There are no documents yet." in olga.sees
    await olga.taps("Add a document")
    await olga.sends_file("plan.txt", b"plan")
    await olga.taps("Done")
    assert olga.toast == "1 document is added"
    await olga.taps("Remove a document")
    await olga.taps("1. plan.txt")
    await olga.taps("No, keep")
    assert "1. plan.txt" in olga.buttons
    await olga.taps("‹ Back")
    await olga.taps("Follow the news")
    assert "You follow the news of this network." in olga.sees


async def test_documents_are_sent_for_and_taken_away(watched: House) -> None:
    _, olga, anna = await _people(watched)
    await _card(anna, "Учителя математики")
    assert not [label for label in anna.buttons if "Документы" in label]
    await _card(olga, "Учителя математики")
    await olga.taps("Изменить карточку")
    await olga.taps("Документы")
    await olga.taps("Добавить документ")
    await olga.says("сейчас пришлю")
    assert "Здесь нужны файлы" in olga.sees
    await olga.sends_file("скан1.pdf", b"%PDF 1", caption="Положение о сети")
    await olga.taps("Готово")
    assert olga.toast == "Добавлен 1 документ"
    await olga.taps("Добавить документ")
    await olga.sends_album([("document", f"план {number}.pdf", b"%d" % number) for number in range(6)])
    await olga.taps("Готово")
    assert olga.toast == "Добавлено 6 документов"
    assert "1–6 из 7" in olga.sees
    await again(watched)

    await _card(anna, "Учителя математики")
    await anna.taps("Документы · 7")
    assert "➕ Добавить документ" not in anna.buttons
    assert "🗑 Убрать документ" not in anna.buttons
    await anna.taps("Дальше")
    await anna.taps("7. Положение о сети")
    assert files_in_chat(anna) == ["скан1.pdf"]
    assert "Документы: Учителя математики" in anna.sees, "the list stands under the file"
    assert await watched.copies() == 7

    await _card(olga, "Учителя математики")
    await olga.taps("Документы · 7")
    await olga.taps("Убрать документ")
    await olga.taps("Дальше")
    await olga.taps("7. Положение о сети")
    ask = olga.screen
    await olga.taps("Да, убрать", message=ask)
    assert olga.toast == "Документ убран"
    assert "7" not in olga.sees
    await olga.presses(ask, "kx:1")
    assert "Этого здесь больше нет" in (olga.alert or "")
    await anna.presses(anna.screen, "ks:1")
    assert "Этого здесь больше нет" in (anna.alert or "")


async def test_news_reach_whoever_follows_until_they_do_not(watched: House) -> None:
    network, olga, anna = await _people(watched)
    boris = watched.visitor("Борис")
    await register(boris, "Петров Борис")
    await _card(boris, "Учителя математики")
    await boris.taps("Вступить")
    assert "🔔 Следить за новостями" not in boris.buttons
    await _card(anna, "Учителя математики")
    await anna.taps("Следить за новостями")
    assert anna.toast == "Объявления этой сети будут приходить и вам"
    assert "Вы следите за новостями этой сети" in anna.sees
    assert "✅ Вступить" in anna.buttons
    await anna.says("/networks")
    await anna.taps("Слежу за новостями · 1")
    assert "1. Учителя математики" in anna.buttons

    await composes(olga)
    assert "участники сети «Учителя математики»; подписчики сети «Учителя математики»" in olga.sees
    await olga.taps("Разослать")
    await watched.delivers()
    assert len(announcements_in(anna)) == len(announcements_in(boris)) == 1

    await composes(olga, "Только для своих")
    await olga.taps("Кому")
    await olga.taps("✖ 2")
    await olga.taps("‹ Назад")
    await olga.taps("Разослать")
    await watched.delivers()
    assert (len(announcements_in(anna)), len(announcements_in(boris))) == (1, 2)

    await _card(anna, "Учителя математики")
    await anna.taps("Не следить")
    assert anna.toast == "Объявления этой сети больше не придут"
    await composes(olga, "И ещё")
    assert "подписчики" not in olga.sees
    async with watched.db.write() as session:
        await session.execute(update(Network).where(Network.id == network.id).values(visibility=Visibility.MEMBERS))
    await anna.presses(anna.screen, addresses.FollowNetwork(network_id=network.id).pack())
    assert "Этого здесь больше нет" in (anna.alert or "")
    await announce(watched, olga, network.id, "Последнее")
    await watched.delivers()
    assert len(announcements_in(anna)) == 1


async def test_the_administrator_names_the_order_and_the_forms(watched: House) -> None:
    network, _, anna = await _people(watched)
    vera = await watched.administrator()
    await vera.says("/admin")
    await vera.taps("Люди и роли")
    await vera.taps("Координаторы")
    await vera.taps("Назначить координатора")
    await vera.says("Иванова")
    await vera.taps("Иванова Анна")
    await vera.taps("Учителя математики")
    await vera.says("приказ двенадцать")
    assert "Не вижу номера и даты" in vera.sees
    await vera.says("№ 12 от 01.09.2036")
    await vera.taps("Назначить")
    assert "дата в будущем" in vera.sees
    await vera.taps("Исправить")
    await vera.taps("Приказ")
    await vera.says("№ 12-о от 1 сентября 2026")
    await vera.taps("Назначить")
    async with watched.db.read() as session:
        rows = select(Appointment.order_number, Appointment.order_on).where(Appointment.role == Role.COORDINATOR)
        orders = {(row.order_number, row.order_on) for row in await session.execute(rows)}
    assert orders == {(None, None), ("12-о", date(2026, 9, 1))}
    await _card(anna, "Учителя математики")
    assert "Иванова Анна (приказ № 12-о от 01.09.2026), Ясенева Ольга Викторовна" in anna.sees

    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Формы сетей")
    assert "Городское предметное объединение — 1 сеть" in vera.sees
    await vera.taps("Новая форма")
    await vera.says("городское  предметное объединение")
    assert "уже есть" in vera.sees
    await vera.says("Клуб <учителей>")
    assert "Форма добавлена" in vera.sees
    assert first_line(vera) == "Клуб <учителей>"
    await vera.taps("Переименовать")
    await vera.says("Клуб педагогов")
    assert first_line(vera) == "Клуб педагогов"
    mine = vera.screen
    async with watched.db.write() as session:
        form_id = await session.scalar(select(NetworkForm.id).where(NetworkForm.title == "Клуб педагогов"))
        await session.execute(update(Network).where(Network.id == network.id).values(form_id=form_id))
    await vera.taps("Убрать из списка", message=mine)
    assert "есть сети с этой формой" in (vera.alert or "")
    await anna.says("/menu")
    await anna.presses(anna.screen, addresses.RemoveForm(form_id=form_id or 0).pack())
    assert "нет прав" in (anna.alert or "")
    async with watched.db.write() as session:
        await session.execute(update(Network).where(Network.id == network.id).values(form_id=1))
    await vera.taps("Убрать из списка", message=mine)
    assert vera.toast == "Формы больше нет в списке"
    assert first_line(vera) == "Формы сетей"


EDITS = ("net-title", "net-goal", "net-form", "net-files")


def _button(name: str, network_id: int) -> CallbackData:
    match name:
        case "edit":
            return addresses.EditNetwork(network_id=network_id)
        case "classify":
            return addresses.ClassifyNetwork(network_id=network_id)
        case "choose":
            return addresses.ChooseTrait(network_id=network_id, trait="level")
        case "set":
            return addresses.SetTrait(network_id=network_id, trait="level", word="federal")
        case "remove documents":
            return addresses.ListDocuments(network_id=network_id, removes=True)
    return addresses.BeginDialog(dialog=name, arg=network_id)


@pytest.mark.parametrize("name", ["edit", "classify", "choose", "set", "remove documents", *EDITS])
async def test_nobody_else_edits_by_a_forged_button(watched: House, name: str) -> None:
    network, olga, anna = await _people(watched)
    other = await put_network(watched, "Соседи")
    await appoint(watched, anna, other)
    boris = watched.visitor("Борис")
    await register(boris, "Петров Борис")
    await _card(boris, "Учителя математики")
    await boris.taps("Вступить")
    for person in (anna, boris):  # the coordinator of a neighbour, a member
        await person.says("/menu")
        await person.presses(person.screen, _button(name, network.id).pack())
        assert "нет прав" in (person.alert or ""), name
    await olga.says("/menu")
    await olga.presses(olga.screen, _button(name, network.id).pack())
    assert olga.alert is None
    async with watched.db.read() as session:
        assert len(list(await session.scalars(select(Membership.id)))) == 1
