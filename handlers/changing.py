"""What was sent is changed in people's chats: other words, or none."""

from __future__ import annotations

from collections.abc import Sequence

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import Message

from handlers.show import CAPTION, is_gone, is_unchanged, keyboard, send_screens
from screens.screen import Screen

_NO_TEXT = "there is no text in the message to edit"
_NOT_DELETED = "can't be deleted"


async def rewrite_messages(
    bot: Bot,
    chat_id: int,
    message_ids: Sequence[int],
    below: Sequence[int],
    screens: Sequence[Screen],
    *,
    files: int,
    spare: Screen,
    already: int = 0,
    sent: list[Message] | None = None,
) -> None:
    """Give an announcement that was sent other words; its files stay. Messages that are gone are passed over.

    `message_ids` were some texts, then `files` files, then the last text, which with a single file may stand under it; `below` are
    texts that former changes added. When there are fewer texts now, the first places say `spare`; when more, or too long a one for
    its place under a file, the rest is sent below, with the buttons. `already` of those went out before; new ones are put into `sent`.
    """
    *before, last = message_ids
    texts = [Screen(screen.text, screen.rows) for screen in screens]
    place = max(0, len(before) - files)
    words, rest = _laid_out(texts, place + 1 + len(below), spare)
    if not await _edit_text(bot, chat_id, last, words[place]):  # only Telegram knows whether the file bears the words
        place = len(before)
        words, rest = _laid_out(texts, place + 1 + len(below), spare)
        if len(words[place].text) > CAPTION:
            words, rest = _laid_out(texts, place + len(below), spare)
            words.insert(place, spare)
        await _edit_caption(bot, chat_id, last, words[place])
    del words[place]
    for message_id, screen in zip((*before[:place], *below), words, strict=True):
        await _edit_text(bot, chat_id, message_id, screen)
    if rest:
        await send_screens(bot, chat_id, rest, already=already, sent=sent)


def _laid_out(texts: Sequence[Screen], places: int, spare: Screen) -> tuple[list[Screen], list[Screen]]:
    """What stands in so many places, and what needs further ones below."""
    if len(texts) <= places:
        return [*[spare] * (places - len(texts)), *texts], []
    return list(texts[:places]), list(texts[places:])


async def remove_messages(bot: Bot, chat_id: int, message_ids: Sequence[int], *, otherwise: Screen) -> None:
    """Delete messages; those too old for it (https://core.telegram.org/bots/api#deletemessage) say `otherwise`.

    Messages that are gone already are passed over.
    """
    for message_id in message_ids:
        try:
            await bot.delete_message(chat_id, message_id)
        except TelegramBadRequest as error:
            if _NOT_DELETED in error.message and not await _edit_text(bot, chat_id, message_id, otherwise):
                await _edit_caption(bot, chat_id, message_id, otherwise)
            elif _NOT_DELETED not in error.message and not _is_away(error):
                raise


async def _edit_text(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    """False when the message is a file: then its words stand in the caption."""
    try:
        await bot.edit_message_text(screen.text, chat_id=chat_id, message_id=message_id, reply_markup=keyboard(screen))
    except TelegramBadRequest as error:
        if _NO_TEXT in error.message:
            return False
        if not (is_unchanged(error) or is_gone(error)):
            raise
    return True


async def _edit_caption(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> None:
    try:
        await bot.edit_message_caption(
            chat_id=chat_id, message_id=message_id, caption=screen.text, reply_markup=keyboard(screen)
        )
    except TelegramBadRequest as error:
        if not (is_unchanged(error) or is_gone(error)):
            raise


def _is_away(error: TelegramBadRequest) -> bool:
    return "message to delete not found" in error.message
