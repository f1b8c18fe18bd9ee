# События: список, карточка, запись, управление

events-mine = Мои
events-my-networks = Моих сетей
events-all = Все
events-mine-title = <b>События: вы идёте</b>
events-my-networks-title = <b>События ваших сетей</b>
events-all-title = <b>Все события города</b>
events-found-title = <b>События по словам «{ $query }»</b>
events-network-title = <b>События: { $network }</b>
events-hint = Можно написать слово из названия, и я поищу.
events-empty = Здесь пока ничего не запланировано.
events-empty-mine = Вы пока никуда не записаны.
events-empty-found = Ничего не нашлось. Напишите другое слово.
events-line =
    { $number }. { $when }
    <b>{ $title }</b>
    { $facts }
events-line-free = свободно { $free } из { $seats }
events-line-full = мест нет
events-line-going-on = 🟢 уже идёт
events-line-registered = ✅ вы записаны
events-line-waiting = ⏳ вы в листе ожидания
events-new = ➕ Новое событие

event-kind-seminar = Семинар
event-kind-webinar = Вебинар
event-kind-master-class = Мастер-класс
event-kind-open-lesson = Открытый урок
event-kind-meeting = Заседание объединения
event-kind-consultation = Групповая консультация
event-kind-workshop = Практикум
event-kind-discussion = Дискуссия
event-kind-contest = Конкурс
event-kind-conference = Веб-конференция

event-head =
    <b>{ $title }</b>
    { $kind } · { $network }
event-card-about = { $text }
event-when = 🕒 { $when }
event-where = 📍 { $place }
event-where-hidden = 🔗 Ссылку увидят те, кто записался
event-seats-free = 🪑 { $free ->
        [one] Свободно { $free } место
        [few] Свободно { $free } места
       *[many] Свободно { $free } мест
    } из { $seats }
event-seats-none = 🪑 Все места заняты ({ $seats }){ $waiting ->
        [0] {""}
        [one] , ждёт { $waiting } человек
        [few] , ждут { $waiting } человека
       *[many] , ждут { $waiting } человек
    }
event-seats-open = 🪑 Мест хватит всем{ $taken ->
        [0] {""}
        [one] , записан { $taken } человек
        [few] , записаны { $taken } человека
       *[many] , записано { $taken } человек
    }
event-you-registered = ✅ <b>Вы записаны.</b>{ $reminders ->
        [0] {""}
        [1] {" "}Напомним за час.
       *[other] {" "}Напомним за день и за час.
    }
event-you-were-registered = ✅ Вы были записаны.
event-you-wait = ⏳ <b>Вы в листе ожидания: { $turn }-е место из { $waiting }.</b> Как только место освободится, мы сразу напишем.
event-going-on = 🟢 Событие уже идёт, запись закрыта.
event-over = Событие прошло.
event-called-off = 🚫 <b>Событие отменено.</b> Причина: { $reason }
event-network-closed = сеть закрыта

event-sign-up = ✅ Записаться
event-wait = ⏳ В лист ожидания
event-leave = ✖️ Не приду
event-to-calendar = 📆 В календарь
event-calendar-again = 📆 Обновить в календаре
event-calendar-remove = 📆 Убрать из календаря
event-manage = 🧭 Управлять событием
event-open = Подробнее
event-back = ‹ К событию
event-others = 📅 Другие события
event-registered-toast = Вы записаны
event-waiting-toast = Мест нет: вы в листе ожидания
event-left-toast = Вы больше не записаны
event-leave-ask = <b>Не придёте на «{ $title }»?</b> { $seat ->
        [yes] Ваше место сразу получит следующий из листа ожидания.
       *[no] Ваше место в листе ожидания получит следующий.
    } Записаться снова можно, пока есть места.
event-leave-yes = Да, не приду
event-leave-no = Нет, приду
event-file-caption = <b>{ $title }</b>

    Откройте файл, и событие встанет в календарь телефона. Если событие перенесут, нажмите «В календарь» ещё раз.
event-file-caption-cancelled = <b>{ $title }</b>

    Откройте файл, и событие уйдёт из календаря телефона.

event-new-head = 📅 <b>Новое событие вашей сети</b>
event-promoted-head = 🎉 <b>Место освободилось: вы записаны!</b>
event-remind-day = ⏰ <b>Напоминаем: { $when }</b>
event-remind-hour = ⏰ <b>Скоро начало: { $when }</b>
event-moved-head = 🕒 <b>Событие перенесено</b>
event-moved-times =
    Было: { $old }
    <b>Стало: { $new }</b>
event-place-head = 📍 <b>У события другое место</b>
event-cancelled-head = 🚫 <b>Событие отменено</b>
event-cancelled-text =
    { $when }
    Причина: { $reason }

