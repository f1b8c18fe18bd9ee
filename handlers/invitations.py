"""Invitations: opened by a link, taken up, made, shown as a picture, revoked."""

from __future__ import annotations

import asyncio
import io

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.types import BufferedInputFile, CallbackQuery

import screens.invitations
import screens.networks
from handlers.show import answer_button, keyboard, show
from models import Database, InvitationSort, InvitationTarget, Person
from screens import addresses
from screens.l10n import L10n
from screens.networks import Origin
from services import agreements, invitations, networks, organisations, policy
from services.clock import Clock
from services.errors import AgreementNotAccepted, NotFound
from services.invitations import Offer

router = Router(name="invitations")
router.message.filter(F.chat.type == ChatType.PRIVATE)


@router.callback_query(addresses.AcceptInvitation.filter())
async def accept_invitation(
    call: CallbackQuery, callback_data: addresses.AcceptInvitation, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Come in by it. When the agreement has changed since it was shown, the present one is."""
    now = clock.now()
    try:
        async with db.write() as session:
            offer = await invitations.accept(
                session, person, callback_data.invitation_id, agreed=callback_data.version or None, now=now
            )
    except AgreementNotAccepted as refusal:
        async with db.read() as session:
            present = await invitations.waiting(session, person, invitation_id=callback_data.invitation_id, now=now)
        if present is None:
            raise
        await show(call, screens.invitations.offer(t, present, toast=t.plain(refusal.key, **refusal.values)))
        return
    if offer.invitation.target is not InvitationTarget.NETWORK or offer.network is None:
        await show(call, screens.invitations.accepted(t, offer))
        return
    async with db.read() as session:
        card = await networks.card(session, person, offer.network.id, now=now)
    await show(call, screens.networks.joined(t, card, Origin()))


@router.callback_query(addresses.ListInvitations.filter())
async def list_invitations(
    call: CallbackQuery, callback_data: addresses.ListInvitations, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """What is in force for a network and its roles, for an organisation, or in the whole centre."""
    network_id, organisation_id = callback_data.network_id, callback_data.organisation_id
    async with db.read() as session:
        offers = await invitations.standing(
            session, person, network_id=network_id, organisation_id=organisation_id, now=clock.now()
        )
        page = min(max(0, callback_data.page), max(0, (len(offers) - 1) // screens.invitations.SHOWN))
        if organisation_id:
            organisation = await organisations.get(session, organisation_id)
            screen = screens.invitations.of_organisation(t, organisation.title, organisation_id, offers, page)
        elif not network_id:
            screen = screens.invitations.of_centre(t, offers, page)
        else:
            _, topics = await invitations.topics_of(session, person, network_id, offset=0, limit=0)
            screen = screens.invitations.of_network(
                t,
                (await agreements.standing(session, person, network_id)).network,
                offers,
                page,
                has_topics=bool(topics),
                is_administrator=policy.may_administer(person),
            )
    await show(call, screen)


@router.callback_query(addresses.NewInvitation.filter())
async def choose_sort(
    call: CallbackQuery, callback_data: addresses.NewInvitation, db: Database, person: Person, t: L10n
) -> None:
    """For how many, and how long?"""
    target = _target(callback_data.target)
    async with db.read() as session:
        await invitations.require_making(session, person, target, callback_data.target_id)
    await show(call, screens.invitations.choose_sort(t, target, callback_data.target_id))


@router.callback_query(addresses.ListInvitationTopics.filter())
async def choose_topic(
    call: CallbackQuery, callback_data: addresses.ListInvitationTopics, db: Database, person: Person, t: L10n
) -> None:
    """An expert of which topic?"""
    network_id, page, size = callback_data.network_id, max(0, callback_data.page), screens.invitations.TOPICS
    async with db.read() as session:
        topics, total = await invitations.topics_of(session, person, network_id, offset=page * size, limit=size)
        if page and not topics:
            page = 0
            topics, total = await invitations.topics_of(session, person, network_id, offset=0, limit=size)
    await show(call, screens.invitations.choose_topic(t, network_id, topics, total, page))


@router.callback_query(addresses.MakeInvitation.filter())
async def make_invitation(
    call: CallbackQuery,
    callback_data: addresses.MakeInvitation,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Make it, and show its link."""
    target = _target(callback_data.target)
    try:
        sort = InvitationSort(callback_data.sort)
    except ValueError as error:
        raise NotFound from error
    async with db.write() as session:
        offer = await invitations.make(session, person, target, callback_data.target_id, sort, now=clock.now())
    await _show_card(call, bot, t, offer, clock, toast=t.plain("invitation-made"))


def _target(word: str) -> InvitationTarget:
    try:
        return InvitationTarget(word)
    except ValueError as error:
        raise NotFound from error


async def _show_card(
    call: CallbackQuery, bot: Bot, t: L10n, offer: Offer, clock: Clock, *, toast: str | None = None
) -> None:
    username = (await bot.me()).username or ""
    is_standing = invitations.stands(offer.invitation, clock.now())
    await show(call, screens.invitations.card(t, offer, username, is_standing=is_standing, toast=toast))


@router.callback_query(addresses.OpenInvitation.filter())
async def open_invitation(
    call: CallbackQuery,
    callback_data: addresses.OpenInvitation,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """One invitation with its link and how many came by it."""
    async with db.read() as session:
        offer = await invitations.read(session, person, callback_data.invitation_id)
    await _show_card(call, bot, t, offer, clock)


@router.callback_query(addresses.RevokeInvitation.filter())
async def revoke_invitation(
    call: CallbackQuery,
    callback_data: addresses.RevokeInvitation,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Nobody else comes by it."""
    async with db.write() as session:
        offer = await invitations.revoke(session, person, callback_data.invitation_id, now=clock.now())
    await _show_card(call, bot, t, offer, clock, toast=t.plain("invitation-revoked"))


@router.callback_query(addresses.SendInvitationPicture.filter())
async def send_picture(
    call: CallbackQuery,
    callback_data: addresses.SendInvitationPicture,
    bot: Bot,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Its link as a QR code, to be printed or shown on a screen; of one that is over, that it is."""
    async with db.read() as session:
        offer = await invitations.read(session, person, callback_data.invitation_id)
    if not invitations.stands(offer.invitation, clock.now()):
        await _show_card(call, bot, t, offer, clock)
        return
    username = (await bot.me()).username or ""
    data = await asyncio.to_thread(_picture, screens.invitations.link(username, offer.invitation))
    await answer_button(call)  # before the upload, which may wait for its turn: the button would spin so long
    caption = screens.invitations.picture_caption(t, offer, username)
    picture = BufferedInputFile(data, f"invitation-{offer.invitation.id}.png")
    await bot.send_photo(call.from_user.id, picture, caption=caption.text, reply_markup=keyboard(caption))


def _picture(link: str) -> bytes:
    import segno  # on first use: most processes never need it

    png = io.BytesIO()
    segno.make(link, error="m", micro=False).save(png, kind="png", scale=12, border=4)
    return png.getvalue()
