"""A new text of the consent is agreed to before anything else is done; what people were doing goes on after their yes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from aiogram import BaseMiddleware, Bot, Dispatcher
from aiogram.dispatcher.middlewares.error import ErrorsMiddleware
from aiogram.types import CallbackQuery, Message, TelegramObject, Update
from pydantic import ValidationError

import screens.registration
from handlers.show import answer_button, send_screens, show
from models import Database, HeldUpdate, Person
from screens import addresses
from services import held, persons, policy

log = structlog.get_logger("bot.consent")

Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]

OPEN_BUTTONS = (
    addresses.GiveConsent,
    addresses.RefuseConsent,
    addresses.OpenConsentText,
    addresses.OpenWelcome,
    addresses.AskWithdrawConsent,
    addresses.WithdrawConsent,
    addresses.OpenSettings,
    addresses.ChooseLanguage,
    addresses.OpenPersonalData,
    addresses.SendMyData,
    addresses.AskDeleteMe,
    addresses.ConfirmDeleteMe,
    addresses.DeleteMe,
)
"""What one does about the consent itself and the own data: the law gives these rights to whoever agrees to nothing, too."""

OPEN_COMMANDS = ("/settings",)


class ConsentGate(BaseMiddleware):
    """Stands before everything that people do. Whoever has to agree anew is asked; the deed is kept until they have answered."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        self._dispatcher = dispatcher

    async def __call__(self, handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
        """Served for messages, edited ones and buttons."""
        person: Person | None = data.get("person")
        if person is None or not policy.is_registered(person):
            return await handler(event, data)
        if not persons.must_consent_again(person):
            data["keeps_dialog"] = False
        elif _is_open(event):
            data["keeps_dialog"] = (
                True  # the question that the person was answering is still the last thing they were asked
            )
        else:
            return await self._hold(event, person, data)
        if isinstance(event, CallbackQuery) and _is(event, addresses.GiveConsent):
            result = await handler(event, data)
            await self._go_on(person, data)
            return result
        return await handler(event, data)

    async def _hold(self, event: TelegramObject, person: Person, data: dict[str, Any]) -> None:
        update: Update = data["event_update"]
        db: Database = data["db"]
        async with db.write() as session:
            payload = update.model_dump_json(exclude_unset=True)
            album = event.media_group_id if isinstance(event, Message) else None
            now = data["clock"].now()
            begins = await held.hold(session, person, update.update_id, payload, album=album, now=now)
        screen = screens.registration.consent_again(data["t"])
        if isinstance(event, CallbackQuery):  # below: the message with the button is to show what the deed leads to
            await answer_button(event)
            await send_screens(data["bot"], event.from_user.id, [screen])
        elif isinstance(event, Message) and update.edited_message is None and begins:
            await show(event, screen)

    async def _go_on(self, person: Person, data: dict[str, Any]) -> None:
        """Do what waits, in its order. A deed is forgotten when it is done, so that a crash in between repeats it at most."""
        db: Database = data["db"]
        while True:
            async with db.read() as session:
                now = await session.get(Person, person.id)
                waiting = await held.first(session, person)
            if now is None or waiting is None or not policy.is_registered(now) or persons.must_consent_again(now):
                return
            await self._do(waiting, now, data)
            async with db.write() as session:
                await held.done(session, waiting)

    async def _do(self, waiting: HeldUpdate, person: Person, data: dict[str, Any]) -> None:
        """Serve it as if it had come just now, within the lock that its person holds already.

        Its button was answered when it was held: what would be said in a window over it comes as a message.
        """
        bot: Bot = data["bot"]
        try:
            update = Update.model_validate_json(waiting.payload, context={"bot": bot})
        except ValidationError as error:
            log.error(
                "held-update-lost", update_id=waiting.update_id, faults=error.error_count()
            )  # its text stays unsaid
            return
        anew = {
            **data,
            "event_update": update,
            "update_id": update.update_id,
            "person": person,
            "raw_state": await data["state"].get_state(),
        }

        async def serve(event: TelegramObject, given: dict[str, Any]) -> Any:
            return await self._dispatcher.propagate_event(update.event_type, update.event, **given)

        await ErrorsMiddleware(self._dispatcher)(serve, update, anew)


def _is(call: CallbackQuery, *buttons: type[Any]) -> bool:
    prefix = (call.data or "").partition(":")[0]
    return any(prefix == button.__prefix__ for button in buttons)


def _is_open(event: TelegramObject) -> bool:
    if isinstance(event, CallbackQuery):
        return _is(event, *OPEN_BUTTONS)
    return isinstance(event, Message) and (event.text or "").partition("@")[0] in OPEN_COMMANDS
