"""A polite word is told from a real one."""

from __future__ import annotations

import pytest

from services.thanks import is_thanks


@pytest.mark.parametrize(
    "text",
    [
        "спасибо",
        "Спасибо!",
        "СПАСИБО БОЛЬШОЕ!!!",
        "Спасибо за подробный ответ",
        "благодарю вас",
        "ок",
        "Ок, понятно",
        "ясно, спасибо",
        "всё понятно 😊",
        "👍",
        "🙏🙏🙏",
        ")))",
        "Thank you very much",
        "thanks, got it",
        "Okay!",
    ],
)
def test_polite(text: str) -> None:
    assert is_thanks(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "не понятно",
        "ок?",
        "Спасибо, а где взять задачи",
        "спасибо, приду в 15",
        "понятно, но у меня 5А",
        "за ответ",
        "да",
        "помогите",
        "Спасибо! Подскажите ещё, пожалуйста, как быть с девятым классом",
        "???",
        "спасибо " * 10,
        "thank you, but how",
    ],
)
def test_real(text: str) -> None:
    assert not is_thanks(text)
