"""The tables of the world, their snapshots, and what changed since the last save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from sandbox.records import (
    Blob,
    BotAccount,
    BotText,
    Callback,
    ChatKey,
    CommandList,
    Counter,
    Dialogue,
    FileRecord,
    Group,
    InlineQuery,
    Message,
    Person,
    StoredUpdate,
)

K = TypeVar("K")
V = TypeVar("V")


class Table(Generic[K, V]):
    """Frozen records by key, in the order of their first insertion; knows which keys changed."""

    def __init__(self, record: type[V], key: Callable[[V], K]) -> None:
        self.record = record
        self.key = key
        self.rows: dict[K, V] = {}
        self.tracked = False
        self.dirty: dict[K, None] = {}
        """Changed keys in the order of their first change, which is the order of a saved file; kept while `tracked`."""

    def put(self, row: V) -> V:
        """Insert or replace a record and give it back."""
        key = self.key(row)
        self.rows[key] = row
        if self.tracked:
            self.dirty[key] = None
        return row

    def drop(self, key: K) -> None:
        """Forget a record; unknown keys are fine."""
        if self.rows.pop(key, None) is not None and self.tracked:
            self.dirty[key] = None

    def get(self, key: K) -> V | None:
        """The record, or None."""
        return self.rows.get(key)

    def __getitem__(self, key: K) -> V:
        return self.rows[key]

    def __contains__(self, key: K) -> bool:
        return key in self.rows

    def __iter__(self) -> Iterator[V]:
        return iter(self.rows.values())

    def __len__(self) -> int:
        return len(self.rows)

    def replace_all(self, rows: dict[K, V]) -> None:
        """Take `rows` as the new contents; only what differs becomes dirty."""
        if self.tracked:
            old = self.rows
            self.dirty.update((key, None) for key in old if key not in rows)
            self.dirty.update((key, None) for key, row in rows.items() if old.get(key) is not row)
        self.rows = dict(rows)


MessageKey = tuple[int, int, int]


class MessageTable:
    """Messages by chat, then by id in rising order: reading one chat must not walk through all of them."""

    def __init__(self) -> None:
        self.chats: dict[ChatKey, dict[int, Message]] = {}
        self.tracked = False
        self.dirty: dict[MessageKey, None] = {}

    def put(self, row: Message) -> Message:
        """Insert or replace a message and give it back."""
        self.chats.setdefault(row.chat_key, {})[row.message_id] = row
        if self.tracked:
            self.dirty[(row.bot_id, row.chat_id, row.message_id)] = None
        return row

    def find(self, chat: ChatKey, message_id: int | None) -> Message | None:
        """The message, unless it is unknown or deleted."""
        row = self.chats.get(chat, {}).get(message_id) if message_id is not None else None
        return None if row is None or row.deleted else row

    def get(self, key: MessageKey) -> Message | None:
        """The record by its whole key, deleted ones too."""
        return self.chats.get(key[:2], {}).get(key[2])

    def chat(self, chat: ChatKey) -> list[Message]:
        """What a person sees when they scroll through the chat: everything not deleted, oldest first."""
        return [row for row in self.chats.get(chat, {}).values() if not row.deleted]

    def newest_first(self, chat: ChatKey) -> Iterator[Message]:
        """The same from the end, without a copy of the whole chat."""
        return (row for row in reversed(self.chats.get(chat, {}).values()) if not row.deleted)

    def __iter__(self) -> Iterator[Message]:
        for rows in self.chats.values():
            yield from rows.values()

    def replace_all(self, chats: dict[ChatKey, dict[int, Message]]) -> None:
        """Take `chats` as the new contents; only what differs becomes dirty."""
        for chat in self.chats.keys() | chats.keys() if self.tracked else ():
            old, new = self.chats.get(chat, {}), chats.get(chat, {})
            self.dirty.update(((*chat, key), None) for key in old if key not in new)
            self.dirty.update(((*chat, key), None) for key, row in new.items() if old.get(key) is not row)
        self.chats = {chat: dict(rows) for chat, rows in chats.items()}


@dataclass(frozen=True)
class Snapshot:
    """A whole world at one moment; it shares the frozen records with the world it was taken from."""

    tables: dict[str, dict[Any, Any]]
    chats: dict[ChatKey, dict[int, Message]]
    shift_seconds: float
    plans: tuple[Any, ...]


class State:
    """Everything which a snapshot holds and a state file keeps."""

    def __init__(self) -> None:
        self.bots: Table[int, BotAccount] = Table(BotAccount, lambda row: row.id)
        self.people: Table[int, Person] = Table(Person, lambda row: row.id)
        self.groups: Table[int, Group] = Table(Group, lambda row: row.id)
        self.dialogues: Table[ChatKey, Dialogue] = Table(Dialogue, lambda row: (row.bot_id, row.person_id))
        self.files: Table[str, FileRecord] = Table(FileRecord, lambda row: row.file_id)
        self.callbacks: Table[str, Callback] = Table(Callback, lambda row: row.id)
        self.inline_queries: Table[str, InlineQuery] = Table(InlineQuery, lambda row: row.id)
        self.updates: Table[tuple[int, int], StoredUpdate] = Table(
            StoredUpdate, lambda row: (row.bot_id, row.update_id)
        )
        self.commands: Table[tuple[int, str, str], CommandList] = Table(
            CommandList, lambda row: (row.bot_id, row.scope, row.language)
        )
        self.bot_texts: Table[tuple[int, str, str], BotText] = Table(
            BotText, lambda row: (row.bot_id, row.field, row.language)
        )
        self.counters: Table[str, Counter] = Table(Counter, lambda row: row.name)
        self.blobs: Table[str, Blob] = Table(Blob, lambda row: row.key)
        self.messages = MessageTable()

    def tables(self) -> dict[str, Table[Any, Any]]:
        """Every table but the messages, by name."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Table)}

    def track_changes(self) -> None:
        """Begin to remember what changes, for a file; all that is there already counts as changed."""
        for table in self.tables().values():
            table.tracked = True
            table.dirty = dict.fromkeys(table.rows)
        self.messages.tracked = True
        self.messages.dirty = {(row.bot_id, row.chat_id, row.message_id): None for row in self.messages}

    def next_number(self, name: str, *, first: int = 1) -> int:
        """Take the next number of the counter `name`."""
        counter = self.counters.get(name)
        value = first if counter is None else counter.value
        self.counters.put(Counter(name, value + 1))
        return value

    def snapshot(self, shift_seconds: float, plans: Iterable[Any]) -> Snapshot:
        """Copy the references of all records (about a millisecond for 10 000 messages)."""
        return Snapshot(
            tables={name: dict(table.rows) for name, table in self.tables().items()},
            chats={chat: dict(rows) for chat, rows in self.messages.chats.items()},
            shift_seconds=shift_seconds,
            plans=tuple(plans),
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Become what the snapshot holds; the snapshot can be restored again."""
        for name, table in self.tables().items():
            table.replace_all(snapshot.tables[name])
        self.messages.replace_all(snapshot.chats)
