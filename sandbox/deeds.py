"""What people can do. Each deed changes the world and gives the updates that bots must get for it.

The in-process actors (`sandbox.people`) and the control API both go through these functions. A deed which the app of
the person would not offer raises `Impossible`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sandbox import wire
from sandbox.clock import real_seconds
from sandbox.entities import find_entities, split_typed, trim, typed_marks
from sandbox.files import ANY_BOT
from sandbox.html_parser import parse_html
from sandbox.records import Callback, Dialogue, Group, Json, Media, Message, Person, StoredUpdate
from sandbox.view import reply_rows
from sandbox.world import World

KEPT_CALLBACKS = 5_000
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


class Impossible(AssertionError):
    """The person's app would not let them do this; an AssertionError, because in a test it is a wrong expectation."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file somebody sends."""

    kind: str
    name: str
    data: bytes
    mime: str = ""
    duration: int = 0


def begin(world: World, bot_id: int, person_id: int) -> Dialogue:
    """What every deed begins with: the person looks at the chat (all is read, alerts are gone).

    Raises Impossible for people who deleted their account or blocked the bot.
    """
    dialogue = world.dialogue(bot_id, person_id)
    person = world.state.people[person_id]
    if person.deactivated:
        raise Impossible(f"{person.first_name} has deleted the account")
    if dialogue.blocked:
        raise Impossible(f"{person.first_name} has blocked the bot: unblock it first")
    return world.state.dialogues.put(replace(read(world, bot_id, person_id), started=True, notice=None))


def read(world: World, bot_id: int, person_id: int) -> Dialogue:
    """Look at the chat to its end."""
    dialogue = world.dialogue(bot_id, person_id)
    newest = next(world.state.messages.newest_first((bot_id, person_id)), None)
    if newest is None or newest.message_id <= dialogue.read_up_to:
        return dialogue
    dialogue = world.state.dialogues.put(replace(dialogue, read_up_to=newest.message_id))
    world.emit("people", person_id=person_id)
    return dialogue


def _listeners(world: World, message: Message, group: Group | None) -> list[int]:
    """The bots which get a message: all in a private chat, in groups those whom privacy mode lets hear it."""
    if group is None:
        return [message.bot_id]
    heard: list[int] = []
    for bot_id in group.bots:
        bot = world.state.bots[bot_id]
        answered = world.state.messages.find(message.chat_key, message.reply_to)
        spoken_to = message.text.startswith("/") or f"@{bot.username}".lower() in message.text.lower()
        if not bot.privacy or spoken_to or (answered is not None and answered.sender_id == bot_id):
            heard.append(bot_id)
    return heard


def _announce(world: World, message: Message, kind: str, group: Group | None) -> list[StoredUpdate]:
    body = wire.message(world.state, message)
    updates = (world.delivery.enqueue(bot_id, kind, body) for bot_id in _listeners(world, message, group))
    return [update for update in updates if update is not None]


def _post(
    world: World, dialogue: Dialogue, group: Group | None, text: str, entities: Sequence[Json], **facts: Any
) -> tuple[Message, list[StoredUpdate]]:
    bot_id, chat_id = (dialogue.bot_id, dialogue.person_id) if group is None else (0, group.id)
    message = world.post(
        Message(
            bot_id=bot_id,
            chat_id=chat_id,
            message_id=world.next_message_id(bot_id, chat_id),
            sender_id=dialogue.person_id,
            date=world.clock.timestamp(),
            text=text,
            entities=tuple(entities),
            **facts,
        )
    )
    if group is None:
        world.state.dialogues.put(
            replace(world.dialogue(dialogue.bot_id, dialogue.person_id), read_up_to=message.message_id)
        )
    return message, _announce(world, message, "message", group)


def say(
    world: World,
    bot_id: int,
    person_id: int,
    text: str,
    *,
    reply_to: int | None = None,
    group: Group | None = None,
    formatted: bool = False,
) -> tuple[list[Message], list[StoredUpdate]]:
    """Type a text and send it; a long one goes as several messages. Raises Impossible for nothing but white space.

    A `formatted` one is HTML: what the person made bold or a link in their app; it is short. In others `**bold**` and
    `__italic__` become so, as in the apps.
    """
    dialogue = begin(world, bot_id, person_id)
    messages: list[Message] = []
    updates: list[StoredUpdate] = []
    for part in [text.strip()] if formatted else split_typed(text.strip()):
        kept, marks = trim(*(parse_html(part) if formatted else typed_marks(part)))
        message, news = _post(
            world,
            dialogue,
            group,
            kept,
            sorted([*marks, *find_entities(kept)], key=lambda one: one["offset"]),
            reply_to=reply_to,
        )
        messages.append(message)
        updates += news
    if not messages:
        raise Impossible("an app does not send an empty message")
    if group is None:
        _fold_keyboard(world, dialogue, messages[0].text)
    return messages, updates


