"""Coordinators compose an announcement: look at it, say to whom and when, send it once; keep drafts and templates."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from aiogram import Router
from aiogram.types import CallbackQuery
from sqlalchemy.ext.asyncio import AsyncSession

import screens.announced
import screens.announcement_drafts
import screens.announcements
import screens.dialogs
from dialogs import META, Answers, Dialog
from dialogs.announcements import (
    DRAFT_DEADLINE,
    DRAFT_LINK,
    DRAFT_PARTS,
    DRAFT_PICKS,
    DRAFT_TEXT,
    DRAFT_WHEN,
)
from handlers.dialogs import Conversation, begin, converse
from handlers.live import show_report
from handlers.said import said_before
from handlers.show import show
from models import Database, DraftState, DraftView, DraftWish, Person
from screens import addresses
from screens.l10n import L10n
from screens.navigation import PAGE
from screens.screen import Screen
from services import announced, announcement_drafts, files, sayings
from services.announced import Seen
from services.announcement_drafts import DraftCard
from services.announcements import Report
from services.audiences import Part
from services.clock import Clock
from services.errors import DraftChanged, NotAllowed, NotFound

router = Router(name="announcement-drafts")

_PAGES = {
    DraftView.CARD: {DraftWish.NETWORK_ONLY, DraftWish.WITH_BRANCH, DraftWish.AT_ONCE},
    DraftView.WHEN: {DraftWish.ONCE, DraftWish.WEEKLY, DraftWish.MONTHLY},
    DraftView.SETTINGS: {
        DraftWish.USUAL,
        DraftWish.MANDATORY,
        DraftWish.URGENT,
        DraftWish.ACKNOWLEDGE,
        DraftWish.NOT_ACKNOWLEDGE,
        DraftWish.NO_DEADLINE,
    },
}
"""Where a choice is seen to be made; any other is about the audience."""


@router.callback_query(addresses.ListDrafts.filter())
async def list_drafts(
    call: CallbackQuery, callback_data: addresses.ListDrafts, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Drafts, templates and what waits for its time."""
    toast = t.plain("draft-kept") if callback_data.kept else None
    await _list(call, callback_data.network_id, callback_data.page, db=db, clock=clock, person=person, t=t, toast=toast)


async def _list(
    call: CallbackQuery,
    network_id: int,
    page: int,
    *,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    toast: str | None,
) -> None:
    page = max(0, page)
    async with db.read() as session:
        found = await announcement_drafts.page_of(
            session, person, network_id or None, now=clock.now(), offset=page * PAGE, limit=PAGE
        )
    await show(call, screens.announcement_drafts.listing(t, found, page, toast=toast))


