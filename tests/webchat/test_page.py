"""The web chat as a visitor meets it."""

from __future__ import annotations

import re

import pytest
from aiogram.exceptions import TelegramForbiddenError
from playwright.async_api import FilePayload, expect

from sandbox import deeds
from tests.webchat.conftest import PHONE, Stage, chat, last_message, type_and_send
from tests.webchat.scripted_bot import DESCRIPTION, LONG_LABEL

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_conversation_with_buttons(stage: Stage) -> None:
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    await expect(pane).to_contain_text(DESCRIPTION.split("\n")[0])
    await pane.get_by_role("button", name="ЗАПУСТИТЬ").click()
    greeting = last_message(pane)
    await expect(greeting.locator("b")).to_have_text("Здравствуйте!")
    await expect(greeting).to_contain_text("/menu <script>")
    assert stage.anna.messages[0].text == "/start"

    await greeting.get_by_role("button", name="Подсказка").click()
    await expect(pane.get_by_role("status")).to_have_text("Запомнили ваш выбор")
    await greeting.get_by_role("button", name="Предупреждение").click()
    alert = page.get_by_role("alertdialog", name="Методсеть")
    await expect(alert).to_contain_text("вы третья в листе ожидания")
    await alert.get_by_role("button", name="OK").click()
    await expect(alert).to_have_count(0)

    slow = greeting.get_by_role("button", name=LONG_LABEL)
    await slow.click()
    await expect(slow).to_have_attribute("aria-busy", "true")
    stage.bot.patience.set()
    await expect(slow).not_to_have_attribute("aria-busy", "true")

    await greeting.get_by_role("button", name="Зарегистрироваться").click()
    await expect(last_message(pane)).to_contain_text("Как вас зовут?")
    await expect(last_message(pane).get_by_role("button", name="‹ Назад")).to_be_visible()
    await expect(last_message(pane)).not_to_contain_text("изменено")

    await pane.get_by_role("group", name="Кнопки ответа").get_by_role("button", name="Мои сети").click()
    await expect(last_message(pane)).to_contain_text("Принято: Мои сети")
    await pane.get_by_role("button", name="Скрыть кнопки").click()
    await expect(pane.get_by_role("group", name="Кнопки ответа")).to_be_hidden()
    await stage.bot.bot.send_chat_action(stage.anna.id, "typing")
    await expect(pane).to_contain_text("Методсеть печатает…")
    await stage.bot.bot.send_message(stage.anna.id, "Готово")
    await expect(pane).not_to_contain_text("печатает")
    assert stage.world.faults == []


async def test_commands_from_the_menu_and_by_typing(stage: Stage) -> None:
    await stage.anna.says("/start")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    field = pane.get_by_role("textbox", name="Сообщение")
    options = pane.get_by_role("option")

    await pane.get_by_role("button", name="Команды бота").click()
    await expect(options).to_have_text(["/startНачать сначала", "/menuГлавное меню", "/networksСети и объединения"])
    await pane.get_by_role("button", name="Команды бота").click()
    await field.press_sequentially("/ne")
    await expect(options).to_have_text(["/networksСети и объединения"])
    await field.press("Enter")
    await expect(last_message(pane)).to_contain_text("Принято: /networks")
    await expect(field).to_have_value("")

    await pane.get_by_role("button", name="/menu").first.click()
    await expect(last_message(pane)).to_contain_text("Главное меню")


async def test_replies_and_edits(stage: Stage) -> None:
    await stage.anna.says("/menu")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    await last_message(pane).click(button="right")
    await page.get_by_role("menuitem", name="Ответить").click()
    await expect(pane).to_contain_text("Ответ: Методсеть")
    await type_and_send(pane, "Первая\nстрока")
    mine = pane.get_by_role("article", name="Вы").last
    await expect(mine.locator(".quote")).to_have_text("МетодсетьГлавное меню")
    await expect(last_message(pane)).to_contain_text("Принято в ответ на «Главное меню»")

    await pane.get_by_role("textbox", name="Сообщение").press("ArrowUp")
    await expect(pane).to_contain_text("Изменение сообщения")
    await type_and_send(pane, "Вторая строка")
    await expect(mine).to_contain_text("Вторая строка")
    await expect(mine).to_contain_text("изменено")
    await expect(last_message(pane)).to_contain_text("Исправлено на: Вторая строка")

    await mine.focus()
    await mine.press("Enter")
    await page.get_by_role("menuitem", name="Переслать боту").click()
    await expect(pane).to_contain_text("Переслано от: Анна Смирнова")


