# «Найти»: in long lists one is found by typing.

find-button = 🔎 Найти
find-title-short = поиск
find-member-ask =
    <b>Кого из участников найти?</b>

    Напишите фамилию или имя.
find-applicant-ask =
    <b>Чью заявку найти?</b>

    Напишите фамилию или имя.
find-reader-ask =
    <b>Кого из получателей найти?</b>

    Напишите фамилию или имя.
find-network-ask =
    <b>Какую сеть найти?</b>

    Напишите слово из названия.
find-reader-head =
    <b>{ $name }</b>
    { $organisation }
find-reader-has-read = ✅ Ознакомлен(а) { $moment }
find-reader-has-not = ⏳ Ещё не ознакомлен(а)
find-reader-all = Все получатели
