# Место сети в дереве, временные группы, закрытие

tree-button = 🌳 Место сети и карточка
tree-title = <b>Место сети: { $title }</b>
tree-above = ⬆️ Стоит в: { $path }
tree-top = ⬆️ Сеть верхнего уровня
tree-below = 🌿 { $count ->
        [0] Сетей внутри нет
        [one] Внутри { $count } сеть
        [few] Внутри { $count } сети
       *[many] Внутри { $count } сетей
    }
tree-ends = ⏳ Временная группа, последний день: { $day }
tree-new-child = ➕ Сеть внутри этой
tree-new-group = ⏳ Временная группа
tree-extend = 📅 Изменить последний день
tree-move = 🔀 Переместить
tree-close = 🗄 Закрыть сеть
tree-open-place = 🌳 Место сети
tree-open-closed = 🔎 Закрытая сеть
tree-manage-created = 🧭 Управлять новой сетью
tree-created =
    <b>Сеть «{ $title }» создана</b>

    Она уже видна в каталоге, вступить можно сразу. Правила вступления вы измените в управлении.
tree-group-created =
    <b>Временная группа «{ $title }» создана</b>

    Последний день: { $day }. После него группа закроется сама, за неделю я напомню участникам.
tree-moved =
    <b>Сеть «{ $title }» перемещена</b>

    Всё, что внутри неё, переехало вместе с ней. Координаторам я сообщу.
tree-extended = <b>Последний день группы «{ $title }»: { $day }</b>
tree-closed =
    <b>Сеть «{ $title }» закрыта</b>

    Участникам я сообщу. Читать её можно и дальше.

tree-close-ask = <b>Закрыть сеть «{ $title }»?</b>
tree-close-branch = 🌿 { $count ->
        [0] Сетей внутри нет.
        [one] Внутри { $count } сеть: она закроется со всем, что в ней.
        [few] Внутри { $count } сети: они закроются со всем, что в них.
       *[many] Внутри { $count } сетей: они закроются со всем, что в них.
    }
tree-close-lifted = 🌿 { $count ->
        [0] Сетей внутри нет.
        [one] { $count } сеть внутри перейдёт уровнем выше.
        [few] { $count } сети внутри перейдут уровнем выше.
       *[many] { $count } сетей внутри перейдут уровнем выше.
    }
tree-close-members = 👥 { $count ->
        [0] Участников нет.
        [one] { $count } участнику я сообщу, что сеть закрыта.
        [few] { $count } участникам я сообщу, что сеть закрыта.
       *[many] { $count } участникам я сообщу, что сеть закрыта.
    }
tree-close-brought = 👥 { $count ->
        [0] Участников нет.
        [one] { $count } участник станет участником сети «{ $title }».
        [few] { $count } участника станут участниками сети «{ $title }».
       *[many] { $count } участников станут участниками сети «{ $title }».
    }
tree-close-events = 📅 { $count ->
        [one] { $count } предстоящее событие будет отменено.
        [few] { $count } предстоящих события будут отменены.
       *[many] { $count } предстоящих событий будут отменены.
    }
tree-close-products = 📥 { $count ->
        [one] { $count } работа без решения вернётся автору.
        [few] { $count } работы без решения вернутся авторам.
       *[many] { $count } работ без решения вернутся авторам.
    }
tree-close-applications = 📝 { $count ->
        [one] { $count } заявка на вступление будет снята.
        [few] { $count } заявки на вступление будут сняты.
       *[many] { $count } заявок на вступление будут сняты.
    }
tree-close-for-ever = Открыть закрытую сеть снова нельзя: её карточку, участников и материалы можно будет только читать.

child-title = Сеть внутри
child-title-short = сеть внутри
child-about = Внутри сети «{ $about }».
group-title = Временная группа
group-title-short = временная группа
group-about = Внутри сети «{ $about }». Группа закроется сама после последнего дня.
network-ends-ask =
    <b>Какой день последний?</b>

    Выберите или напишите, например «31 мая» или «через месяц».
network-ends-label = Последний день
extend-title-short = последний день группы
move-title-short = перемещение сети
move-parent-ask =
    <b>Куда переместить сеть?</b>

    Выберите сеть, в которой она будет стоять, или напишите часть названия.
move-parent-label = Новое место
move-parent-skip = Наверх
move-parent-empty = верхний уровень
move-summary = <b>Переместить сеть?</b>
move-finish = 🔀 Переместить
close-title = Закрытие сети
close-title-short = закрытие сети
close-below-ask = <b>Что будет с сетями внутри?</b>
close-below-label = Сети внутри
close-below-stay = Закрыть вместе с ней
close-below-up = Перевести уровнем выше
close-members-ask = <b>Что будет с участниками?</b>
close-members-label = Участники
close-members-stay = Только сообщить им
close-members-up = Принять в сеть выше
close-reason-ask =
    <b>Почему сеть закрывается?</b>

    Это прочтут все участники. Можно пропустить.
close-reason-label = Причина
close-finish = 🗄 Закрыть сеть

tree-told-moved = 🔀 Сеть «{ $network }» теперь входит в сеть «{ $parent }».
tree-told-top = 🔀 Сеть «{ $network }» теперь стоит на верхнем уровне.
tree-told-not-yours = Вы её больше не координируете.
tree-told-ending =
    ⏳ <b>Временная группа «{ $network }» скоро завершит работу</b>

    Последний день: { $day }. После него её можно будет только читать.
tree-told-closed = 🗄 <b>Сеть «{ $network }» закрыта</b>
tree-told-ended = ⏳ <b>Временная группа «{ $network }» завершила работу</b>
tree-told-closed-all = 🗄 { $networks ->
        [one] <b>Закрыта { $networks } сеть:</b>
        [few] <b>Закрыты { $networks } сети:</b>
       *[many] <b>Закрыто { $networks } сетей:</b>
    }
tree-told-one = • { $title }
tree-told-read-only = Карточку, участников и материалы можно читать и дальше. Вступать, записываться и публиковать там больше нельзя.
tree-told-works-back = 📄 Ваши работы, которые ждали решения, вернулись к вам: их можно сдать в другую сеть.
tree-told-in-parent = ✅ Вы участник сети «{ $title }». Выйти из неё можно в любой день.
