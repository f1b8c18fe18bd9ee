"""Applications: made, decided, withdrawn, waited for; members leave with a reason and are removed with one."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import Application, ApplicationState, JoinPolicy, Membership, MembershipState, Network, Visibility
from sandbox import Visitor
from screens.addresses import ApproveApplication
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import again, count, deeds, restarted


async def _open_card(visitor: Visitor, title: str) -> None:
    await visitor.says("/networks")
    await visitor.taps(title)


async def _city(house: House) -> tuple[Network, Visitor, Visitor, Visitor]:
    """A network by application with its coordinator Olga; Anna and Boris are in no network yet."""
    network = await put_network(house, "Опорная площадка", policy=JoinPolicy.APPLICATION, subjects=("Математика",))
    people = []
    for name, full_name in (("Ольга", "Ясенева Ольга Викторовна"), ("Анна", "Иванова Анна"), ("Борис", "Петров Борис")):
        visitor = house.visitor(name)
        await register(visitor, full_name)
        people.append(visitor)
    olga, anna, boris = people
    await appoint(house, olga, network)
    return network, olga, anna, boris


async def test_an_application_is_approved_in_the_message_that_told_of_it(watched: House) -> None:
    _, olga, anna, _ = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    assert "координатор: он увидит ваши ФИО и место работы" in anna.sees
    assert "✅ Вступить" not in anna.buttons
    await anna.taps("Подать заявку")
    assert anna.toast == "Заявка подана"
    assert "ждёт решения" in anna.sees
    assert "📝 Подать заявку" not in anna.buttons
    await again(watched)
    assert await count(watched, Application) == 1

    await watched.delivers()
    assert "Новая заявка в сеть «Опорная площадка»" in olga.sees
    assert "Иванова Анна" in olga.sees
    assert [str(one) for one in olga.buttons][:3] == ["✅ Одобрить", "✖️ Отклонить", "📝 Все заявки · 1"]
    await olga.taps("Одобрить")
    assert olga.toast == "✅ Принят(а) в сеть"
    assert "Заявка одобрена" in olga.sees
    await watched.delivers()
    assert "Вас приняли в сеть «Опорная площадка»" in anna.sees
    await anna.taps("Открыть сеть")
    assert "Вы участник этой сети" in anna.sees
    assert await count(watched, Membership, Membership.state == MembershipState.MEMBER) == 1

    watched.passes(timedelta(days=7))
    await watched.delivers()
    assert "ждёт уже" not in olga.sees, "what is decided is not reminded of"


async def test_two_coordinators_decide_and_the_quicker_one_counts(watched: House) -> None:
    network, olga, anna, boris = await _city(watched)
    await appoint(watched, boris, network)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    await watched.delivers()
    await olga.taps("Отклонить")
    await olga.says("Сначала пройдите стажировку")
    assert "Иванова Анна — Опорная площадка" in olga.sees
    await boris.taps("Одобрить")
    await olga.taps("✖️ Отклонить", message=olga.screen)
    assert olga.toast == "Эта заявка уже одобрена."
    assert await count(watched, Application, Application.state == ApplicationState.APPROVED) == 1
    await watched.delivers()
    assert "Вас приняли" in anna.sees


async def test_declined_with_a_reason_and_applied_again(watched: House) -> None:
    _, olga, anna, _ = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    await watched.delivers()
    await olga.taps("Отклонить")
    await olga.says("Нет стажировки & <допуска>")
    await olga.taps("✖️ Отклонить", message=olga.screen)
    assert olga.toast == "Отклонено. Я сообщу об этом"
    await watched.delivers()
    assert "Заявку в сеть «Опорная площадка» отклонили" in anna.sees
    assert "Нет стажировки & <допуска>" in anna.sees
    await anna.taps("Открыть сеть")
    assert "Прошлую заявку отклонили: «Нет стажировки & <допуска>»" in anna.sees
    await anna.taps("Подать заявку")
    await watched.delivers()
    assert "Новая заявка" in olga.sees
    assert await count(watched, Application) == 2


async def test_withdrawn_before_anybody_decided(watched: House) -> None:
    _, olga, anna, _ = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    await watched.delivers()
    told = olga.screen
    await anna.taps("Отозвать заявку")
    assert anna.toast == "Заявка отозвана"
    assert "📝 Подать заявку" in anna.buttons
    await olga.taps("Одобрить", message=told)
    assert olga.toast == "Эту заявку отозвали."
    assert "↩️ Заявку отозвали." in olga.sees
    assert await count(watched, Membership) == 0


async def test_reminded_once_after_three_working_days_and_over_after_a_month(watched: House) -> None:
    _, olga, anna, _ = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")  # on a Friday morning
    await watched.delivers()
    watched.passes(timedelta(days=4, hours=23))
    await watched.delivers()
    assert "ждёт уже три рабочих дня" not in olga.sees
    watched.passes(timedelta(hours=2))
    await watched.delivers()
    assert "ждёт уже три рабочих дня" in olga.sees
    reminded = olga.screen
    watched.passes(timedelta(days=26))
    house = restarted(watched)
    await house.delivers()
    assert "осталась без ответа" in anna.sees
    await olga.taps("Одобрить", message=reminded)
    assert olga.toast == "Срок этой заявки истёк."
    await anna.taps("Открыть сеть")
    assert "На прошлую заявку никто не ответил, её срок истёк. Можно подать новую." in anna.sees
    await anna.taps("Подать заявку")
    assert "срок истёк" not in anna.sees
    states = (ApplicationState.EXPIRED, ApplicationState.PENDING)
    assert [await count(house, Application, Application.state == state) for state in states] == [1, 1]


async def test_what_ran_out_is_not_withdrawn(watched: House) -> None:
    _, _, anna, _ = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    watched.passes(timedelta(days=31))
    await anna.taps("Отозвать заявку")
    assert anna.toast is None, "nothing was withdrawn"
    assert "никто не ответил, её срок истёк" in anna.sees
    assert await count(watched, Application, Application.state == ApplicationState.WITHDRAWN) == 0


async def test_all_at_once_are_those_that_were_seen(watched: House) -> None:
    _, olga, anna, boris = await _city(watched)
    late = watched.visitor("Глеб")
    await register(late, "Глебов Глеб")
    for applicant in (anna, boris):
        await _open_card(applicant, "Опорная площадка")
        await applicant.taps("Подать заявку")
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Вступление · 2")
    assert "Ждут решения 2 заявки" in olga.sees
    await olga.taps("Заявки · 2")
    assert "1. Иванова Анна — Лицей № 1\n2. Петров Борис — Лицей № 1" in olga.sees
    await olga.taps("Одобрить все · 2")
    assert "Одобрить 2 заявки в сеть" in olga.sees
    await _open_card(late, "Опорная площадка")
    await late.taps("Подать заявку")
    await olga.taps("Да, одобрить")
    assert olga.toast == "✅ Одобрены 2 заявки"
    assert "1. Глебов Глеб" in olga.sees, "whoever came after the question is not meant by its answer"
    assert await count(watched, Membership, Membership.state == MembershipState.MEMBER) == 2
    await watched.delivers()
    assert all("Вас приняли" in one.sees for one in (anna, boris))


async def test_rules_are_changed_and_hold(watched: House) -> None:
    _, olga, anna, _ = await _city(watched)
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Вступление")
    await olga.taps("Как вступают")
    assert "📝 По заявке ✓" in olga.buttons
    await olga.taps("По приглашению")
    assert "Вступление по приглашению" in olga.sees
    await olga.taps("Кто видит сеть")
    assert "🌳 Участники сети выше" not in olga.buttons
    await olga.taps("Никто, скрыта")
    assert "Скрыта: видят только участники" in olga.sees
    await anna.says("/networks")
    assert "Опорная площадка" not in anna.sees
    await olga.says("/networks")
    assert "Опорная площадка" in olga.sees, "whoever coordinates a network sees it"
    assert (await deeds(watched)).count("network.change") == 2


async def test_a_member_is_removed_with_a_reason_and_may_come_back(watched: House) -> None:
    _, olga, anna, _ = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    await watched.delivers()
    await olga.taps("Одобрить")
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Участники")
    await olga.taps("1. Иванова Анна")
    assert "В сети «Опорная площадка» с 20.11.2026" in olga.sees
    await olga.taps("Исключить")
    await olga.says("Перешла в другую сеть")
    await olga.taps("⛔ Исключить", message=olga.screen)
    assert "Участник исключён" in olga.sees
    await watched.delivers()
    assert "Вас исключили из сети «Опорная площадка»" in anna.sees
    assert "💬 Перешла в другую сеть" in anna.sees
    await anna.taps("Открыть сеть")
    await anna.taps("Подать заявку")
    assert "ждёт решения" in anna.sees


async def test_leaving_in_words_tells_the_coordinator(watched: House) -> None:
    network = await put_network(watched, "Учителя математики", subjects=("Математика",))
    olga, anna = watched.visitor("Ольга"), watched.visitor("Анна")
    await register(olga, "Ясенева Ольга")
    await register(anna, "Иванова Анна")
    await appoint(watched, olga, network)
    await _open_card(anna, "Учителя математики")
    await anna.taps("Вступить")
    await anna.taps("Выйти из сети")
    await anna.taps("Выйти и сказать почему")
    await anna.says("Переезжаю в другой город")
    await anna.taps("Выйти", message=anna.screen)
    assert anna.toast == "Вы вышли из сети"
    await watched.delivers()
    assert "Иванова Анна больше не участник сети «Учителя математики»" in olga.sees
    assert "💬 Переезжаю в другой город" in olga.sees


async def test_a_branch_seen_by_members_of_the_network_above(watched: House) -> None:
    top = await put_network(watched, "Методическая сеть города", subjects=("Математика",))
    await put_network(watched, "Группа внутри", parent=top, visibility=Visibility.PARENT, subjects=("Математика",))
    anna = watched.visitor("Анна")
    await register(anna, "Иванова Анна")
    await anna.says("/networks")
    assert "Группа внутри" not in anna.sees
    await anna.taps("Методическая сеть города")
    await anna.taps("Вступить")
    await anna.taps("Сети внутри · 1")
    assert "Группа внутри" in anna.sees


async def test_a_forged_decision_is_refused(watched: House) -> None:
    _, _, anna, boris = await _city(watched)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    async with watched.db.read() as session:
        application_id = (await session.scalars(select(Application.id))).one()
    await boris.says("/menu")
    for forger in (boris, anna):
        await forger.presses(forger.screen, ApproveApplication(application_id=application_id).pack())
        assert forger.alert == "У вас нет прав на это действие. Если они вам нужны, напишите администратору центра."
    assert await count(watched, Membership) == 0


async def test_an_application_in_english(watched: House) -> None:
    _, olga, anna, boris = await _city(watched)
    for one in (olga, anna, boris):
        await one.says("/settings")
        await one.taps("English")
    await _open_card(anna, "Опорная площадка")
    assert "The coordinator decides and will see your name and workplace." in anna.sees
    await anna.taps("Apply")
    assert anna.toast == "Application sent"
    await watched.delivers()
    assert olga.sees == "📥 New application to “Опорная площадка”\n\nИванова Анна\nЛицей № 1"
    await olga.taps("Decline")
    await olga.says("Please take the course first")
    await olga.taps("✖️ Decline", message=olga.screen)
    await watched.delivers()
    assert anna.sees.startswith("Your application to “Опорная площадка” was declined")
    await olga.says("/manage")
    await olga.taps("Опорная площадка")
    await olga.taps("Joining")
    assert "📝 No applications" in olga.sees
    assert "👁 Everybody sees it" in olga.sees
