"""What a bot may learn: itself, chats, files."""

from __future__ import annotations

from aiogram.methods import GetChat, GetFile, GetMe

from sandbox import wire
from sandbox.files import DOWNLOAD_LIMIT
from sandbox.methods.registry import Context, serves
from sandbox.methods.targets import find_target
from sandbox.records import Json
from sandbox.refusals import bad_request


@serves(GetMe)
def get_me(ctx: Context, method: GetMe) -> Json:
    """The bot itself."""
    return wire.me(ctx.bot)


@serves(GetChat)
def get_chat(ctx: Context, method: GetChat) -> Json:
    """What Telegram tells about a chat."""
    target = find_target(ctx, method.chat_id)
    common: Json = {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": {
            "unlimited_gifts": True,
            "limited_gifts": True,
            "unique_gifts": True,
            "premium_subscription": True,
            "gifts_from_channels": True,
        },
    }
    if target.group is not None:
        return {**wire.group_chat(target.group), **common}
    if target.person is None or target.dialogue is None or not target.dialogue.started:
        raise bad_request("chat not found")
    chat = {**wire.private_chat(target.person), **common}
    pinned = [ctx.world.state.messages.find(target.key, number) for number in target.dialogue.pinned]
    newest = next((message for message in reversed(pinned) if message is not None), None)
    if newest is not None:
        chat["pinned_message"] = wire.message(ctx.world.state, newest)
    return chat


@serves(GetFile)
def get_file(ctx: Context, method: GetFile) -> Json:
    """Where a file can be downloaded; refuses wrong identifiers and more than 20 MB."""
    record = ctx.world.library.find(ctx.bot.id, method.file_id)
    if record is None:
        raise bad_request("wrong file_id or the file is temporarily unavailable")
    if record.size > DOWNLOAD_LIMIT:
        raise bad_request("file is too big")
    return {
        "file_id": record.file_id,
        "file_unique_id": record.unique_id,
        "file_size": record.size,
        "file_path": record.path,
    }
