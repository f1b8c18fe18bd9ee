"""Files that people asked for: sent one and all, whatever has become of some of them."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest

from handlers.show import albums, send_media
from screens.screen import Media

_LOST = ("wrong file identifier", "wrong remote file identifier", "wrong file_id", "file_reference", "invalid file_id")


def is_lost_file(error: TelegramBadRequest) -> bool:
    """Whether Telegram does not know the file's handle (any more): it may be of another bot, or of a former token."""
    words = error.message.lower()
    return any(lost in words for lost in _LOST)


async def send_files(bot: Bot, chat_id: int, media: Sequence[Media]) -> int:
    """Send the files; a lost one does not keep the others back. Gives how many were lost (what we have a copy of never is)."""
    lost = 0
    for album in albums(media):
        try:
            await send_media(bot, chat_id, album)
        except TelegramBadRequest as error:
            if not is_lost_file(error):
                raise
            lost += 1 if len(album) == 1 else sum([await send_files(bot, chat_id, (one,)) for one in album])
    return lost
