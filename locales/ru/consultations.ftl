# Консультации: вопрос эксперту, очередь, карточка

ask-title = Вопрос эксперту
ask-title-short = вопрос эксперту
ask-topic-ask =
    <b>О чём вопрос?</b>

    Выберите тему или напишите слово из её названия.
ask-topic-label = Тема
ask-question-ask =
    <b>Задайте вопрос</b>

    Напишите его или пришлите голосовое, фото, файл. Чем подробнее, тем полезнее ответ.
ask-question-label = Вопрос
ask-summary =
    <b>Отправить вопрос эксперту?</b>

    Можно дослать ещё: текст, фото, файлы, голосовое. Всё войдёт в этот вопрос.
ask-finish = 📨 Отправить

say-title-short = сообщение
say-text-ask =
    <b>Напишите ответ</b>

    Следующее ваше сообщение сразу уйдёт собеседнику: текст, фото, файл, альбом или голосовое.

consultation-heading = Вопрос № { $number } · { $topic }
consultation-somebody = участник
consultation-promised = ⏳ Ответ обещан: { $moment }
consultation-promised-before = ⏳ Ответить обещали: { $moment }
consultation-asks = 👤 Спрашивает: { $name }
consultation-answers = 🎓 Отвечает: { $name }
consultation-text = { $text }

consultation-take = ✋ Взять
consultation-open = 📄 Открыть
consultation-reply = 💬 Ответить
consultation-write = 💬 Написать
consultation-close = ✅ Вопрос решён
consultation-assign = 👤 Назначить эксперта
consultation-files = 📎 Файлы · { $count }
consultation-mine = 🗂 Мои вопросы
consultation-rate = { $rating } ★
consultation-rate-given = ✓ { $rating } ★

consultation-told-heading = ❓ <b>{ $heading }</b>
consultation-told-end = 📎 <b>{ $heading }</b>
consultation-told-new = Нажмите «Взять» или сразу ответьте на это сообщение: ответ уйдёт автору.
consultation-told-mine = ✋ Вы взяли этот вопрос. Ответьте на это сообщение или нажмите «Ответить».
consultation-told-assigned = 👤 Координатор поручил этот вопрос вам. Ответьте на это сообщение или нажмите «Ответить».
consultation-told-taken = ✋ Взял(а) { $name }.
consultation-told-closed = ✅ Вопрос закрыт.

consultation-word-to-asker =
    💬 <b>{ $heading }</b>
    Отвечает { $name }:
consultation-word-to-expert =
    💬 <b>{ $heading }</b>
    Пишет { $name }:
consultation-edited =
    ✏️ <b>{ $heading }</b>
    { $name } исправил(а) сообщение:
consultation-word-end = 📎 <b>{ $heading }</b>
consultation-reopened-told = 🔓 Консультация снова открыта.

consultation-taken =
    ✋ <b>{ $heading }</b>
    Ваш вопрос взял(а) { $name }.
consultation-handed-over =
    👤 <b>{ $heading }</b>
    Координатор передал ваш вопрос другому эксперту. Теперь отвечает { $name }.
consultation-passed-on =
    👤 <b>{ $heading }</b>
    Координатор передал этот вопрос. Теперь на него отвечает { $name }, от вас ответ больше не нужен. Спасибо!
consultation-taken-more = Ответ придёт сюда. Чтобы что-то добавить, ответьте на это сообщение.
consultation-overdue =
    ⏰ <b>{ $heading }</b>
    Этот вопрос никто не взял.
consultation-closed-to-asker =
    ✅ <b>{ $heading }</b>
    { $name } считает, что вопрос решён, и закрыл(а) консультацию.

    Помог ли вам ответ? Оцените от 1 до 5. Если вопрос остался, просто ответьте на это сообщение.
consultation-closed-to-expert =
    ✅ <b>{ $heading }</b>
    { $name }: консультация завершена. Спасибо!
consultation-unreached-asker =
    ⚠️ <b>{ $heading }</b>
    { $name } сейчас не получает сообщений: бот остановлен. Ваш ответ сохранён в консультации и ждёт автора там.
consultation-unreached-expert =
    ⚠️ <b>{ $heading }</b>
    Эксперт { $name } сейчас не получает сообщений: бот остановлен. Ваше сообщение сохранено в консультации. Если вопрос срочный, задайте его ещё раз: увидят другие эксперты.

