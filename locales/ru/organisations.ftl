# Управление центром: организации

admin-text = <b>Управление центром</b>
admin-nothing-waits = Сейчас ничего не ждёт вашего решения.
admin-waits-registry = 📇 Ждут решения в реестре: { $count }
admin-waits-undelivered = 📮 Не доставлено: { $count }
admin-new-network = ➕ Новая сеть
admin-new-organisation = ➕ Новая организация
admin-organisations = 🏫 Организации
admin-proposed = ⏳ Предложили участники
admin-people = 👥 Люди и роли
admin-coordinators = 🧭 Координаторы
admin-topics = 💬 Темы и эксперты
admin-manage = 📋 Работа с сетями
admin-organisations-title = <b>Организации</b>
admin-proposed-title =
    <b>Предложили участники</b>

    Этих организаций нет в реестре. Откройте и подтвердите.
admin-organisations-empty = Здесь пусто.
admin-organisation-line = { $number }. { $title }

organisation-head =
    <b>{ $title }</b>
    { $kind }
organisation-kind-school = Школа
organisation-kind-kindergarten = Детский сад
organisation-kind-extra = Дополнительное образование
organisation-kind-other = Другое
organisation-address-line = 📍 { $address }
organisation-waits = ⏳ Ждёт подтверждения: до него организацию не находят при регистрации.
organisation-confirm = ✅ В реестр
organisation-confirmed = Организация в реестре

organisation-title = Новая организация
organisation-title-short = организация
organisation-title-ask =
    <b>Как называется организация?</b>

    Например: МОУ «Лицей № 1».
organisation-title-label = Название
organisation-kind-ask = <b>Что это за организация?</b>
organisation-kind-label = Вид
organisation-address-ask =
    <b>Какой у неё адрес?</b>

    Можно пропустить.
organisation-address-label = Адрес
organisation-summary = <b>Добавить организацию?</b>
organisation-finish = ✅ Добавить
organisation-created =
    <b>«{ $title }» в реестре</b>

    Теперь её можно выбрать при регистрации.
organisation-another = ➕ Ещё одна

organisation-correct = ✏️ Принять, исправив название
organisation-is-other = 🔁 Это другая из реестра
organisation-decline = ❌ Отклонить
organisation-replaced = Это она. Участникам сообщим
organisation-declined =
    <b>Отклонено</b>

    «{ $title }» в реестр не вошла. Участникам сообщим причину.
organisation-choose-another = 🏫 Выбрать другую
organisation-told-accepted =
    <b>Ваша организация в реестре</b>

    «{ $title }» подтверждена администратором центра.
organisation-told-replaced =
    <b>Место работы уточнено</b>

    «{ $proposed }» в реестре называется «{ $title }»: так теперь записано у вас. Если это не она, выберите другую.
organisation-told-declined =
    <b>Место работы не подтверждено</b>

    Администратор центра не внёс «{ $title }» в реестр: { $reason }

    Выберите другую организацию.

org-accept-title-short = название организации
org-accept-title-ask = <b>Как назвать её в реестре?</b>
org-is-title-short = замена организации
org-is-organisation-ask =
    <b>Какая это организация из реестра?</b>

    Напишите часть названия.
org-decline-title-short = отказ организации
org-decline-reason-ask =
    <b>Почему она не войдёт в реестр?</b>

    Это прочтут те, кто её указал.
