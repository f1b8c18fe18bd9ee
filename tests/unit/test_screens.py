"""Buttons as a phone shows them."""

from __future__ import annotations

import pytest

from screens.screen import Button, fitting


@pytest.mark.parametrize(
    ("labels", "rows"),
    [
        ([], []),
        (["Отмена"], [["Отмена"]]),
        (["‹ Назад", "Пропустить", "Отмена"], [["‹ Назад", "Пропустить", "Отмена"]]),
        (["‹ Назад", "Без ограничений", "Отмена"], [["Без ограничений"], ["‹ Назад", "Отмена"]]),
        (["Без ограничений", "Отмена"], [["Без ограничений", "Отмена"]]),
        (["« Раньше", "Показать все", "Дальше »"], [["Показать все"], ["« Раньше", "Дальше »"]]),
        (["Совсем без ограничений", "Отмена", "Далее"], [["Совсем без ограничений"], ["Отмена", "Далее"]]),
        (["Очень длинная подпись", "Ещё одна длинная подпись", "Да"], [["Очень длинная подпись"], ["Ещё одна длинная подпись"], ["Да"]]),
        (["Очень длинная подпись", "Длинноватая подпись"], [["Очень длинная подпись"], ["Длинноватая подпись"]]),
    ],
)  # fmt: skip
def test_labels_too_long_for_their_row_get_one_of_their_own(labels: list[str], rows: list[list[str]]) -> None:
    fitted = fitting([Button(label) for label in labels])
    assert [[button.label for button in row] for row in fitted] == rows
