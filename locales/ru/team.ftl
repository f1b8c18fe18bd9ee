# Роли: модераторы сети, администраторы центра

team-button = 🎓 Роли в сети
team-title = <b>Роли: { $title }</b>
team-coordinators = 🧭 Координаторы: { $names }
team-nobody = пока никого
team-moderators = 🛡 Модераторы (нажмите, чтобы снять):
team-no-moderators = 🛡 Модераторов пока нет. Модератор видит участников и решает, кого принять по заявке.
team-line = { $number }. { $name }
team-unnamed = ещё не зарегистрирован(а)
team-appoint-moderator = ➕ Назначить модератора
team-moderator-appointed =
    <b>Модератор назначен: { $network }</b>

    Мы ему об этом сообщим.
team-now-moderator = Назначено. Мы об этом сообщим
team-dismiss-moderator-ask = <b>Снять назначение?</b> { $name } больше не будет модератором сети «{ $network }».
team-moderate = <b>Вы модератор: { $title }</b>
team-you-moderate =
    <b>Вы — модератор сети «{ $network }»</b>

    Вы видите её участников и решаете о заявках — по команде /manage.
team-you-moderate-no-longer = Вы больше не модератор сети «{ $network }».

member-moderates = 🛡 Модератор этой сети.
member-appoint-moderator = 🛡 Назначить модератором
member-dismiss-moderator = 🛡 Снять с модераторов

people-text =
    <b>Люди и роли</b>

    Участников: { $registered }
    Координаторов: { $coordinators }
    Модераторов: { $moderators }
    Экспертов: { $experts }
    Администраторов: { $administrators }
people-administrators = 🔑 Администраторы
people-administrators-title =
    <b>Администраторы центра</b>

    Нажмите на человека, чтобы снять назначение.
people-appoint-administrator = ➕ Назначить администратора
people-administrator-appointed =
    <b>Администратор назначен: { $name }</b>

    Мы ему об этом сообщим.
people-dismiss-administrator-ask = <b>Снять назначение?</b> { $name } больше не будет администратором центра.
people-dismiss-own-ask = <b>Снять с себя права администратора?</b> Вернуть их сможет только другой администратор.
people-you-administer =
    <b>Вы — администратор центра</b>

    Управление центром — по команде /admin.
people-you-administer-no-longer = Вы больше не администратор центра.

moderator-title-short = назначение модератора
moderator-person-ask =
    <b>Кого назначить модератором?</b>

    Выберите участника сети или напишите его фамилию.
moderator-person-label = Кого
moderator-summary = <b>Назначить модератора?</b>
moderator-finish = ✅ Назначить

administrator-title-short = назначение администратора
administrator-person-ask =
    <b>Кого назначить администратором центра?</b>

    Напишите фамилию и выберите из списка.
administrator-person-label = Кого
administrator-summary = <b>Назначить администратора центра?</b> У него будут все ваши права.
administrator-finish = ✅ Назначить

error-last-administrator = Это последний администратор центра. Сначала назначьте другого.
error-administrator-named = { $name }: этот администратор назван в настройках сервера. Снять его можно только там.
