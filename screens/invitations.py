"""Invitations: what somebody is offered, and the coordinator's and administrator's pages of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from aiogram.filters.callback_data import CallbackData

from models import Invitation, InvitationSort, InvitationTarget, Network, Person, Topic
from screens.addresses import (
    AcceptInvitation,
    ListInvitations,
    ListInvitationTopics,
    ListManaged,
    MakeInvitation,
    ManageJoining,
    NewInvitation,
    OpenAdmin,
    OpenInvitation,
    OpenOrganisation,
    OpenProfile,
    OpenQueue,
    RevokeInvitation,
    SendInvitationPicture,
)
from screens.l10n import L10n
from screens.menu import given_name
from screens.navigation import counted, pages, ways
from screens.screen import Button, Row, Screen, column, shorten

if TYPE_CHECKING:
    from services.invitations import Offer

SHOWN = 4
"""Invitations on one page: beside them stand the buttons that make others."""

TOPICS = 8
"""Topics on one page: nothing else stands there."""

LONGEST_AGREEMENT = 3000


def link(username: str, invitation: Invitation) -> str:
    """The deep link by which one comes."""
    return f"https://t.me/{username}?start={invitation.token}"


def offer(t: L10n, offered: Offer, *, toast: str | None = None) -> Screen:
    """What this person is invited to, with the agreement that they accept by coming."""
    return Screen(_offer_text(t, offered), (*_accept(t, offered), ways(t)), toast=toast)


def _offer_text(t: L10n, offered: Offer) -> str:
    text = t(f"invitation-offer-{offered.invitation.target.value}", title=offered.title)
    if offered.agreement is not None and offered.network is not None:
        text += "\n\n" + t(
            "agreement-text",
            network=offered.network.title,
            version=str(offered.agreement.version),
            text=offered.agreement.text[:LONGEST_AGREEMENT],
        )
    return text


def _accept(t: L10n, offered: Offer) -> tuple[Row, ...]:
    version = offered.agreement.version if offered.agreement is not None else 0
    key = "agreement-accept-and-join" if version else f"invitation-accept-{offered.invitation.target.value}"
    address = AcceptInvitation(invitation_id=offered.invitation.id, version=version)
    return ((Button(t.plain(key), address),),)


def before_registration(t: L10n, offered: Offer, first: Screen) -> Screen:
    """The way to registration of somebody who was invited: it says what they were invited to, and that it waits."""
    invited = t(f"invitation-offer-{offered.invitation.target.value}", title=offered.title)
    return replace(first, text=f"{invited}\n{t('invitation-waits')}\n\n{first.text}")


def after_registration(t: L10n, person: Person, offered: Offer) -> Screen:
    """Registered, and straight to where they were invited."""
    shown = offer(t, offered)
    return replace(shown, text=f"{t('invitation-registered', name=given_name(person))}\n\n{shown.text}")


def accepted(t: L10n, offered: Offer) -> Screen:
    """Taken up: the way to where it led. A network shows its card instead."""
    title = offered.title
    match offered.invitation.target:
        case InvitationTarget.ORGANISATION:
            text = t("invitation-accepted-organisation", title=title)
            button = Button(t.plain("menu-profile"), OpenProfile())
        case InvitationTarget.EXPERT:
            text = t("invitation-accepted-expert", title=title)
            button = Button(t.plain("menu-queue"), OpenQueue())
        case InvitationTarget.COORDINATOR:
            text = t("invitation-accepted-coordinator", title=title)
            button = Button(t.plain("menu-manage"), ListManaged())
        case InvitationTarget.MODERATOR:
            text = t("invitation-accepted-moderator", title=title)
            button = Button(t.plain("menu-manage"), ListManaged())
        case _:
            text = t("invitation-accepted-administrator")
            button = Button(t.plain("menu-admin"), OpenAdmin())
    return Screen(text, ((button,), ways(t)))


def of_network(
    t: L10n, network: Network, offers: Sequence[Offer], page: int, *, has_topics: bool, is_administrator: bool
) -> Screen:
    """The invitations in force to a network and its roles."""
    makers = [_new(t, InvitationTarget.NETWORK, network.id)]
    moderator = MakeInvitation(
        target=InvitationTarget.MODERATOR.value, target_id=network.id, sort=InvitationSort.ONE.value
    )
    makers.append(Button(t.plain("invitation-new-moderator"), moderator))
    if has_topics:
        makers.append(Button(t.plain("invitation-new-expert"), ListInvitationTopics(network_id=network.id)))
    if is_administrator:
        once = MakeInvitation(
            target=InvitationTarget.COORDINATOR.value, target_id=network.id, sort=InvitationSort.ONE.value
        )
        makers.append(Button(t.plain("invitation-new-coordinator"), once))
    turn = pages(t, page, len(offers), lambda other: ListInvitations(network_id=network.id, page=other), size=SHOWN)
    back = ManageJoining(network_id=network.id)
    return _listing(t, network.title, offers, page, makers, (*turn, ways(t, back)))


def of_centre(t: L10n, offers: Sequence[Offer], page: int) -> Screen:
    """All invitations in force; they are made where they lead to."""
    turn = pages(t, page, len(offers), lambda other: ListInvitations(page=other), size=SHOWN)
    return _listing(t, t.plain("invitations-of-centre"), offers, page, (), (*turn, ways(t, OpenAdmin())))


def of_organisation(t: L10n, title: str, organisation_id: int, offers: Sequence[Offer], page: int) -> Screen:
    """The invitations in force to an organisation."""
    turn = pages(
        t, page, len(offers), lambda other: ListInvitations(organisation_id=organisation_id, page=other), size=SHOWN
    )
    makers = [_new(t, InvitationTarget.ORGANISATION, organisation_id)]
    back = OpenOrganisation(organisation_id=organisation_id)
    return _listing(t, title, offers, page, makers, (*turn, ways(t, back)))


def _new(t: L10n, target: InvitationTarget, target_id: int) -> Button:
    return Button(t.plain("invitation-new"), NewInvitation(target=target.value, target_id=target_id))


def _listing(
    t: L10n, title: str, offers: Sequence[Offer], page: int, makers: Sequence[Button], ends: Sequence[Row]
) -> Screen:
    shown = offers[page * SHOWN : (page + 1) * SHOWN]
    numbered = list(enumerate(shown, start=page * SHOWN + 1))
    body = "\n".join(f"{number}. {_line(t, one)}" for number, one in numbered)
    buttons = [
        Button(
            shorten(f"{number}. {t.plain(f'invitation-to-{one.invitation.target.value}')}: {one.title}"),
            OpenInvitation(invitation_id=one.invitation.id),
        )
        for number, one in numbered
    ]
    parts = (
        t("invitations-title", title=title),
        body or t("invitations-none"),
        counted(t, page, len(shown), len(offers), size=SHOWN),
    )
    return Screen("\n\n".join(part for part in parts if part), (*column(makers), *column(buttons), *ends))


def _line(t: L10n, one: Offer) -> str:
    invitation = one.invitation
    facts = [
        t(f"invitation-to-{invitation.target.value}"),
        t("invitation-for-one") if invitation.most == 1 else t("invitation-for-many"),
        _until(t, invitation),
        t("invitation-came", count=invitation.used),
    ]
    return ", ".join(facts)


def _until(t: L10n, invitation: Invitation) -> str:
    if invitation.expires_at is None:
        return t("invitation-for-ever")
    return t("invitation-until", on=f"{invitation.expires_at.astimezone(t.zone):%d.%m.%Y}")


def choose_sort(t: L10n, target: InvitationTarget, target_id: int) -> Screen:
    """For how many, and how long?"""
    buttons = [
        Button(
            t.plain(f"invitation-sort-{sort.value}"),
            MakeInvitation(target=target.value, target_id=target_id, sort=sort.value),
        )
        for sort in (InvitationSort.MONTH, InvitationSort.ALWAYS, InvitationSort.ONE)
    ]
    back = (
        ListInvitations(organisation_id=target_id)
        if target is InvitationTarget.ORGANISATION
        else ListInvitations(network_id=target_id)
    )
    return Screen(t("invitation-sort-ask"), (*column(buttons), ways(t, back)))


def choose_topic(t: L10n, network_id: int, topics: Sequence[Topic], total: int, page: int) -> Screen:
    """An expert of which topic?"""
    buttons = [
        Button(
            shorten(topic.title),
            MakeInvitation(target=InvitationTarget.EXPERT.value, target_id=topic.id, sort=InvitationSort.ONE.value),
        )
        for topic in topics
    ]
    text = t("invitation-topic-ask")
    if footer := counted(t, page, len(topics), total, size=TOPICS):
        text += f"\n\n{footer}"
    turn = pages(t, page, total, lambda other: ListInvitationTopics(network_id=network_id, page=other), size=TOPICS)
    return Screen(text, (*column(buttons), *turn, ways(t, ListInvitations(network_id=network_id))))


def card(t: L10n, one: Offer, username: str, *, is_standing: bool, toast: str | None = None) -> Screen:
    """An invitation with its link, to be passed on; or that it is over."""
    invitation = one.invitation
    text = t("invitation-head", to=t.plain(f"invitation-to-{invitation.target.value}"), title=one.title)
    text += "\n\n" + _line(t, one)
    rows: tuple[Row, ...] = ()
    if is_standing:
        text += "\n\n" + t("invitation-link", link=link(username, invitation))
        rows = column(
            [
                Button(t.plain("invitation-picture"), SendInvitationPicture(invitation_id=invitation.id)),
                Button(t.plain("invitation-revoke"), RevokeInvitation(invitation_id=invitation.id)),
            ]
        )
    else:
        text += "\n\n" + t("invitation-over")
    return Screen(text, (*rows, ways(t, _list_of(one))), toast=toast)


def _list_of(one: Offer) -> CallbackData:
    if one.organisation is not None:
        return ListInvitations(organisation_id=one.organisation.id)
    if one.network is not None:
        return ListInvitations(network_id=one.network.id)
    return ListInvitations(network_id=one.topic.network_id) if one.topic is not None else OpenAdmin()


def picture_caption(t: L10n, one: Offer, username: str) -> Screen:
    """What stands under the QR code, and the way back to the invitation."""
    text = t(
        "invitation-caption",
        to=t.plain(f"invitation-to-{one.invitation.target.value}"),
        title=one.title,
        link=link(username, one.invitation),
    )
    return Screen(text, (ways(t, OpenInvitation(invitation_id=one.invitation.id)),))
