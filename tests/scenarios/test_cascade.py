"""The life of a network in the tree, as its coordinators and members see it."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from models import JoinPolicy, Membership, MembershipState, Network
from sandbox import Visitor
from screens.addresses import BeginDialog, JoinNetwork
from tests.support.house import House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import count, deeds, restarted


async def _person(house: House, name: str, full_name: str) -> Visitor:
    visitor = house.visitor(name)
    await register(visitor, full_name)
    return visitor


async def _city(house: House) -> tuple[Network, Network, Visitor, Visitor]:
    """«Город» → «Учителя математики», whose coordinator Olga is; Anna is a member of it."""
    top = await put_network(house, "Город")
    network = await put_network(house, "Учителя математики", parent=top, subjects=("Математика",))
    olga, anna = await _person(house, "Ольга", "Ясенева Ольга"), await _person(house, "Анна", "Иванова Анна")
    await appoint(house, olga, network)
    await _join(anna, "Учителя математики")
    return top, network, olga, anna


async def _open_card(visitor: Visitor, title: str) -> None:
    await visitor.says(title)
    await visitor.taps("Показать сети")
    await visitor.taps(title)


async def _join(visitor: Visitor, title: str) -> None:
    await _open_card(visitor, title)
    await visitor.taps("Вступить")


async def _open_place(visitor: Visitor, title: str) -> None:
    await visitor.says("/manage")
    await visitor.taps(title)
    await visitor.taps("Место сети")


async def test_a_coordinator_creates_a_network_inside(watched: House) -> None:
    _, _, olga, anna = await _city(watched)
    await _open_place(olga, "Учителя математики")
    assert olga.sees == "Место сети: Учителя математики\n\n⬆️ Стоит в: Город\n🌿 Сетей внутри нет"
    assert "🔀 Переместить" not in olga.buttons, "it stands in a network that is not hers"
    await olga.taps("Сеть внутри этой")
    assert "Внутри сети «Учителя математики»." in olga.sees
    await olga.says("Геометрия и черчение")
    await olga.taps("Творческая группа")
    await olga.taps("Математика")
    await olga.taps("Готово")
    await olga.taps("Пропустить")
    await olga.taps("Создать")
    assert "Сеть «Геометрия и черчение» создана" in olga.sees
    await olga.taps("Управлять новой сетью")
    await olga.taps("Место сети")
    assert "⬆️ Стоит в: Город › Учителя математики" in olga.sees
    await _join(anna, "Геометрия и черчение")
    assert "⬆️ Входит в: Учителя математики" in anna.sees


async def test_a_temporary_group_reminds_ends_and_is_only_read(watched: House) -> None:
    _, _, olga, anna = await _city(watched)
    await _open_place(olga, "Учителя математики")
    await olga.taps("Временная группа")
    await olga.says("Готовим неделю математики")
    await olga.taps("Творческая группа")
    assert [str(one) for one in olga.buttons][:4] == [
        "20 декабря, вс",
        "20 февраля 2027, сб",
        "20 мая 2027, чт",
        "31 мая 2027, пн",
    ]
    await olga.says("вчера")
    assert "уже прошло" in olga.sees
    await olga.says("когда-нибудь")
    assert "Не понял день" in olga.sees
    await olga.taps("20 декабря")
    await olga.taps("Пропустить")
    assert "Последний день: 20 декабря, вс" in olga.sees
    await olga.taps("Создать")
    assert "Последний день: 20.12.2026. После него группа закроется сама" in olga.sees
    await _join(anna, "Готовим неделю математики")
    assert "⏳ Временная группа, последний день: 20.12.2026" in anna.sees

    watched.passes(timedelta(days=23))  # the 13th of December
    await watched.delivers()
    for one in (anna, olga):
        assert "«Готовим неделю математики» скоро завершит работу\n\nПоследний день: 20 декабря, вс." in one.sees
    assert "📅 Изменить последний день" not in anna.buttons
    reminded = anna.screen
    await olga.taps("Изменить последний день")
    await olga.says("27 декабря")
    assert "Последний день группы «Готовим неделю математики»: 27.12.2026" in olga.sees

    watched.passes(timedelta(days=7))
    await watched.delivers()
    assert "Последний день: 27 декабря, вс." in anna.sees, "of the new end they are reminded too"
    watched.passes(timedelta(days=7, hours=13))  # 23:00 of the last day
    await watched.delivers()
    assert await count(watched, Network, Network.archived_at.is_not(None)) == 0
    house = restarted(watched)
    house.passes(timedelta(hours=11))  # the next morning: at night nobody is disturbed
    await house.delivers()
    assert "«Готовим неделю математики» завершила работу" in anna.sees
    assert "Вступать, записываться и публиковать там больше нельзя." in anna.sees
    assert "⬆️ Учителя математики" in anna.buttons
    await anna.taps("Закрытая сеть")
    assert "🗄 Сеть закрыта, её можно только читать." in anna.sees
    await anna.taps("Открыть сеть", message=reminded)
    assert "🗄 Сеть закрыта" in anna.sees
    await anna.says("/networks")
    await anna.taps("Мои сети")
    assert "Готовим неделю" not in anna.sees
    await anna.taps("Закрытые сети · 1")
    assert "1. Готовим неделю математики — 1 участник" in anna.sees
    assert "network.expire" in await deeds(house)


async def test_a_network_is_closed_and_its_members_go_up(watched: House) -> None:
    top, network, olga, anna = await _city(watched)
    vera = await watched.administrator()
    await put_network(watched, "Геометрия", parent=network)
    await _open_place(vera, "Учителя математики")
    await vera.taps("Закрыть сеть")
    assert "Что будет с сетями внутри?" in vera.sees
    await vera.taps("Перевести уровнем выше")
    await vera.taps("Принять в сеть выше")
    await vera.says("Объединяемся с физиками & химиками")
    assert vera.sees == (
        "Закрыть сеть «Учителя математики»?\n\n"
        "🌿 1 сеть внутри перейдёт уровнем выше.\n"
        "👥 1 участник станет участником сети «Город».\n\n"
        "Открыть закрытую сеть снова нельзя: её карточку, участников и материалы можно будет только читать.\n\n"
        "💬 Объединяемся с физиками & химиками"
    )
    await vera.taps("Закрыть сеть")
    assert "Сеть «Учителя математики» закрыта" in vera.sees
    await watched.delivers()
    assert "🗄 Сеть «Учителя математики» закрыта" in anna.sees
    assert "💬 Объединяемся с физиками & химиками" in anna.sees
    assert "✅ Вы участник сети «Город». Выйти из неё можно в любой день." in anna.sees
    assert "🗄 Сеть «Учителя математики» закрыта" in olga.sees
    assert "Вы участник сети" not in olga.sees
    await anna.taps("⬆️ Город")
    assert "✅ Вы участник этой сети." in anna.sees
    async with watched.db.read() as session:
        child = (await session.scalars(select(Network).where(Network.title == "Геометрия"))).one()
    assert (child.parent_id, child.archived_at) == (top.id, None)
    await anna.presses(anna.screen, JoinNetwork(network_id=network.id).pack())
    standing = (Membership.network_id == network.id, Membership.state == MembershipState.MEMBER)
    assert await count(watched, Membership, *standing) == 1, "whoever was in stays in what is read"


async def test_a_branch_closes_whole(watched: House) -> None:
    _, network, olga, anna = await _city(watched)
    below = await put_network(watched, "Геометрия", parent=network)
    await put_network(watched, "Стереометрия", parent=below)
    await _join(anna, "Геометрия")
    await _open_place(olga, "Учителя математики")
    await olga.taps("Закрыть сеть")
    await olga.taps("Закрыть вместе с ней")
    assert "Почему сеть закрывается?" in olga.sees, (
        "what becomes of the members is not hers to choose: the place above is not hers"
    )
    await olga.taps("Пропустить")
    assert "🌿 Внутри 1 сеть: она закроется со всем, что в ней." in olga.sees
    assert "👥 1 участнику я сообщу, что сеть закрыта." in olga.sees
    await olga.taps("Закрыть сеть")
    await watched.delivers()
    assert "🗄 Закрыты 2 сети:\n• Геометрия\n• Учителя математики" in anna.sees
    assert await count(watched, Network, Network.archived_at.is_not(None)) == 3
    await olga.says("/networks")
    await olga.taps("Закрытые сети · 3")
    await olga.taps("3. Учителя математики")
    assert "🗄 Сеть закрыта" in olga.sees
    await anna.presses(anna.screen, BeginDialog(dialog="close", arg=network.id).pack())
    assert "нет прав" in (anna.alert or "")


async def test_the_administrator_moves_a_branch_and_both_coordinators_hear(watched: House) -> None:
    top, network, olga, anna = await _city(watched)
    await appoint(watched, anna, await put_network(watched, "Естественные науки", parent=top))
    vera = await watched.administrator()
    await _open_place(vera, "Учителя математики")
    await vera.taps("Переместить")
    await vera.says("Учителя математики")
    await vera.taps("Переместить")
    assert "Сеть нельзя поставить внутрь неё самой" in vera.sees
    await vera.taps("Исправить")
    await vera.taps("Новое место")
    await vera.says("Естественные науки")
    await vera.taps("Переместить")
    assert "Сеть «Учителя математики» перемещена" in vera.sees
    await watched.delivers()
    for one in (olga, anna):
        assert one.sees == "🔀 Сеть «Учителя математики» теперь входит в сеть «Естественные науки»."
    await anna.taps("Место сети")
    assert "⬆️ Стоит в: Город › Естественные науки" in anna.sees
    assert "🔀 Переместить" in anna.buttons, "she coordinates the place now"
    await _open_place(vera, "Учителя математики")
    await vera.taps("Переместить")
    await vera.taps("Наверх")
    assert "Новое место: верхний уровень" in vera.sees
    await vera.taps("Переместить")
    await watched.delivers()
    assert anna.sees == (
        "🔀 Сеть «Учителя математики» теперь стоит на верхнем уровне.\n\nВы её больше не координируете."
    )
    assert (await deeds(watched)).count("network.move") == 2
    await olga.presses(olga.screen, BeginDialog(dialog="move", arg=network.id).pack())
    assert "администратор" in (olga.alert or "")


async def test_what_was_going_on_in_a_closed_network(watched: House) -> None:
    network = await put_network(watched, "Опорная площадка", policy=JoinPolicy.APPLICATION)
    olga, anna = await _person(watched, "Ольга", "Ясенева Ольга"), await _person(watched, "Анна", "Иванова Анна")
    await appoint(watched, olga, network)
    await _open_card(anna, "Опорная площадка")
    await anna.taps("Подать заявку")
    await _open_place(olga, "Опорная площадка")
    await olga.taps("Закрыть сеть")
    await olga.taps("Пропустить")
    assert "📝 1 заявка на вступление будет снята." in olga.sees
    await olga.taps("Закрыть сеть")
    await watched.delivers()
    assert "🗄 Сеть «Опорная площадка» закрыта" in anna.sees
    await anna.taps("Закрытая сеть")
    assert "ждёт решения" not in anna.sees
    assert "📝 Подать заявку" not in anna.buttons
    await olga.says("/manage")
    assert "Опорная площадка" not in olga.sees


async def test_the_tree_in_english(watched: House) -> None:
    _, _, olga, anna = await _city(watched)
    for one in (olga, anna):
        await one.says("/settings")
        await one.taps("English")
    await olga.says("/manage")
    await olga.taps("Учителя математики")
    await olga.taps("Its place")
    assert olga.sees == "The place of: Учителя математики\n\n⬆️ Stands in: Город\n🌿 No networks inside"
    await olga.taps("A temporary group")
    await olga.says("Maths week")
    await olga.taps("Творческая группа")
    await olga.says("in 2 weeks")
    await olga.taps("Skip")
    assert "Last day: Fri, December 4" in olga.sees
    await olga.taps("Create")
    assert "The temporary group “Maths week” is there" in olga.sees
    await olga.says("/manage")
    await olga.taps("Учителя математики")
    await olga.taps("Its place")
    await olga.taps("Close the network")
    await olga.taps("Take them one level up")
    await olga.taps("Skip")
    assert "🌿 1 network inside goes one level up." in olga.sees
    await olga.taps("Close the network")
    await watched.delivers()
    assert "🗄 The network “Учителя математики” is closed" in anna.sees
    assert "Its card, members and materials can still be read." in anna.sees
    await olga.says("/manage")
    assert "You coordinate no network" in olga.sees, "the group went up with its coordinator's right"
