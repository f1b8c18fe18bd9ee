"""Messages as people see them."""

from __future__ import annotations

from datetime import UTC, datetime

from sandbox.entities import to_html
from sandbox.records import FileRecord, Json, Message
from sandbox.state import State

_KINDS = {
    "callback_data": "callback",
    "url": "url",
    "web_app": "web_app",
    "copy_text": "copy",
    "login_url": "login",
    "switch_inline_query": "inline",
    "switch_inline_query_current_chat": "inline",
    "switch_inline_query_chosen_chat": "inline",
    "pay": "pay",
    "request_contact": "contact",
}


class Button(str):
    """A button's label which knows what the button does."""

    __slots__ = ("data", "kind", "url")

    data: str | None
    kind: str
    url: str | None

    def __new__(cls, raw: Json) -> Button:
        self = super().__new__(cls, raw["text"])
        self.kind = next((kind for field, kind in _KINDS.items() if raw.get(field) not in (None, False)), "text")
        self.data = raw.get("callback_data")
        self.url = raw.get("url")
        return self


def keyboard_rows(keyboard: Json | None) -> list[list[Button]]:
    """The rows of an inline keyboard."""
    return [[Button(raw) for raw in row] for row in (keyboard or {}).get("inline_keyboard", [])]


def reply_rows(keyboard: Json | None) -> list[list[Button]]:
    """The rows of a reply keyboard."""
    rows = (keyboard or {}).get("keyboard", [])
    return [[Button(raw if isinstance(raw, dict) else {"text": raw}) for raw in row] for row in rows]


class MessageView:
    """One message as it was when it was looked at."""

    def __init__(self, state: State, record: Message) -> None:
        self._state = state
        self.record = record

    @property
    def message_id(self) -> int:
        """Its number in the chat."""
        return self.record.message_id

    @property
    def chat_id(self) -> int:
        """The chat it lies in: the person's id, or a group's."""
        return self.record.chat_id

    @property
    def sender_id(self) -> int:
        """Who wrote it."""
        return self.record.sender_id

    @property
    def from_bot(self) -> bool:
        """Whether a bot wrote it."""
        return self.record.sender_id in self._state.bots

    @property
    def text(self) -> str:
        """The text, or the caption of a file, as it is read: formatting applied, no tags."""
        return self.record.text

    @property
    def html(self) -> str:
        """The same with its formatting as HTML."""
        return to_html(self.record.text, self.record.entities)

    @property
    def entities(self) -> tuple[Json, ...]:
        """Formatting and what Telegram found by itself, in Telegram's shape."""
        return self.record.entities

    @property
    def keyboard(self) -> list[list[Button]]:
        """The inline keyboard by rows; every button is its label with `data`, `url` and `kind`."""
        return keyboard_rows(self.record.keyboard)

    @property
    def buttons(self) -> list[Button]:
        """All inline buttons, row by row."""
        return [button for row in self.keyboard for button in row]

    @property
    def date(self) -> datetime:
        """When it was sent, by the world's wall time."""
        return datetime.fromtimestamp(self.record.date, UTC)

    @property
    def edited_at(self) -> datetime | None:
        """When it was last edited."""
        return None if self.record.edit_date is None else datetime.fromtimestamp(self.record.edit_date, UTC)

    @property
    def media(self) -> str | None:
        """photo, document, voice, video, audio; None for a text."""
        return self.record.media.kind if self.record.media is not None else None

    @property
    def file(self) -> FileRecord | None:
        """The file it carries (the largest size of a photo)."""
        return self.record.media.main if self.record.media is not None else None

    @property
    def data(self) -> bytes | None:
        """The bytes of that file."""
        return self._state.blobs[self.file.blob].data if self.file is not None else None

    @property
    def contact(self) -> Json | None:
        """The phone number it carries, as Telegram's Contact."""
        return self.record.contact

    @property
    def media_group_id(self) -> str | None:
        """The album it is a part of."""
        return self.record.media_group_id

    @property
    def reply_to(self) -> MessageView | None:
        """The message it answers."""
        answered = self._state.messages.find(self.record.chat_key, self.record.reply_to)
        return MessageView(self._state, answered) if answered is not None else None

    @property
    def forward(self) -> Json | None:
        """Where it was forwarded from, as Telegram's MessageOrigin."""
        return self.record.forward

    @property
    def reactions(self) -> tuple[Json, ...]:
        """The bot's reactions to it."""
        return self.record.reactions

    @property
    def deleted(self) -> bool:
        """Whether it has since been deleted."""
        return self._state.messages.find(self.record.chat_key, self.record.message_id) is None

    def __repr__(self) -> str:
        who = "bot" if self.from_bot else "person"
        return f"<message {self.message_id} of the {who}: {self.text!r} {self.buttons}>"
