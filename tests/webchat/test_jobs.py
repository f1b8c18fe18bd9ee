"""The four jobs of the network, played in a browser by the people of the demo city: ask, attend, hand in, announce."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from tests.webchat.conftest import type_and_send
from tests.webchat.demo import Demo, attach, hours_pass, reply, saying, side_by_side, tap, to_the_morning

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEACHER = (5000000001, "Мария Ромашова")
EXPERT = (5000000002, "Сергей Калинников")
COORDINATOR = (5000000003, "Ольга Ясенева")
NETWORK = "Учителя математики"


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def demo(tmp_path_factory: pytest.TempPathFactory, browser: Browser, pictures: Path) -> AsyncIterator[Demo]:
    """One city for the four jobs, at eight in the morning whenever the tests run: by night it tells nobody anything."""
    city = Demo(tmp_path_factory.mktemp("jobs"), browser, pictures)
    await city.start()
    page = await city.page()
    await to_the_morning(page)
    await page.context.close()
    yield city
    await city.close()


async def test_a_teacher_asks_an_expert_answers_and_the_teacher_rates(demo: Demo) -> None:
    page, (teacher, expert) = await side_by_side(demo, TEACHER, EXPERT)
    question = "Седьмой класс боится дробей в уравнениях. С чего начать?"
    await tap(teacher, "Меню", "Задать вопрос")
    await tap(teacher, "О чём вопрос?", "Математика")
    await expect(saying(teacher, "Задайте вопрос")).to_be_visible()
    await type_and_send(teacher, question)
    await tap(teacher, "Отправить вопрос эксперту?", "Отправить")
    await expect(saying(teacher, "Ответ обещан")).to_be_visible()

    await tap(expert, question, "Взять")
    await expect(saying(expert, "Вы взяли этот вопрос")).to_be_visible()
    await expect(saying(teacher, "Ваш вопрос взял(а) Калинников Сергей Петрович")).to_be_visible()
    await reply(expert, question, "С уравнений, где дробь одна: умножьте обе части на знаменатель.")
    await expect(saying(teacher, "умножьте обе части")).to_be_visible()
    await demo.picture(page, "job-1-ask")
    await tap(teacher, "умножьте обе части", "Вопрос решён")
    await tap(teacher, "Закрыта", "5 ★")
    await expect(saying(teacher, "оценка 5 из 5")).to_be_visible()
    await expect(saying(expert, "консультация завершена")).to_be_visible()
    await demo.picture(page, "job-1-ask-rated")


async def test_a_work_is_handed_in_published_and_found(demo: Demo) -> None:
    page, (teacher, coordinator) = await side_by_side(demo, TEACHER, COORDINATOR)
    title = "Координатная плоскость: морской бой"
    await tap(teacher, "Меню", "Материалы")
    await tap(teacher, "Сдать материал", "Сдать материал")
    await tap(teacher, "материал", "Разработка урока")
    await type_and_send(teacher, title)
    await type_and_send(teacher, "6 класс: играем в морской бой на координатах, поля и правила в приложении.")
    await expect(saying(teacher, "Пришлите файлы")).to_be_visible()
    await attach(teacher, "морской бой.pdf", "application/pdf", b"%PDF-1.4 battle")
    await tap(teacher, "1 файл", "Готово")
    await tap(teacher, "", NETWORK)
    await tap(teacher, title, "Сдать")
    await expect(saying(teacher, "Материал сдан")).to_be_visible()

    await expect(saying(coordinator, "Нужно ваше решение")).to_contain_text(title)
    await tap(coordinator, "Нужно ваше решение", "Опубликовать")
    await expect(saying(teacher, "Ваш материал опубликован")).to_be_visible()
    await demo.picture(page, "job-3-hand-in")
    await type_and_send(coordinator, "координатной плоскости")
    await tap(coordinator, "Вы написали", "Найти в материалах: 1")
    await tap(coordinator, title, "1. Координатная")
    await tap(coordinator, title, "Скачать")
    await expect(coordinator.get_by_role("link", name="Скачать морской бой.pdf")).to_be_visible()
    await demo.picture(page, "job-3-found")


async def test_a_coordinator_announces_and_sees_whom_it_reached(demo: Demo) -> None:
    page, (coordinator, teacher) = await side_by_side(demo, COORDINATOR, TEACHER)
    words = "В пятницу сдаём списки на олимпиаду."
    typed = words.replace("В пятницу", "**В пятницу**")  # the apps make bold of it
    await type_and_send(coordinator, "/announce")
    await tap(coordinator, "Кому объявить?", NETWORK)
    await type_and_send(coordinator, typed)
    await tap(coordinator, "Принято: В пятницу", "Готово")
    await expect(saying(coordinator, "Разослать?")).to_contain_text("Получат:")
    await demo.picture(page, "job-4-preview")
    await tap(coordinator, "Разослать?", "Разослать")
    await expect(saying(teacher, words)).to_contain_text(f"Объявление: {NETWORK}")
    await expect(saying(teacher, words).locator("b", has_text="В пятницу")).to_be_visible()
    report = saying(coordinator, "Отчёт об объявлении")
    await expect(report).to_contain_text(re.compile(r"Доставлено: (\d+) из \1"), timeout=20_000)  # by itself
    await demo.picture(page, "job-4-announce")


async def test_a_teacher_signs_up_for_an_event_and_is_reminded(demo: Demo) -> None:
    page, (coordinator, teacher) = await side_by_side(demo, COORDINATOR, TEACHER)
    title = "Проценты на кухне"
    await type_and_send(coordinator, "/events")
    await tap(coordinator, "Событ", "Новое событие")
    await tap(coordinator, "Для какой сети", NETWORK)
    await tap(coordinator, "Что это будет", "Мастер-класс")
    await type_and_send(coordinator, title)
    await type_and_send(coordinator, "завтра в 15:00")
    await type_and_send(coordinator, "Лицей № 1, кабинет 12")
    await type_and_send(coordinator, "12")
    await expect(saying(coordinator, "Опубликовать событие?")).to_contain_text("15:00 (завтра)")
    await tap(coordinator, "Опубликовать событие?", "Опубликовать")
    await tap(coordinator, "Событие опубликовано", "Сообщить участникам")

    await tap(teacher, "Новое событие вашей сети", "Записаться")
    await expect(saying(teacher, title)).to_contain_text("Вы записаны")
    await demo.picture(page, "job-2-attend")
    await hours_pass(page, 8)
    await expect(saying(teacher, "Напоминаем: завтра, 15:00")).to_contain_text(title)
    await demo.picture(page, "job-2-reminded")
    await hours_pass(page, 22)
    await expect(saying(teacher, "Скоро начало: сегодня, 15:00")).to_contain_text("кабинет 12")
    await demo.picture(page, "job-2-soon")
