"""Numbers meet nouns: every text that depends on a number, in both languages, for every way a Russian number ends."""

from __future__ import annotations

from typing import Any

import pytest
from fluent.syntax import FluentParser, ast
from fluent.syntax.visitor import Visitor

from screens.l10n import LANGUAGES, LOCALES, L10n

COUNTS = (0, 1, 2, 5, 11, 21, 111)

# Each text that depends on a number: the variable, the other values, and what it says for each of COUNTS. «#» is the number.
COUNTED: dict[str, tuple[str, dict[str, Any], dict[str, tuple[str, ...]]]] = {
    "experience-years": (
        "count",
        {},
        {
            "ru": ("меньше года", "# год", "# года", "# лет", "# лет", "# год", "# лет"),
            "en": ("less than a year", "# year", "# years", "# years", "# years", "# years", "# years"),
        },
    ),
    "registration-experience-value": (
        "count",
        {},
        {
            "ru": ("меньше года", "# год", "# года", "# лет", "# лет", "# год", "# лет"),
            "en": ("less than a year", "# year", "# years", "# years", "# years", "# years", "# years"),
        },
    ),
    "registration-name-wrong-words": (
        "count",
        {},
        {
            "ru": (
                "Нужно от двух до четырёх слов: фамилия, имя и отчество, а пришло #.",
                "Одного слова мало: напишите фамилию, имя и отчество через пробел.",
                *("Нужно от двух до четырёх слов: фамилия, имя и отчество, а пришло #.",) * 5,
            ),
            "en": (
                "From two to four words are needed, and there were #.",
                "One word is not enough: type your family name and first name with a space between them.",
                *("From two to four words are needed, and there were #.",) * 5,
            ),
        },
    ),
    "networks-line": (
        "members",
        {"number": "3", "title": "Физика"},
        {
            "ru": (
                "3. Физика — пока никого",
                "3. Физика — # участник",
                "3. Физика — # участника",
                "3. Физика — # участников",
                "3. Физика — # участников",
                "3. Физика — # участник",
                "3. Физика — # участников",
            ),
            "en": ("3. Физика — nobody yet", "3. Физика — # member", *("3. Физика — # members",) * 5),
        },
    ),
    "networks-form-line": (
        "count",
        {"number": "3", "title": "Клуб"},
        {
            "ru": (
                "3. Клуб — # сетей",
                "3. Клуб — # сеть",
                "3. Клуб — # сети",
                "3. Клуб — # сетей",
                "3. Клуб — # сетей",
                "3. Клуб — # сеть",
                "3. Клуб — # сетей",
            ),
            "en": ("3. Клуб — # networks", "3. Клуб — # network", *("3. Клуб — # networks",) * 5),
        },
    ),
    "network-members": (
        "count",
        {},
        {
            "ru": (
                "👥 Пока никого",
                "👥 # участник",
                "👥 # участника",
                "👥 # участников",
                "👥 # участников",
                "👥 # участник",
                "👥 # участников",
            ),
            "en": ("👥 Nobody yet", "👥 # member", *("👥 # members",) * 5),
        },
    ),
    "network-coordinators": (
        "count",
        {"names": "Иванова Анна"},
        {
            "ru": (
                "🧭 Координаторы: Иванова Анна",
                "🧭 Координатор: Иванова Анна",
                *("🧭 Координаторы: Иванова Анна",) * 5,
            ),
            "en": (
                "🧭 Coordinators: Иванова Анна",
                "🧭 Coordinator: Иванова Анна",
                *("🧭 Coordinators: Иванова Анна",) * 5,
            ),
        },
    ),
    "menu-text": (
        "networks",
        {"name": "Анна Петровна"},
        {
            "ru": (
                "<b>Меню</b>\n\nАнна Петровна, вы пока не состоите ни в одной сети. Начните с кнопки «Сети».",
                "<b>Меню</b>\n\nАнна Петровна, вы состоите в # сети.",
                "<b>Меню</b>\n\nАнна Петровна, вы состоите в # сетях.",
                "<b>Меню</b>\n\nАнна Петровна, вы состоите в # сетях.",
                "<b>Меню</b>\n\nАнна Петровна, вы состоите в # сетях.",
                "<b>Меню</b>\n\nАнна Петровна, вы состоите в # сети.",
                "<b>Меню</b>\n\nАнна Петровна, вы состоите в # сетях.",
            ),
            "en": (
                "<b>Menu</b>\n\nАнна Петровна, you are in no network yet. Start with the button “Networks”.",
                "<b>Menu</b>\n\nАнна Петровна, you are in # network.",
                *("<b>Menu</b>\n\nАнна Петровна, you are in # networks.",) * 5,
            ),
        },
    ),
    "dialog-found": (
        "count",
        {"query": "лицей"},
        {
            "ru": (
                "По запросу «лицей» нашлось # вариантов:",
                "По запросу «лицей» нашёлся # вариант:",
                "По запросу «лицей» нашлись # варианта:",
                "По запросу «лицей» нашлось # вариантов:",
                "По запросу «лицей» нашлось # вариантов:",
                "По запросу «лицей» нашёлся # вариант:",
                "По запросу «лицей» нашлось # вариантов:",
            ),
            "en": ("# options have “лицей”:", "# option has “лицей”:", *("# options have “лицей”:",) * 5),
        },
    ),
    "dialog-letters": (
        "count",
        {},
        {
            "ru": (
                "✍️ Всего # знаков",
                "✍️ Всего # знак",
                "✍️ Всего # знака",
                "✍️ Всего # знаков",
                "✍️ Всего # знаков",
                "✍️ Всего # знак",
                "✍️ Всего # знаков",
            ),
            "en": ("✍️ # characters in all", "✍️ # character in all", *("✍️ # characters in all",) * 5),
        },
    ),
    "dialog-files": (
        "count",
        {},
        {
            "ru": ("📎 # файлов", "📎 # файл", "📎 # файла", "📎 # файлов", "📎 # файлов", "📎 # файл", "📎 # файлов"),
            "en": ("📎 # files", "📎 # file", *("📎 # files",) * 5),
        },
    ),
    "dialog-wrong-too-long": (
        "length",
        {"longest": "120"},
        {
            "ru": (
                "Слишком длинно: # знаков, а помещается 120. Напишите короче.",
                "Слишком длинно: # знак, а помещается 120. Напишите короче.",
                "Слишком длинно: # знака, а помещается 120. Напишите короче.",
                "Слишком длинно: # знаков, а помещается 120. Напишите короче.",
                "Слишком длинно: # знаков, а помещается 120. Напишите короче.",
                "Слишком длинно: # знак, а помещается 120. Напишите короче.",
                "Слишком длинно: # знаков, а помещается 120. Напишите короче.",
            ),
            "en": (
                "Too long: # characters, and 120 fit. Please make it shorter.",
                "Too long: # character, and 120 fit. Please make it shorter.",
                *("Too long: # characters, and 120 fit. Please make it shorter.",) * 5,
            ),
        },
    ),
    "dialog-wrong-too-short": (
        "shortest",
        {},
        {
            "ru": (
                "Слишком коротко: нужно хотя бы # букв.",
                "Слишком коротко: нужна хотя бы # буква.",
                "Слишком коротко: нужно хотя бы # буквы.",
                "Слишком коротко: нужно хотя бы # букв.",
                "Слишком коротко: нужно хотя бы # букв.",
                "Слишком коротко: нужна хотя бы # буква.",
                "Слишком коротко: нужно хотя бы # букв.",
            ),
            "en": (
                "Too short: at least # letters are needed.",
                "Too short: at least # letter is needed.",
                *("Too short: at least # letters are needed.",) * 5,
            ),
        },
    ),
    "dialog-wrong-too-many": (
        "most",
        {},
        {
            "ru": (
                "Можно выбрать не больше # вариантов. Снимите лишнюю отметку.",
                "Можно выбрать не больше # варианта. Снимите лишнюю отметку.",
                "Можно выбрать не больше # вариантов. Снимите лишнюю отметку.",
                "Можно выбрать не больше # вариантов. Снимите лишнюю отметку.",
                "Можно выбрать не больше # вариантов. Снимите лишнюю отметку.",
                "Можно выбрать не больше # варианта. Снимите лишнюю отметку.",
                "Можно выбрать не больше # вариантов. Снимите лишнюю отметку.",
            ),
            "en": (
                "At most # options may be chosen. Untick one first.",
                "At most # option may be chosen. Untick one first.",
                *("At most # options may be chosen. Untick one first.",) * 5,
            ),
        },
    ),
    "dialog-wrong-too-many-files": (
        "most",
        {},
        {
            "ru": (
                "Помещается не больше # файлов. Остальные не приняты.",
                "Помещается не больше # файла. Остальные не приняты.",
                "Помещается не больше # файлов. Остальные не приняты.",
                "Помещается не больше # файлов. Остальные не приняты.",
                "Помещается не больше # файлов. Остальные не приняты.",
                "Помещается не больше # файла. Остальные не приняты.",
                "Помещается не больше # файлов. Остальные не приняты.",
            ),
            "en": (
                "At most # files fit. The others were not taken.",
                "At most # file fits. The others were not taken.",
                *("At most # files fit. The others were not taken.",) * 5,
            ),
        },
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", COUNTED)
def test_numbers_meet_nouns(key: str, language: str) -> None:
    variable, values, sentences = COUNTED[key]
    said = [L10n(language).plain(key, **values, **{variable: count}) for count in COUNTS]
    assert said == [
        sentence.replace("#", str(count)) for sentence, count in zip(sentences[language], COUNTS, strict=True)
    ]


class _Choosing(Visitor):
    def __init__(self) -> None:
        self.chooses = False

    def visit_SelectExpression(self, node: ast.SelectExpression) -> None:
        self.chooses = True


def choosing(source: str) -> set[str]:
    """The texts that depend on a number (we select by nothing else)."""
    found = set()
    for entry in FluentParser().parse(source).body:
        if isinstance(entry, ast.Message):
            visitor = _Choosing()
            visitor.visit(entry)
            if visitor.chooses:
                found.add(entry.id.name)
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_that_depends_on_a_number_is_tested(language: str) -> None:
    sources = [path.read_text(encoding="utf-8") for path in (LOCALES / language).glob("*.ftl")]
    assert {key for source in sources for key in choosing(source)} == set(COUNTED)
    assert choosing("a = { $n ->\n    [one] год\n   *[many] лет\n    }\nb = { $n }\n") == {"a"}
