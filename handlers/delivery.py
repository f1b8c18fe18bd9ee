"""The administrator sees what did not go out, and has it tried again."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

import screens.delivery
from handlers.show import show
from models import Database, Person
from screens import addresses
from screens.l10n import L10n
from services import notifications
from services.clock import Clock

router = Router(name="delivery")


@router.callback_query(addresses.ListUndelivered.filter())
async def list_undelivered(
    call: CallbackQuery, callback_data: addresses.ListUndelivered, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """What was given up of late."""
    now = clock.now()
    async with db.read() as session:
        groups = await notifications.undelivered(session, person, now=now)
        stale = await notifications.stale(session, since=now - notifications.SHOWN_FOR)
    await show(call, screens.delivery.undelivered(t, groups, stale, callback_data.page))


@router.callback_query(addresses.OpenUndelivered.filter())
async def open_undelivered(
    call: CallbackQuery, callback_data: addresses.OpenUndelivered, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """Those of one kind and reason."""
    async with db.read() as session:
        group = await notifications.undelivered_like(session, person, callback_data.notification_id, now=clock.now())
    await show(call, screens.delivery.group(t, group))


@router.callback_query(addresses.RetryUndelivered.filter())
async def retry_undelivered(
    call: CallbackQuery, callback_data: addresses.RetryUndelivered, db: Database, clock: Clock, person: Person, t: L10n
) -> None:
    """They are tried again; those of people who have blocked the bot stay."""
    now = clock.now()
    async with db.write() as session:
        number = await notifications.retry(session, person, callback_data.notification_id, now=now)
        groups = await notifications.undelivered(session, person, now=now)
        stale = await notifications.stale(session, since=now - notifications.SHOWN_FOR)
    toast = t.plain("undelivered-retried", count=number)
    await show(call, screens.delivery.undelivered(t, groups, stale, 0, toast=toast))
