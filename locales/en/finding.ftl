# “Find”: in long lists one is found by typing.

find-button = 🔎 Find
find-title-short = search
find-member-ask =
    <b>Which member are you looking for?</b>

    Type a surname or a first name.
find-applicant-ask =
    <b>Whose application are you looking for?</b>

    Type a surname or a first name.
find-reader-ask =
    <b>Which of the recipients are you looking for?</b>

    Type a surname or a first name.
find-network-ask =
    <b>Which network are you looking for?</b>

    Type a word of its title.
find-reader-head =
    <b>{ $name }</b>
    { $organisation }
find-reader-has-read = ✅ Acknowledged { $moment }
find-reader-has-not = ⏳ Not acknowledged yet
find-reader-all = All recipients
