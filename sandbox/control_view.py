"""What the web chat is told: people, messages, calls and events as JSON."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sandbox.entities import to_html
from sandbox.journal import Call, Fault
from sandbox.records import BotAccount, Json, Media, Message, Person
from sandbox.view import keyboard_rows, reply_rows
from sandbox.world import World


def moment(seconds: float) -> str:
    """Unix seconds as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()


def time_facts(world: World) -> Json:
    """The world's wall time and how far it was moved."""
    return {"now": world.now().isoformat(), "shift_seconds": world.clock.offset.total_seconds()}


def unread(world: World, bot_id: int, person_id: int) -> int:
    """How many messages of the bot this person has not looked at."""
    read = world.dialogue(bot_id, person_id).read_up_to
    count = 0
    for message in world.state.messages.newest_first((bot_id, person_id)):
        if message.message_id <= read:
            break
        count += message.sender_id != person_id
    return count


def person_json(world: World, bot_id: int, person: Person) -> Json:
    """A line of the list of chats."""
    last = next(world.state.messages.newest_first((bot_id, person.id)), None)
    return {
        "id": person.id,
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
        "language_code": person.language_code,
        "note": person.note,
        "group": person.group,
        "pinned": person.pinned,
        "unread": unread(world, bot_id, person.id),
        "blocked": world.dialogue(bot_id, person.id).blocked,
        "last_message": None
        if last is None
        else {
            "text": last.text,
            "date": moment(last.date),
            "from_me": last.sender_id == person.id,
            "media": _kind(last),
        },
    }


def _kind(message: Message) -> str | None:
    """What a message without a text carries."""
    if message.contact is not None:
        return "contact"
    return message.media.kind if message.media is not None else None


def state_json(world: World, bot: BotAccount) -> Json:
    """Everything the list of chats needs."""
    people = sorted(world.state.people, key=lambda person: not person.pinned)
    return {
        "bot": {
            "id": bot.id,
            "username": bot.username,
            "first_name": bot.first_name,
            "description": bot.description,
        },
        "connected": world.delivery.connected(bot.id),
        "pending_updates": len(world.delivery.pending(bot.id)),
        **time_facts(world),
        "people": [person_json(world, bot.id, person) for person in people],
    }


def _media_json(media: Media) -> Json:
    main = media.main
    return {
        "kind": media.kind,
        "file_id": main.file_id,
        "file_name": main.name,
        "size": main.size,
        "width": main.width,
        "height": main.height,
        "duration": main.duration,
    }


def _forward_json(origin: Json) -> Json:
    place = origin.get("chat") or origin.get("sender_chat")
    if place is not None:
        return {"name": place["title"]}
    user = origin.get("sender_user", {})
    return {"name": " ".join(user[part] for part in ("first_name", "last_name") if user.get(part))}


def message_json(world: World, message: Message) -> Json:
    """One bubble, seen by the person whose chat it is in."""
    answered = world.state.messages.find(message.chat_key, message.reply_to)
    keyboard = [
        [{"text": str(button), "url": button.url, "kind": button.kind} for button in row]
        for row in keyboard_rows(message.keyboard)
    ]
    return {
        "message_id": message.message_id,
        "from_me": message.sender_id == message.chat_id,
        "date": moment(message.date),
        "edit_date": None if message.edit_date is None else moment(message.edit_date),
        "text": message.text,
        "html": to_html(message.text, message.entities, web=True),
        "media": None if message.media is None else _media_json(message.media),
        "media_group_id": message.media_group_id,
        "contact": message.contact,
        "reply_to": None
        if answered is None
        else {
            "message_id": answered.message_id,
            "text": answered.text,
            "from_me": answered.sender_id == message.chat_id,
        },
        "forward": None if message.forward is None else _forward_json(message.forward),
        "keyboard": keyboard or None,
        "reactions": [reaction.get("emoji", "") for reaction in message.reactions],
        "deleted": message.deleted,
    }


def reply_keyboard_json(world: World, bot_id: int, person_id: int) -> Json | None:
    """The keyboard above a person's input field."""
    keyboard = world.dialogue(bot_id, person_id).reply_keyboard
    if keyboard is None:
        return None
    rows = [
        [str(one) if one.kind != "contact" else {"text": str(one), "request_contact": True} for one in row]
        for row in reply_rows(keyboard)
    ]
    return {**{name: value for name, value in keyboard.items() if name != "keyboard"}, "rows": rows}


def call_json(call: Call) -> Json:
    """A line of the developers' panel."""
    return {
        "number": call.number,
        "method": call.method,
        "at": call.at.isoformat(),
        "ms": round(call.seconds * 1000, 3),
        "ok": call.ok,
        "error_code": call.error_code,
        "error": call.description,
        "summary": call.summary,
        "person_id": call.person_id,
    }


def fault_json(fault: Fault) -> Json:
    """A red line of the developers' panel."""
    return {"text": fault.text, "at": fault.at.isoformat()}


def event_json(world: World, bot: BotAccount, kind: str, facts: dict[str, Any]) -> Json | None:
    """An event for the page; None for what does not concern it (groups, other bots)."""
    if facts.get("bot_id", bot.id) != bot.id:
        return None
    body: Json | None = None
    match kind:
        case "message" | "edit":
            message = facts["message"]
            if message.bot_id == bot.id:
                body = {"person_id": message.chat_id, "message": message_json(world, message)}
                if kind == "message":
                    body["unread"] = unread(world, bot.id, message.chat_id)
        case "delete":
            gone = [message for message in facts["messages"] if message.bot_id == bot.id]
            if gone:
                body = {"person_id": gone[0].chat_id, "message_ids": [message.message_id for message in gone]}
        case "answer":
            callback = facts["callback"]
            if callback.bot_id == bot.id:
                body = {
                    "person_id": callback.person_id,
                    "callback_id": callback.id,
                    "message_id": callback.message_id,
                    "text": callback.text,
                    "alert": callback.alert,
                    "url": callback.url,
                }
        case "action":
            body = {"person_id": facts["person_id"], "action": facts["action"]}
        case "people":
            person = world.state.people.get(facts["person_id"])
            body = None if person is None else {"person": person_json(world, bot.id, person)}
        case "keyboard":
            person_id = facts["person_id"]
            body = {"person_id": person_id, "reply_keyboard": reply_keyboard_json(world, bot.id, person_id)}
        case "call":
            body = call_json(facts["call"])
        case "fault":
            body = fault_json(facts["fault"])
        case "time":
            body = time_facts(world)
        case "connected":
            body = {"connected": facts["connected"]}
    return None if body is None else {"type": kind, **body}
