"""The administrator appoints; the appointed are told and find their new pages."""

from tests.support.house import House, register


async def test_coordinators_and_experts_are_appointed_told_and_dismissed(house: House) -> None:
    vera = await house.administrator()
    anna, boris = house.visitor("Анна"), house.visitor("Борис")
    await register(anna, "Иванова Анна Петровна")
    await register(boris, "Петров Борис Ильич")
    await vera.says("/admin")
    await vera.taps("Новая сеть")
    await vera.says("Учителя математики")
    await vera.says("предметное")
    await vera.taps("Городское предметное")
    await vera.taps("Пропустить")
    await vera.taps("Математика")
    await vera.taps("Готово")
    await vera.taps("Пропустить")
    await vera.taps("Создать")

    await vera.says("/admin")
    await vera.taps("Люди и роли")
    await vera.taps("Координаторы")
    assert "Пока никого" in vera.sees
    await vera.taps("Назначить координатора")
    await vera.says("иванова")
    await vera.taps("Иванова Анна")
    await vera.taps("Учителя математики")
    await vera.taps("Пропустить")
    assert "Иванова Анна Петровна (Лицей № 1)" in vera.sees
    await vera.taps("Назначить")
    await house.delivers()
    assert "Вы — координатор сети «Учителя математики»" in anna.sees

    await anna.says("/menu")
    await anna.taps("Управление сетями")
    assert "Выберите сеть" in anna.sees
    await anna.taps("1. Учителя математики")
    assert "В сети пока никого" in anna.sees
    assert ["🗂 Отправленные"] in [list(map(str, row)) for row in anna.keyboard], "beside another it would be cut"
    await anna.taps("Участники")
    await boris.says("/manage")
    assert "не координируете" in boris.sees
    assert "Выберите сеть" not in boris.sees

    await vera.says("/admin")
    await vera.taps("Люди и роли")
    await vera.taps("Темы и эксперты")
    await vera.taps("Новая тема")
    await vera.says("Олимпиады")
    await vera.taps("Учителя математики")
    await vera.taps("Математика")
    await vera.taps("Открыть")
    await vera.taps("Назначить эксперта")
    await vera.says("Петров")
    await vera.taps("Петров Борис")
    await vera.taps("Назначить")
    await house.delivers()
    assert "Вы — эксперт по теме «Олимпиады»" in boris.sees

    await vera.taps("Открыть тему")
    await vera.taps("Петров Борис Ильич")
    await vera.taps("Да, снять")
    assert "Пока никого" in vera.sees
    await vera.says("/admin")
    await vera.taps("Люди и роли")
    await vera.taps("Координаторы")
    await vera.taps("1. Иванова")
    await vera.taps("Да, снять")
    assert vera.toast == "Назначение снято"
    await house.delivers()
    assert "больше не эксперт" in boris.sees
    assert "больше не координатор" in anna.sees
    await anna.says("/menu")
    assert "🧭 Управление сетями" not in anna.buttons
    assert house.world.faults == []