@router.callback_query(addresses.OpenDraft.filter())
async def open_draft(
    call: CallbackQuery, callback_data: addresses.OpenDraft, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """A page of a draft; what has gone out by now shows its report."""
    try:
        view = DraftView(callback_data.view)
    except ValueError as error:
        raise NotFound from error
    async with db.read() as session:
        seen = await announcement_drafts.card(session, person, callback_data.draft_id, now=clock.now())
        report = await _report_of(session, person, seen, now=clock.now())
    if report is not None:
        await show_report(call, screens.announced.report(t, report), db=db, clock=clock, person=person)
    else:
        await show(call, _draw(t, seen, view))


async def _report_of(session: AsyncSession, actor: Person, seen: DraftCard, *, now: datetime) -> Seen | None:
    """What became of a draft that is none any more."""
    if seen.draft.state is not DraftState.SENT or seen.draft.announcement_id is None:
        return None
    return await announced.look(session, actor, seen.draft.announcement_id, now=now)


def _draw(t: L10n, seen: DraftCard, view: DraftView) -> Screen:
    match view:
        case DraftView.PREVIEW:
            return screens.announcement_drafts.card(t, seen, preview=True)
        case DraftView.AUDIENCE:
            return screens.announcement_drafts.audience(t, seen)
        case DraftView.INCLUDE | DraftView.EXCLUDE:
            return screens.announcement_drafts.choose_part(t, seen, excluded=view is DraftView.EXCLUDE)
        case DraftView.WHEN:
            return screens.announcement_drafts.when(t, seen)
        case DraftView.BUTTONS:
            return screens.announcement_drafts.buttons(t, seen)
        case DraftView.SETTINGS:
            return screens.announcement_drafts.settings(t, seen)
        case DraftView.DELETE:
            return screens.announcement_drafts.ask_delete(t, seen)
    return screens.announcement_drafts.card(t, seen)


@router.callback_query(addresses.ChangeDraft.filter())
async def change_draft(
    call: CallbackQuery, callback_data: addresses.ChangeDraft, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """One of the choices: the page where it stands shows it chosen."""
    try:
        wish = DraftWish(callback_data.wish)
    except ValueError as error:
        raise NotFound from error
    async with db.write() as session:
        seen = await announcement_drafts.grant(session, person, callback_data.draft_id, wish, now=clock.now())
    view = next((page for page, wishes in _PAGES.items() if wish in wishes), DraftView.AUDIENCE)
    await show(call, _draw(t, seen, view))


@router.callback_query(addresses.RemoveDraftPart.filter())
async def remove_part(
    call: CallbackQuery, callback_data: addresses.RemoveDraftPart, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«✖»: these people are not named any more."""
    await _remove(
        call,
        callback_data,
        announcement_drafts.remove_part,
        screens.announcement_drafts.audience,
        db=db,
        clock=clock,
        person=person,
        t=t,
    )


@router.callback_query(addresses.RemoveDraftButton.filter())
async def remove_button(
    call: CallbackQuery,
    callback_data: addresses.RemoveDraftButton,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """«✖»: the button goes."""
    await _remove(
        call,
        callback_data,
        announcement_drafts.remove_button,
        screens.announcement_drafts.buttons,
        db=db,
        clock=clock,
        person=person,
        t=t,
    )


async def _remove(
    call: CallbackQuery,
    what: addresses.RemoveDraftPart | addresses.RemoveDraftButton,
    remove: Callable[..., Awaitable[DraftCard]],
    draw: Callable[[L10n, DraftCard], Screen],
    *,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
) -> None:
    """Take something out of a list; one that has changed since it was seen is shown anew instead."""
    toast = None
    try:
        async with db.write() as session:
            seen = await remove(session, person, what.draft_id, what.place, version=what.version, now=clock.now())
    except DraftChanged as refusal:
        toast = t.plain(refusal.key)
        async with db.read() as session:
            seen = await announcement_drafts.card(session, person, what.draft_id, now=clock.now())
    await show(call, replace(draw(t, seen), toast=toast))


@router.callback_query(addresses.SendDraft.filter())
async def send_draft(
    call: CallbackQuery, callback_data: addresses.SendDraft, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Разослать», «Запланировать»: once, and as it was seen. One that has changed since is shown as it is now."""
    try:
        async with db.write() as session:
            became = await announcement_drafts.send(
                session,
                person,
                callback_data.draft_id,
                version=callback_data.version,
                zone=t.zone,
                now=clock.now(),
            )
    except DraftChanged as refusal:
        async with db.read() as session:
            seen = await announcement_drafts.card(session, person, callback_data.draft_id, now=clock.now())
        await show(call, screens.announcement_drafts.card(t, seen, preview=True, toast=t.plain(refusal.key)))
        return
    if isinstance(became, Report):
        async with db.read() as session:
            report = await announced.look(session, person, became.announcement.id, now=clock.now())
        await show_report(call, screens.announced.report(t, report), db=db, clock=clock, person=person)
    else:
        await show(call, screens.announcement_drafts.card(t, became))


@router.callback_query(addresses.UseTemplate.filter())
async def use_template(
    call: CallbackQuery, callback_data: addresses.UseTemplate, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Написать по шаблону»: a draft with everything of it."""
    async with db.write() as session:
        seen = await announcement_drafts.use(session, person, callback_data.draft_id, now=clock.now())
    await show(call, screens.announcement_drafts.composed(t, seen))


@router.callback_query(addresses.KeepAsTemplate.filter())
async def keep_as_template(
    call: CallbackQuery, callback_data: addresses.KeepAsTemplate, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """«Сохранить как шаблон»: the draft goes on."""
    async with db.write() as session:
        await announcement_drafts.keep_as_template(session, person, callback_data.draft_id, now=clock.now())
        seen = await announcement_drafts.card(session, person, callback_data.draft_id, now=clock.now())
    await show(call, screens.announcement_drafts.settings(t, seen, toast=t.plain("draft-kept-as-template")))


@router.callback_query(addresses.DeleteDraft.filter())
async def delete_draft(
    call: CallbackQuery, callback_data: addresses.DeleteDraft, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Gone, and the list is shown."""
    async with db.write() as session:
        network_id = await announcement_drafts.delete_draft(session, person, callback_data.draft_id, now=clock.now())
    await _list(call, network_id, 0, db=db, clock=clock, person=person, t=t, toast=t.plain("draft-deleted"))


@router.callback_query(addresses.AddToDraft.filter())
async def add_to_draft(
    call: CallbackQuery,
    callback_data: addresses.AddToDraft,
    db: Database,
    clock: Clock,
    person: Person,
    t: L10n,
    update_id: int,
) -> None:
    """«Дописать в объявление» under what was typed beside it: those words follow what it says already."""
    said = said_before(call)
    given = None
    if said is not None:
        async with db.read() as session:
            pieces = await _pieces(session, person, callback_data.draft_id)
            more = await sayings.whole(session, person, said)
        given = {"pieces": {**pieces, **{name: [*pieces[name], *added] for name, added in more.items()}}}
        if said.origin is not None:
            given["pieces"]["origins"] = [*pieces.get("origins", []), said.origin]
    await begin(
        call,
        DRAFT_TEXT,
        db=db,
        clock=clock,
        person=person,
        t=t,
        update_id=update_id,
        arg=callback_data.draft_id,
        instead=callback_data.instead or DRAFT_TEXT.name,
        given=given,
        way=lambda instead: addresses.AddToDraft(draft_id=callback_data.draft_id, instead=instead),
    )


def _about(answers: Answers) -> int:
    return int(answers[META]["arg"])


async def _may_change(session: AsyncSession, actor: Person, arg: int) -> Answers:
    await announcement_drafts.require_open(session, actor, arg)
    return {}


async def _may_rewrite(session: AsyncSession, actor: Person, arg: int) -> Answers:
    """What is there already is there to be added to, or begun anew."""
    return {"pieces": await _pieces(session, actor, arg)}


async def _pieces(session: AsyncSession, actor: Person, draft_id: int) -> dict[str, Any]:
    """What a draft says now, as the answer to the question what it is to say."""
    draft = await announcement_drafts.require_open(session, actor, draft_id)
    pieces: dict[str, Any] = {
        "texts": draft.texts,
        "files": [files.as_said(file) for file in draft.files],
        "message_ids": [],
    }
    return {**pieces, "origins": draft.origins} if draft.origins else pieces


async def _rewrite(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> DraftCard:
    return await announcement_drafts.rewrite(session, actor, _about(answers), pieces=answers["pieces"], now=now)


async def _set_time(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> DraftCard:
    zone = ZoneInfo(actor.time_zone or answers[META]["zone"])
    starts_at = datetime.fromisoformat(answers["when"])
    return await announcement_drafts.set_time(session, actor, _about(answers), starts_at, zone=zone, now=now)


async def _set_deadline(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> DraftCard:
    deadline = datetime.fromisoformat(answers["deadline"])
    return await announcement_drafts.set_deadline(session, actor, _about(answers), deadline, now=now)


async def _add_link(session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> DraftCard:
    url = answers["url"]
    label = answers["caption"] or url.removeprefix("https://").partition("/")[0]
    button = {"kind": "link", "label": label, "url": url}
    return await announcement_drafts.add_button(session, actor, _about(answers), button, now=now)


async def _add_way(kind: str, session: AsyncSession, actor: Person, answers: Answers, now: datetime) -> DraftCard:
    picked = answers[f"way-{kind}"]
    button = {"kind": kind, "label": picked["label"], "id": picked["id"]}
    return await announcement_drafts.add_button(session, actor, _about(answers), button, now=now)


async def _add_part(
    kind: str, excluded: bool, session: AsyncSession, actor: Person, answers: Answers, now: datetime
) -> DraftCard:
    match kind:
        case "organisation":
            part = Part(excluded=excluded, organisation_id=answers["part-organisation"]["id"])
        case "subject":
            part = Part(excluded=excluded, subject_id=answers["part-subject"]["id"])
        case _:
            network_id = answers["part-network"]["id"]
            part = Part(excluded=excluded, network_id=network_id, with_branch=kind == "branch")
    return await announcement_drafts.add_part(session, actor, _about(answers), part, now=now)


async def _back_to_draft(session: AsyncSession, actor: Person, answers: Answers, t: L10n, now: datetime) -> Screen:
    """«Отмена» leaves the draft as it was."""
    try:
        seen = await announcement_drafts.card(session, actor, _about(answers), now=now)
    except (NotFound, NotAllowed):  # it was deleted meanwhile, or is no longer the actor's: nothing is left to be shown
        return screens.dialogs.cancelled(t, DRAFT_TEXT)
    return screens.announcement_drafts.card(t, seen)


Act = Callable[[AsyncSession, Person, Answers, datetime], Awaitable[DraftCard]]
Finished = Callable[[L10n, DraftCard], Screen]


def _converse(dialog: Dialog, act: Act, finished: Finished) -> None:
    prepare = _may_rewrite if dialog is DRAFT_TEXT else _may_change
    converse(Conversation(dialog=dialog, prepare=prepare, act=act, finished=finished, dropped=_back_to_draft))


_converse(DRAFT_TEXT, _rewrite, screens.announcement_drafts.composed)
_converse(DRAFT_LINK, _add_link, screens.announcement_drafts.composed)
_converse(DRAFT_WHEN, _set_time, screens.announcement_drafts.card)
_converse(DRAFT_DEADLINE, _set_deadline, screens.announcement_drafts.settings)
for _kind, _dialog in DRAFT_PICKS.items():
    _converse(_dialog, partial(_add_way, _kind), screens.announcement_drafts.composed)
for (_excluded, _kind), _dialog in DRAFT_PARTS.items():
    _converse(_dialog, partial(_add_part, _kind, _excluded), screens.announcement_drafts.audience)
