"""Records in Telegram's JSON: what the Bot API shows to a bot."""

from __future__ import annotations

from sandbox.records import BotAccount, FileRecord, Group, Json, Media, Message, Person
from sandbox.state import State


def person_user(person: Person) -> Json:
    """A person as a User."""
    user: Json = {"id": person.id, "is_bot": False, "first_name": person.first_name}
    if person.deactivated:
        user["first_name"] = ""
        return user
    for field in ("last_name", "username", "language_code"):
        if value := getattr(person, field):
            user[field] = value
    return user


def bot_user(bot: BotAccount) -> Json:
    """A bot as a User, as others see it."""
    return {"id": bot.id, "is_bot": True, "first_name": bot.first_name, "username": bot.username}


def me(bot: BotAccount) -> Json:
    """A bot as getMe shows it to itself."""
    return {
        **bot_user(bot),
        "can_join_groups": True,
        "can_read_all_group_messages": not bot.privacy,
        "supports_inline_queries": bot.inline,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def private_chat(person: Person) -> Json:
    """The private chat with a person, named after them."""
    chat: Json = {"id": person.id, "type": "private", "first_name": person.first_name}
    if person.last_name:
        chat["last_name"] = person.last_name
    if person.username:
        chat["username"] = person.username
    return chat


def group_chat(group: Group) -> Json:
    """A supergroup as a Chat."""
    return {"id": group.id, "type": "supergroup", "title": group.title}


def chat(state: State, message: Message) -> Json:
    """The chat in which a message lies."""
    group = state.groups.get(message.chat_id)
    return group_chat(group) if group is not None else private_chat(state.people[message.chat_id])


def sender(state: State, sender_id: int) -> Json:
    """Whoever wrote a message: a bot or a person."""
    bot = state.bots.get(sender_id)
    return bot_user(bot) if bot is not None else person_user(state.people[sender_id])


def file(record: FileRecord) -> Json:
    """One file as PhotoSize, Document, Voice, Video or Audio."""
    body: Json = {"file_id": record.file_id, "file_unique_id": record.unique_id, "file_size": record.size}
    if record.kind in ("photo", "video"):
        body |= {"width": record.width, "height": record.height}
    if record.kind in ("voice", "video", "audio"):
        body["duration"] = record.duration
    if record.kind != "photo" and record.mime:
        body["mime_type"] = record.mime
    if record.kind in ("document", "video", "audio") and record.name:
        body["file_name"] = record.name
    if record.kind == "audio":
        body |= {name: value for name in ("title", "performer") if (value := getattr(record, name))}
    return body


def media(content: Media) -> Json:
    """The media fields of a message."""
    if content.kind == "photo":
        return {"photo": [file(size) for size in content.files]}
    return {content.kind: file(content.main)}


def message(state: State, record: Message, *, with_reply: bool = True) -> Json:
    """A message as the Bot API shows it; the message it answers is shown one level deep, as Telegram does."""
    body: Json = {
        "message_id": record.message_id,
        "from": sender(state, record.sender_id),
        "chat": chat(state, record),
        "date": record.date,
    }
    if record.edit_date is not None:
        body["edit_date"] = record.edit_date
    if record.media_group_id is not None:
        body["media_group_id"] = record.media_group_id
    if record.forward is not None:
        body["forward_origin"] = record.forward
    if record.protected:
        body["has_protected_content"] = True
    text_field, entities_field = "text", "entities"
    if record.media is not None:
        body |= media(record.media)
        text_field, entities_field = "caption", "caption_entities"
    if record.contact is not None:
        body["contact"] = record.contact
    if record.text:
        body[text_field] = record.text
    if record.entities:
        body[entities_field] = list(record.entities)
    if record.keyboard is not None:
        body["reply_markup"] = record.keyboard
    if with_reply:
        answered = state.messages.find(record.chat_key, record.reply_to)
        if answered is not None:
            body["reply_to_message"] = message(state, answered, with_reply=False)
    return body