event-manage-head = <b>Управление событием</b>
event-manage-counts = 👥 { $taken ->
        [0] Пока никто не записался
        [one] Записан { $taken } человек
        [few] Записаны { $taken } человека
       *[many] Записано { $taken } человек
    }{ $waiting ->
        [0] {""}
        [one] , ждёт { $waiting }
       *[other] , ждут { $waiting }
    }
event-manage-seats-line = 🪑 Мест: { $seats }
event-manage-no-limit = 🪑 Мест: без ограничений
event-manage-announced = 📣 Участникам сети сообщено.
event-manage-not-announced = 📣 Участникам сети ещё не сообщали.
event-manage-people = 👥 Кто придёт
event-manage-move = 🕒 Перенести
event-manage-place = 📍 Место
event-manage-seats = 🪑 Места
event-manage-title = 🏷 Название
event-manage-annotation = 📝 О чём
event-manage-tell = 📣 Сообщить участникам
event-manage-tell-new = 📣 Сообщить новым участникам
event-manage-cancel = 🚫 Отменить событие
event-told-toast = { $count ->
        [0] Сообщать некому: все уже знают
        [one] Сообщаем: { $count } человек
        [few] Сообщаем: { $count } человека
       *[many] Сообщаем: { $count } человек
    }
event-changed-toast = Изменено

event-people-title = <b>Кто придёт: { $title }</b>
event-people-waiting-title = <b>Лист ожидания: { $title }</b>
event-people-line = { $number }. { $name }
event-people-line-organisation = { $number }. { $name }, { $organisation }
event-people-nobody = Пока никого.
event-people-to-waiting = ⏳ Лист ожидания
event-people-to-registered = 👥 Кто придёт
event-person-gone = участник

event-title = Новое событие
event-title-short = новое событие
event-network-ask =
    <b>Для какой сети событие?</b>

    Выберите или напишите часть названия.
event-network-label = Сеть
event-kind-ask = <b>Что это будет?</b>
event-kind-label = Вид
event-title-ask =
    <b>Как называется событие?</b>

    Одна строка, например «Дроби без слёз».
event-title-label = Название
event-starts-ask =
    <b>Когда начало?</b>

    Напишите, как говорите: «завтра в 15:00», «25 ноября в 14:30», «в пятницу в 10».
event-starts-label = Начало
event-place-ask =
    <b>Где или по какой ссылке?</b>

    Адрес видят все. Ссылку увидят только те, кто записался.
event-place-label = Где
event-seats-ask = <b>Сколько мест?</b>
event-seats-label = Мест
event-seats-value = { $count }
event-seats-skip = Без ограничений
event-seats-empty = без ограничений
event-annotation-ask =
    <b>О чём это событие?</b>

    Несколько предложений: что будет, кому пригодится, что взять с собой.
event-summary =
    <b>Опубликовать событие?</b>

    Проверьте день недели и время.
event-finish = ✅ Опубликовать
event-published =
    <b>Событие опубликовано</b>

    { $title }
    { $when }
event-published-tell = Сообщить участникам сети? { $members ->
        [0] В сети пока никого нет.
        [one] В сети { $members } участник.
        [few] В сети { $members } участника.
       *[many] В сети { $members } участников.
    }
event-not-now = Не сейчас

event-edit-title-short = изменение события
event-move-title-short = перенос события
event-move-starts-ask =
    <b>На когда перенести событие?</b>

    Напишите, как говорите: «завтра в 15:00», «25 ноября в 14:30».
event-move-starts-label = Новое начало
event-move-summary =
    <b>Перенести «{ $title }»?</b>

    Было: { $old }
    <b>Станет: { $new }</b>
event-move-finish = ✅ Перенести
event-cancel-title-short = отмена события
event-cancel-reason-ask =
    <b>Почему событие отменяется?</b>

    Причину увидят все, кто записался.
event-cancel-reason-label = Причина
event-cancel-summary =
    <b>Отменить «{ $title }»?</b>

    { $when }
    Причина: { $reason }
event-cancel-finish = 🚫 Да, отменить событие
event-tells = { $people ->
        [0] Никто пока не записан.
        [one] Сообщение получит { $people } человек.
        [few] Сообщение получат { $people } человека.
       *[many] Сообщение получат { $people } человек.
    }

error-event-cancelled = Событие «{ $title }» отменено.
error-event-begun = Событие «{ $title }» уже началось, запись закрыта.
error-event-in-past = Это время уже прошло. Назовите другое начало.
error-seats-are-taken = { $taken ->
        [one] Уже записан { $taken } человек
        [few] Уже записаны { $taken } человека
       *[many] Уже записано { $taken } человек
    }: меньше мест сделать нельзя.
