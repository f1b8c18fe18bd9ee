"""Works handed in through the chat, for tests about the bank of products."""

from __future__ import annotations

from dataclasses import dataclass

from aiogram.types import Update
from sqlalchemy import func, select

from models import Product, ProductRemark, ProductState, ProductVersion
from sandbox import MessageView, Visitor
from tests.support.events import network_of
from tests.support.house import House, register

TITLE = "Сложение дробей: урок-игра"
ANNOTATION = "Конспект урока для 5 класса: обыкновенные дроби на примере пиццы, карточки для групп."


@dataclass
class Scene:
    """Anna is a member of the network that Boris coordinates; Clara is registered and in no network."""

    anna: Visitor
    boris: Visitor
    clara: Visitor
    network_id: int


async def set_scene(house: House) -> Scene:
    """Everybody is registered, the network stands."""
    anna, boris, clara = (house.visitor(name) for name in ("Анна", "Борис", "Клара"))
    await register(anna, "Иванова Анна Петровна")
    await register(boris, "Петров Борис Ильич")
    await register(clara, "Кузнецова Клара Львовна")
    return Scene(anna, boris, clara, await network_of(house, boris, anna))


async def fills_in(author: Visitor, title: str = TITLE, annotation: str = ANNOTATION) -> None:
    """Up to the question for files."""
    await author.says("/products")
    await author.taps("Сдать материал")
    await author.taps("Разработка урока")
    await author.says(title)
    await author.says(annotation)
    assert "Пришлите файлы" in author.sees


async def hands_in(author: Visitor, title: str = TITLE, annotation: str = ANNOTATION) -> None:
    """A whole work with one file."""
    await fills_in(author, title, annotation)
    await author.sends_file("конспект.docx", f"lesson: {title}".encode())
    await author.taps("Готово")
    await author.taps("Сдать")
    assert "Материал сдан" in author.sees


async def publishes(house: House, author: Visitor, coordinator: Visitor, title: str = TITLE, **words: str) -> None:
    """A work goes all the way into the bank."""
    await hands_in(author, title, **words)
    await house.delivers()
    await coordinator.taps("Опубликовать")
    assert coordinator.toast == "Опубликовано. Автор узнает"
    await house.delivers()


async def sends_sticker(house: House, visitor: Visitor) -> None:
    """A sticker, which the sandbox's people cannot send by themselves."""
    sticker = {"file_id": "s", "file_unique_id": "u", "type": "regular", "width": 512, "height": 512}
    sticker |= {"is_animated": False, "is_video": False}
    user = {"id": visitor.id, "is_bot": False, "first_name": visitor.person.first_name, "language_code": "ru"}
    chat = {"id": visitor.id, "type": "private", "first_name": visitor.person.first_name}
    message = {"message_id": 900_000, "date": int(house.clock.now().timestamp()), "chat": chat, "from": user}
    update = Update.model_validate({"update_id": 900_000_000, "message": message | {"sticker": sticker}})
    await house.dispatcher.feed_update(house.bot, update)


async def states(house: House) -> list[tuple[str, ProductState, int]]:
    """Every work: its title, where it stands, its version."""
    async with house.db.read() as session:
        rows = await session.execute(select(Product.title, Product.state, Product.version).order_by(Product.id))
        return [(title, state, version) for title, state, version in rows]


async def count(house: House, table: type[ProductVersion | ProductRemark]) -> int:
    """How many rows there are."""
    async with house.db.read() as session:
        return await session.scalar(select(func.count()).select_from(table)) or 0


def files_in_chat(visitor: Visitor) -> list[str]:
    """The names of the files that the bot has sent."""
    return [view.file.name for view in visitor.messages if view.from_bot and view.file is not None]


def now_in(visitor: Visitor, message: MessageView) -> str:
    """What stands in a message by now."""
    return next(view.text for view in visitor.messages if view.message_id == message.message_id)