async def test_files_photos_albums_and_voice(stage: Stage, photo: bytes) -> None:
    await stage.anna.says("/start")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    dialog = page.get_by_role("dialog", name="Отправка файлов")

    async def attach(*files: FilePayload, caption: str = "", kind: str | None = None) -> None:
        await pane.get_by_label("Файлы", exact=True).set_input_files(list(files))
        if kind:
            await dialog.get_by_role("radio", name=kind).check()
        await dialog.get_by_role("textbox", name="Подпись").fill(caption)
        await dialog.get_by_role("button", name="Отправить").click()
        await expect(dialog).to_have_count(0)

    def png(name: str) -> FilePayload:
        return {"name": name, "mimeType": "image/png", "buffer": photo}

    await attach(png("урок.png"), caption="Наш класс")
    await expect(last_message(pane)).to_contain_text("Получено: photo")
    sent = pane.get_by_role("article", name="Вы").last
    await expect(sent).to_contain_text("Наш класс")
    await expect(sent.get_by_role("img", name="Реакция бота: 👍")).to_be_visible()
    await expect(sent.get_by_role("img", name="Наш класс")).to_have_js_property("complete", True)
    assert await sent.locator(".photo img").evaluate("image => image.naturalWidth") > 0

    await attach(*(png(f"{number}.png") for number in range(5)), caption="Открытый урок")
    await expect(last_message(pane)).to_contain_text("Альбом: Открытый урок")
    album = pane.get_by_role("article", name="Вы").last
    await expect(album.get_by_role("button", name="Открыть фотографию")).to_have_count(5)
    await album.get_by_role("button", name="Открыть фотографию").first.click()
    await expect(page.get_by_role("dialog", name="Фотография")).to_contain_text("Открытый урок")
    await page.keyboard.press("ArrowRight")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)

    await attach(png("схема.png"), kind="как файл")
    await expect(last_message(pane)).to_contain_text("Получено: document")
    await expect(pane.get_by_role("link", name="Скачать схема.png").first).to_be_visible()
    await attach({"name": "вопрос.ogg", "mimeType": "audio/ogg", "buffer": b"OggS\0\2" + bytes(58)})
    await expect(last_message(pane)).to_contain_text("Получено: voice")
    await expect(pane.get_by_role("group", name="Голосовое сообщение")).to_be_visible()

    await type_and_send(pane, "/album")
    document = last_message(pane).get_by_role("link", name="Скачать План урока.csv")
    await expect(document).to_contain_text("31 Б")
    async with page.expect_download() as download:
        await document.click()
    assert (await download.value).suggested_filename == "План урока.csv"
    await stage.picture(page, "files")


async def test_three_people_side_by_side(stage: Stage) -> None:
    for visitor in (stage.anna, stage.olga):
        await visitor.says("/start")
    page = await stage.open()
    await page.get_by_role("button", name="Открыть троих рядом").click()
    anna, olga, marina = (chat(page, name) for name in ("Анна Смирнова", "Ольга Петрова", "Марина Кузнецова"))
    for pane in (anna, olga, marina):
        await expect(pane).to_be_visible()
    await marina.get_by_role("button", name="ЗАПУСТИТЬ").click()
    await type_and_send(anna, "Как объяснить дроби?")
    await expect(last_message(anna)).to_contain_text("Принято: Как объяснить дроби?")
    await expect(last_message(olga)).not_to_contain_text("дроби")
    await expect(last_message(marina)).to_contain_text("Здравствуйте!")
    await expect(page).to_have_url(re.compile(rf"person={stage.anna.id},{stage.olga.id},{stage.marina.id}$"))
    await stage.picture(page, "three-people")
    await page.emulate_media(color_scheme="dark")
    await stage.picture(page, "three-people-dark")


