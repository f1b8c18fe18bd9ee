# Общее: переходы, даты, языки, отказы, команды

nav-menu = ☰ Меню
nav-back = ‹ Назад
nav-previous = « Раньше
nav-next = Дальше »
nav-counted-one = { $number } из { $total }
nav-counted = { $first }–{ $last } из { $total }

date-yesterday = вчера
date-today = сегодня
date-tomorrow = завтра
date-after-tomorrow = послезавтра
date-near = { $day }, { $time }
date-read-back-near = { $moment } ({ $near })
date-read-back = { $moment } ({ $days ->
        [one] через { $days } день
        [few] через { $days } дня
       *[many] через { $days } дней
    })

language-ru = Русский
language-en = English

error-not-administrator = У вас нет прав администратора центра, а это делает только он. Всё, что открыто вам, есть в меню: /menu
error-not-a-coordinator = У вас нет прав на объявления: их делают координаторы сетей. Если вы ведёте сеть, попросите администратора центра назначить вас.
error-no-network-yet = Объявлять пока некому: нет ни одной сети. Создайте первую: /admin
error-not-allowed = У вас нет прав на это действие. Если они вам нужны, напишите администратору центра.
error-not-registered = Сначала зарегистрируйтесь: отправьте /start.
error-not-found = Этого здесь больше нет. Откройте меню: /menu
error-organisation-exists = Организация «{ $title }» уже есть в реестре. Назовите её иначе.
error-network-exists = Сеть «{ $title }» уже есть. Назовите её иначе.
error-nobody-to-tell = В сети «{ $title }» пока нет других участников: объявлять некому.
error-topic-exists = Тема «{ $title }» уже есть. Назовите её иначе.
error-network-archived = Сеть «{ $title }» закрыта: её можно только читать.
error-network-not-open = В сеть «{ $title }» вступают по заявке или приглашению. Обратитесь к её координатору.
error-not-a-member = Вы не состоите в сети «{ $title }». Вступите в неё или выберите другую.
error-quiet-hours-empty = Начало и конец совпадают. Назовите другой час; если тишина не нужна, отмените и нажмите «Не соблюдать».
error-dialog-over = Это уже сделано. Меню: /menu
error-question-answered = На этот вопрос вы уже ответили. Вот где мы сейчас.

surprise = Что-то сломалось, и это наша вина. Ничего из введённого не потеряно, попробуйте ещё раз. Если не поможет, сообщите администратору код { $code }.
surprise-note = ⚠️ В боте случилась ошибка, код { $code }. Подробности — в журнале.

unknown-command = <b>Такой команды нет.</b> Вот что можно сделать:
unknown-button = Эта кнопка из старой версии. Вот меню.

command-menu = Меню
command-events = События: записаться
command-products = Материалы: найти, сдать свой
command-networks = Сети: найти и вступить
command-profile = Моя анкета
command-settings = Язык, время, личные данные
command-help = Что умеет бот
command-cancel = Отменить начатое
command-announce = Объявить всем в сети
command-manage = Управление сетями
command-admin = Управление центром

bot-description =
    «Методсеть» — профессиональная сеть педагогов города в одном чате.

    Найдите своё объединение и вступите в него. Нажмите «Запустить», чтобы начать.
bot-short-description = Профессиональная сеть педагогов города

group-text = Я работаю в личном чате: там вас никто не отвлечёт, и личное останется личным.
group-button = Открыть личный чат
