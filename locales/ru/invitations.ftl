# Приглашения

invitation-offer-network = ✉️ <b>Вас приглашают в сеть «{ $title }»</b>
invitation-offer-organisation = ✉️ <b>Вас приглашает организация «{ $title }»</b>
invitation-offer-expert = ✉️ <b>Вас приглашают экспертом по теме «{ $title }»</b>
invitation-offer-coordinator = ✉️ <b>Вас приглашают координатором сети «{ $title }»</b>
invitation-offer-moderator = ✉️ <b>Вас приглашают модератором сети «{ $title }»</b>
invitation-offer-administrator = ✉️ <b>Вас приглашают администратором центра</b>
invitation-accept-network = ✅ Вступить
invitation-accept-organisation = ✅ Я здесь работаю
invitation-accept-expert = ✅ Стать экспертом
invitation-accept-coordinator = ✅ Стать координатором
invitation-accept-moderator = ✅ Стать модератором
invitation-accept-administrator = ✅ Стать администратором
invitation-waits = Приглашение подождёт: сначала согласие и короткая анкета.
invitation-registered = <b>Готово, { $name }, вы зарегистрированы!</b>
invitation-accepted-organisation = <b>Ваше место работы теперь — «{ $title }»</b>
invitation-accepted-expert = <b>Вы — эксперт по теме «{ $title }»</b>
invitation-accepted-coordinator = <b>Вы — координатор сети «{ $title }»</b>
invitation-accepted-moderator = <b>Вы — модератор сети «{ $title }»</b>
invitation-accepted-administrator = <b>Вы — администратор центра</b>

invitations-title = <b>Приглашения: { $title }</b>
invitations-of-centre = весь центр
invitations-none = Действующих приглашений нет. Создайте ссылку и отправьте её коллегам или покажите картинку с кодом на встрече.
invitation-new = ➕ Пригласить по ссылке
invitation-new-expert = ➕ Пригласить эксперта
invitation-new-coordinator = ➕ Пригласить координатора
invitation-new-moderator = ➕ Пригласить модератора
invitation-to-network = в сеть
invitation-to-organisation = в организацию
invitation-to-expert = экспертом
invitation-to-coordinator = координатором
invitation-to-moderator = модератором
invitation-to-administrator = администратором
invitation-for-one = для одного
invitation-for-many = для всех, у кого есть ссылка
invitation-for-ever = без срока
invitation-until = до { $on }
invitation-came = { $count ->
        [0] пока никто не пришёл
        [one] пришёл { $count } человек
        [few] пришли { $count } человека
       *[many] пришло { $count } человек
    }
invitation-sort-ask =
    <b>Какое приглашение создать?</b>

    По общей ссылке придёт каждый, у кого она есть. Одноразовая сработает один раз.
invitation-sort-month = 👥 Для всех, на 30 дней
invitation-sort-always = ♾ Для всех, без срока
invitation-sort-one = 👤 Для одного, на 7 дней
invitation-topic-ask = <b>Экспертом по какой теме?</b>
invitation-made = ✅ Приглашение готово
invitation-revoked = Приглашение отозвано
invitation-head = <b>Приглашение { $to }: { $title }</b>
invitation-link =
    Отправьте эту ссылку или покажите картинку с кодом:
    { $link }
invitation-over = ⛔ По этой ссылке больше не войти.
invitation-picture = 🔳 Картинка с кодом
invitation-revoke = ⛔ Отозвать
invitation-caption =
    <b>Приглашение { $to }: { $title }</b>
    { $link }
organisation-invite = ✉️ Пригласить сотрудников

error-invitation-invalid = Это приглашение не действует: срок истёк, его отозвали или уже использовали. Попросите новую ссылку.
error-invitation-used-up = По этому приглашению уже пришёл другой человек. Попросите новую ссылку.
error-too-many-wrong-tokens = Слишком много неверных ссылок подряд. Попробуйте через час.
