"""Files both ways: sizes, identifiers, albums, limits."""

from __future__ import annotations

import io

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest, TelegramEntityTooLarge
from aiogram.types import BufferedInputFile, InputMediaDocument, InputMediaPhoto, MediaUnion, Message

from sandbox import InProcessSession
from sandbox.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT
from sandbox.pictures import photo_sizes, picture_size, plain_png
from tests.sandbox.conftest import House


async def received(house: House) -> list[Message]:
    return [update.message for update in await house.bot.get_updates() if update.message is not None]


async def download(bot: Bot, file_id: str) -> bytes:
    target = await bot.download(file_id)
    assert isinstance(target, io.BytesIO)
    return target.read()


async def test_a_photo_has_sizes_and_can_be_downloaded(door: House) -> None:
    picture = plain_png(1600, 1200)
    await door.anna.sends_photo(picture, caption="вид /menu")
    message = (await received(door))[0]
    assert message.photo is not None
    assert message.caption_entities is not None
    assert [(size.width, size.height) for size in message.photo] == [(90, 68), (320, 240), (800, 600), (1280, 960)]
    assert (message.caption, message.text, message.caption_entities[0].type) == ("вид /menu", None, "bot_command")
    assert len({size.file_id for size in message.photo} | {size.file_unique_id for size in message.photo}) == 8
    assert await download(door.bot, message.photo[-1].file_id) == picture


async def test_documents_voice_and_resending(door: House) -> None:
    await door.anna.sends_file("план.docx", b"PK12345", caption="план")
    await door.anna.sends_voice(duration=7)
    document, voice = await received(door)
    assert document.document is not None
    assert voice.voice is not None
    assert (document.document.file_name, document.document.file_size, document.caption) == ("план.docx", 7, "план")
    assert document.document.mime_type == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert (voice.voice.duration, voice.voice.mime_type) == (7, "audio/ogg")
    again = await door.bot.send_document(
        door.anna.id, document.document.file_id, caption="<i>тот же</i>", parse_mode="HTML"
    )
    assert again.document is not None
    assert again.document.file_unique_id == document.document.file_unique_id
    assert (door.anna.sees, door.anna.screen.data, door.anna.screen.media) == ("тот же", b"PK12345", "document")
    with pytest.raises(TelegramBadRequest) as caught:
        await door.bot.send_photo(door.anna.id, document.document.file_id)
    assert caught.value.message == "Bad Request: can't use file of type Document as Photo"


async def test_uploads(door: House) -> None:
    bot, anna = door.bot, door.anna
    sent = await bot.send_document(anna.id, BufferedInputFile(b"a,b", "отчёт.csv"), caption="отчёт")
    assert sent.document is not None
    assert (sent.document.file_name, sent.document.mime_type) == ("отчёт.csv", "text/csv")
    photo = await bot.send_photo(anna.id, BufferedInputFile(plain_png(64, 32), "qr.png"))
    assert photo.photo is not None
    assert [(size.width, size.height) for size in photo.photo] == [(64, 32)]
    voice = await bot.send_voice(anna.id, BufferedInputFile(b"OggS", "v.ogg"), duration=4)
    assert voice.voice is not None
    assert voice.voice.duration == 4
    video = await bot.send_video(anna.id, BufferedInputFile(b"mp4", "v.mp4"), width=640, height=480, duration=5)
    assert video.video is not None
    assert (video.video.width, video.video.duration) == (640, 5)
    audio = await bot.send_audio(anna.id, BufferedInputFile(b"mp3", "a.mp3"), title="Гимн", performer="Хор")
    assert audio.audio is not None
    assert (audio.audio.title, audio.audio.performer) == ("Гимн", "Хор")
    assert [message.media for message in anna.messages] == ["document", "photo", "voice", "video", "audio"]


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "file must be non-empty"), (b"not a picture", "IMAGE_PROCESS_FAILED")],
)
async def test_uploads_that_are_no_photos(door: House, data: bytes, words: str) -> None:
    with pytest.raises(TelegramBadRequest) as caught:
        await door.bot.send_photo(door.anna.id, BufferedInputFile(data, "a.png"))
    assert caught.value.message == f"Bad Request: {words}"


async def test_a_photo_over_ten_megabytes(door: House) -> None:
    data = plain_png() + bytes(10 * 1024 * 1024)
    with pytest.raises(TelegramBadRequest, match="is too big for a photo; the maximum size is 10485760 bytes"):
        await door.bot.send_photo(door.anna.id, BufferedInputFile(data, "a.png"))


async def test_an_upload_over_fifty_megabytes(door: House) -> None:
    with pytest.raises(TelegramEntityTooLarge) as caught:
        await door.bot.send_document(door.anna.id, BufferedInputFile(bytes(UPLOAD_LIMIT + 1), "big.bin"))
    assert caught.value.message == "Request Entity Too Large"
    assert door.anna.messages == []


async def test_a_download_over_twenty_megabytes(door: House) -> None:
    await door.anna.sends_file("big.bin", bytes(DOWNLOAD_LIMIT + 1))
    await door.anna.sends_file("fits.bin", bytes(DOWNLOAD_LIMIT))
    big, fits = await received(door)
    assert big.document is not None
    assert fits.document is not None
    with pytest.raises(TelegramBadRequest) as caught:
        await door.bot.get_file(big.document.file_id)
    assert caught.value.message == "Bad Request: file is too big"
    assert len(await download(door.bot, fits.document.file_id)) == DOWNLOAD_LIMIT


