# Управление центром: организации

admin-text =
    <b>Управление центром</b>

    Создавайте сети и организации, открывайте темы вопросов, назначайте координаторов и экспертов, рассылайте объявления.
admin-new-network = ➕ Новая сеть
admin-new-organisation = ➕ Новая организация
admin-organisations = 🏫 Организации
admin-proposed = ⏳ Предложили участники
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
