"""Roles as people live them: moderators help, coordinators choose them and their experts, administrators choose each other."""

from __future__ import annotations

from models import JoinPolicy, Membership, MembershipState, Network, Person, Topic
from sandbox import Visitor
from tests.support.events import crew
from tests.support.house import ADMINISTRATOR_ID, House, make_house
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import count, deeds, first_line, person_of, redrawn

TITLE = "Учителя математики"


async def _put_in(house: House, network: Network, *visitors: Visitor) -> None:
    """Members, silently."""
    people = [await person_of(house, visitor) for visitor in visitors]
    async with house.db.write() as session:
        for person in people:
            member = {"network_id": network.id, "person_id": person.id, "state": MembershipState.MEMBER}
            session.add(Membership(**member, state_at=house.clock.now()))


async def _put_topics(house: House, network: Network, number: int) -> None:
    async with house.db.write() as session:
        for one in range(1, number + 1):
            session.add(Topic(title=f"Тема {one:02}", network_id=network.id, created_at=house.clock.now()))


async def _apply(visitor: Visitor) -> None:
    await visitor.says("/networks")
    await visitor.taps(f"1. {TITLE}")
    await visitor.taps("Подать заявку")
    assert visitor.toast == "Заявка подана"


async def test_a_moderator_helps_with_members_and_with_nothing_else(watched: House) -> None:
    olga, anna, boris, clara = await crew(watched, "Ольга", "Анна", "Борис", "Клара")
    network = await put_network(watched, TITLE, policy=JoinPolicy.APPLICATION)
    await appoint(watched, olga, network)
    await _put_in(watched, network, anna)
    await _apply(boris)
    await watched.delivers()

    await olga.says("/manage")
    assert "Ждут решения заявки: 1" in olga.sees
    assert f"1. {TITLE}, заявок: 1" in olga.sees
    await olga.taps(f"1. {TITLE} · 1")
    await olga.taps("Участники · 1")
    await olga.taps("1. Блова Анна")
    card = olga.screen
    await olga.taps("Назначить модератором")
    assert olga.toast == "Назначено. Мы об этом сообщим"
    assert "Модератор этой сети" in olga.sees
    await olga.presses(card, f"rla:{network.id}:{(await person_of(watched, anna)).id}")  # twice is once
    await watched.delivers()
    assert sum("Вы — модератор сети" in message.text for message in anna.messages) == 1
    assert "Ждёт решения 1 заявка" in anna.sees

    await anna.taps("Управление сетями")
    assert "📣 Объявление" not in anna.buttons
    await anna.taps(f"1. {TITLE} · 1")
    assert first_line(anna) == f"Вы модератор: {TITLE}"
    assert anna.buttons == ["📝 Заявки · 1", "👥 Участники · 1", "🔎 Карточка сети", "‹ Назад", "☰ Меню"]
    await anna.taps("Заявки · 1")
    await anna.taps("1. Влова Борис")
    await anna.taps("Одобрить")
    await anna.taps("‹ Назад")
    assert "Заявок сейчас нет" in anna.sees
    await anna.taps("‹ Назад")
    await anna.taps("Участники · 2")
    assert "⬇️ Скачать в XLSX" not in anna.buttons
    await anna.taps("2. Влова Борис")
    assert anna.buttons == ["‹ Назад", "☰ Меню"], "to remove somebody is the coordinator's"
    await anna.says("/help")
    assert "Модератору: /manage" in anna.sees

    await _apply(clara)
    await watched.delivers()
    assert "Новая заявка" in anna.sees, "moderators hear of what they may decide"
    notice = anna.screen
    await olga.says("/manage")
    await olga.taps(f"1. {TITLE}")
    await olga.taps("Роли в сети")
    assert "1. Блова Анна Петровна" in olga.sees
    await olga.taps("1. Блова Анна")
    await olga.taps("Да, снять")
    assert olga.toast == "Назначение снято"
    assert "Модераторов пока нет" in olga.sees
    await watched.delivers()
    assert f"Вы больше не модератор сети «{TITLE}»" in anna.sees
    await anna.taps("Одобрить", message=notice)
    assert "нет прав" in (anna.alert or "")
    await anna.says("/menu")
    assert "🧭 Управление сетями" not in anna.buttons
    assert [deed for deed in await deeds(watched) if "moderator" in deed] == ["moderator.appoint", "moderator.dismiss"]