async def test_albums_of_people_come_in_parts(door: House) -> None:
    parts = [("photo", "1.png", plain_png()), ("photo", "2.png", plain_png()), ("document", "3.txt", b"3")]
    await door.anna.sends_album(parts, caption="экскурсия")
    messages = await received(door)
    assert len({message.media_group_id for message in messages}) == 1
    assert messages[0].media_group_id is not None
    assert [message.caption for message in messages] == ["экскурсия", None, None]
    assert [message.content_type for message in messages] == ["photo", "photo", "document"]
    eleven = await door.anna.sends_album([("photo", "n.png", plain_png())] * 11)
    assert [len({view.media_group_id for view in part}) for part in (eleven[:10], eleven[10:], eleven)] == [1, 1, 2]


async def test_albums_of_the_bot(door: House) -> None:
    bot, anna = door.bot, door.anna
    photo = await anna.sends_photo()
    assert photo.file is not None
    sent = await bot.send_media_group(
        anna.id,
        [
            InputMediaPhoto(
                media=BufferedInputFile(plain_png(10, 20), "a.png"), caption="<b>две</b>", parse_mode="HTML"
            ),
            InputMediaPhoto(media=photo.file.file_id),
        ],
    )
    assert len({message.media_group_id for message in sent}) == 1
    assert (anna.sees, len(anna.messages)) == ("две", 3)
    for count in (1, 11):
        items: list[MediaUnion] = [InputMediaPhoto(media=photo.file.file_id)] * count
        with pytest.raises(TelegramBadRequest, match="there must be 2 to 10 items in the album"):
            await bot.send_media_group(anna.id, items)
    mixed: list[MediaUnion] = [
        InputMediaPhoto(media=photo.file.file_id),
        InputMediaDocument(media=BufferedInputFile(b"x", "x.txt")),
    ]
    with pytest.raises(TelegramBadRequest, match="document can't be mixed with other media types"):
        await bot.send_media_group(anna.id, mixed)


async def test_editing_media(door: House) -> None:
    bot, anna = door.bot, door.anna
    sent = await bot.send_photo(anna.id, BufferedInputFile(plain_png(10, 20), "a.png"), caption="было")
    edited = await bot.edit_message_media(
        InputMediaDocument(media=BufferedInputFile(b"x", "x.txt"), caption="стало"),
        chat_id=anna.id,
        message_id=sent.message_id,
    )
    assert isinstance(edited, Message)
    assert edited.document is not None
    assert (anna.sees, anna.screen.media, anna.screen.data) == ("стало", "document", b"x")
    await bot.edit_message_caption(caption="ещё", chat_id=anna.id, message_id=sent.message_id)
    assert anna.sees == "ещё"


async def test_copies_and_forwards_keep_the_file(door: House) -> None:
    bot, anna = door.bot, door.anna
    boris = door.world.visitor("Борис", started=True)
    await anna.sends_file("план.txt", b"1", caption="план")
    album = await anna.sends_album([("photo", "1.png", plain_png()), ("photo", "2.png", plain_png())], caption="фото")
    source = anna.messages[0].message_id
    await bot.copy_message(boris.id, anna.id, source)
    await bot.copy_message(boris.id, anna.id, source, caption="<b>новая</b> подпись", parse_mode="HTML")
    await bot.forward_message(boris.id, anna.id, source)
    copies = await bot.copy_messages(boris.id, anna.id, [part.message_id for part in album])
    assert [message.text for message in boris.messages] == ["план", "новая подпись", "план", "фото", ""]
    assert [message.data for message in boris.messages[:3]] == [b"1"] * 3
    assert boris.messages[2].forward is not None
    assert boris.messages[2].forward["sender_user"]["id"] == anna.id
    groups = {message.media_group_id for message in boris.messages[3:]}
    assert len(copies) == 2
    assert len(groups) == 1
    assert groups != {album[0].media_group_id}


async def test_an_identifier_belongs_to_one_bot(house: House) -> None:
    world = house.world
    other = world.add_bot(username="other_bot")
    photo = await house.anna.sends_photo()
    assert photo.file is not None
    stranger = Bot(other.token, session=InProcessSession(world))
    with pytest.raises(TelegramBadRequest, match="wrong file_id"):
        await stranger.get_file(photo.file.file_id)
    with pytest.raises(TelegramBadRequest, match="wrong file identifier/HTTP URL specified"):
        await stranger.send_photo(world.visitor("Борис", bot=other, started=True).id, photo.file.file_id)


async def test_downloads_need_the_right_token_and_path(http: House) -> None:
    photo = await http.anna.sends_photo()
    assert photo.file is not None
    file = await http.bot.get_file(photo.file.file_id)
    for wrong in (
        http.bot.session.api.file_url("1:no", file.file_path or ""),
        http.bot.session.api.file_url(http.token, "a/b"),
    ):
        with pytest.raises(Exception, match=r"401|404"):
            _ = [chunk async for chunk in http.bot.session.stream_content(wrong)]


def test_picture_sizes() -> None:
    assert picture_size(plain_png(7, 9)) == (7, 9)
    assert picture_size(b"GIF89a" + (5).to_bytes(2, "little") + (6).to_bytes(2, "little")) == (5, 6)
    jpeg = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x10\x00\x20\x01\x01\x11\x00"
    assert picture_size(jpeg) == (32, 16)
    webp = b"RIFF\0\0\0\0WEBPVP8X" + bytes(8) + (99).to_bytes(3, "little") + (49).to_bytes(3, "little")
    assert picture_size(webp) == (100, 50)
    assert picture_size(b"%PDF") is None
    assert photo_sizes(5000, 10) == [(90, 1), (320, 1), (800, 2), (1280, 3)]
