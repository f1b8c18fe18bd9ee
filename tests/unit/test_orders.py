"""Orders of the centre as people type them."""

from __future__ import annotations

from datetime import date

import pytest

from dialogs import WrongAnswer
from dialogs.orders import Order, order_of, read_order

SEPTEMBER = date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "number", "on"),
    [
        ("№ 12 от 01.09.2026", "12", SEPTEMBER),
        ("№12-о от 1.9.26", "12-о", SEPTEMBER),
        ("Приказ № 103 от 1 сентября 2026 г.", "103", SEPTEMBER),
        ("приказ управления N 01-07/123 от 2026-09-01", "01-07/123", SEPTEMBER),
        ("01-07/12 от 01.09.2026", "01-07/12", SEPTEMBER),
        ("от 01.09.2026, № 484", "484", SEPTEMBER),
        ("No. 5 of 1 September 2026", "5", SEPTEMBER),
        ("б/н от 01/09/2026", "б/н", SEPTEMBER),
        ("01.02.03 от 01.09.2026", "01.02.03", SEPTEMBER),
    ],
)
def test_number_and_date_are_read(typed: str, number: str, on: date) -> None:
    assert order_of(typed) == Order(number, on)
    assert read_order(typed) == typed


@pytest.mark.parametrize(
    "typed",
    [
        "№ 12",
        "01.09.2026",
        "приказ от 01.09.2026",
        "№ 12 от 31.02.2026",
        "№ 12 от 01.09.1026",
        "№ 12 от завтра",
        f"{'1' * 51} от 01.09.2026",
    ],
)
def test_what_lacks_one_of_them_is_asked_again(typed: str) -> None:
    with pytest.raises(WrongAnswer, match="coordinator-order-wrong"):
        read_order(typed)
