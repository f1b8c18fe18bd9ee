"""Handlers ask only for names that exist; every button has its handler (architecture.md, conventions 5 and 15)."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any, get_args

import pytest
from aiogram import Bot, F, Router
from aiogram.dispatcher.event.handler import FilterObject, HandlerObject
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData, CallbackQueryFilter
from aiogram.types import (
    CallbackQuery,
    Chat,
    ChatMemberBanned,
    ChatMemberMember,
    ChatMemberUpdated,
    Message,
    TelegramObject,
    Update,
    User,
)

from bot import app, commands
from bot.errors import error_router
from bot.fsm import DialogStorage
from bot.middlewares import PersonMiddleware
from bot.settings import Settings
from handlers import routers
from models import Database, Person
from sandbox import InProcessSession, World
from screens import addresses
from services.clock import Clock
from tests.rules.reading import calls, dotted, modules

ANNA = User(id=7, is_bot=False, first_name="Анна", language_code="ru")
PRIVATE, GROUP = Chat(id=7, type="private"), Chat(id=-100, type="supergroup")

Situation = tuple[str, str]
"""The kind of update and the kind of chat."""


def _message(chat: Chat) -> Message:
    return Message(message_id=1, date=datetime.now(UTC), chat=chat, from_user=ANNA, text="/start")


def _member(chat: Chat) -> ChatMemberUpdated:
    gone = ChatMemberBanned(user=ANNA, until_date=datetime.now(UTC))
    return ChatMemberUpdated(
        chat=chat,
        from_user=ANNA,
        date=datetime.now(UTC),
        old_chat_member=ChatMemberMember(user=ANNA),
        new_chat_member=gone,
    )


def _updates() -> dict[Situation, Update]:
    press = CallbackQuery(id="1", from_user=ANNA, chat_instance="1", message=_message(PRIVATE), data="m")
    return {
        ("message", "private"): Update(update_id=1, message=_message(PRIVATE)),
        ("message", "group"): Update(update_id=2, message=_message(GROUP)),
        ("edited_message", "private"): Update(update_id=6, edited_message=_message(PRIVATE)),
        ("callback_query", "private"): Update(update_id=3, callback_query=press),
        ("my_chat_member", "private"): Update(update_id=4, my_chat_member=_member(PRIVATE)),
        ("my_chat_member", "group"): Update(update_id=5, my_chat_member=_member(GROUP)),
    }


@pytest.fixture
async def given(monkeypatch: pytest.MonkeyPatch) -> dict[Situation, set[str]]:
    """What the real dispatcher and its middlewares give, seen where the routers begin; the database is left out."""

    async def meet(self: PersonMiddleware, user: User) -> Person:
        return Person(id=1, telegram_id=user.id)

    async def get_state(self: DialogStorage, key: object) -> None:
        return None

    async def suit(bot: Bot, db: Database, person_id: int) -> None:
        return None

    monkeypatch.setattr(PersonMiddleware, "_meet", meet)
    monkeypatch.setattr(commands, "suit", suit)
    monkeypatch.setattr(DialogStorage, "get_state", get_state)
    world = World()
    bot = app.make_bot(world.add_bot().token, InProcessSession(world))
    dispatcher = app.make_dispatcher(Settings(_env_file=None), Database("sqlite+aiosqlite://"), Clock())
    names: dict[Situation, set[str]] = {}

    for (kind, chat), update in _updates().items():

        async def look(handler: object, event: TelegramObject, data: dict[str, Any]) -> None:
            names[kind, chat] = set(data)  # noqa: B023  # it is called before the loop goes on

        dispatcher.observers[kind].outer_middleware(look)
        await dispatcher.feed_update(bot, update)
        dispatcher.observers[kind].outer_middleware.unregister(look)
    return names


def names_of_the_inbox() -> set[str]:
    """Further names that the runner hands over with some updates: they need a default."""
    fed = [
        call for module in modules("bot") for call in calls(module.tree) if dotted(call.func).endswith(".feed_update")
    ]
    assert fed
    return {keyword.arg for call in fed for keyword in call.keywords if keyword.arg}


def names_of_filters(filters: Iterable[FilterObject]) -> set[str]:
    """What these filters give to the handler: aiogram's own by their class, ours by the dicts that they return."""
    names: set[str] = set()
    for one in filters:
        match one.callback:
            case CallbackQueryFilter():
                names.add("callback_data")
            case Command():
                names.add("command")
            case other:
                names |= _returned_keys(type(other).__name__)
    return names


def _returned_keys(name: str) -> set[str]:
    classes = (
        node for module in modules("handlers") for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)
    )
    dicts = (one for node in classes if node.name == name for one in ast.walk(node) if isinstance(one, ast.Dict))
    return {
        key.value for one in dicts for key in one.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
    }