consultation-card-heading = <b>{ $heading }</b>
consultation-state-new = 🆕 Ждёт, когда его возьмёт эксперт
consultation-state-your-turn = ✍️ Слово за вами
consultation-state-expert-turn = ⏳ Эксперт готовит ответ
consultation-state-asker-turn = 💬 Ответ отправлен, слово за автором вопроса
consultation-state-closed = ✅ Закрыта
consultation-state-rated = ✅ Закрыта, оценка { $rating } из 5
consultation-said-by-asker = ❓ <b>{ $name }</b>, { $moment }
consultation-said-by-expert = 🎓 <b>{ $name }</b>, { $moment }
consultation-files-said = 📎 { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }
consultation-page = Страница { $page } из { $total }
consultation-files-of = 📎 <b>{ $heading }</b>: все файлы выше.

consultation-asked =
    ✅ <b>Вопрос № { $number } отправлен</b>
    Тема: { $topic }

    ⏳ Ответ обещан: { $moment }. Он придёт сюда.
consultation-added =
    <b>Добавлено к вопросу № { $number }</b>

    Эксперт, который его возьмёт, увидит всё.
consultation-sent =
    <b>Отправлено: консультация № { $number }</b>

    Получатель: { $name }.
consultation-sent-and-taken =
    ✋ <b>Вы взяли вопрос № { $number }</b>

    Ответ отправлен. Получатель: { $name }.
consultation-reopened = Консультация снова открыта.
consultation-is-it-done = Если вопрос решён, закройте консультацию.
consultation-done = Консультация закрыта
consultation-thanks-for-rating = Спасибо за оценку!
consultation-you-took-it = Вы взяли этот вопрос
consultation-assigned = Эксперт назначен, мы ему сообщили

consultation-assign-ask =
    <b>Кому поручить?</b>
    { $heading }
consultation-assign-nobody = Других экспертов у этой темы нет. Назначьте ещё кого-нибудь: откройте тему.
consultation-no-topics =
    <b>Вопрос эксперту</b>

    Пока спросить некого: ни у одной темы ещё нет эксперта. Как только центр их назначит, здесь появятся темы.

queue-text =
    <b>Очередь</b>

    { $new ->
        [0] Новых вопросов нет.
        [one] { $new } новый вопрос ждёт эксперта.
        [few] { $new } новых вопроса ждут эксперта.
       *[many] { $new } новых вопросов ждут эксперта.
    } { $mine ->
        [0] Ответа от вас никто не ждёт.
        [one] В { $mine } консультации слово за вами.
       *[other] В { $mine } консультациях слово за вами.
    }
queue-title = <b>{ $title }</b>
queue-new = 🆕 Новые
queue-mine = ✍️ Ждут моего ответа
queue-waiting = 💬 Слово за автором
queue-done = ✅ Закрытые
queue-asked = 🗂 Мои вопросы
queue-empty = Здесь пусто.
queue-line =
    <b>№ { $number } · { $topic }</b>
    { $who } · { $state }
    { $beginning }
queue-button = № { $number }. { $beginning }
queue-nobody-yet = ждёт эксперта
queue-only-files = { $count ->
        [one] { $count } файл без текста
        [few] { $count } файла без текста
       *[many] { $count } файлов без текста
    }
queue-state-closed = закрыта
queue-state-promised = ответ до: { $moment }
queue-state-overdue = просрочен: { $moment }
queue-state-your-turn = слово за вами: { $moment }
queue-state-their-turn = ждём ответа: { $moment }

error-topic-without-experts = У этой темы сейчас нет эксперта. Выберите другую.
error-nothing-said = Пусто: напишите текст или пришлите файл.
error-said-elsewhere = Это сообщение уже отправлено: вопрос № { $number }. Если нужно ещё раз, напишите его заново.
error-not-an-expert = Вы не эксперт темы «{ $title }», поэтому не можете взять этот вопрос.
error-taken-by-other = Этот вопрос уже взял(а) { $name }.
error-consultation-over = Эта консультация уже закрыта.
error-not-answered-yet = Сначала ответьте автору вопроса, потом закрывайте консультацию.

menu-ask = ❓ Задать вопрос
menu-queue = 📥 Очередь
command-ask = Задать вопрос эксперту
command-queue = Очередь эксперта
help-expert = <b>Эксперту:</b> /queue — новые вопросы по вашим темам. Чтобы ответить, просто ответьте на сообщение с вопросом.
free-text-ask = ❓ Спросить эксперта
free-text-say = 💬 В консультацию № { $number }
