"""Where a call goes: the chat it names, and whether the bot may write there."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.methods.registry import Context
from sandbox.records import ChatKey, Dialogue, Group, Message, Person
from sandbox.refusals import bad_request, forbidden


@dataclass(frozen=True, slots=True)
class Target:
    """A chat a call names: private (with a person) or a group."""

    key: ChatKey
    person: Person | None = None
    group: Group | None = None
    dialogue: Dialogue | None = None

    @property
    def chat_id(self) -> int:
        """Telegram's id of the chat."""
        return self.key[1]


def find_target(ctx: Context, chat_id: int | str | None) -> Target:
    """The chat as the bot knows it; refuses «chat not found» and «chat_id is empty».

    A person who never met the bot is found too: writing to them is refused in other words (`may_write`).
    """
    if chat_id is None or chat_id == "":
        raise bad_request("chat_id is empty")
    if isinstance(chat_id, str):
        raise bad_request("chat not found")  # only public groups and bots have names a bot may write to
    state = ctx.world.state
    group = state.groups.get(chat_id)
    if group is not None:
        return Target((0, chat_id), group=group)
    person = state.people.get(chat_id)
    if person is None:
        if chat_id in state.bots:
            raise forbidden("bots can't send messages to bots")
        raise bad_request("chat not found")
    return Target((ctx.bot.id, chat_id), person=person, dialogue=ctx.world.dialogue(ctx.bot.id, chat_id))


def may_write(ctx: Context, target: Target) -> None:
    """Refuse what Telegram refuses before anything is sent: blocked, deactivated, never met, thrown out."""
    if target.group is not None:
        if ctx.bot.id in target.group.bots:
            return
        if ctx.bot.id in target.group.kicked:
            raise forbidden("bot was kicked from the supergroup chat")
        raise forbidden("bot is not a member of the supergroup chat")
    if target.person is not None and target.person.deactivated:
        raise forbidden("user is deactivated")
    if target.dialogue is not None and target.dialogue.blocked:
        raise forbidden("bot was blocked by the user")
    if target.dialogue is not None and not target.dialogue.started:
        raise forbidden("bot can't initiate conversation with a user")


def find_message(ctx: Context, target: Target, message_id: int | None, purpose: str) -> Message:
    """A message of the chat; refuses «message to <purpose> not found»."""
    message = ctx.world.state.messages.find(target.key, message_id)
    if message is None:
        raise bad_request(f"message to {purpose} not found")
    return message