async def test_unread_counts_and_search(stage: Stage) -> None:
    for number in range(40):
        stage.world.add_person("Светлана", f"Королёва-{number:02}", note="учитель", group="Лицей № 3")
    await stage.olga.says("/start")
    page = await stage.open(stage.anna)
    people = page.get_by_role("navigation", name="Люди")
    await expect(people.get_by_role("button", name=re.compile("Светлана"))).to_have_count(0)
    await stage.bot.bot.send_message(stage.olga.id, "Новый вопрос по вашей теме")
    row = people.get_by_role("button", name="Ольга Петрова, эксперт по математике, непрочитанных: 3")
    await expect(row).to_contain_text("Новый вопрос по вашей теме")
    await expect(page).to_have_title("(3) Методсеть")
    await people.get_by_role("button", name="Открыть рядом: Ольга Петрова").click()
    await expect(last_message(chat(page, "Ольга Петрова"))).to_contain_text("Новый вопрос")
    await expect(people.get_by_role("button", name="Ольга Петрова, эксперт по математике", exact=True)).to_be_visible()
    await expect(page).to_have_title("Методсеть")
    assert stage.olga.dialogue.read_up_to == stage.olga.screen.message_id

    await people.get_by_role("searchbox", name="Поиск человека").fill("лицей королева-07 учи")
    await expect(people.get_by_role("heading", level=2)).to_have_text("Лицей № 3")
    await people.get_by_role("button", name="Светлана Королёва-07, учитель").click()
    await expect(chat(page, "Светлана Королёва-07")).to_be_visible()
    await people.get_by_role("button", name="Новый человек").click()
    form = page.get_by_role("dialog", name="Новый человек")
    await form.get_by_label("Имя", exact=True).fill("Игорь")
    await form.get_by_label("Роль или заметка").fill("гость")
    await form.get_by_role("button", name="Добавить").click()
    await expect(chat(page, "Игорь")).to_contain_text("Что умеет этот бот?")


async def test_a_phone_of_360_pixels(stage: Stage) -> None:
    await stage.anna.says("/start")
    await stage.anna.says("ф" * 90 + " https://example.org/" + "a" * 90)
    page = await stage.open(size=PHONE)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    people = page.get_by_role("navigation", name="Люди")
    await expect(people.get_by_role("button", name="Анна Смирнова, новый педагог")).to_be_visible()
    assert await page.evaluate(fits)
    await stage.picture(page, "phone-list")
    await people.get_by_role("button", name="Анна Смирнова, новый педагог").click()
    anna = chat(page, "Анна Смирнова")
    await expect(last_message(anna)).to_contain_text("Принято")
    await expect(people).to_be_hidden()
    assert await page.evaluate(fits)
    sideways = (
        "node => [...node.querySelectorAll('*')].filter(part => part.getBoundingClientRect().right > innerWidth + 1)"
    )
    outside = f"node => ({sideways})(node).filter(part => !part.closest('.switcher, .quote')).length"
    assert await anna.evaluate(outside) == 0

    await stage.olga.says("/menu")
    await stage.bot.bot.send_message(stage.olga.id, "Вам вопрос")
    await expect(anna.get_by_role("button", name="Назад к списку, непрочитанных: 2")).to_be_visible()
    await stage.picture(page, "phone")
    await anna.get_by_role("group", name="Сменить человека").get_by_role("button", name=re.compile("Ольга")).tap()
    olga = chat(page, "Ольга Петрова")
    await expect(last_message(olga)).to_contain_text("Вам вопрос")
    await olga.get_by_role("textbox", name="Сообщение").fill("с телефона")
    await olga.get_by_role("button", name="Отправить").tap()
    await expect(last_message(olga)).to_contain_text("Принято: с телефона")
    await olga.get_by_role("button", name="Назад к списку").tap()
    await expect(people).to_be_visible()
    await page.get_by_role("button", name=re.compile("^Время")).tap()
    await expect(page.get_by_role("dialog", name="Время")).to_be_visible()


