# Визитка организации

org-card-no-contacts = Контакты пока не указаны.
org-card-phone-line = ☎️ { $phone }
org-card-email-line = ✉️ { $email }
org-card-site-line = 🌐 { $site }
org-card-head = 👤 Руководитель: { $name }
org-card-people = 👥 Люди
org-card-networks = 🧩 Сети
org-card-works = 📚 Материалы
org-card-events = 📅 Мероприятия
org-card-edit = ✏️ Контакты
org-card-appoint = 👤 Назначить руководителя
org-card-dismiss = ⛔ Снять руководителя
org-card-dismiss-ask = <b>{ $name } больше не руководит организацией «{ $title }»?</b>
org-card-open = 🏫 Визитка организации
org-card-my = 🏫 Моя организация
org-card-empty = Здесь пока пусто.
org-card-people-title = <b>Люди: { $title }</b>
org-card-worker = { $number }. { $name }
org-card-worker-networks = { "    " }{ $networks }
org-card-networks-title = <b>Сети: { $title }</b>
org-card-works-title = <b>Материалы: { $title }</b>
org-card-work-line = { $number }. { $title } — { $name }
org-card-events-title = <b>Мероприятия: { $title }</b>
org-card-event-line = { $number }. { $title } — { $on }
org-card-saved = ✅ Сохранено
org-card-head-appointed = Назначено. Я сообщу об этом
org-card-head-dismissed = Снято. Я сообщу об этом
head-told-appointed =
    👤 <b>Вы руководитель организации «{ $title }»</b>

    Вы ведёте её визитку и принимаете соглашения сетей от её имени.
head-told-dismissed = <b>Вы больше не руководитель организации «{ $title }»</b>

org-card-title = Контакты организации
org-card-title-short = контакты организации
org-card-address-ask = <b>Какой адрес?</b>
org-card-address-label = Адрес
org-card-phone-ask =
    <b>Какой телефон?</b>

    Можно несколько, через запятую.
org-card-phone-label = Телефон
org-card-email-ask = <b>Какая электронная почта?</b>
org-card-email-label = Почта
org-card-site-ask = <b>Какой сайт?</b>
org-card-site-label = Сайт
org-card-summary = <b>Сохранить контакты?</b>
org-card-finish = ✅ Сохранить
org-card-wrong-email = Не похоже на адрес почты. Напишите, например: { $example }.
org-card-wrong-phone = Не вижу номера. Напишите, например: { $example }.
org-head-title-short = руководитель организации
org-head-person-ask =
    <b>Кто руководит организацией?</b>

    Напишите фамилию. Это должен быть её сотрудник: место работы указано в его анкете.
