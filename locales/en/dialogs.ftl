# Questions one by one: steps, buttons, refusals

dialog-step = { $title } · step { $number } of { $total }
dialog-about = <i>{ $about }</i>
dialog-chosen = Chosen: { $value }
dialog-taken = Taken: { $value }
dialog-answered = Now: { $value }
dialog-found = { $count ->
        [one] { $count } option has “{ $query }”:
       *[other] { $count } options have “{ $query }”:
    }
dialog-option-line = { $number }. { $title }
dialog-refusal = ❗️ { $reason }
dialog-as-typed = ✍️ Keep “{ $typed }”
dialog-done = ✅ Done
dialog-anew = 🗑 Start this over
dialog-show-all = Show all
dialog-day = <b>{ $day }</b>. At what time? Type it, for example “14:30”, or tap:
dialog-other-day = Another day
dialog-skip = Skip
dialog-cancel = Cancel
dialog-correct = ✏️ Correct
dialog-correct-ask = <b>What shall be corrected?</b>
dialog-summary-line = <b>{ $label }:</b> { $value }
dialog-empty = not given
dialog-resume-button = ▶️ Continue: { $title }
dialog-unfinished =
    <b>Something is unfinished: { $open }</b>

    Continue it, or drop it and begin another: { $wanted }?
dialog-instead = Begin: { $title }
dialog-nothing-open = <b>There is nothing to cancel.</b>
dialog-cancelled = <b>Cancelled: { $title }</b>
dialog-again = Begin anew
dialog-letters = ✍️ { $count ->
        [one] { $count } character
       *[other] { $count } characters
    } in all
dialog-files = 📎 { $files ->
        [one] { $files } file
       *[other] { $files } files
    }

dialog-wrong-need-text = Text is needed here: please type your answer.
dialog-wrong-too-long = Too long: { $length ->
        [one] { $length } character
       *[other] { $length } characters
    }, and { $longest } fit. Please make it shorter.
dialog-wrong-too-short = Too short: at least { $shortest ->
        [one] { $shortest } letter is
       *[other] { $shortest } letters are
    } needed.
dialog-wrong-letters = Letters or digits are needed here, signs alone are not enough.
dialog-wrong-number = A whole number from { $lowest } to { $highest } is needed, for example 5.
dialog-wrong-tap = Choose one of the options: press a button under the question.
dialog-wrong-choose = Tick at least one option and press “Done”.
dialog-wrong-nothing-yet = Nothing has come yet. Type a text or send a photo, a file or a voice message.
dialog-wrong-gone = This option is gone. Please choose another.
dialog-wrong-confirm = Check the answers and press the button under them; to change one, press “Correct”.
dialog-wrong-nothing-found = Nothing was found. Type it another way or shorter, say one word.
dialog-wrong-nothing-found-absent = Nothing was found. Type less, say “лицей 1”, or press “Mine is not in the list”.
dialog-wrong-too-many = { $most ->
        [one] At most { $most } option may be chosen.
       *[other] At most { $most } options may be chosen.
    } Untick one first.
dialog-wrong-kind = I cannot take this. Send text, a photo, a file or a voice message.
dialog-wrong-too-many-files = { $most ->
        [one] At most { $most } file fits.
       *[other] At most { $most } files fit.
    } The others were not taken.
dialog-wrong-need-files = Files are needed here: send a document, a photo, a presentation, or several at once.
dialog-wrong-time = I did not understand the time. Type it, for example “15:00” or “3 pm”, or name another day.
dialog-wrong-past = That time has passed. Type a day and time in the future, for example “tomorrow at 15:00”.
dialog-wrong-moment = I did not understand the day and time. Type, for example, “tomorrow at 15:00” or “November 25, 2:30 pm”.
dialog-wrong-day = I did not understand the day. Type, for example, “May 31” or “in a month”.