async def test_the_clock_is_moved(stage: Stage) -> None:
    await stage.anna.says("/menu")
    page = await stage.open(stage.anna)
    button = page.get_by_role("button", name=re.compile("^Время:"))
    before = stage.world.now()
    await button.click()
    dialog = page.get_by_role("dialog", name="Время")
    await dialog.get_by_role("button", name="+1 день").click()
    await expect(dialog).to_contain_text("переведены вперёд на 1 день")
    await expect(chat(page, "Анна Смирнова")).to_contain_text("Вчера")
    await dialog.get_by_role("spinbutton", name="На сколько").fill("2")
    await dialog.get_by_role("combobox", name="Единица").select_option(label="часов")
    await dialog.get_by_role("button", name="Перевести").click()
    await expect(dialog).to_contain_text("переведены вперёд на 1 день 2 ч")
    assert 26 <= (stage.world.now() - before).total_seconds() / 3600 < 26.1
    await dialog.get_by_role("button", name="До завтра, 8:00").click()
    await expect(dialog).to_contain_text(re.compile("08:00:0"))
    await stage.picture(page, "time")
    await dialog.get_by_role("button", name="Вернуть настоящее время").click()
    await expect(dialog).to_contain_text("Часы бота идут как обычно")
    assert stage.world.clock.offset.total_seconds() == 0


async def test_the_page_outlives_a_restart_of_the_server(stage: Stage) -> None:
    await stage.anna.says("/menu")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    await expect(last_message(pane)).to_contain_text("Главное меню")
    await stage.server.close()
    await expect(pane).to_contain_text("соединение…")
    await type_and_send(pane, "написано без связи")
    await expect(pane.get_by_role("status")).to_contain_text("Не отправлено: нет соединения")
    field = pane.get_by_role("textbox", name="Сообщение")
    await expect(field).to_have_value("написано без связи")
    await stage.bot.bot.send_message(stage.anna.id, "Пришло за время перерыва")
    await stage.restart()
    await expect(last_message(pane)).to_contain_text("Пришло за время перерыва")
    await expect(pane).not_to_contain_text("соединение…")
    await field.press("Enter")
    await expect(last_message(pane)).to_contain_text("Принято: написано без связи")
    await page.reload()
    await expect(last_message(pane)).to_contain_text("Принято: написано без связи")


async def test_drafts_are_kept_for_each_person(stage: Stage) -> None:
    await stage.anna.says("/menu")
    await stage.olga.says("/menu")
    page = await stage.open(stage.anna)
    await chat(page, "Анна Смирнова").get_by_role("textbox", name="Сообщение").fill("не дописала")
    await page.get_by_role("button", name=re.compile("^Ольга Петрова")).click()
    await expect(chat(page, "Ольга Петрова").get_by_role("textbox", name="Сообщение")).to_have_value("")
    row = page.get_by_role("button", name=re.compile("^Анна Смирнова"))
    await expect(row).to_contain_text("Черновик: не дописала")
    await page.reload()
    await row.click()
    await expect(chat(page, "Анна Смирнова").get_by_role("textbox", name="Сообщение")).to_have_value("не дописала")


async def test_a_long_chat_keeps_its_place(stage: Stage) -> None:
    await stage.anna.says("/menu")
    for number in range(100):
        await stage.bot.bot.send_message(stage.anna.id, f"Сообщение {number}")
        if number == 79:
            deeds.read(stage.world, stage.anna.bot_id, stage.anna.id)
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    down = pane.get_by_role("button", name="К последним сообщениям")
    await expect(pane.get_by_text("Новые сообщения")).to_be_in_viewport()
    await expect(down).to_have_text("20")
    await down.click()
    await expect(last_message(pane)).to_be_in_viewport()
    await expect(down).to_be_hidden()
    await pane.get_by_text("Сообщение 60", exact=True).scroll_into_view_if_needed()
    await pane.get_by_text("Сообщение 51", exact=True).scroll_into_view_if_needed()
    place = pane.get_by_text("Сообщение 20", exact=True)
    await place.scroll_into_view_if_needed()
    before = await place.bounding_box()
    await stage.bot.bot.send_message(stage.anna.id, "Свежее")
    await expect(down).to_have_text("1")
    assert await place.bounding_box() == before
    await down.click()
    await expect(pane.get_by_text("Свежее")).to_be_in_viewport()


