"""The one router of all dialogs."""

from aiogram import F, Router
from aiogram.enums import ChatType

router = Router(name="dialogs")
router.message.filter(F.chat.type == ChatType.PRIVATE)
