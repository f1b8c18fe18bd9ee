# Формы сетей: их список ведёт администратор

forms-button = 🗂 Формы сетей
forms-title =
    <b>Формы сетей</b>

    Из этого списка выбирают, когда создают сеть или меняют её карточку.
forms-line = { $number }. { $title } — { $count ->
        [0] сетей нет
        [one] { $count } сеть
        [few] { $count } сети
       *[many] { $count } сетей
    }
forms-none = Форм пока нет.
forms-new = ➕ Новая форма
forms-one =
    <b>{ $title }</b>

    { $count ->
        [0] Сетей с этой формой нет.
        [one] С этой формой { $count } сеть.
        [few] С этой формой { $count } сети.
       *[many] С этой формой { $count } сетей.
    }
forms-rename = ✏️ Переименовать
forms-remove = 🗑 Убрать из списка
forms-networks = Сети этой формы
forms-added = Форма добавлена
forms-renamed = Форма переименована
forms-removed = Формы больше нет в списке

form-title-ask =
    <b>Как называется форма?</b>

    Например: «Городское методическое объединение».
form-title-short = новая форма
form-rename-title-short = название формы