def _fold_keyboard(world: World, dialogue: Dialogue, text: str) -> None:
    """A reply keyboard which is there for one press only goes away when one of its buttons was pressed."""
    keyboard = dialogue.reply_keyboard or {}
    if keyboard.get("one_time_keyboard") and any(text == label for row in reply_rows(keyboard) for label in row):
        current = world.dialogue(dialogue.bot_id, dialogue.person_id)
        world.state.dialogues.put(replace(current, reply_keyboard=None))
        world.emit("keyboard", person_id=dialogue.person_id, bot_id=dialogue.bot_id)


def send_files(
    world: World,
    bot_id: int,
    person_id: int,
    attachments: Sequence[Attachment],
    caption: str | None = None,
    *,
    reply_to: int | None = None,
    group: Group | None = None,
) -> tuple[list[Message], list[StoredUpdate]]:
    """Send one file, or several as an album (albums of more than ten go as several albums); the caption is the first's."""
    dialogue = begin(world, bot_id, person_id)
    if not attachments:
        raise Impossible("nothing was chosen to send")
    text, _ = trim(caption or "", ())
    messages: list[Message] = []
    updates: list[StoredUpdate] = []
    album: str | None = None
    for index, one in enumerate(attachments):
        if len(attachments) > 1 and index % 10 == 0:
            album = str(13_000_000_000_000_000 + world.state.next_number("album"))
        owner = bot_id if group is None else ANY_BOT
        media = world.library.add(owner, one.kind, one.name, one.data, mime=one.mime, duration=one.duration)
        words = text if index == 0 else ""
        message, news = _post(
            world, dialogue, group, words, find_entities(words), media=media, media_group_id=album, reply_to=reply_to
        )
        messages.append(message)
        updates += news
    return messages, updates


def phone_of(person: Person) -> str:
    """The number of a person's account: digits without a plus, as Telegram gives them."""
    return f"7900{person.id % 10**7:07d}"


def share_contact(
    world: World, bot_id: int, person_id: int, *, label: str | None = None
) -> tuple[Message, list[StoredUpdate]]:
    """Press the button that asks for the own number (`label`, unless there is only one) and agree to Telegram's question.

    The contact carries the account it belongs to. Raises Impossible where no such button is shown.
    """
    dialogue = begin(world, bot_id, person_id)
    buttons = [one for row in reply_rows(dialogue.reply_keyboard) for one in row if one.kind == "contact"]
    pressed = next((one for one in buttons if label in (None, str(one))), None)
    if pressed is None:
        raise Impossible("there is no button that asks for the own number")
    person = world.state.people[person_id]
    contact: Json = {"phone_number": phone_of(person), "first_name": person.first_name, "user_id": person.id}
    if person.last_name:
        contact["last_name"] = person.last_name
    posted = _post(world, dialogue, None, "", (), contact=contact)
    _fold_keyboard(world, dialogue, str(pressed))
    return posted


def send_contact(
    world: World, bot_id: int, person_id: int, phone: str, first_name: str, *, user_id: int | None = None
) -> tuple[Message, list[StoredUpdate]]:
    """Send somebody of the phone book; `user_id` is their account, if they have one."""
    dialogue = begin(world, bot_id, person_id)
    contact: Json = {"phone_number": phone, "first_name": first_name}
    if user_id is not None:
        contact["user_id"] = user_id
    return _post(world, dialogue, None, "", (), contact=contact)


def edit(world: World, bot_id: int, person_id: int, message_id: int, text: str) -> list[StoredUpdate]:
    """Change one's own message (its caption, if it has media). Raises Impossible for others' and for no change."""
    begin(world, bot_id, person_id)
    message = world.state.messages.find((bot_id, person_id), message_id)
    if message is None or message.sender_id != person_id or message.forward is not None:
        raise Impossible("only one's own messages can be edited")
    kept, _ = trim(text, ())
    if not kept and message.media is None:
        raise Impossible("an app does not send an empty message")
    if kept == message.text:
        return []
    changed = world.alter(
        replace(message, text=kept, entities=tuple(find_entities(kept)), edit_date=world.clock.timestamp())
    )
    return _announce(world, changed, "edited_message", None)


def forward(world: World, bot_id: int, person_id: int, original: Message) -> tuple[Message, list[StoredUpdate]]:
    """Forward any message of the world into the chat with the bot. Raises Impossible for protected content."""
    dialogue = begin(world, bot_id, person_id)
    if original.protected:
        raise Impossible("this message is protected from forwarding")
    origin = original.forward or {
        "type": "user",
        "date": original.date,
        "sender_user": wire.sender(world.state, original.sender_id),
    }
    media: Media | None = original.media and world.library.for_bot(bot_id, original.media)
    return _post(world, dialogue, None, original.text, original.entities, media=media, forward=origin)