def unknown_names(handler: HandlerObject, always: set[str], sometimes: set[str]) -> list[str]:
    """The parameters of `handler` that nobody gives; with a default they may be given sometimes. The first is the event."""
    _, *parameters = inspect.signature(handler.callback).parameters.values()
    plain = [one for one in parameters if one.kind is not one.VAR_KEYWORD]
    return [
        f"{handler.callback.__qualname__}({one.name})"
        for one in plain
        if one.name not in always and (one.default is one.empty or one.name not in sometimes)
    ]


def handlers_of(router: Router) -> list[tuple[str, HandlerObject, list[FilterObject]]]:
    """Every handler of the router: its kind of update, itself, all the filters before it."""
    return [
        (kind, handler, [*(observer._handler.filters or []), *(handler.filters or [])])
        for kind, observer in router.observers.items()
        for handler in observer.handlers
    ]


def situations(router: Router, kind: str) -> set[Situation]:
    """Where the router's handlers of this kind are called: «groups» in groups too, all the others in private chats only."""
    here = {situation for situation in _updates() if situation[0] == kind}
    return here if router.name == "groups" else here - {(kind, "group")}


def test_handlers_ask_only_for_names_that_exist(given: dict[Situation, set[str]]) -> None:
    sometimes = names_of_the_inbox()
    asked = 0
    unknown: list[str] = []
    for router in routers():
        for kind, handler, filters in handlers_of(router):
            always = set.intersection(*(given[one] for one in situations(router, kind))) | names_of_filters(filters)
            unknown += unknown_names(handler, always, sometimes)
            asked += 1
    assert unknown == []
    assert asked > 20


def test_error_handlers_ask_only_for_names_that_exist(given: dict[Situation, set[str]]) -> None:
    always = set.intersection(*given.values())
    assert {"bot", "db", "clock"} <= always
    found = [unknown_names(handler, always, set()) for _, handler, _ in handlers_of(error_router(frozenset()))]
    assert found == [[], [], []]


def test_what_middlewares_give_is_seen(given: dict[Situation, set[str]]) -> None:
    everywhere = {"bot", "db", "clock", "t", "update_id"}
    assert all(everywhere <= names for names in given.values())
    assert {situation for situation, names in given.items() if "person" in names} == {
        ("message", "private"),
        ("edited_message", "private"),
        ("callback_query", "private"),
    }
    assert names_of_the_inbox() == {"replayed"}


def test_a_name_that_nobody_gives_is_found() -> None:
    router = Router(name="sample")

    @router.callback_query(addresses.OpenNetwork.filter())
    async def open_network(
        call: CallbackQuery,
        callback_data: CallbackData,
        db: Database,
        persom: Person,
        replayed: bool = False,
        quiet: int = 0,
    ) -> None: ...

    ((_, handler, filters),) = handlers_of(router)
    always = {"db", "person"} | names_of_filters(filters)
    assert [one.rpartition(".")[2] for one in unknown_names(handler, always, {"replayed"})] == [
        "open_network(persom)",
        "open_network(quiet)",
    ]


def test_only_groups_are_served_in_groups() -> None:
    message = _message(GROUP)
    for router in routers():
        magic = [one.magic for one in router.message._handler.filters or [] if one.magic is not None]
        turned_away = any(not one.resolve(message) for one in magic)
        assert turned_away or not router.message.handlers or router.name == "groups", router.name


def test_a_router_open_to_groups_is_found() -> None:
    router = Router(name="sample")
    router.message.filter(F.text)
    assert all(one.magic and one.magic.resolve(_message(GROUP)) for one in router.message._handler.filters or [])


def buttons_of(filters: Iterable[FilterObject]) -> list[type[CallbackData]]:
    """The classes of buttons that pass these filters."""
    return [one.callback.callback_data for one in filters if isinstance(one.callback, CallbackQueryFilter)]


def test_every_button_has_one_handler() -> None:
    served = [
        button
        for router in routers()
        for _, handler, _ in handlers_of(router)
        for button in buttons_of(handler.filters or [])
    ]
    assert len(served) == len(set(served)), "a button with two handlers"
    assert set(served) == set(ALL)


ALL = [
    one
    for one in vars(addresses).values()
    if inspect.isclass(one) and issubclass(one, CallbackData) and one is not CallbackData
]
"""Every class of buttons."""


def wrong_annotations(router: Router) -> list[str]:
    """Handlers whose `callback_data` is said to be of another class than their filter unpacks."""
    wrong = []
    for _, handler, _ in handlers_of(router):
        annotation = inspect.get_annotations(handler.callback, eval_str=True).get("callback_data")
        said = set(get_args(annotation) or [annotation])
        filtered = set(buttons_of(handler.filters or []))
        if annotation is not None and not filtered <= said:
            wrong.append(handler.callback.__qualname__)
    return wrong


def test_handlers_say_what_their_filter_unpacks() -> None:
    assert [one for router in routers() for one in wrong_annotations(router)] == []


async def _open_network(call: CallbackQuery, callback_data: addresses.OpenForms) -> None: ...


def test_a_wrong_annotation_is_found() -> None:
    router = Router(name="sample")
    router.callback_query(addresses.OpenNetwork.filter())(_open_network)
    assert wrong_annotations(router) == ["_open_network"]