async def test_a_link_to_the_bot_opens_on_the_phone_one_chooses(stage: Stage) -> None:
    await stage.anna.says("/start")
    page = await stage.open(stage.anna)
    await last_message(chat(page, "Анна Смирнова")).get_by_role("button", name="Пригласить коллегу").click()
    await page.get_by_role("menuitem", name="Открыть как Ольга Петрова").click()
    await expect(last_message(chat(page, "Ольга Петрова"))).to_contain_text("Вас пригласили по коду kollega")
    olga = chat(page, "Ольга Петрова")
    await olga.get_by_role("button", name="Меню чата").click()
    await page.get_by_role("menuitem", name="Открыть ссылку t.me…").click()
    window = page.get_by_role("dialog", name="Открыть ссылку t.me…")
    await window.get_by_role("textbox").fill("https://t.me/another_bot?start=abc")
    await window.get_by_role("button", name="Открыть").click()
    await expect(window.get_by_role("alert")).to_have_text("Это не ссылка на бота @metodset_bot")
    await window.get_by_role("textbox").fill("t.me/metodset_bot?start=vtoroy")
    await window.get_by_role("button", name="Открыть").click()
    await expect(last_message(olga)).to_contain_text("по коду vtoroy")


async def test_blocking_and_unblocking(stage: Stage) -> None:
    await stage.anna.says("/menu")
    page = await stage.open(stage.anna)
    pane = chat(page, "Анна Смирнова")
    await pane.get_by_role("button", name="Меню чата").click()
    await page.get_by_role("menuitem", name="Заблокировать бота").click()
    await expect(pane.get_by_role("textbox", name="Сообщение")).to_be_hidden()
    assert stage.anna.dialogue.blocked
    await pane.get_by_role("button", name="Разблокировать").click()
    await expect(pane.get_by_role("textbox", name="Сообщение")).to_be_visible()
    assert not stage.anna.dialogue.blocked


async def test_developers_see_what_the_bot_called(stage: Stage) -> None:
    await stage.anna.says("/start")
    page = await stage.open(stage.anna)
    await page.get_by_role("button", name="Панель разработчика").click()
    panel = page.get_by_role("complementary", name="Панель разработчика")
    await expect(panel.get_by_role("listitem").first).to_contain_text("sendMessage")
    stage.world.fail_next("sendMessage", 403, description="Forbidden: bot was blocked by the user")
    with pytest.raises(TelegramForbiddenError):
        await stage.bot.bot.send_message(stage.anna.id, "не дойдёт")
    await expect(panel.get_by_role("listitem").first).to_contain_text("bot was blocked by the user")
    stage.world.journal.fault("кнопка крутится")
    await expect(panel.get_by_role("listitem").first).to_contain_text(re.compile("Промах бота.*кнопка крутится"))
    await panel.get_by_role("checkbox", name="Только ошибки").check()
    await expect(panel.get_by_role("listitem")).to_have_count(2)
    await stage.picture(page, "developer-panel")
    await page.reload()
    await expect(panel).to_be_visible()
    await expect(panel.get_by_role("listitem").first).to_contain_text("кнопка крутится")


async def test_foreign_markup_stays_harmless(stage: Stage) -> None:
    page = await stage.open(stage.anna)
    nasty = (
        "<b onclick='x()'>ж</b><img src=x onerror='x()'><a href='javascript:x()'>л</a><script>x()</script>"
        "<iframe src='//x'></iframe><span style='position:fixed' class='app'>с</span><svg><script>x()</script></svg>"
    )
    clean = await page.evaluate(
        """async html => {
            const { safeFragment } = await import("/static/sanitize.js");
            const box = document.createElement("div");
            box.append(safeFragment(html));
            return box.innerHTML;
        }""",
        nasty,
    )
    assert clean == "<b>ж</b><a>л</a><span>с</span>"
    # The page's own policy refuses the handlers while they are parsed, and says so; nothing else may go wrong.
    assert all("Content Security Policy" in error for error in stage.errors)
    stage.errors.clear()


async def test_an_english_browser_gets_english(stage: Stage) -> None:
    page = await stage.open(stage.anna, locale="en-US")
    pane = page.get_by_role("region", name="Chat: Анна Смирнова")
    await pane.get_by_role("button", name="START").click()
    await expect(pane.get_by_role("article").last).to_contain_text("Здравствуйте!")
    await expect(page.get_by_role("navigation", name="People")).to_contain_text("Choose who writes to the bot")
