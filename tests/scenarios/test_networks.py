"""The catalogue of networks; joining and leaving."""

from __future__ import annotations

import asyncio

from sqlalchemy import delete, select

from models import Appointment, JoinPolicy, Membership, MembershipState, Network, Role, Visibility
from sandbox import Visitor
from services import networks
from tests.support.house import House, register
from tests.support.networks import put_network
from tests.support.stories import answers_of, count, deeds, first_line, person_of, redrawn, restarted

TAPS_TO_JOIN = 3


class Counted:
    """A person whose taps are counted."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.taps = 0

    async def tap(self, label: str) -> None:
        """Press and count."""
        self.taps += 1
        await self.visitor.taps(label)


async def teacher(house: House, name: str = "Анна", *, experience: str = "12") -> Visitor:
    """A registered teacher of mathematics."""
    visitor = house.visitor(name)
    await register(visitor, f"{name} Иванова", experience=experience)
    return visitor


async def members_of(house: House, network: Network) -> int:
    """How many members there are."""
    return await count(
        house, Membership, Membership.network_id == network.id, Membership.state == MembershipState.MEMBER
    )


async def test_joining_takes_three_taps_whichever_way(watched: House) -> None:
    for_all = await put_network(watched, "Школьные музеи")
    mine = await put_network(watched, "Учителя математики", subjects=("Математика",))
    anna, boris = await teacher(watched), watched.visitor("Борис")

    await anna.says("/start")
    counted = Counted(anna)
    await counted.tap("Сети")
    assert first_line(anna) == "Сети"
    assert "Вам подходят:\n1. Учителя математики — пока никого" in anna.sees
    await counted.tap("Учителя математики")
    await counted.tap("Вступить")
    assert anna.toast == "Вы вступили в сеть"
    assert counted.taps <= TAPS_TO_JOIN
    assert await members_of(watched, mine) == 1

    await anna.says("/start")
    counted = Counted(anna)
    await counted.tap("Сети")
    assert "Сети города:" in anna.sees  # nothing more is for her especially
    await counted.tap("Школьные музеи")
    await counted.tap("Вступить")
    assert counted.taps <= TAPS_TO_JOIN

    await anna.says("музеями")
    counted = Counted(anna)
    await counted.tap("Показать сети: 1")
    await counted.tap("Школьные музеи")
    assert "Вы участник этой сети" in anna.sees
    assert counted.taps < TAPS_TO_JOIN
    await anna.taps("‹ Назад")
    assert first_line(anna) == "Сети по словам «музеями»"

    await register(boris, "Борисов Борис")
    await boris.taps("Сети для вас")
    await boris.taps("Учителя математики")
    await boris.taps("Вступить")
    assert "2 участника" in boris.sees
    assert await members_of(watched, for_all) == 1


async def test_a_member_leaves_and_comes_back(watched: House) -> None:
    network = await put_network(watched, "Учителя математики", subjects=("Математика",), chat_url="https://t.me/+abc")
    anna = await teacher(watched)
    await anna.says("/networks")
    await anna.taps("Учителя математики")
    card = anna.screen
    assert "💬 Чат сети" not in anna.buttons
    await asyncio.gather(*(anna.taps("Вступить", message=card) for _ in range(2)))
    assert "✅ Вы участник этой сети." in anna.sees
    assert "👥 1 участник" in anna.sees
    assert "💬 Чат сети" in anna.buttons
    for old in (
        f"nj:{network.id}:::",
        f"nj:{network.id}",
        f"n:{network.id}",
    ):  # of last month, and drawn by a former version
        await anna.presses(card, old)
        assert first_line(redrawn(anna, card)) == "Учителя математики", old
    assert (await deeds(watched)).count("network.join") == 1

    await anna.says("/menu")
    assert "вы состоите в 1 сети" in anna.sees
    await anna.taps("Сети")
    await anna.taps("Мои сети · 1")
    await anna.taps("Учителя математики")
    await anna.taps("Выйти из сети")
    assert first_line(anna) == "Выйти из сети «Учителя математики»?"
    assert "Вернуться можно в любой день" in anna.sees
    await anna.taps("Нет, остаться")
    assert await members_of(watched, network) == 1
    await anna.taps("Выйти из сети")
    sure = anna.screen
    await asyncio.gather(*(anna.taps("Да, выйти", message=sure) for _ in range(2)))
    assert "👥 Пока никого" in anna.sees
    assert (await deeds(watched)).count("network.leave") == 1
    await anna.taps("‹ Назад")
    assert first_line(anna) == "Мои сети"
    assert "не состоите ни в одной" in anna.sees
    await anna.presses(sure, f"na:{network.id}:::")
    assert "Вступить" in str(redrawn(anna, sure).buttons)  # nothing to leave: the card as it is
    await anna.taps("Вступить")
    assert await count(watched, Membership) == 1
    assert await members_of(watched, network) == 1
    for update in watched.updates[-1:]:
        await restarted(watched).again(update)
    watched.world.faults.clear()  # its button had been answered before the crash
    assert (await deeds(watched)).count("network.join") == 2


async def test_the_catalogue_is_leafed_through_and_leads_back(watched: House) -> None:
    top = await put_network(watched, "Городское объединение", form="Городское методическое объединение")
    for number in range(1, 14):
        await put_network(
            watched, f"Школа № {number:02} и очень длинное название методического объединения", parent=top
        )
    await put_network(watched, "Давно закрытая", parent=top, archived_at=watched.clock.now())
    anna = await teacher(watched)
    await anna.says("/networks")
    await anna.taps("Все сети · 14")
    assert "1. Городское объединение — пока никого, сетей внутри: 13" in anna.sees
    await anna.taps("Городское объединение")
    assert "Городское методическое объединение" in anna.sees
    await anna.taps("Сети внутри · 13")
    assert first_line(anna) == "Внутри: Городское объединение"
    assert "1–6 из 13" in anna.sees
    await anna.taps("Дальше »")
    await anna.taps("Дальше »")
    assert anna.sees.endswith("\n13 из 13")
    assert "« Раньше" in anna.buttons
    assert "Дальше »" not in anna.buttons
    await anna.taps("« Раньше")
    await anna.taps("8. Школа")
    assert "⬆️ Входит в: Городское объединение" in anna.sees
    await anna.taps("Вступить")
    await anna.taps("‹ Назад")
    assert "7–12 из 13" in anna.sees  # the very page one came from
    await anna.taps("‹ Назад")
    await anna.taps("‹ Назад")
    assert first_line(anna) == "Сети"

    await anna.taps("По форме")
    await anna.taps("Городское предметное")
    assert first_line(anna) == "Городское предметное объединение"
    await anna.presses(anna.screen, "nl:f:2:99")
    assert anna.sees.endswith("\n13 из 13")  # a page that is no more: the last one
    await anna.taps("‹ Назад")
    assert first_line(anna) == "Сети по форме"
    await anna.says("давно закрытая")
    assert "С такими словами ничего не нашлось" in anna.sees
    for address in ("nl:f:9999:0", "nl:q:0:0", "nl:t:9999:0"):
        await anna.presses(anna.screen, address)
        assert "Этого здесь больше нет" in (anna.alert or ""), address


async def test_networks_are_found_by_words_as_people_type_them(watched: House) -> None:
    for title in ("Учителя математики", "Учителя начальных классов", "Школа молодого учителя", "Сеть «Ёлочка» № 5"):
        await put_network(watched, title)
    anna = await teacher(watched)
    found = {
        "математике": 1,
        "матем": 1,
        "УЧИТЕЛЬ": 3,
        "учителям математики": 1,
        "елочка": 1,
        "ёлочки №5": 1,
        "учитель 5": 0,
        "учи%": 3,
        "_": 0,
        "'; DROP TABLE networks; --": 0,
        "класс учитель": 1,
    }
    for typed, networks_found in found.items():
        await anna.says(typed)
        offered = f"🔍 Показать сети: {networks_found}"
        assert (offered in anna.buttons) is (networks_found > 0), typed
    await anna.says("математике")
    offer = anna.screen
    await anna.taps("Показать сети")
    assert first_line(anna) == "Сети по словам «математике»"
    await anna.presses(offer, "nl:s:0:0")
    await anna.taps("Показать сети", message=next(v for v in anna.messages if "УЧИТЕЛЬ" in v.text and v.from_bot))
    await anna.says("математике")
    await anna.taps("Показать сети", inaccessible=True)  # what was typed is not to be seen any more
    assert first_line(anna) == "Сети"


async def test_a_closed_door_is_polite_and_a_hidden_network_stays_hidden(watched: House) -> None:
    hidden = await put_network(
        watched,
        "Тайный совет математиков",
        subjects=("Математика",),
        visibility=Visibility.MEMBERS,
        chat_url="https://t.me/+secret",
        form="Ассоциация",
    )
    below = await put_network(watched, "Малый совет", parent=hidden)
    under = await put_network(watched, "Кружок под советом", parent=below, visibility=Visibility.MEMBERS)
    asked = await put_network(watched, "По заявке", policy=JoinPolicy.APPLICATION)
    invited = await put_network(watched, "По приглашению", policy=JoinPolicy.INVITATION)
    closed = await put_network(watched, "Закрытая", archived_at=watched.clock.now())
    anna, boris = await teacher(watched), await teacher(watched, "Борис")
    member = await person_of(watched, boris)
    async with watched.db.write() as session:
        for network in (hidden, under, closed):
            session.add(
                Membership(
                    network_id=network.id,
                    person_id=member.id,
                    state=MembershipState.MEMBER,
                    state_at=watched.clock.now(),
                )
            )
        session.add(
            Appointment(
                person_id=member.id, network_id=hidden.id, role=Role.COORDINATOR, appointed_at=watched.clock.now()
            )
        )

    seen = []
    await anna.says("/networks")
    seen.append(anna.sees + str(anna.buttons))
    start = anna.screen
    for address in ("nf:0", "nl:y:0:0", "nl:t:0:0", f"nl:t:{below.id}:0", f"n:{below.id}:::", f"n:{asked.id}:::"):
        await anna.presses(start, address)
        seen.append(anna.sees + str(anna.buttons))
        assert anna.alert is None, address
    for typed in ("тайный совет", "математиков", "кружок"):
        await anna.says(typed)
        assert "не нашлось" in anna.sees, typed
    assert not any(word in screen for screen in seen for word in ("Тайный", "Кружок", "Ассоциация", "secret", "внутри"))
    addresses = (f"n:{hidden.id}:::", f"nj:{hidden.id}:::", f"na:{hidden.id}:::", f"nv:{hidden.id}:::")
    for address in (*addresses, f"nl:t:{hidden.id}:0", f"n:{under.id}:t:{below.id}:0", f"nj:{under.id}:::"):
        await anna.presses(start, address)
        assert "Этого здесь больше нет" in (anna.alert or ""), address
    await anna.presses(start, f"n:{below.id}:::")
    await anna.taps("‹ Назад", message=start)  # there is something above, but not for her
    assert first_line(redrawn(anna, start)) == "Сети"

    for network, words in ((asked, "по заявке"), (invited, "по приглашению")):
        await anna.presses(start, f"n:{network.id}:::")
        assert words in redrawn(anna, start).text.lower()
        assert "✅ Вступить" not in redrawn(anna, start).buttons
    await anna.presses(start, f"nj:{asked.id}:::")  # the button of a time when the network was open: one applies now
    assert anna.toast == "Заявка подана"
    await anna.presses(start, f"nj:{invited.id}:::")
    assert "по заявке или приглашению" in (anna.alert or "")
    await anna.presses(start, f"nj:{closed.id}:::")
    assert "её можно только читать" in (anna.alert or "")
    assert await count(watched, Membership) == 3

    await boris.says("тайным советом")
    await boris.taps("Показать сети: 1")
    await boris.taps("Тайный совет")
    assert "💬 Чат сети" in boris.buttons
    assert "🧭 Координатор: Борис Иванова" in boris.sees
    async with watched.db.write() as session:
        await session.execute(delete(Appointment))  # whoever coordinates it would see it as no member too
    await boris.taps("Выйти из сети")
    await boris.taps("Да, выйти")  # whoever is in may always go, also when the door closes behind them
    assert boris.toast == "Вы вышли из сети"
    assert first_line(boris) == "Сети"
    assert await members_of(watched, hidden) == 0
    await boris.presses(boris.screen, f"nv:{hidden.id}:::")
    assert boris.toast == "Вы вышли из сети"
    await boris.presses(boris.screen, f"n:{closed.id}:::")
    assert "Сеть закрыта, её можно только читать" in boris.sees
    await boris.taps("Выйти из сети")
    assert "вернуться в неё будет нельзя" in boris.sees
    await boris.taps("Да, выйти")
    assert await members_of(watched, closed) == 0


async def test_a_network_that_is_gone_behind_an_old_button(watched: House) -> None:
    network = await put_network(watched, "Учителя математики", subjects=("Математика",))
    anna = await teacher(watched)
    await anna.says("/networks")
    await anna.taps("Учителя математики")
    async with watched.db.write() as session:
        await session.execute(delete(Network).where(Network.id == network.id))
    for label in ("Вступить", "‹ Назад"):
        await anna.taps(label)
    assert "Сетей пока нет" in anna.sees
    assert await count(watched, Membership) == 0


async def test_a_young_specialist_finds_the_school(watched: House) -> None:
    await put_network(watched, "Школа молодого учителя", form="Школа молодого учителя", young=True)
    young, old = await teacher(watched, "Юлия", experience="2"), await teacher(watched, experience="3")
    assert "Для молодых специалистов есть «Школа молодого учителя»" in young.sees
    assert "🌱" not in old.sees + str(old.buttons)
    await young.taps("🌱 Школа молодого учителя")
    await young.taps("Вступить")
    assert "👥 1 участник" in young.sees
    await young.says("/networks")
    await young.taps("Мои сети · 1")
    assert "Школа молодого учителя" in young.sees
    await old.taps("Сети для вас")
    assert "Сейчас предложить нечего" in old.sees
    await old.taps("‹ Назад")
    assert first_line(old) == "Сети"


async def test_two_people_and_twenty_taps_at_once(watched: House) -> None:
    network = await put_network(watched, "Учителя математики", subjects=("Математика",))
    people = [await teacher(watched, name) for name in ("Анна", "Борис")]
    for person in people:
        await person.says("/networks")
        await person.taps("Учителя математики")
    cards = {person.id: person.screen for person in people}
    await asyncio.gather(*(person.taps("Вступить", message=cards[person.id]) for _ in range(10) for person in people))
    assert await members_of(watched, network) == 2
    assert await count(watched, Membership) == 2
    assert (await deeds(watched)).count("network.join") == 2
    async with watched.db.read() as session:
        card = await networks.card(session, await person_of(watched, people[0]), network.id, now=watched.clock.now())
    assert card.members == 2


async def test_looking_at_networks_pauses_an_open_form(watched: House) -> None:
    await put_network(watched, "Учителя математики", subjects=("Математика",))
    anna = await teacher(watched)
    await anna.says("/profile")
    await anna.taps("ФИО")
    await anna.says("/networks")
    await anna.says("математика")
    assert "Вы написали: «математика»" in anna.sees
    assert "У вас не закончено: правка анкеты" in anna.sees
    assert await answers_of(watched, anna) == {"name": "Анна Иванова"}
    async with watched.db.read() as session:
        assert await session.scalar(select(Network.title)) == "Учителя математики"
