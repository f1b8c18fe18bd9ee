"""A coordinator composes an announcement: to whom, with which buttons, how important; drafts and templates."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from sqlalchemy import select

from models import (
    Announcement,
    DialogState,
    Network,
    Organisation,
)
from sandbox import Visitor
from tests.support.composing import TEXT, announcements_in, composes, mathematicians, without_faults
from tests.support.events import person_of, plan_event
from tests.support.house import House


@pytest.fixture
async def people(house: House) -> AsyncIterator[list[Visitor]]:
    """Anna and Vera lead the mathematicians, Boris and Clara are among them, Dina is an expert of theirs and no member."""
    yield await mathematicians(house)
    without_faults(house)


async def test_the_summary_says_everything_and_has_few_buttons(people: list[Visitor]) -> None:
    anna, *_ = people
    await composes(anna)
    assert anna.sees == (
        "Разослать? Так объявление увидят участники ⬆️\n\nКому: участники сети «Учителя математики»\nПолучат: 2 человека"
    )
    assert anna.buttons == [
        "📣 Разослать",
        "👥 Кому",
        "🕒 Когда",
        "✏️ Текст",
        "🔘 Кнопки",
        "⚙️ Важность и другое",
        "💾 Сохранить черновик",
        "☰ Меню",
    ]


async def test_everybody_reads_their_own_name_and_school(house: House, people: list[Visitor]) -> None:
    anna, boris, clara, *_ = people
    await anna.says("/announce")
    await anna.says("Уважаемая {фамилия}!")
    await anna.taps("Готово")
    assert "Непонятно, что подставить вместо «{фамилия}». Бот знает «{имя}» и «{организация}»." in anna.sees
    await anna.taps("Начать это заново")
    await anna.says("<b>{имя}</b>, ждём: {организация}", formatted=True)
    await anna.taps("Готово")
    assert anna.messages[-2].text.endswith("Анна Петровна, ждём: ваша организация"), "as she would get it herself"
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees.endswith("Борис Петровна, ждём: ваша организация")
    assert "<b>Борис Петровна</b>" in boris.screen.html
    assert clara.sees.endswith("Клара Петровна, ждём: Лицей № 1")


async def test_the_audience_is_put_together_and_counted(house: House, people: list[Visitor]) -> None:
    anna, boris, clara, dina, _ = people
    await composes(anna)
    await anna.taps("👥 Кому")
    assert anna.sees == (
        "Кому объявить?\n\n1. участники сети «Учителя математики»\n\nПолучат: 2 человека\n\nЧтобы убрать строку, нажмите ✖ с её номером."
    )
    await anna.taps("➕ Добавить людей")
    await anna.taps("Эксперты")
    assert "2. эксперты сети «Учителя математики» и сетей ниже" in anna.sees
    assert "Получат: 3 человека" in anna.sees
    await anna.taps("➖ Кого не надо")
    await anna.taps("Организация")
    await anna.says("лицей")
    await anna.taps("Лицей № 1")
    assert "3. кроме: все из организации «Лицей № 1»" in anna.sees
    assert "Получат: 2 человека" in anna.sees
    await anna.taps("✖ 1")
    assert "1. эксперты сети" in anna.sees
    assert "Получат: 1 человек" in anna.sees
    await anna.taps("Назад")
    assert "Кому: эксперты сети «Учителя математики» и сетей ниже\nКроме: все из организации «Лицей № 1»" in anna.sees
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert len(announcements_in(dina)) == 1
    assert announcements_in(boris) == announcements_in(clara) == []


async def test_a_school_is_added_within_the_network_only(house: House, people: list[Visitor]) -> None:
    anna, _, _, dina, _ = people
    async with house.db.write() as session:
        lyceum = (await session.scalars(select(Organisation))).one()
        (await person_of(session, dina)).organisation_id = lyceum.id
    await composes(anna)
    await anna.taps("👥 Кому")
    await anna.taps("✖ 1")
    assert "Кому: пока никому" in anna.sees
    await anna.taps("➕ Добавить людей")
    await anna.taps("Организация")
    await anna.says("лицей")
    await anna.taps("Лицей № 1")
    assert "1. все из организации «Лицей № 1» в сети «Учителя математики» и ниже" in anna.sees
    assert "Получат: 1 человек" in anna.sees, "Dina works there too, and is in none of Anna's networks"


async def test_buttons_lead_on_and_leave_the_announcement_there(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    now = house.clock.now()
    async with house.db.write() as session:
        network = (await session.scalars(select(Network))).one()
        await plan_event(
            session, await person_of(session, anna), network.id, starts_at=now + timedelta(days=3), now=now
        )
    await composes(anna)
    await anna.taps("🔘 Кнопки")
    await anna.taps("🔗 Ссылка")
    await anna.says("http://example.org")
    assert "Это не похоже на ссылку. Пришлите адрес целиком" in anna.sees
    await anna.says("example.org/plan")
    await anna.says("План встречи")
    assert anna.sees.endswith("Кнопки: 🔗 План встречи")
    assert anna.messages[-2].buttons[0] == "🔗 План встречи", "the preview shows what people get"
    await anna.taps("🔘 Кнопки")
    await anna.taps("📅 Событие")
    await anna.taps("Дроби без слёз")
    await anna.taps("🔘 Кнопки")
    assert "Добавлено 2 кнопки из трёх" in anna.sees
    await anna.taps("👥 Сеть")
    await anna.taps("Учителя математики")
    await anna.taps("🔘 Кнопки")
    await anna.taps("✖ 👥 Учителя математики")
    await anna.taps("Назад")
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.screen.buttons == ["🔗 План встречи", "📅 Дроби без слёз", "👥 О сети", "☰ Меню"]
    text = boris.sees
    await boris.taps("🔗 План встречи")
    assert boris.opened == "https://example.org/plan"
    await boris.taps("📅 Дроби без слёз")
    assert "Дроби без слёз" in boris.sees
    assert "Записаться" in " ".join(boris.buttons)
    assert announcements_in(boris) == [text]


async def test_an_urgent_one_comes_at_night(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    house.passes(timedelta(hours=12))  # 22:00 in the centre
    await composes(anna, "Завтра школа закрыта!")
    assert "🌙 Это тихие часы." in anna.sees
    await anna.taps("⚙️ Важность и другое")
    await anna.taps("Срочное")
    assert "✅ Срочное" in anna.buttons
    await anna.taps("Просить ознакомиться")
    await anna.taps("📅 Назначить срок")
    await anna.says("завтра 18:00")
    assert "срок: завтра, 18:00" in anna.sees
    await anna.taps("👁 Показать, как увидят")
    assert anna.messages[-2].buttons[0] == "✍️ Ознакомлен(а)"
    await anna.taps("✍️ Ознакомлен(а)", message=anna.messages[-2])
    assert anna.alert == "Эту кнопку увидит каждый получатель. Пока объявление не отправлено, отмечать нечего."
    assert "🚨 Срочное: придёт сразу, даже ночью" in anna.sees
    assert "🌙" not in anna.sees
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert len(announcements_in(boris)) == 1
    async with house.db.read() as session:
        announcement = (await session.scalars(select(Announcement))).one()
    assert announcement.wants_acknowledgement
    assert announcement.acknowledge_by is not None


async def test_a_draft_is_shared_and_sent_by_one_of_two(house: House, people: list[Visitor]) -> None:
    anna, boris, _, _, vera = people
    await composes(anna)
    await anna.taps("💾 Сохранить черновик")
    assert anna.toast == "Черновик сохранён. Он виден всем координаторам сети."
    await vera.says("/manage")
    await vera.taps("Отправленные")
    await vera.taps("📝 Черновики и план · 1")
    await vera.taps("1. 📝")
    assert vera.messages[-2].text.startswith("📣 Объявление: Учителя математики\nДлова Вера"), (
        "in whose name she would send it"
    )
    await anna.taps("1. 📝")
    await anna.taps("📣 Разослать")
    await vera.taps("📣 Разослать")
    assert vera.sees.startswith("📊 Отчёт об объявлении")
    await house.delivers()
    assert len(announcements_in(boris)) == 1
    assert announcements_in(boris)[0].startswith("📣 Объявление: Учителя математики\nАлова Анна Петровна")


async def test_what_the_other_one_changed_is_seen_before_it_goes(house: House, people: list[Visitor]) -> None:
    anna, boris, _, _, vera = people
    await composes(anna)
    await vera.says("/manage")
    await vera.taps("Отправленные")
    await vera.taps("📝 Черновики и план")
    await vera.taps("1. 📝")
    await vera.taps("✏️ Текст")
    await vera.taps("Начать это заново")
    await vera.says("Встреча переносится")
    await vera.taps("Готово")
    await anna.taps("📣 Разослать")
    assert anna.toast == "Объявление изменили. Посмотрите, каким оно стало."
    assert anna.messages[-2].text.endswith("Встреча переносится")
    await house.delivers()
    assert announcements_in(boris) == []
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees.endswith("Встреча переносится")


async def test_a_template_is_written_by(house: House, people: list[Visitor]) -> None:
    anna, boris, _, _, vera = people
    await composes(anna, "{имя}, сдайте отчёт!")
    await anna.taps("⚙️ Важность и другое")
    await anna.taps("📋 Сохранить как шаблон")
    assert anna.toast == "Шаблон сохранён. Он лежит рядом с черновиками."
    await anna.taps("🗑 Удалить")
    await anna.taps("Да, удалить")
    assert "1. 📋 Шаблон: {имя}, сдайте отчёт!" in anna.sees
    await vera.says("/manage")
    await vera.taps("Отправленные")
    await vera.taps("📝 Черновики и план")
    await vera.taps("1. 📋")
    assert vera.sees.startswith("📋 Шаблон объявления")
    await vera.taps("✍️ Написать по шаблону")
    await vera.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees.endswith("Борис Петровна, сдайте отчёт!")
    await vera.says("/manage")
    await vera.taps("Отправленные")
    await vera.taps("📝 Черновики и план")
    assert "1. 📋 Шаблон, Учителя математики: {имя}, сдайте отчёт!" in vera.sees, "it stays"


async def test_a_forwarded_post_names_its_channel(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await anna.says("/announce")
    await anna.forwards_post("Новости центра", "Открыта <b>запись</b> на курсы")
    await anna.says("Обратите внимание!")
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.sees == (
        "📣 Объявление: Учителя математики\nАлова Анна Петровна\n↪️ из канала «Новости центра»\n\n"
        "Открыта запись на курсы\n\nОбратите внимание!"
    )
    assert "<b>запись</b>" in boris.screen.html
    await anna.says("/announce")
    await anna.forwards_post("Учителя вместе", "Встреча в субботу", group=True)
    await anna.taps("Готово")
    assert "↪️ из группы «Учителя вместе»" in anna.messages[-2].text


async def test_in_english_too(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    for visitor in (anna, boris):
        await visitor.says("/settings")
        await visitor.taps("English")
    await anna.says("/announce")
    await anna.says("{name} of {organisation}, see you!")
    await anna.taps("Done")
    assert "To: members of “Учителя математики”\n2 people will get it" in anna.sees
    await anna.taps("Importance and more")
    await anna.taps("Mandatory")
    await anna.taps("Ask people to confirm")
    await anna.taps("Back")
    assert "❗ Mandatory" in anna.sees
    await anna.taps("📣 Send")
    await house.delivers()
    assert boris.sees.endswith("Борис Петровна of your organisation, see you!")


async def test_a_change_that_is_dropped_leads_back_to_the_announcement(people: list[Visitor]) -> None:
    anna, *_ = people
    await composes(anna)
    await anna.taps("🔘 Кнопки")
    await anna.taps("🔗 Ссылка")
    await anna.taps("Отмена")
    assert anna.sees.startswith("Разослать?"), "nobody shall think that the announcement itself is gone"


@pytest.mark.parametrize("button", ["df:announcement", "da:announcement:whom:branch"])
async def test_a_summary_of_a_former_version_becomes_a_draft(house: House, people: list[Visitor], button: str) -> None:
    anna, *_ = people
    await anna.says("/announce")
    await anna.says(TEXT)
    async with house.db.write() as session:  # «Готово» led to a summary then, with these buttons
        row = (await session.scalars(select(DialogState))).one()
        row.state = "announcement:summary"
    await anna.presses(anna.screen, button)
    assert anna.sees.startswith("Разослать?")
    assert anna.messages[-2].text.endswith(TEXT)


async def test_what_is_sent_late_belongs_to_the_announcement_still(house: House, people: list[Visitor]) -> None:
    anna, boris, *_ = people
    await composes(anna)
    await anna.sends_photo(caption="И снимок")
    await anna.taps("Дописать в объявление")
    assert "📎 1 файл" in anna.sees
    await anna.taps("Готово")
    await anna.taps("📣 Разослать")
    await house.delivers()
    assert boris.screen.media == "photo"
    assert boris.sees.endswith(f"{TEXT}\n\nИ снимок")
    await boris.says("Спасибо")
    assert "Дописать в объявление" not in " ".join(boris.buttons)
