# Назначения, темы и эксперты, страница координатора

roles-coordinators-title =
    <b>Координаторы</b>

    Нажмите на человека, чтобы снять назначение.
roles-coordinator-line = { $number }. { $name } — { $network }
roles-nobody-yet = Пока никого.
roles-appoint-coordinator = ➕ Назначить координатора
roles-to-coordinators = Все координаторы
roles-coordinator-appointed =
    <b>Координатор назначен: { $network }</b>

    Мы ему об этом сообщим.
roles-dismiss-coordinator-ask = <b>Снять назначение?</b> { $name } больше не будет координатором сети «{ $network }».
roles-dismiss-yes = Да, снять
roles-dismiss-no = Нет, оставить
roles-dismissed = Назначение снято

roles-topics-title =
    <b>Темы и эксперты</b>

    По этим темам педагоги задают вопросы.
roles-topic-line = { $number }. { $title } — { $experts ->
        [0] экспертов нет
        [one] { $experts } эксперт
        [few] { $experts } эксперта
       *[many] { $experts } экспертов
    }
roles-no-topics-yet = Тем пока нет.
roles-new-topic = ➕ Новая тема
roles-open-topic = Открыть тему
roles-appoint-expert = ➕ Назначить эксперта
roles-name = { $name }
roles-topic-head =
    <b>Тема: { $title }</b>
    За вопросами следит: { $network }

    Эксперты (нажмите, чтобы снять):
roles-topic-created =
    <b>Тема «{ $title }» открыта</b>

    Назначьте экспертов: без них вопросов по теме не задать.
roles-expert-appointed =
    <b>Эксперт назначен: { $topic }</b>

    Мы ему об этом сообщим.
roles-dismiss-expert-ask = <b>Снять назначение?</b> { $name } больше не будет экспертом по теме «{ $topic }».

roles-managed-title = <b>Управление сетями</b>
roles-managed-choose = Выберите сеть.
roles-managed-line = { $number }. { $title }
roles-managed-applications = {""}, заявок: { $count }
roles-managed-products = {""}, материалов: { $count }
roles-wait-applications = 📝 Ждут решения заявки: { $count }
roles-wait-products = 📦 Ждут решения материалы: { $count }
roles-nothing-managed = Вы не координируете ни одной сети. Координаторов назначает администратор центра.
roles-events = 📅 События сети
roles-manage-text =
    <b>Управление: { $title }</b>

    { $members ->
        [0] В сети пока никого.
        [one] В сети { $members } участник.
        [few] В сети { $members } участника.
       *[many] В сети { $members } участников.
    }
roles-members = 👥 Участники
roles-open-card = 🔎 Карточка сети
roles-members-title = <b>Участники: { $title }</b>
roles-member-line = { $number }. { $name } — { $organisation }

roles-you-coordinate =
    <b>Вы — координатор сети «{ $network }»</b>

    Управление сетью — по команде /manage.
roles-you-coordinate-no-longer = Вы больше не координатор сети «{ $network }».
roles-you-are-expert =
    <b>Вы — эксперт по теме «{ $topic }»</b>

    Когда педагоги зададут вопрос, он придёт вам сюда.
roles-you-are-expert-no-longer = Вы больше не эксперт по теме «{ $topic }».

coordinator-title = Назначение координатора
coordinator-title-short = назначение координатора
coordinator-person-ask =
    <b>Кого назначить?</b>

    Напишите фамилию и выберите из списка.
coordinator-person-label = Кого
coordinator-network-ask =
    <b>В какую сеть?</b>

    Выберите или напишите часть названия.
coordinator-network-label = Сеть
coordinator-order-ask =
    <b>Каким приказом?</b>

    Напишите номер и дату, например «№ 12 от 01.09.2026». Можно пропустить.
coordinator-order-wrong = Не вижу номера и даты. Напишите так: «№ 12 от 01.09.2026».
coordinator-order-label = Приказ
coordinator-summary = <b>Назначить координатора?</b>
coordinator-finish = ✅ Назначить

topic-title = Новая тема
topic-title-short = новая тема
topic-title-ask =
    <b>Как называется тема?</b>

    Например: «Подготовка к ОГЭ по математике».
topic-title-label = Название
topic-network-ask =
    <b>Какая сеть следит за вопросами?</b>

    Её координатор узнает, если вопрос останется без ответа.
topic-network-label = Сеть
topic-subject-ask =
    <b>К какому предмету она относится?</b>

    Педагогам этого предмета тема покажется первой. Можно пропустить.
topic-subject-label = Предмет
topic-summary = <b>Открыть тему?</b>
topic-finish = ✅ Открыть

expert-title = Назначение эксперта
expert-title-short = назначение эксперта
expert-person-ask =
    <b>Кого назначить?</b>

    Напишите фамилию и выберите из списка.
expert-person-label = Кого
expert-topic-ask =
    <b>По какой теме?</b>

    Выберите или напишите часть названия.
expert-topic-label = Тема
expert-summary = <b>Назначить эксперта?</b>
expert-finish = ✅ Назначить
