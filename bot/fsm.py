"""aiogram's finite-state machine on our own table: a state survives kill -9, and nobody without an open dialog has a row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aiogram.fsm.state import State
from aiogram.fsm.storage.base import BaseStorage, StateType, StorageKey
from sqlalchemy import bindparam, delete, select

from models import Database, DialogState, Person
from services.clock import Clock
from services.dialogs import SILENCE

_WAITING = (
    select(DialogState.state)
    .join(Person, Person.id == DialogState.person_id)
    .where(
        Person.telegram_id == bindparam("telegram_id"),
        DialogState.paused_at.is_(None),
        DialogState.updated_at > bindparam("since"),
    )
)
"""Made once: every update asks it."""


class DialogStorage(BaseStorage):
    """Reads and writes `dialog_states` for aiogram's filters and `FSMContext`. The steps themselves go through `services/dialogs.py`.

    A paused dialog, or one silent for longer than `SILENCE`, has no state here: what is typed then is no answer.
    """

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    async def get_state(self, key: StorageKey) -> str | None:
        """The state `<dialog>:<question>` that waits for an answer, or None."""
        async with self._db.read() as session:
            state: str | None = await session.scalar(
                _WAITING, {"telegram_id": key.user_id, "since": self._clock.now() - SILENCE}
            )
            return state

    async def set_state(self, key: StorageKey, state: StateType = None) -> None:
        """Put the dialog at `state`; None removes its row. A stranger, of whom there is no row in `persons`, has no state."""
        value = state.state if isinstance(state, State) else state
        async with self._db.write() as session:
            person_id = await session.scalar(select(Person.id).where(Person.telegram_id == key.user_id))
            if person_id is None:
                return
            if value is None:
                await session.execute(delete(DialogState).where(DialogState.person_id == person_id))
                return
            row = await session.get(DialogState, person_id)
            if row is None:
                row = DialogState(person_id=person_id, answers={})
                session.add(row)
            row.state, row.paused_at, row.updated_at = value, None, self._clock.now()

    async def get_data(self, key: StorageKey) -> dict[str, Any]:
        """The answers so far."""
        async with self._db.read() as session:
            answers: dict[str, Any] | None = await session.scalar(
                select(DialogState.answers)
                .join(Person, Person.id == DialogState.person_id)
                .where(Person.telegram_id == key.user_id)
            )
            return answers or {}

    async def set_data(self, key: StorageKey, data: Mapping[str, Any]) -> None:
        """Replace the answers of the open dialog; without one there is nothing to keep them in."""
        async with self._db.write() as session:
            row = await session.scalar(
                select(DialogState)
                .join(Person, Person.id == DialogState.person_id)
                .where(Person.telegram_id == key.user_id)
            )
            if row is not None:
                row.answers, row.updated_at = dict(data), self._clock.now()

    async def close(self) -> None:
        """The database is closed by whoever opened it."""
