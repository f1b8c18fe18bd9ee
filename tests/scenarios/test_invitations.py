"""Invitations: by a link and a picture, for one or many, to a network, an organisation, a role; wrong ones are refused."""

from __future__ import annotations

import re
from datetime import timedelta

from sqlalchemy import select

from models import (
    Invitation,
    InvitationUse,
    JoinPolicy,
    Membership,
    MembershipState,
    Network,
    OpenedInvitation,
    Person,
    Topic,
    Visibility,
)
from sandbox import Visitor
from screens.addresses import AcceptInvitation
from services import invitations
from tests.support.house import ADMINISTRATOR_ID, House, register
from tests.support.joining import appoint
from tests.support.networks import put_network
from tests.support.stories import count, person_of, put_organisations, restarted

INVALID = "Это приглашение не действует: срок истёк, его отозвали или уже использовали. Попросите новую ссылку."


def _link(visitor: Visitor) -> str:
    found = re.search(r"https://t\.me/metodset_bot\?start=[A-Za-z0-9_-]{1,64}", visitor.sees)
    assert found, visitor.sees
    return found.group()


async def _person(house: House, name: str, full_name: str) -> Visitor:
    visitor = house.visitor(name)
    await register(visitor, full_name)
    return visitor


async def _city(house: House, visibility: Visibility = Visibility.EVERYONE) -> tuple[Network, Visitor]:
    network = await put_network(house, "Закрытый клуб", policy=JoinPolicy.INVITATION, visibility=visibility)
    olga = await _person(house, "Ольга", "Ясенева Ольга")
    await appoint(house, olga, network)
    return network, olga


async def _invites(olga: Visitor, sort: str) -> str:
    await olga.says("/manage")
    await olga.taps("Закрытый клуб")
    await olga.taps("Вступление")
    await olga.taps("Приглашения")
    await olga.taps("Пригласить по ссылке")
    await olga.taps(sort)
    assert olga.toast == "✅ Приглашение готово"
    return _link(olga)


async def test_many_come_by_one_link_also_into_a_hidden_network(watched: House) -> None:
    _, olga = await _city(watched, Visibility.MEMBERS)
    link = await _invites(olga, "Для всех, на 30 дней")
    people = [await _person(watched, name, f"{name} Иванова") for name in ("Анна", "Белла")]
    for one in people:
        await one.opens_link(link)
        assert one.sees == "✉️ Вас приглашают в сеть «Закрытый клуб»"
        await one.taps("Вступить")
        assert one.toast == "Вы вступили в сеть"
        await one.opens_link(link)
        await one.taps("Вступить")
        assert "Вы участник этой сети" in one.sees
    assert await count(watched, InvitationUse) == 2
    await olga.taps("Назад")
    assert "1. в сеть, для всех, у кого есть ссылка, до 20.12.2026, пришли 2 человека" in olga.sees
    await olga.taps("1. в сеть")
    await olga.taps("Картинка с кодом")
    picture = olga.screen
    assert picture.media is not None
    assert link in picture.text
    await olga.taps("Назад")
    assert olga.screen.media is None, "a picture cannot become a screen of text: that comes below it"
    assert olga.sees.startswith("Приглашение в сеть: Закрытый клуб")


async def test_a_stranger_registers_first_and_lands_there_even_over_a_restart(watched: House) -> None:
    network, olga = await _city(watched)
    link = await _invites(olga, "Для одного")
    daria = watched.visitor("Дарья")
    await daria.opens_link(link)
    assert "Вас приглашают в сеть «Закрытый клуб»" in daria.sees
    assert "Приглашение подождёт" in daria.sees
    await daria.taps("Даю согласие")
    await daria.says("Снегирёва Дарья Олеговна")
    house = restarted(watched)
    await daria.taps("Моей организации нет")
    await daria.says("Лицей № 1")
    await daria.taps("Учитель")
    await daria.taps("Математика")
    await daria.taps("Готово")
    await daria.says("12")
    await daria.taps("Всё верно")
    assert "вы зарегистрированы" in daria.sees
    assert "Вас приглашают в сеть «Закрытый клуб»" in daria.sees
    await daria.taps("Вступить")
    assert "Вы участник этой сети" in daria.sees
    assert await count(house, Membership, Membership.network_id == network.id) == 1
    late = await _person(house, "Глеб", "Глебов Глеб")
    await late.opens_link(link)
    assert late.sees == f"❗️ {INVALID}"


async def test_of_two_who_opened_it_one_gets_in_and_the_other_is_told(watched: House) -> None:
    _, olga = await _city(watched)
    link = await _invites(olga, "Для одного")
    anna, boris = await _person(watched, "Анна", "Иванова Анна"), await _person(watched, "Борис", "Петров Борис")
    for one in (anna, boris):
        await one.opens_link(link)
    await anna.taps("Вступить")
    await boris.taps("Вступить")
    assert boris.alert == "По этому приглашению уже пришёл другой человек. Попросите новую ссылку."
    assert await count(watched, Membership, Membership.state == MembershipState.MEMBER) == 1


async def test_whoever_refuses_the_consent_leaves_no_trace_of_the_invitation(watched: House) -> None:
    _, olga = await _city(watched)
    link = await _invites(olga, "Для всех, без срока")
    daria = watched.visitor("Дарья")
    await daria.opens_link(link)
    assert await count(watched, OpenedInvitation) == 1
    await daria.taps("Не сейчас")
    assert await count(watched, OpenedInvitation) == 0


