"""A small bot that does what the page has to show: formatting, buttons, alerts, edits, files, deep links."""

from __future__ import annotations

import asyncio

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.enums import ContentType
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import (
    BotCommand,
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    Message,
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
)

from sandbox.session import InProcessSession
from sandbox.world import World

DESCRIPTION = "Профессиональная сеть учителей города.\n\nНажмите «Запустить»."
LONG_LABEL = "Очень длинная подпись кнопки, которая никак не помещается в строку"


def _inline(*rows: tuple[tuple[str, str], ...]) -> InlineKeyboardMarkup:
    def button(text: str, goal: str) -> InlineKeyboardButton:
        is_link = goal.startswith("https://")
        return InlineKeyboardButton(text=text, url=goal if is_link else None, callback_data=None if is_link else goal)

    return InlineKeyboardMarkup(inline_keyboard=[[button(*one) for one in row] for row in rows])


GREETING = _inline(
    (("Зарегистрироваться", "register"),),
    (("Подсказка", "toast"), ("Предупреждение", "alert")),
    (("Пригласить коллегу", "https://t.me/metodset_bot?start=kollega"),),
    ((LONG_LABEL, "slow"), ("Молчание", "silence")),
)


class ScriptedBot:
    """The bot, attached to a world in process; `patience` holds the answer to the slow button back till it is set."""

    def __init__(self, world: World) -> None:
        account = world.add_bot("metodset_bot", "Методсеть")
        self.bot = Bot(account.token, session=InProcessSession(world), default=DefaultBotProperties(parse_mode="HTML"))
        self.patience = asyncio.Event()
        self._dispatcher = Dispatcher()
        self._dispatcher.include_router(self._router())
        world.attach(account.token, self._feed, self.bot)

    async def _feed(self, update: object) -> object:
        return await self._dispatcher.feed_update(self.bot, update)  # type: ignore[arg-type]  # an Update by contract

    async def prepare(self) -> None:
        """Tell Telegram what the bot is and which commands it has."""
        await self.bot.set_my_description(DESCRIPTION)
        await self.bot.set_my_commands(
            [
                BotCommand(command="start", description="Начать сначала"),
                BotCommand(command="menu", description="Главное меню"),
                BotCommand(command="networks", description="Сети и объединения"),
            ]
        )

    def _router(self) -> Router:
        router = Router()
        router.message(CommandStart(deep_link=True))(self._invited)
        router.message(CommandStart())(self._greet)
        router.message(Command("menu"))(self._menu)
        router.message(Command("album"))(self._album)
        router.message(F.media_group_id)(self._album_part)
        router.message(F.photo | F.document | F.voice)(self._file)
        router.message()(self._echo)
        router.edited_message()(self._edited)
        router.callback_query()(self._pressed)
        return router

    async def _invited(self, message: Message, command: CommandObject) -> None:
        await message.answer(f"Вас пригласили по коду <code>{command.args}</code>")

    async def _greet(self, message: Message) -> None:
        menu = [
            [KeyboardButton(text="Меню"), KeyboardButton(text="Мои сети")],
            [KeyboardButton(text="Спросить эксперта")],
        ]
        await message.answer("Кнопки всегда под рукой.", reply_markup=ReplyKeyboardMarkup(keyboard=menu))
        await message.answer(
            "<b>Здравствуйте!</b> Это <i>«Методсеть»</i>: сети, консультации, события.\n"
            "<blockquote>Свободный вход и свободный выход.</blockquote>"
            "Все команды: /menu &lt;script&gt;",
            reply_markup=GREETING,
        )

    async def _menu(self, message: Message) -> None:
        await message.answer("Главное меню")

    async def _album(self, message: Message) -> None:
        file = BufferedInputFile("Урок;Тема\n1;Дроби\n".encode(), "План урока.csv")
        await message.answer_document(file, caption="Файл от бота")

    async def _album_part(self, message: Message) -> None:
        if message.caption:
            await message.reply(f"Альбом: {message.caption}")

    async def _file(self, message: Message) -> None:
        await message.react([ReactionTypeEmoji(emoji="👍")])
        await message.reply(f"Получено: {ContentType(message.content_type).value}")

    async def _echo(self, message: Message) -> None:
        answered = f" в ответ на «{message.reply_to_message.text}»" if message.reply_to_message else ""
        await message.answer(f"Принято{answered}: {message.html_text}")

    async def _edited(self, message: Message) -> None:
        await message.answer(f"Исправлено на: {message.html_text}")

    async def _pressed(self, call: CallbackQuery) -> None:
        match call.data:
            case "register":
                if isinstance(call.message, Message):
                    back = _inline((("‹ Назад", "back"),))
                    await call.message.edit_text("<b>Шаг 1 из 5</b>\nКак вас зовут?", reply_markup=back)
                await call.answer()
            case "back":
                await call.answer()
            case "toast":
                await call.answer("Запомнили ваш выбор")
            case "alert":
                await call.answer("Мест больше нет: вы третья в листе ожидания", show_alert=True)
            case "slow":
                await self.patience.wait()
                await call.answer()
            case "silence":
                pass  # a fault of this bot, for the developers' panel