def forward_post(
    world: World, bot_id: int, person_id: int, channel: str, text: str, *, group: bool = False
) -> tuple[Message, list[StoredUpdate]]:
    """Forward a post of a channel (or of a group that speaks as itself) that is outside this world; `text` is HTML."""
    dialogue = begin(world, bot_id, person_id)
    now = world.clock.timestamp()
    chat = {"id": -1_001_000_000_001, "title": channel, "type": "supergroup" if group else "channel"}
    origin: Json = (
        {"type": "chat", "date": now, "sender_chat": chat}
        if group
        else {"type": "channel", "date": now, "chat": chat, "message_id": 1}
    )
    kept, marks = trim(*parse_html(text))
    return _post(world, dialogue, None, kept, marks, forward=origin)


def press(
    world: World, bot_id: int, person_id: int, message_id: int, data: str, *, inaccessible: bool = False
) -> tuple[Callback, list[StoredUpdate]]:
    """Press a callback button under a message.

    With `inaccessible` the bot gets the message without its contents, as it does for very old ones.
    """
    dialogue = begin(world, bot_id, person_id)
    message = world.state.messages.find((bot_id, person_id), message_id)
    if message is None:
        raise Impossible("this message is not there any more")
    callback = world.state.callbacks.put(
        Callback(
            id=str(4_000_000_000_000_000_000 + world.state.next_number("callback")),
            bot_id=bot_id,
            person_id=person_id,
            chat_id=person_id,
            message_id=message_id,
            data=data,
            asked_at=real_seconds(),
            connected_at=world.delivery.connected_seconds(bot_id),
        )
    )
    for old in list(world.state.callbacks)[:-KEPT_CALLBACKS]:
        world.state.callbacks.drop(old.id)
    person = world.state.people[dialogue.person_id]
    shown: Json = wire.message(world.state, message)
    if inaccessible:
        shown = {"chat": shown["chat"], "message_id": message_id, "date": 0}
    body = {
        "id": callback.id,
        "from": wire.person_user(person),
        "message": shown,
        "chat_instance": str(-(bot_id * 1_000_003 + person_id)),
        "data": data,
    }
    update = world.delivery.enqueue(bot_id, "callback_query", body)
    return callback, [] if update is None else [update]


def follow_link(world: World, bot_id: int, person_id: int, link: str) -> tuple[list[Message], list[StoredUpdate]]:
    """Open `t.me/bot?start=code` (or only the code; empty: plain /start) and press «Start».

    Whoever had blocked the bot unblocks it by this. Raises Impossible for a payload Telegram does not allow or a link
    to somebody else.
    """
    payload = link
    if "t.me/" in link or link.startswith("tg://"):
        named = re.search(r"(?:t\.me/|domain=)([A-Za-z0-9_]+)", link)
        bot = world.state.bots[bot_id]
        if named is None or named.group(1).lower() != bot.username.lower():
            raise Impossible(f"{link} does not lead to @{bot.username}")
        found = re.search(r"[?&]start=([^&#]*)", link)
        payload = found.group(1) if found else ""
    if payload and not _PAYLOAD.fullmatch(payload):
        raise Impossible(f"{payload!r} is not a start parameter: 1 to 64 of A-Z a-z 0-9 _ -")
    updates = set_blocked(world, bot_id, person_id, blocked=False)
    messages, news = say(world, bot_id, person_id, f"/start {payload}".strip())
    return messages, updates + news


def set_blocked(world: World, bot_id: int, person_id: int, *, blocked: bool) -> list[StoredUpdate]:
    """Block or unblock the bot; nothing happens if it is so already."""
    dialogue = world.dialogue(bot_id, person_id)
    if dialogue.blocked == blocked:
        return []
    world.state.dialogues.put(replace(dialogue, blocked=blocked, notice=None))
    person = world.state.people[person_id]
    world.emit("people", person_id=person_id)
    states = ("member", "kicked") if blocked else ("kicked", "member")
    return member_update(world, bot_id, wire.private_chat(person), person, *states)


def member_update(world: World, bot_id: int, chat: Json, by: Person, old: str, new: str) -> list[StoredUpdate]:
    """Tell a bot by `my_chat_member` that its place in a chat changed."""
    user = wire.bot_user(world.state.bots[bot_id])

    def member(status: str) -> Json:
        return {"status": status, "user": user, **({"until_date": 0} if status == "kicked" else {})}

    body = {
        "chat": chat,
        "from": wire.person_user(by),
        "date": world.clock.timestamp(),
        "old_chat_member": member(old),
        "new_chat_member": member(new),
    }
    update = world.delivery.enqueue(bot_id, "my_chat_member", body)
    return [] if update is None else [update]


def set_group_membership(world: World, bot_id: int, by: Person, group: Group, *, inside: bool) -> list[StoredUpdate]:
    """Invite a bot into a group or throw it out."""
    if (bot_id in group.bots) == inside:
        return []
    bots = (*group.bots, bot_id) if inside else tuple(one for one in group.bots if one != bot_id)
    kicked = tuple(one for one in group.kicked if one != bot_id) if inside else (*group.kicked, bot_id)
    world.state.groups.put(replace(group, bots=bots, kicked=kicked))
    states = ("left", "member") if inside else ("member", "kicked")
    return member_update(world, bot_id, wire.group_chat(group), by, *states)
