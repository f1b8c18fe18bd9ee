# The registry: lists of people and organisations

admin-registry = 📇 Registry

registry-text =
    <b>Registry</b>

    Organisations: { $organisations }
    People in the centre’s lists: { $people }, of them already here: { $recognised }

    Send a list as XLSX or CSV. Whoever registers is recognised by name and organisation.
registry-upload = ⬆️ Load from a file
registry-download = ⬇️ Download as XLSX
registry-template = 📄 A template
registry-doubts = ❓ Who is this?
registry-how =
    <b>Loading a list</b>

    Send an XLSX or CSV file here: people, organisations, or both on different sheets. Columns are recognised by their headings: Full name (or Surname, First name, Patronymic), Organisation, Position, Subjects, Phone, Works since; for organisations also Kind and Address.

    You will see first what would change. Nothing is written without your confirmation.
registry-refused =
    <b>The list is not loaded</b>

    { $reason }
registry-preview = <b>The list “{ $file }” is checked</b>
registry-organisations-line = 🏫 Organisations — new: { $new }, changed: { $changed }, unchanged: { $unchanged }
registry-people-line = 👤 People — new: { $new }, changed: { $changed }, unchanged: { $unchanged }
registry-no-good-rows = There are no rows that could be loaded.
registry-wrong-found = { $count ->
        [one] ⚠️ { $count } row is wrong: it is in the file above, with the reason. It will not be loaded.
       *[other] ⚠️ { $count } rows are wrong: they are in the file above, with the reasons. They will not be loaded.
    }
registry-new-titles =
    New organisations from the list of people (look for misprints):
    { $titles }
registry-and-more = { " " }and { $count } more
registry-unknown = Columns that are not loaded: { $columns }
registry-not-yet = Nothing is written yet.
registry-nothing-new = There is nothing to load: all of it is in the registry already.
registry-take = ✅ Load
registry-taking = Loading…
registry-taken = <b>The list is loaded</b>
registry-wrong-left = { $count ->
        [one] ⚠️ { $count } row was not loaded: it is wrong.
       *[other] ⚠️ { $count } rows were not loaded: they are wrong.
    }
registry-doubts-wait = Some participants may be people of the list: say who they are.

registry-doubts-title = <b>Who is this?</b>
registry-doubts-why = These participants look like people of the lists, but that is not certain.
registry-no-doubts = Everybody is recognised, there is nothing to decide.
registry-doubt =
    <b>Who of the list is this?</b>

    Registered: { $name }
    Organisation: { $organisation }
registry-no-organisation = not given
registry-candidate = { $number }. { $name } — { $organisation }{ $position }
registry-candidate-taken = { $number }. { $name } — { $organisation }: recognised as another participant
registry-is-this = ✅ It is { $number }
registry-is-none = None of them
registry-no-candidates = Nobody like this is in the lists any more.
registry-settled =
    <b>Written down</b>

    { $name } is { $entry } of the list, { $organisation }.
registry-settled-none =
    <b>Written down</b>

    { $name } is nobody of the list.

registry-template-file = Registry template.xlsx
registry-template-caption =
    <b>A template</b>

    Fill in the sheets “People” and “Organisations” and send the file here. The example rows are not loaded.
registry-wrong-file = Wrong rows.xlsx
registry-file = Registry.xlsx
registry-file-caption =
    <b>Registry</b>

    Organisations { $organisations }, people { $people }. Correct it and send it back: only changes are loaded.
registry-members = ⬇️ Download as XLSX
registry-members-file = Members of the network.xlsx
registry-members-caption =
    <b>Members of “{ $title }”</b>

    { $count ->
        [one] { $count } member
       *[other] { $count } members
    }

