# Материалы: банк, сдача, решение координатора

products-title = <b>Материалы</b>
products-text = { $count ->
        [0] Здесь собирают методические материалы педагогов города. Пока ничего не опубликовано: ваш может стать первым.
        [one] В банке { $count } материал педагогов города. Самые новые:
        [few] В банке { $count } материала педагогов города. Самые новые:
       *[many] В банке { $count } материалов педагогов города. Самые новые:
    }
products-hint = Чтобы найти нужное, просто напишите слово, например «дроби».
products-join-first = Сдать свой материал можно в сеть, где вы состоите. Сначала вступите в свою.
products-hand-in = ➕ Сдать материал
products-all = 🆕 Все новые
products-by-kind = 🗂 По видам
products-by-network = 👥 По сетям
products-mine = 📁 Мои
products-to-networks = 👥 Найти свою сеть
products-line =
    { $number }. <b>{ $title }</b>
    { $kind } · { $author }
products-mine-line =
    { $number }. <b>{ $title }</b>
    { $state }
products-queue-line =
    { $number }. <b>{ $title }</b>
    { $author } · { $network } · ждёт с: { $since }
products-new-title = <b>Материалы: сначала новые</b>
products-kind-title =
    <b>{ $kind }</b>
    Сначала новые
products-network-title = <b>Материалы сети «{ $network }»</b>
products-mine-title = <b>Мои материалы</b>
products-found-title = <b>Материалы по словам «{ $query }»</b>
products-queue-title = <b>На проверке: { $network }</b>
products-kinds-text = <b>Материалы по видам</b>
products-networks-text = <b>Материалы по сетям</b>
products-empty = Здесь пока пусто.
products-empty-mine = Вы пока ничего не сдавали.
products-empty-queue = На проверке ничего нет: всё рассмотрено.
products-queue = 📚 На проверке

product-kind-lesson = Разработка урока / занятия
product-kind-guidelines = Методические рекомендации
product-kind-tests = Контрольные материалы (КИМ)
product-kind-programme = Программа
product-kind-project = Проект
product-kind-innovation = Инновационная программа
product-kind-score-sheet = Лист оценки
product-kind-other = Другое

product-state-submitted = ⏳ на проверке ({ $when })
product-state-returned = ↩️ возвращён на доработку ({ $when })
product-state-published = ✅ опубликован ({ $when })
product-state-withdrawn = 🗄 отозван ({ $when })

product-head =
    <b>{ $title }</b>
    { $kind }
product-annotation = { $annotation }
product-author = 👤 { $name }
product-author-gone = участник
product-coordinator = координатор
product-organisation = 🏫 { $title }
product-network = 👥 { $title }
product-files = 📎 { $count ->
        [one] { $count } файл
        [few] { $count } файла
       *[many] { $count } файлов
    }
product-published = 📅 Опубликован: { $when }
product-stands = Сейчас: { $state }
product-version = Версия { $number }
product-remark =
    💬 <b>Замечание</b> ({ $name }, { $when }):
    <blockquote>{ $text }</blockquote>
product-download = ⬇️ Скачать
product-open-files = 📎 Открыть файлы
product-publish = ✅ Опубликовать
product-return = ↩️ Вернуть
product-correct = ✏️ Исправить и сдать снова
product-withdraw = 🗄 Отозвать
product-open-own = 📄 Открыть материал
product-files-lost = ⚠️ { $count ->
        [1] { $count } файл открыть не удалось: Telegram его больше не отдаёт, а копии у нас нет. Попросите автора прислать его снова.
        [one] { $count } файл открыть не удалось: Telegram их больше не отдаёт, а копий у нас нет. Попросите автора прислать их снова.
        [few] { $count } файла открыть не удалось: Telegram их больше не отдаёт, а копий у нас нет. Попросите автора прислать их снова.
       *[many] { $count } файлов открыть не удалось: Telegram их больше не отдаёт, а копий у нас нет. Попросите автора прислать их снова.
    }
