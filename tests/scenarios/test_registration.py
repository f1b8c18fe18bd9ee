"""A teacher registers."""

from tests.support.house import House, register


async def test_a_new_teacher_registers(house: House) -> None:
    anna = house.visitor("Анна")
    await register(anna)
    await anna.says("/menu")
    assert "Анна Петровна" in anna.sees
    await anna.taps("Моя анкета")
    assert "Лицей № 1" in anna.sees