registry-file-people = People
registry-file-organisations = Organisations
registry-file-explained = Explanations
registry-file-wrong = Wrong rows
registry-file-name = Full name
registry-file-organisation = Organisation
registry-file-position = Position
registry-file-subjects = Subjects
registry-file-phone = Phone
registry-file-since = Works since
registry-file-kind = Kind
registry-file-address = Address
registry-file-in-bot = Here since
registry-file-registered = People registered
registry-file-experience = Years of experience
registry-file-joined = Member since
registry-file-sheet = Sheet
registry-file-row = Row
registry-file-reason = What is wrong
registry-file-column = Column
registry-file-meaning = What to write in it
registry-file-example = Example: { $value }
registry-file-example-name = Ivanova Anna Petrovna
registry-file-example-organisation = Lyceum No. 1
registry-file-example-position = Teacher
registry-file-example-subjects = Mathematics, informatics
registry-file-example-address = 5 Mira street
registry-file-about-name = Needed. Surname, name and patronymic in one cell. Three columns do as well: Surname, First name, Patronymic.
registry-file-about-organisation = Needed. As in the registry. Quotes, “№”, “ё” and capitals do not matter. A new organisation is added.
registry-file-about-position = May be empty.
registry-file-about-subjects = May be empty. Several are separated by commas.
registry-file-about-phone = May be empty. However it is written: 8 (902) 123-45-67.
registry-file-about-since = May be empty. The day from which the person has been teaching: 01.09.2015.
registry-file-about-kind = School, kindergarten, extra education or other. If it is empty, the title tells.
registry-file-about-address = May be empty.
registry-file-about-all = An empty cell does not erase what is written already. The same list may be sent again: nothing is doubled. Rows that begin with the word “Example” are passed over.

registry-wrong-repeated = The same is in row { $row } already
registry-wrong-formula = The column “{ $column }” has a formula without a value ({ $value }): write the value itself
registry-wrong-date-here = The column “{ $column }” has a date where words are needed
registry-wrong-long = The column “{ $column }” has more than { $most } characters
registry-wrong-empty = The column “{ $column }” is not filled in
registry-wrong-kind = Unknown kind of organisation: { $value }. There are: school, kindergarten, extra education, other
registry-wrong-title = This is no title of an organisation: { $value }
registry-wrong-phone = This is no phone: { $value }
registry-wrong-day = The column “{ $column }” needs a date like 01.09.2015, but has: { $value }

error-registry-file = { $reason ->
        [too-large] The file is larger than { $most } MB: the bot opens no such files. Split the list.
        [huge] The file is too large when unpacked, which is strange for a list of people. Copy the list into a new table and send that.
        [long] The file has more than { $most } rows. Split the list.
        [wide] The file has more than { $most } columns. Leave only the needed ones.
        [old] This is a file of an old Excel (XLS), or it has a password. Save it as “Excel workbook (.xlsx)” without a password.
        [empty] The file has not a single row that could be loaded.
        [encoding] The letters of the file cannot be told. Save it as XLSX or as “CSV UTF-8”.
        [headings] The file has no known columns. “Full name” and “Organisation” are needed for people, “Organisation” for organisations.
       *[broken] The file does not open: it is damaged, or it is neither an XLSX table nor CSV.
    }
error-list-gone = The file is no longer in the chat, or it did not come whole. Send it again.
error-doubt-decided = It is decided already who this is.
error-entry-taken = This person of the list is recognised already: it is another participant.
error-merge-refused = { $reason ->
        [same] This is one and the same participant: choose two.
        [own] This is you: your own card can only stay. Choose it first.
        [talked] These two have talked in a consultation as asker and expert: they are different people.
       *[needed] The centre’s lists name this organisation: it cannot be taken away.
    }
error-proposal-decided = “{ $title }” is in the registry already.

registry-merge = 👥 Merge doubles

merge-title = <b>Doubles: what stays</b>
merge-title-short = merging
merge-kept-ask = <b>Whose card stays?</b>
merge-other-ask = <b>Which card is its double?</b>
merge-line =
    <b>{ $field }</b>
    { $first } 1) { $kept }
    { $second } 2) { $other }
merge-how = The first card stays, with what is ticked ✅. Networks, roles, questions, works and seats of the second go over to it.
merge-take-first = { $field }: from 1
merge-take-second = { $field }: from 2
merge-swap = ⇄ The other way round
merge-go = Merge…
merge-telegram = Telegram
merge-nothing = not given
merge-ask =
    <b>Merge two participants?</b>

    The card of “{ $other }” will be gone, all of it goes over to “{ $kept }”. This cannot be undone. From the Telegram account that is not chosen one would have to register anew.
merge-yes = ✅ Yes, merge
merge-no = No, go back
merge-done =
    <b>Merged</b>

    This is one participant now: { $name }.