async def test_wrong_links_are_refused_in_one_sentence_and_throttled(watched: House) -> None:
    _, olga = await _city(watched)
    revoked = await _invites(olga, "Для всех, без срока")
    await olga.taps("Отозвать")
    assert "По этой ссылке больше не войти" in olga.sees
    expired = await _invites(olga, "Для одного")
    anna = await _person(watched, "Анна", "Иванова Анна")
    watched.passes(timedelta(days=8))
    good = await _invites(olga, "Для всех, без срока")
    for wrong in (revoked, expired, "abcdefgh12345678", "AAAA", "____"):
        await anna.opens_link(wrong)
        assert anna.sees == f"❗️ {INVALID}"
    await anna.opens_link(good)
    assert anna.sees == "❗️ Слишком много неверных ссылок подряд. Попробуйте через час."
    watched.passes(timedelta(hours=1, minutes=1))
    await anna.opens_link(good)
    assert "Вас приглашают" in anna.sees


async def test_a_guessed_number_of_an_invitation_opens_nothing(watched: House) -> None:
    _, olga = await _city(watched)
    await _invites(olga, "Для всех, без срока")
    async with watched.db.read() as session:
        invitation_id = (await session.scalars(select(Invitation.id))).one()
    anna = await _person(watched, "Анна", "Иванова Анна")
    await anna.presses(anna.screen, AcceptInvitation(invitation_id=invitation_id).pack())
    assert anna.alert == INVALID
    assert await count(watched, Membership) == 0


async def test_an_agreement_is_accepted_with_the_invitation(watched: House) -> None:
    _, olga = await _city(watched)
    await olga.says("/manage")
    await olga.taps("Закрытый клуб")
    await olga.taps("Вступление")
    await olga.taps("Соглашение")
    await olga.taps("Новая версия")
    await olga.says("Что сказано в клубе, остаётся в клубе.")
    await olga.taps("Ввести в действие")
    link = await _invites(olga, "Для всех, без срока")
    anna = await _person(watched, "Анна", "Иванова Анна")
    await anna.opens_link(link)
    assert "Что сказано в клубе, остаётся в клубе." in anna.sees
    await anna.taps("Принимаю и вступаю")
    async with watched.db.read() as session:
        assert (await session.scalars(select(Membership.agreement_version))).all() == [1]


async def test_roles_by_one_off_links(watched: House) -> None:
    network, olga = await _city(watched)
    async with watched.db.write() as session:
        session.add(Topic(title="Олимпиады", network_id=network.id, created_at=watched.clock.now()))
    vera = await watched.administrator()
    boris, gleb = await _person(watched, "Борис", "Петров Борис"), await _person(watched, "Глеб", "Глебов Глеб")
    await olga.says("/manage")
    await olga.taps("Закрытый клуб")
    await olga.taps("Вступление")
    await olga.taps("Приглашения")
    assert "➕ Пригласить координатора" not in olga.buttons
    await olga.taps("Пригласить эксперта")
    await olga.taps("Олимпиады")
    await boris.opens_link(_link(olga))
    assert boris.sees == "✉️ Вас приглашают экспертом по теме «Олимпиады»"
    await boris.taps("Стать экспертом")
    assert "Вы — эксперт по теме «Олимпиады»" in boris.sees

    await vera.says("/manage")
    await vera.taps("Закрытый клуб")
    await vera.taps("Вступление")
    await vera.taps("Приглашения")
    await vera.taps("Пригласить координатора")
    await gleb.opens_link(_link(vera))
    await gleb.taps("Стать координатором")
    await gleb.taps("Управление сетями")
    assert "Закрытый клуб" in gleb.sees
    await watched.delivers()
    assert "Вы — координатор сети «Закрытый клуб»" in gleb.sees


async def test_staff_of_an_organisation_finds_its_form_filled_in(watched: House) -> None:
    vera = await watched.administrator()
    await put_organisations(watched, "Гимназия № 7")
    await vera.says("/admin")
    await vera.taps("Реестр")
    await vera.taps("Организации")
    await vera.taps("Гимназия № 7")
    await vera.taps("Пригласить сотрудников")
    await vera.taps("Пригласить по ссылке")
    await vera.taps("Для всех, без срока")
    link = _link(vera)
    daria = watched.visitor("Дарья")
    await daria.opens_link(link)
    assert "Вас приглашает организация «Гимназия № 7»" in daria.sees
    await daria.taps("Даю согласие")
    await daria.says("Снегирёва Дарья Олеговна")
    assert "Ваша должность?" in daria.sees, "where they work is known already"
    await daria.taps("Учитель")
    await daria.taps("Математика")
    await daria.taps("Готово")
    await daria.says("12")
    assert "Гимназия № 7" in daria.sees
    await daria.taps("Всё верно")
    assert "вы зарегистрированы" in daria.sees
    assert await count(watched, InvitationUse) == 1
    boris = await _person(watched, "Борис", "Петров Борис")
    await boris.opens_link(link)
    await boris.taps("Я здесь работаю")
    await boris.taps("Моя анкета")
    assert "Гимназия № 7" in boris.sees


async def test_the_first_administrator_comes_by_the_operators_link_and_stays(watched: House) -> None:
    anna = await _person(watched, "Анна", "Иванова Анна")
    async with watched.db.write() as session:
        invitation = await invitations.make_administrator(session, now=watched.clock.now())
    await anna.opens_link(invitation.token)
    assert anna.sees == "✉️ Вас приглашают администратором центра"
    await anna.taps("Стать администратором")
    await anna.taps("Управление центром")
    assert "➕ Новая сеть" in [str(one) for one in anna.buttons]
    house = restarted(watched, administrators=frozenset({ADMINISTRATOR_ID}))
    await anna.says("/admin")
    assert "➕ Новая сеть" in [str(one) for one in anna.buttons]
    person = await person_of(house, anna)
    assert person.administrator_at is not None
    assert await count(house, Person, Person.administrator_at.is_not(None)) == 1
