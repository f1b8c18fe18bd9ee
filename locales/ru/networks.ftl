# Сети: каталог и карточка

networks-text = <b>Сети</b>
networks-first-for-me = Вам подходят:
networks-first = Сети города:
networks-ways = Нажмите на сеть, откройте список или просто напишите слово, например «математика».
networks-none-yet =
    <b>Сети</b>

    Сетей пока нет. Как только центр их создаст, они появятся здесь.
networks-mine = ⭐ Мои сети
networks-followed = 🔔 Слежу за новостями
networks-followed-title = <b>Слежу за новостями</b>
networks-for-me = 💡 Для вас
networks-tree = 🌳 Все сети
networks-forms = 🗂 По форме
networks-closed = 🗄 Закрытые сети
networks-closed-title = <b>Закрытые сети</b>
networks-forms-text = <b>Сети по форме</b>
networks-form-line = { $number }. { $title } — { $count ->
        [one] { $count } сеть
        [few] { $count } сети
       *[many] { $count } сетей
    }
networks-tree-title = <b>Все сети</b>
networks-in = <b>Внутри: { $place }</b>
networks-form-title = <b>{ $form }</b>
networks-mine-title = <b>Мои сети</b>
networks-for-me-title =
    <b>Сети для вас</b>

    По вашей должности и предметам.
networks-found-title = <b>Сети по словам «{ $query }»</b>
networks-empty = Здесь пока пусто.
networks-empty-mine = Вы пока не состоите ни в одной сети.
networks-empty-for-me = Сейчас предложить нечего: сетей для вашей должности и предметов, где вас ещё нет, не нашлось. Посмотрите все сети.
networks-line = { $number }. { $title } — { $members ->
        [0] пока никого
        [one] { $members } участник
        [few] { $members } участника
       *[many] { $members } участников
    }
networks-line-below = {""}, сетей внутри: { $count }

network-head =
    <b>{ $title }</b>
    { $form }
network-goal = <b>Цель:</b> { $goal }
network-description = { $description }
network-members = 👥 { $count ->
        [0] Пока никого
        [one] { $count } участник
        [few] { $count } участника
       *[many] { $count } участников
    }
network-followers = 🔔 Следят за новостями: { $count }
network-parent = ⬆️ Входит в: { $title }
network-subjects = 📚 { $subjects }
network-coordinators = { $count ->
        [1] 🧭 Координатор: { $names }
       *[other] 🧭 Координаторы: { $names }
    }
network-ends = ⏳ Временная группа, последний день: { $day }
network-kind = 🧩 Вид сети: { $kind }
network-coordinator = { $name }
network-coordinator-by-such-order = { $name } (приказ { $order })
network-coordinator-by-order = { $name } (приказ № { $number } от { $on })
network-policy-open = 🔓 Открытая: вступить может каждый
network-policy-application = 📝 Вступление по заявке
network-policy-invitation = 🔒 Вступление по приглашению
network-archived = 🗄 Сеть закрыта, её можно только читать.
network-you-are-in = ✅ Вы участник этой сети.
network-join = ✅ Вступить
network-leave = Выйти из сети
network-chat = 💬 Чат сети
network-below = Сети внутри
network-documents = 📄 Документы
network-edit = ✏️ Изменить карточку
network-follow = 🔔 Следить за новостями
network-unfollow = 🔕 Не следить
network-follow-done = Объявления этой сети будут приходить и вам
network-unfollow-done = Объявления этой сети больше не придут
network-you-follow = 🔔 Вы следите за новостями этой сети.
network-joined = Вы вступили в сеть
network-left = Вы вышли из сети
network-leave-ask = <b>Выйти из сети «{ $title }»?</b>
network-leave-open = Вернуться можно в любой день.
network-leave-application = Чтобы вернуться, понадобится новая заявка.
network-leave-invitation = Чтобы вернуться, понадобится новое приглашение.
network-leave-archived = Сеть закрыта: вернуться в неё будет нельзя.
network-leave-yes = Да, выйти
network-leave-no = Нет, остаться

network-title = Новая сеть
network-title-short = новая сеть
network-title-ask =
    <b>Как называется сеть?</b>

    Коротко и понятно, например «Учителя математики»: на кнопке видно первые 30 букв.
network-title-label = Название
network-form-ask =
    <b>Какая это форма?</b>

    Выберите или напишите часть названия.
network-form-label = Форма
network-parent-ask =
    <b>В какую сеть она входит?</b>

    Выберите вышестоящую сеть. Если её нет, нажмите «Пропустить».
network-parent-label = Входит в
network-subjects-ask =
    <b>Для кого она?</b>

    Отметьте предметы или направления: по ним сеть покажется в «Для вас».
network-subjects-label = Предметы
network-goal-ask =
    <b>Какая у сети цель?</b>

    Одно-два предложения. Можно пропустить.
network-goal-label = Цель
network-summary = <b>Создать открытую сеть?</b>
network-finish = ✅ Создать
network-created =
    <b>Сеть «{ $title }» создана</b>

    Она уже видна всем в каталоге, вступить можно сразу.
network-open-created = Открыть карточку
network-another = ➕ Ещё одна
