"""The one place where a `Screen` becomes Telegram messages."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, cast

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import (
    SendAnimation,
    SendAudio,
    SendDocument,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    SendVideo,
    SendVideoNote,
    SendVoice,
    TelegramMethod,
)
from aiogram.types import (
    CallbackQuery,
    InaccessibleMessage,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
)
from aiogram.utils.media_group import MediaGroupBuilder

from screens.screen import Button, Media, Row, Screen

ALBUM = 10
"""The most files of one album."""

CAPTION = 1024
"""The most characters under a file."""

_FAMILIES = {"photo": "pictures", "video": "pictures", "document": "documents", "audio": "audios"}
_SENDS: dict[str, Callable[..., Any]] = {
    "photo": SendPhoto,
    "document": SendDocument,
    "voice": SendVoice,
    "audio": SendAudio,
    "video": SendVideo,
    "video_note": SendVideoNote,
    "animation": SendAnimation,
}

KEYBOARDS = 16
_keyboards: dict[int, tuple[tuple[Row, ...], InlineKeyboardMarkup]] = {}
"""The last keyboards, by which rows they show: an announcement goes to hundreds one after another."""

_button_answered: ContextVar[bool] = ContextVar("button_answered", default=False)

_NOT_EDITABLE = (
    "message can't be edited",
    "message to edit not found",
    "there is no text in the message to edit",
    "message_id_invalid",
)


def expect_button() -> None:
    """A new update begins: its button, if it is one, is not answered yet."""
    _button_answered.set(False)


async def show(event: Message | CallbackQuery, screen: Screen, *, reply: bool = False) -> Message | None:
    """Show `screen`: a pressed button redraws its message (or, when that cannot be edited, sends anew) and is answered once;

    a message is answered by a new one, as a reply to it with `reply`, where the toast stands in the text: nobody pressed anything
    that could show it. Gives the message that shows the screen, when known. Messages that go `before` it are sent ahead, and the
    pressed one only loses its buttons.
    """
    if isinstance(event, CallbackQuery):
        return await _answer_beside(event, screen.toast, (_show_after if screen.before else _redraw)(event, screen))
    if screen.before:
        return await _show_after(event, screen)
    return await event.answer(
        screen.text if screen.toast is None else f"{screen.text}\n\n{html.escape(screen.toast, quote=False)}",
        reply_markup=keyboard(screen),
        reply_parameters=_reply_parameters(event.message_id) if reply else None,
    )


async def _answer_beside(
    call: CallbackQuery, toast: str | None, showing: Coroutine[Any, Any, Message | None]
) -> Message | None:
    """Answer the button while its screen is on the way. Raises what either of them raised, when both have ended.

    When hundreds press at once their screens queue for the thirty a second that Telegram takes, longer than a button may spin;
    answers are not counted. On a quiet day neither waits for the other: the screen comes as soon as it ever could.
    """
    if not _answer_is_due():
        return await showing
    answer, shown = await asyncio.gather(_answer(call, toast), showing, return_exceptions=True)
    for outcome in (shown, answer):
        if isinstance(outcome, BaseException):
            raise outcome
    return cast(Message | None, shown)


async def _show_after(event: Message | CallbackQuery, screen: Screen) -> Message:
    message = event if isinstance(event, Message) else event.message
    bot = event.bot
    chat_id = event.chat.id if isinstance(event, Message) else event.from_user.id
    if bot is None:
        raise RuntimeError("an update without its bot")
    if isinstance(event, CallbackQuery) and isinstance(message, Message):
        with suppress(TelegramBadRequest):  # the buttons are gone already, or the message is: that is what we wanted
            await message.edit_reply_markup(reply_markup=None)
    return (await send_screens(bot, chat_id, (*screen.before, replace(screen, before=()))))[-1]


async def send_screens(
    bot: Bot,
    chat_id: int,
    screens: Sequence[Screen],
    *,
    reply_to: int | None = None,
    already: int = 0,
    sent: list[Message] | None = None,
) -> list[Message]:
    """Send screens as new messages, files before their text. Gives every message, in order; the last one has the last buttons.

    `already` is how many of the messages an attempt before this one has sent: they are passed over. What goes out is put into
    `sent` at once, so that it is known even when a later message is refused.
    """
    sent = [] if sent is None else sent
    passed = 0
    for step in _steps(chat_id, screens, reply_to):
        if passed + step.messages <= already:
            passed += step.messages
            continue
        answer = await bot(step.call)
        sent += answer if isinstance(answer, list) else [answer]
    return sent


@dataclass(frozen=True, slots=True)
class _Step:
    """One call and how many messages it sends."""

    call: TelegramMethod[Any]
    messages: int = 1


def _steps(chat_id: int, screens: Sequence[Screen], reply_to: int | None) -> Iterator[_Step]:
    parameters = _reply_parameters(reply_to) if reply_to else None
    for screen in screens:
        if screen.caption and len(screen.media) == 1 and _fits_caption(screen):
            call = _SENDS[screen.media[0].kind]
            yield _Step(
                call(
                    chat_id=chat_id,
                    **{screen.media[0].kind: screen.media[0].file_id},
                    caption=screen.text,
                    reply_markup=keyboard(screen),
                    reply_parameters=parameters,
                )
            )
            continue
        yield from _media_steps(chat_id, screen.media, parameters)
        yield _Step(
            SendMessage(
                chat_id=chat_id,
                text=screen.text,
                reply_markup=keyboard(screen),
                reply_parameters=None if screen.media else parameters,
            )
        )


def _fits_caption(screen: Screen) -> bool:
    """Tags do not count, but the raw length is at hand and never too small."""
    return len(screen.text) <= CAPTION and screen.media[0].kind != "video_note"


async def send_media(bot: Bot, chat_id: int, media: Sequence[Media], *, reply_to: int | None = None) -> list[Message]:
    """Send files that Telegram knows: photos and videos together, documents together (albums mix no others), the rest one by one."""
    sent: list[Message] = []
    for step in _media_steps(chat_id, media, _reply_parameters(reply_to) if reply_to else None):
        answer = await bot(step.call)
        sent += answer if isinstance(answer, list) else [answer]
    return sent


def _media_steps(chat_id: int, media: Sequence[Media], parameters: ReplyParameters | None) -> Iterator[_Step]:
    for group in albums(media):
        if len(group) > 1:
            album = MediaGroupBuilder()
            for one in group:
                album.add(type=cast(Any, one.kind), media=one.file_id)
            yield _Step(
                SendMediaGroup(chat_id=chat_id, media=list(album.build()), reply_parameters=parameters), len(group)
            )
        else:
            one = group[0]
            call = _SENDS[one.kind]
            yield _Step(call(chat_id=chat_id, **{one.kind: one.file_id}, reply_parameters=parameters))


def albums(media: Sequence[Media]) -> list[list[Media]]:
    """The files in the groups that Telegram sends at once."""
    groups: list[list[Media]] = []
    for one in media:
        family = _FAMILIES.get(one.kind)
        last = groups[-1] if groups else None
        if last and family and _FAMILIES.get(last[0].kind) == family and len(last) < ALBUM:
            last.append(one)
        else:
            groups.append([one])
    return groups


def _reply_parameters(message_id: int) -> ReplyParameters:
    return ReplyParameters(message_id=message_id, allow_sending_without_reply=True)


async def update_screen(bot: Bot, chat_id: int, message_id: int, screen: Screen) -> bool:
    """Redraw a message known by its id; False when it can no longer be edited."""
    try:
        await bot.edit_message_text(screen.text, chat_id=chat_id, message_id=message_id, reply_markup=keyboard(screen))
    except TelegramBadRequest as error:
        if is_unchanged(error):
            return True
        if is_gone(error):
            return False
        raise
    return True


async def answer_button(call: CallbackQuery, text: str | None = None, *, alert: bool = False) -> bool:
    """Stop the button's spinning, once. Gives whether `text` could still be shown:

    the button may be answered already, or (after a downtime) its query be too old.
    """
    return _answer_is_due() and await _answer(call, text, alert=alert)


def _answer_is_due() -> bool:
    """Whether nobody has answered the button of this update yet; whoever asks does it now."""
    if _button_answered.get():
        return False
    _button_answered.set(True)
    return True


async def _answer(call: CallbackQuery, text: str | None, *, alert: bool = False) -> bool:
    try:
        await call.answer(text[:200] if text else None, show_alert=alert or None)
    except TelegramBadRequest as error:
        if "query is too old" not in error.message:
            raise
        return False
    return True


def keyboard(screen: Screen) -> InlineKeyboardMarkup | None:
    """The screen's buttons as Telegram's. One and the same screen, told to many, has one keyboard."""
    rows = screen.rows
    if not rows:
        return None
    known = _keyboards.get(id(rows))
    if known is not None and known[0] is rows:
        return known[1]
    made = InlineKeyboardMarkup(inline_keyboard=[[_button(button) for button in row] for row in rows])
    while len(_keyboards) >= KEYBOARDS:
        del _keyboards[next(iter(_keyboards))]
    _keyboards[id(rows)] = (rows, made)  # the rows are held, so that no others can come to stand in their place
    return made


def _button(button: Button) -> InlineKeyboardButton:
    if button.url is not None:
        return InlineKeyboardButton(text=button.label, url=button.url)
    if button.address is None:
        raise ValueError(f"the button {button.label!r} leads nowhere")
    return InlineKeyboardButton(text=button.label, callback_data=button.address.pack())


async def ask_contact(call: CallbackQuery, screen: Screen, *, share: str, not_now: str) -> None:
    """Show `screen` with two buttons in the place of the letters: `share` sends the own number, `not_now` its words.

    Such buttons come only with a new message, and only in a private chat (https://core.telegram.org/bots/api#keyboardbutton).
    """
    if call.bot is None:
        raise RuntimeError("a button without its bot")
    await answer_button(call, screen.toast)
    keys = [[KeyboardButton(text=share, request_contact=True)], [KeyboardButton(text=not_now)]]
    markup = ReplyKeyboardMarkup(keyboard=keys, resize_keyboard=True, one_time_keyboard=True)
    await call.bot.send_message(call.from_user.id, screen.text, reply_markup=markup)


async def put_keys_away(message: Message, text: str) -> None:
    """Say `text` and give the letters back. A screen with buttons of its own has to follow: one message bears one kind of them."""
    await message.answer(text, reply_markup=ReplyKeyboardRemove())


async def _redraw(call: CallbackQuery, screen: Screen) -> Message | None:
    message = call.message
    if message is None or isinstance(message, InaccessibleMessage) or message.text is None:  # a file stays what it is
        return await _send_anew(call, screen)
    try:
        edited = await message.edit_text(screen.text, reply_markup=keyboard(screen))
    except TelegramBadRequest as error:
        if is_unchanged(error):
            return message
        if is_gone(error):
            return await _send_anew(call, screen)
        raise
    return edited if isinstance(edited, Message) else message


async def _send_anew(call: CallbackQuery, screen: Screen) -> Message:
    if call.bot is None:
        raise RuntimeError("a button without its bot")
    return await call.bot.send_message(call.from_user.id, screen.text, reply_markup=keyboard(screen))


def is_unchanged(error: TelegramBadRequest) -> bool:
    """Whether Telegram only says that the message is so already."""
    return "message is not modified" in error.message


def is_gone(error: TelegramBadRequest) -> bool:
    """Whether there is no such message to edit, or none with a text."""
    return any(words in error.message.lower() for words in _NOT_EDITABLE)
