# Вопросы по одному: шаги, кнопки, отказы

dialog-step = { $title } · шаг { $number } из { $total }
dialog-about = <i>{ $about }</i>
dialog-chosen = Выбрано: { $value }
dialog-taken = Принято: { $value }
dialog-answered = Сейчас: { $value }
dialog-found = { $count ->
        [one] По запросу «{ $query }» нашёлся { $count } вариант:
        [few] По запросу «{ $query }» нашлись { $count } варианта:
       *[many] По запросу «{ $query }» нашлось { $count } вариантов:
    }
dialog-option-line = { $number }. { $title }
dialog-refusal = ❗️ { $reason }
dialog-as-typed = ✍️ Оставить «{ $typed }»
dialog-done = ✅ Готово
dialog-anew = 🗑 Начать это заново
dialog-show-all = Показать все
dialog-day = <b>{ $day }</b>. Во сколько? Напишите время, например «14:30», или нажмите:
dialog-other-day = Другой день
dialog-skip = Пропустить
dialog-cancel = Отмена
dialog-correct = ✏️ Исправить
dialog-correct-ask = <b>Что исправить?</b>
dialog-summary-line = <b>{ $label }:</b> { $value }
dialog-empty = не указано
dialog-resume-button = ▶️ Продолжить: { $title }
dialog-unfinished =
    <b>Осталось незаконченное: { $open }</b>

    Продолжить или бросить и начать другое: { $wanted }?
dialog-instead = Начать: { $title }
dialog-nothing-open = <b>Отменять нечего:</b> ничего не начато.
dialog-cancelled = <b>Отменено: { $title }</b>
dialog-again = Начать заново
dialog-letters = ✍️ Всего { $count ->
        [one] { $count } знак
        [few] { $count } знака
       *[many] { $count } знаков
    }
dialog-files = 📎 { $files ->
        [one] { $files } файл
        [few] { $files } файла
       *[many] { $files } файлов
    }

dialog-wrong-need-text = Здесь нужен текст: напишите ответ словами.
dialog-wrong-too-long = Слишком длинно: { $length ->
        [one] { $length } знак
        [few] { $length } знака
       *[many] { $length } знаков
    }, а помещается { $longest }. Напишите короче.
dialog-wrong-too-short = Слишком коротко: { $shortest ->
        [one] нужна хотя бы { $shortest } буква
        [few] нужно хотя бы { $shortest } буквы
       *[many] нужно хотя бы { $shortest } букв
    }.
dialog-wrong-letters = Здесь нужны буквы или цифры, одних значков мало.
dialog-wrong-number = Нужно целое число от { $lowest } до { $highest }, например 5.
dialog-wrong-tap = Выберите один из вариантов: нажмите кнопку под вопросом.
dialog-wrong-choose = Отметьте хотя бы один вариант и нажмите «Готово».
dialog-wrong-nothing-yet = Пока ничего не пришло. Напишите текст или пришлите фото, файл или голосовое сообщение.
dialog-wrong-gone = Этого варианта больше нет. Выберите другой.
dialog-wrong-confirm = Проверьте ответы и нажмите кнопку под ними; чтобы изменить ответ, нажмите «Исправить».
dialog-wrong-nothing-found = Ничего не нашлось. Напишите иначе или короче, например одно слово.
dialog-wrong-nothing-found-absent = Ничего не нашлось. Напишите короче, например «лицей 1», или нажмите «Моей организации нет».
dialog-wrong-too-many = { $most ->
        [one] Можно выбрать не больше { $most } варианта.
       *[other] Можно выбрать не больше { $most } вариантов.
    } Снимите лишнюю отметку.
dialog-wrong-kind = Такое я принять не могу. Пришлите текст, фото, файл или голосовое сообщение.
dialog-wrong-too-many-files = { $most ->
        [one] Помещается не больше { $most } файла.
       *[other] Помещается не больше { $most } файлов.
    } Остальные не приняты.
dialog-wrong-need-files = Здесь нужны файлы: пришлите документ, фото, презентацию или несколько сразу.
dialog-wrong-time = Не понял время. Напишите его, например, «15:00» или «в 3 дня», или назовите другой день.
dialog-wrong-past = Это время уже прошло. Напишите день и время в будущем, например «завтра в 15:00».
dialog-wrong-moment = Не понял день и время. Напишите, например, «завтра в 15:00» или «25 ноября в 14:30».
dialog-wrong-day = Не понял день. Напишите, например, «31 мая» или «через месяц».
