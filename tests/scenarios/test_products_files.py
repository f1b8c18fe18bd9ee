"""The files of works: of every kind, too large, forgotten by Telegram."""

from __future__ import annotations

from sqlalchemy import select

from models import (
    StoredFile,
)
from sandbox.pictures import plain_png
from services import files
from tests.support.house import House
from tests.support.products import (
    files_in_chat,
    fills_in,
    sends_sticker,
    set_scene,
)


async def test_only_files_are_taken_for_files_and_at_most_ten(house: House) -> None:
    scene = await set_scene(house)
    anna = scene.anna
    await fills_in(anna)
    assert "✅ Готово" not in anna.buttons
    await anna.says("сейчас пришлю")
    assert "Здесь нужны файлы" in anna.sees
    await sends_sticker(house, anna)
    assert "Здесь нужны файлы" in anna.sees
    png = plain_png()
    await anna.sends_album([("photo", f"{number}.png", png) for number in range(3)], caption="Доска на уроке")
    assert "3 файла" in anna.sees
    await anna.sends_album([("document", f"лист {number}.pdf", b"sheet %d" % number) for number in range(7)])
    assert "10 файлов" in anna.sees
    await anna.sends_file("лишний.pdf", b"one too many")
    assert "не больше 10" in anna.sees
    await anna.taps("Готово")
    assert "10 файлов" in anna.sees
    await anna.taps("Сдать")
    await house.delivers()
    await scene.boris.taps("Открыть файлы · 10")
    assert len(files_in_chat(scene.boris)) == 10
    assert "лишний.pdf" not in files_in_chat(scene.boris)


async def test_a_file_of_25_megabytes_is_taken_and_the_author_told(house: House) -> None:
    scene = await set_scene(house)
    anna = scene.anna
    await fills_in(anna)
    await anna.sends_file("видеоурок.mp4", b"\0" * (25 * 1024 * 1024))
    await anna.sends_file("конспект.docx", b"lesson")
    await anna.taps("Готово")
    await anna.taps("Сдать")
    assert "больше 20 МБ: видеоурок.mp4" in anna.sees
    assert await house.copies() == 1
    async with house.db.read() as session:
        stored = {row.name: row for row in await session.scalars(select(StoredFile))}
    assert stored["видеоурок.mp4"].too_large
    assert stored["видеоурок.mp4"].sha256 is None
    assert stored["конспект.docx"].sha256 is not None
    await house.delivers()
    await scene.boris.taps("Открыть файлы")
    assert files_in_chat(scene.boris) == ["видеоурок.mp4", "конспект.docx"]


async def _forget_handles(house: House) -> None:
    """As if the bot's token were a new one: Telegram knows none of the handles."""
    async with house.db.write() as session:
        for file in await session.scalars(select(StoredFile)):
            await files.rename_handle(session, file.telegram_file_id, f"former-{file.id}")


async def test_what_telegram_forgot_is_sent_from_our_copies(house: House) -> None:
    scene = await set_scene(house)
    anna, clara = scene.anna, scene.clara
    await fills_in(anna)
    await anna.sends_file("конспект.docx", b"lesson")
    await anna.sends_file("карточки.pdf", b"cards")
    await anna.sends_photo()
    await anna.taps("Готово")
    await anna.taps("Сдать")
    await house.delivers()
    await scene.boris.taps("Опубликовать")
    assert await house.copies() == 3
    await _forget_handles(house)
    await clara.says("/products")
    await clara.taps("1. Сложение")
    await clara.taps("Скачать")
    sent = [view for view in clara.messages if view.from_bot and view.file is not None]
    assert [view.data for view in sent][:2] == [b"lesson", b"cards"]
    assert [view.file.name for view in sent if view.file][:2] == ["конспект.docx", "карточки.pdf"]
    assert sent[2].media == "photo"
    uploads = len([call for call in house.world.calls if call.method == "sendMediaGroup"])
    await clara.taps("Скачать")  # known by the new handles now: one call, no refusal
    assert len([call for call in house.world.calls if call.method == "sendMediaGroup"]) == uploads + 1
    assert "не удалось" not in clara.sees


async def test_a_lost_file_without_a_copy_does_not_keep_the_others_back(house: House) -> None:
    scene = await set_scene(house)
    anna, clara = scene.anna, scene.clara
    await fills_in(anna)
    await anna.sends_file("видеоурок.mp4", b"\0" * (21 * 1024 * 1024))
    await anna.sends_file("конспект.docx", b"lesson")
    await anna.taps("Готово")
    await anna.taps("Сдать")
    await house.delivers()
    await scene.boris.taps("Опубликовать")
    await house.copies()
    await _forget_handles(house)
    await clara.says("/products")
    await clara.taps("1. Сложение")
    await clara.taps("Скачать")
    assert files_in_chat(clara) == ["конспект.docx"]
    assert "1 файл" in clara.sees
    assert "открыть не удалось" in clara.sees
