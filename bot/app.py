"""The factory: everything the bot is made of, put together once. Nothing here starts anything."""

from __future__ import annotations

from aiogram import Bot, Dispatcher
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode
from aiogram.types import LinkPreviewOptions

from bot.boundary import hold_answer_types, refuse_talk_in_transactions
from bot.commands import SuitCommands
from bot.consent import ConsentGate
from bot.errors import error_router
from bot.following import LeavingReport
from bot.fsm import DialogStorage
from bot.isolation import WeakIsolation
from bot.limiter import Limiter, note_leaving
from bot.middlewares import LeavingDialog, PersonMiddleware
from bot.session import JsonSession
from bot.settings import Settings
from handlers import routers
from models import Database
from services.clock import Clock

CONNECTIONS = 700
"""More than two for each update in flight (a button's answer and its screen go side by side): with the 100 of aiogram's own,
as many waiting answers keep polling and everybody else out."""


def make_session(settings: Settings) -> JsonSession:
    """The way to the Bot API that the settings name."""
    session = JsonSession(api=TelegramAPIServer.from_base(settings.bot_api_url, is_local=False))
    if settings.bot_proxy:
        session.proxy = settings.bot_proxy.get_secret_value()
    session._connector_init["limit"] = CONNECTIONS  # its parameter `limit` is forgotten where there is a proxy
    return session


def make_bot(token: str, session: BaseSession, *, limiter: Limiter | None = None) -> Bot:
    """The bot's door to Telegram; `limiter` keeps to Telegram's limits (None: none, for tests).

    Raises aiogram's TokenValidationError when `token` is none."""
    properties = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview=LinkPreviewOptions(is_disabled=True))
    session.middleware(refuse_talk_in_transactions)
    session.middleware(hold_answer_types)
    if limiter is not None:
        session.middleware(limiter)
    session.middleware(note_leaving)
    return Bot(token, session=session, default=properties)


def make_dispatcher(settings: Settings, db: Database, clock: Clock) -> Dispatcher:
    """The dispatcher with all rooms attached.

    Handlers are given `db`, `clock`, `person`, `t`, `update_id`, and `administrators`, the Telegram ids of `ADMIN_IDS`.
    """
    dispatcher = Dispatcher(
        storage=DialogStorage(db, clock),
        events_isolation=WeakIsolation(),
        db=db,
        clock=clock,
        administrators=settings.admin_ids,
    )
    dispatcher.update.outer_middleware(
        PersonMiddleware(db, clock, zone=settings.zone, administrators=settings.admin_ids)
    )
    gate = ConsentGate(dispatcher)
    for observer in (dispatcher.message, dispatcher.edited_message, dispatcher.callback_query):
        observer.outer_middleware(gate)
    leaving = LeavingDialog()
    dispatcher.message.outer_middleware(leaving)
    dispatcher.message.outer_middleware(SuitCommands())
    dispatcher.callback_query.outer_middleware(leaving)
    dispatcher.callback_query.outer_middleware(LeavingReport())
    for router in routers():
        # A router belongs to one dispatcher for ever; tests make many in one process, so the former one lets go.
        router._parent_router = None
        dispatcher.include_router(router)
    dispatcher.include_router(error_router(settings.admin_ids))
    return dispatcher
