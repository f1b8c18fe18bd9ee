"""What became of a delivery, and who else is to know: every answer of Telegram turned into an outcome that is written down."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.types import Message
from sqlalchemy.ext.asyncio import AsyncSession

from bot.patience import reason
from bot.settler import Settle, Settler
from jobs import UNREACHED
from jobs.notices import Then
from models import Notification
from services import notifications
from services.clock import Clock

log = structlog.get_logger("bot.sender")

_GONE = ("chat not found", "user is deactivated", "peer_id_invalid", "user not found")
_NEVER_CONNECTED = ("clientconnectorerror", "proxyconnectionerror", "clientconnectordnserror")


class Outcomes:
    """Has `settler` write what became of rows."""

    def __init__(self, settler: Settler, clock: Clock) -> None:
        self._settler = settler
        self._clock = clock

    async def sent(self, notification: Notification, messages: Sequence[Message], then: Then | None) -> None:
        """It reached the person, by these messages."""
        pairs = pairs_of(messages)
        if then is None:
            await self._settler.sent(notification, pairs)
        else:
            await self._write(
                notification,
                lambda session, now: notifications.settle_sent(session, notification, pairs, now=now),
                then,
            )

    async def dropped(self, notification: Notification, then: Then | None, *, is_stale: bool = False) -> None:
        """There is nothing to say any more; with `is_stale` because its moment has passed."""
        if is_stale:
            log.info("notification-stale", due_at=notification.due_at)
        await self._write(
            notification,
            lambda session, now: notifications.settle_cancelled(session, notification, now=now, is_stale=is_stale),
            then,
        )

    async def _write(self, notification: Notification, settle: Settle, then: Then | None) -> None:
        """An outcome together with what else is to be written down then."""

        async def both(session: AsyncSession, now: datetime) -> Any:
            outcome = await settle(session, now)
            if then is not None:
                await then(session, now)
            return outcome

        await self._settler.settle(notification, both)

    async def not_sent(self, notification: Notification, error: TelegramAPIError, sent: Sequence[Message]) -> None:
        """Telegram said no, later, or nothing. What went out before is kept, so that it is not sent again."""
        await self.keep(notification, sent)
        match error:
            case TelegramForbiddenError():
                await self.blocked(notification)
            case TelegramRetryAfter(retry_after=seconds):
                await self.postpone(notification, self._clock.now() + timedelta(seconds=seconds), began=bool(sent))
            case TelegramBadRequest() if any(words in error.message.lower() for words in _GONE):
                await self.blocked(notification)
            case TelegramNetworkError() | TelegramServerError() if not isinstance(error, TelegramEntityTooLarge):
                log.warning("notification-delayed", reason=reason(error))
                await self.trouble(
                    notification,
                    reason(error),
                    most_attempts=notifications.NETWORK_ATTEMPTS,
                    perhaps_sent=not any(words in reason(error).lower() for words in _NEVER_CONNECTED),
                )
            case _:
                log.error("notification-refused", reason=reason(error))
                await self.trouble(notification, reason(error), most_attempts=notifications.REFUSED_ATTEMPTS)

    async def keep(self, notification: Notification, sent: Sequence[Message]) -> None:
        """So much of it is out, and more is to come."""
        pairs = pairs_of(sent)
        if pairs:
            await self._settler.settle(
                notification, lambda session, now: notifications.keep_parts(session, notification, pairs)
            )

    async def postpone(
        self, notification: Notification, until: datetime, *, then: Then | None = None, began: bool = False
    ) -> None:
        """Not now; `began` when something of it is out already."""
        await self._write(
            notification,
            lambda session, now: notifications.postpone(session, notification, until=until, began=began),
            then,
        )

    async def blocked(self, notification: Notification) -> None:
        """Whoever else this concerns hears of it in the same transaction."""

        async def settle(session: AsyncSession, now: datetime) -> None:
            tell = UNREACHED.get(notification.kind)
            if await notifications.settle_blocked(session, notification, now=now) and tell is not None:
                await tell(session, notification, now)

        await self._settler.settle(notification, settle)

    async def trouble(
        self,
        notification: Notification,
        error: str,
        *,
        most_attempts: int = notifications.MOST_ATTEMPTS,
        perhaps_sent: bool = False,
    ) -> None:
        """It did not go out: tried again later, or given up."""
        again = await self._settler.settle(
            notification,
            lambda session, now: notifications.settle_trouble(
                session, notification, error, now=now, most_attempts=most_attempts, perhaps_sent=perhaps_sent
            ),
        )
        if again is False:
            log.error("notification-given-up", reason=error)


def pairs_of(messages: Sequence[Message]) -> list[tuple[int, int]]:
    """The chats and numbers of messages, as they are kept."""
    return [(message.chat.id, message.message_id) for message in messages]