async def test_a_moderator_and_an_expert_are_found_among_the_members_by_typing(watched: House) -> None:
    olga, anna, boris = await crew(watched, "Ольга", "Анна", "Борис")
    network = await put_network(watched, TITLE)
    await appoint(watched, olga, network)
    await _put_in(watched, network, anna)
    await _put_topics(watched, network, 1)
    await olga.says("/settings")
    await olga.taps("English")

    await olga.says("/manage")
    await olga.taps(f"1. {TITLE}")
    await olga.taps("Roles in the network")
    assert "Coordinators: Алова Ольга Петровна" in olga.sees
    await olga.taps("Appoint a moderator")
    assert TITLE in olga.sees
    await olga.says("влова")
    assert "Влова" not in str(olga.buttons), "Boris is no member"
    await olga.says("блова анна")
    await olga.taps("Блова Анна")
    await olga.taps("Appoint")
    assert first_line(olga) == f"Moderator appointed: {TITLE}"
    await olga.taps("Roles in the network")
    await olga.taps("Topics and experts · 1")
    assert "➕ New topic" not in olga.buttons, "topics are the administrator's"
    await olga.taps("1. Тема 01")
    await olga.taps("Appoint an expert")
    assert "Тема 01" in olga.sees
    assert "Влова" not in str(olga.buttons)
    await olga.taps("Блова Анна")
    await olga.taps("Appoint")
    await olga.taps("Open the topic")
    assert "• Блова Анна Петровна" in olga.sees
    await watched.delivers()
    assert "Вы — эксперт по теме «Тема 01»" in anna.sees
    await olga.taps("Блова Анна")
    await olga.taps("Yes, end it")
    assert "Nobody yet" in olga.sees
    await olga.taps("‹ Back")
    assert "1. Тема 01 — no experts" in olga.sees
    await watched.delivers()
    assert "больше не эксперт" in anna.sees
    await boris.says("/manage")
    assert "не координируете" in boris.sees


async def test_a_moderator_comes_by_a_link_and_into_the_network(watched: House) -> None:
    olga, anna, boris = await crew(watched, "Ольга", "Анна", "Борис")
    network = await put_network(watched, TITLE, policy=JoinPolicy.INVITATION)
    await appoint(watched, olga, network)
    await _put_topics(watched, network, 10)
    await olga.says("/manage")
    await olga.taps(f"1. {TITLE}")
    await olga.taps("Вступление")
    await olga.taps("Приглашения")
    listed = olga.screen
    await olga.taps("Пригласить эксперта")
    assert "1–8 из 10" in olga.sees
    await olga.taps("Дальше »")
    assert "Тема 10" in olga.buttons
    await olga.presses(olga.screen, f"it:{network.id}:99")  # a page that is no more
    assert "1–8 из 10" in olga.sees
    await olga.taps("‹ Назад")
    assert first_line(redrawn(olga, listed)) == f"Приглашения: {TITLE}"
    await olga.taps("Пригласить модератора")
    assert first_line(olga) == f"Приглашение модератором: {TITLE}"
    token = olga.sees.partition("?start=")[2].split()[0]

    await anna.says(f"/start {token}")
    assert first_line(anna) == f"✉️ Вас приглашают модератором сети «{TITLE}»"
    offered = anna.screen
    await anna.taps("Стать модератором")
    assert first_line(anna) == f"Вы — модератор сети «{TITLE}»"
    await anna.presses(offered, "ia:1:0")
    assert "Стать модератором" not in str(anna.buttons)
    await anna.taps("Управление сетями")
    await anna.taps(f"1. {TITLE}")
    assert "👥 Участники · 1" in anna.buttons
    await boris.says(f"/start {token}")
    assert "Это приглашение не действует" in boris.sees
    assert (await deeds(watched)).count("moderator.appoint") == 1


