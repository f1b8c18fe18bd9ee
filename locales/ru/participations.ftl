# Организации в сетях

network-organisations = 🏫 Организации
network-coordinating = 🏫 Координирует: { $titles }
network-covered = 📄 Соглашение за вас приняла ваша организация: достаточно вашего желания.

participations-title = <b>Организации сети «{ $network }»</b>
participations-none = Организаций в сети пока нет.
participation-line = { $number }. { $title } ({ $role })
participation-role-participant = участник
participation-role-partner = партнёр
participation-role-coordinator = координатор
participation-add = ➕ Добавить организацию
participation-bring = 🏫 Включить мою организацию
participation-head =
    <b>{ $title }</b>
    Сеть «{ $network }»

    В сети с { $since }, роль: { $role }.
participation-agreed =
    📄 Соглашение, версия { $version }: принято { $on }
    Принял(а): { $name }
participation-head-gone = руководитель
participation-must-agree = ⏳ Действующее соглашение организация ещё не приняла.
participation-people = 🧭 Координируют от её имени: { $names }
participation-nobody = 🧭 От её имени пока никто не координирует.
participation-agree = 📄 Принять соглашение
participation-scan = 📎 Скан соглашения
participation-rescan = 🔁 Заменить скан
participation-make-participant = 🏫 Сделать участником
participation-make-partner = 🤝 Сделать партнёром
participation-make-coordinator = 🧭 Сделать координатором
participation-represent = 👤 Назначить из её людей
participation-organisation = 🏫 Визитка организации
participation-open = 🔎 Открыть
participation-end = ⛔ Исключить из сети
participation-leave = 🚪 Выйти из сети
participation-end-ask = <b>«{ $title }» больше не участвует в сети «{ $network }»?</b> Люди, которые состоят в сети сами, останутся.
participation-end-yes = Да
participation-end-no = Нет, назад
participation-accept = ✅ Принять от организации
participation-accept-hint = Вы принимаете соглашение от имени «{ $title }». Её людям останется только вступить. Понадобится скан или фото подписанного соглашения.
participation-now-added = Организация в сети
participation-now-changed = ✅ Сохранено
participation-now-represented = Назначено. Я сообщу об этом
participation-now-agreed = Соглашение принято
participation-now-ended = Организация больше не в сети
participation-told-agree = 📄 Прочитайте и примите соглашение от её имени.
participation-told-began = 🏫 <b>«{ $title }» теперь участвует в сети «{ $network }»</b>
participation-told-ended = <b>«{ $title }» больше не участвует в сети «{ $network }»</b>
participation-told-asked = 📄 <b>В сети «{ $network }» новое соглашение. Его нужно принять от имени «{ $title }»</b>
participation-told-came = 🏫 <b>«{ $title }» теперь участвует в сети «{ $network }»</b>
participation-told-agreed = 📄 <b>«{ $title }» приняла соглашение сети «{ $network }»</b>
participation-told-left = 🚪 <b>«{ $title }» вышла из сети «{ $network }»</b>

part-title-short = организация в сети
part-organisation-ask =
    <b>Какую организацию добавить в сеть?</b>

    Напишите часть названия.
part-rep-title-short = координатор от организации
part-rep-person-ask =
    <b>Кто будет координировать сеть от имени организации?</b>

    Напишите фамилию. Это должен быть её сотрудник.
org-agree-title-short = соглашение организации
org-agree-scan-ask =
    <b>Пришлите скан или фото подписанного соглашения</b>

    Можно несколько страниц. Скан увидят только координатор и вы.
org-agree-scan-label = Скан
org-agree-summary = <b>Принять соглашение от имени организации?</b>
org-agree-finish = ✅ Принять

error-not-of-organisation = Этот человек не работает в организации «{ $title }». Выберите другого.
error-not-coordinating = «{ $title }» не координирует эту сеть.