product-now-published = Опубликовано. Автор узнает
product-now-returned = Возвращено на доработку. Автор узнает
product-now-withdrawn = Материал отозван

product-withdraw-ask = <b>Отозвать «{ $title }»?</b> Координатор не будет его рассматривать. Исправить и сдать снова можно в любой день.
product-withdraw-ask-published = <b>Отозвать «{ $title }»?</b> Материал исчезнет из банка, его больше не найдут и не скачают. Сдать снова можно в любой день.
product-withdraw-yes = Да, отозвать
product-withdraw-no = Нет, оставить

product-told-submitted = 📥 <b>Сдан новый материал. Нужно ваше решение</b>
product-told-corrected = 📥 <b>Материал исправлен и сдан снова. Нужно ваше решение</b>
product-told-published =
    🎉 <b>Ваш материал опубликован: { $title }</b>

    Его уже находят и скачивают коллеги. Сеть: { $network }.
product-told-returned =
    ↩️ <b>Материал вернули на доработку: { $title }</b>

    Исправьте и сдайте снова: всё, что вы ввели, сохранено.
product-handed-in =
    <b>Материал сдан: { $title }</b>

    Его посмотрит координатор сети «{ $network }». Когда будет решение, я напишу вам сюда.
product-too-large = ⚠️ { $count ->
        [1] Этот файл больше 20 МБ: { $names }. Нашей копии у него не будет, его хранит только Telegram. Не удаляйте своё сообщение с ним.
       *[other] Эти файлы больше 20 МБ: { $names }. Наших копий у них не будет, их хранит только Telegram. Не удаляйте свои сообщения с ними.
    }
product-file-photo = фото
product-file-document = документ
product-file-voice = голосовое сообщение
product-file-audio = аудио
product-file-video = видео
product-file-video_note = видеосообщение
product-file-animation = анимация

product-title = Новый материал
product-title-short = материал
product-fix-title = Исправление материала
product-fix-about = 💬 <b>Замечание:</b> { $about }
product-fix-title-short = исправление материала
product-kind-ask = <b>Что вы сдаёте?</b>
product-kind-label = Вид
product-title-ask =
    <b>Как называется материал?</b>

    Например: «Сложение дробей: урок-игра в 5 классе».
product-title-label = Название
product-annotation-ask =
    <b>О чём он и кому пригодится?</b>

    Два-три предложения: класс или возраст, тема, что внутри. По этим словам материал будут находить.
product-annotation-label = Аннотация
product-files-ask =
    <b>Пришлите файлы</b>

    Документы, презентации, фото: по одному или сразу несколько, до 10. Когда всё придёт, нажмите «Готово».
product-files-label = Файлы
product-network-ask =
    <b>В какую сеть сдаёте?</b>

    Материал посмотрит её координатор.
product-network-label = Сеть
product-summary = <b>Сдать материал на проверку?</b>
product-finish = ✅ Сдать

product-return-title-short = возврат на доработку
product-return-remark-ask =
    <b>Что исправить?</b>

    Напишите автору, чего не хватает. Он получит ваши слова целиком.
product-return-remark-label = Замечание
product-return-summary = <b>Вернуть автору на доработку?</b>
product-return-finish = ↩️ Вернуть

error-no-network-of-mine = Сдать материал можно в сеть, где вы состоите. Сначала вступите в свою: /networks
error-nothing-corrected = Пока ничего не изменилось. Нажмите «Исправить» и поправьте то, о чём написано в замечании.
error-own-product = Свою работу публикует другой координатор или администратор: нужен взгляд со стороны.
error-product-submitted = Материал уже на проверке. Когда будет решение, я напишу.
error-product-published = Уже опубликовано: { $name }.
error-product-returned = Уже возвращено на доработку: { $name }.
error-product-withdrawn = Автор отозвал этот материал.
error-product-corrected = Автор сдал новую версию. Вот она.