async def test_administrators_choose_each_other_in_the_bot(watched: House) -> None:
    vera = await watched.administrator()
    (anna,) = await crew(watched, "Анна")
    await vera.says("/admin")
    await vera.taps("Люди и роли")
    assert "Администраторов: 1" in vera.sees
    await vera.taps("Администраторы")
    await vera.taps("Назначить администратора")
    await vera.says("алова")
    await vera.taps("Алова Анна")
    assert "У него будут все ваши права" in vera.sees
    await vera.taps("Назначить")
    await watched.delivers()
    assert "Вы — администратор центра" in anna.sees
    await anna.taps("Управление центром")
    assert first_line(anna) == "Управление центром"

    await anna.taps("Люди и роли")
    await anna.taps("Администраторы")
    await anna.taps("2. Орлова Вера")
    await anna.taps("Да, снять")
    assert "назван в настройках сервера" in (anna.alert or "")
    house = make_house(watched.db, world=watched.world, administrators=frozenset())
    house.updates = watched.updates
    await anna.says("/admin")
    await anna.taps("Люди и роли")
    await anna.taps("Администраторы")
    await anna.taps("1. Алова Анна")
    assert "Снять с себя права администратора?" in anna.sees
    own = anna.screen
    await vera.says("/menu")  # the setting names her no longer
    assert await count(house, Person, Person.administrator_at.is_not(None)) == 1
    await anna.taps("Да, снять", message=own)
    assert "Это последний администратор центра" in (anna.alert or "")
    await vera.presses(vera.screen, "rwl:0")
    assert "нет прав администратора" in (vera.alert or "")

    watched = make_house(house.db, world=house.world, administrators=frozenset({ADMINISTRATOR_ID}))
    await vera.says("/menu")
    await anna.taps("Да, снять", message=own)
    assert first_line(anna) == "Вы больше не администратор центра."
    await anna.says("/admin")
    assert "У вас нет прав администратора" in anna.sees
    made = [deed for deed in await deeds(watched) if deed.startswith("administrator.")]
    assert made == ["administrator.appoint", *("administrator.appoint", "administrator.dismiss") * 2]


async def test_the_centre_sees_in_numbers_what_waits(watched: House) -> None:
    vera = await watched.administrator()
    anna, boris = await crew(watched, "Анна", "Борис")
    network = await put_network(watched, TITLE, policy=JoinPolicy.APPLICATION)
    await _apply(anna)
    await vera.says("/admin")
    assert "Ждут решения заявки: 1" in vera.sees
    assert "Ждут решения в реестре: 1" in vera.sees, "the organisation that all of them proposed"
    assert "📋 Работа с сетями · 1" in vera.buttons
    await vera.taps("Приглашения")
    assert "Действующих приглашений нет" in vera.sees
    await vera.taps("‹ Назад")
    await vera.taps("Работа с сетями · 1")
    await vera.taps(f"1. {TITLE} · 1")
    await vera.taps("Вступление · 1")
    await vera.taps("Приглашения")
    await vera.taps("Пригласить координатора")
    await vera.says("/admin")
    await vera.taps("Приглашения")
    assert first_line(vera) == "Приглашения: весь центр"
    await vera.taps("1. координатором")
    token = vera.sees.partition("?start=")[2].split()[0]
    await boris.says(f"/start {token}")
    await boris.taps("Стать координатором")
    await watched.delivers()
    assert f"Вы — координатор сети «{TITLE}»" in boris.sees
    assert "Ждёт решения 1 заявка" in boris.sees, "made before he was appointed"
    await boris.taps("Управление сетями")
    await boris.taps(f"1. {TITLE} · 1")
    await boris.taps("Вступление · 1")
    await boris.taps("Заявки · 1")
    await boris.taps("1. Алова Анна")
    await boris.taps("Одобрить")
    async with watched.db.read() as session:
        assert (await session.get_one(Network, network.id)).title == TITLE
    await vera.says("/admin")
    assert "Ждут решения заявки" not in vera.sees
