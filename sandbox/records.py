"""What the world remembers: small frozen records, so that a snapshot is a copy of references and a saver's thread may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]
"""A JSON object in Telegram's own shape; never changed after it was put into a record."""

ChatKey: TypeAlias = tuple[int, int]
"""(bot id, person id) for a private chat, (0, group id) for a group: private chats of two bots are two chats."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where a bot's updates are posted instead of waiting for getUpdates, and what went wrong there last."""

    url: str
    secret_token: str = ""
    max_connections: int = 40
    last_error_date: int | None = None
    last_error_message: str = ""


@dataclass(frozen=True, slots=True)
class BotAccount:
    """A bot as @BotFather registered it."""

    id: int
    token: str
    username: str
    first_name: str
    description: str = ""
    short_description: str = ""
    privacy: bool = True
    """In groups the bot gets only commands, replies to it and mentions of it (BotFather's default)."""
    allowed_updates: tuple[str, ...] | None = None
    """What the last getUpdates or setWebhook asked for; None: everything Telegram sends by default."""
    webhook: Webhook | None = None
    inline: bool = False
    """@BotFather's `/setinline`: people may ask it in any chat."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a Telegram account."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language_code: str = ""
    note: str = ""
    """A hint for whoever plays this person, such as «новый педагог»."""
    group: str = ""
    """The heading under which the web chat lists this person."""
    pinned: bool = False
    deactivated: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A supergroup; `bots` are the ids of the bots in it, `kicked` of those thrown out."""

    id: int
    title: str
    members: tuple[int, ...] = ()
    bots: tuple[int, ...] = ()
    kicked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The private chat of one person and one bot, and what the person's app keeps about it."""

    bot_id: int
    person_id: int
    started: bool = False
    blocked: bool = False
    read_up_to: int = 0
    reply_keyboard: Json | None = None
    menu_button: Json | None = None
    pinned: tuple[int, ...] = ()
    notice: Json | None = None
    """The last answer to a press: `text`, `alert`, `url`; gone with the person's next deed."""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as one bot knows it: `file_id` belongs to that bot only, `unique_id` is everybody's."""

    file_id: str
    unique_id: str
    bot_id: int
    kind: str
    path: str
    blob: str
    size: int
    name: str = ""
    mime: str = ""
    width: int = 0
    height: int = 0
    duration: int = 0
    title: str = ""
    performer: str = ""


@dataclass(frozen=True, slots=True)
class Media:
    """What a message carries besides text; a photo has several sizes, smallest first."""

    kind: str
    files: tuple[FileRecord, ...]

    @property
    def main(self) -> FileRecord:
        """The file itself; of a photo the largest size."""
        return self.files[-1]


@dataclass(frozen=True, slots=True)
class Message:
    """One message. `text` is the caption when there is `media`; `keyboard` is the inline one only."""

    bot_id: int
    chat_id: int
    message_id: int
    sender_id: int
    date: int
    text: str = ""
    entities: tuple[Json, ...] = ()
    media: Media | None = None
    media_group_id: str | None = None
    contact: Json | None = None
    """A phone number as Telegram's Contact; such a message has no text."""
    reply_to: int | None = None
    forward: Json | None = None
    keyboard: Json | None = None
    other_markup: bool = False
    """It was sent with a reply keyboard, its removal or a forced reply: Telegram never lets such a message be edited."""
    edit_date: int | None = None
    protected: bool = False
    deleted: bool = False
    reactions: tuple[Json, ...] = ()

    @property
    def chat_key(self) -> ChatKey:
        """The chat this message lies in."""
        return (self.bot_id, self.chat_id)


@dataclass(frozen=True, slots=True)
class Callback:
    """A press of an inline button, and the bot's answer to it once given."""

    id: str
    bot_id: int
    person_id: int
    chat_id: int
    message_id: int
    data: str
    asked_at: float
    """Real seconds (see `sandbox.clock`): neither a shift of the world nor a restart makes a press younger."""
    connected_at: float
    """Seconds this bot had been connected when the button was pressed: only connected time counts as its fault."""
    answered: bool = False
    text: str = ""
    alert: bool = False
    url: str = ""
    reported: bool = False


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """What a bot offers for an inline query, and for how long Telegram offers it again by itself."""

    results: tuple[Json, ...]
    next_offset: str
    button: Json | None
    is_personal: bool
    cached_until: float
    """Real seconds, as in `Callback`."""


@dataclass(frozen=True, slots=True)
class InlineQuery:
    """What somebody typed after `@bot `, and the answer once given."""

    id: str
    bot_id: int
    person_id: int
    query: str
    offset: str
    asked_at: float
    answer: InlineAnswer | None = None


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update which waits until its bot has it: by a later offset of getUpdates, or by its webhook's answer."""

    bot_id: int
    update_id: int
    payload: Json


@dataclass(frozen=True, slots=True)
class CommandList:
    """The `/` menu a bot set for one scope and language (empty: every language)."""

    bot_id: int
    scope: str
    language: str
    commands: tuple[Json, ...]


@dataclass(frozen=True, slots=True)
class BotText:
    """A name or description a bot set for one language."""

    bot_id: int
    field: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Counter:
    """The next free number of some kind."""

    name: str
    value: int


@dataclass(frozen=True, slots=True)
class Blob:
    """The bytes of a file, kept once for all who have it."""

    key: str
    data: bytes
