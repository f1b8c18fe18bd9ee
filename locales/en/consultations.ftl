# Consultations: a question to an expert, the queue, the card

ask-title = Question to an expert
ask-title-short = question to an expert
ask-topic-ask =
    <b>What is your question about?</b>

    Choose a topic or type a word of its title.
ask-topic-label = Topic
ask-question-ask =
    <b>Ask your question</b>

    Type it, or send a voice message, a photo, a file. The more detail, the more useful the answer.
ask-question-label = Question
ask-summary =
    <b>Send the question to an expert?</b>

    You can still add text, photos, files, a voice message. All of it becomes part of this question.
ask-finish = 📨 Send

say-title-short = message
say-text-ask =
    <b>Write your reply</b>

    Your next message is passed on at once: text, a photo, a file, an album or a voice message.

consultation-heading = Question No. { $number } · { $topic }
consultation-somebody = a participant
consultation-promised = ⏳ Answer promised: { $moment }
consultation-promised-before = ⏳ An answer was promised by: { $moment }
consultation-asks = 👤 Asked by: { $name }
consultation-answers = 🎓 Answered by: { $name }
consultation-text = { $text }

consultation-take = ✋ Take it
consultation-open = 📄 Open
consultation-reply = 💬 Reply
consultation-write = 💬 Write
consultation-close = ✅ Solved
consultation-assign = 👤 Assign an expert
consultation-files = 📎 Files · { $count }
consultation-mine = 🗂 My questions
consultation-rate = { $rating } ★
consultation-rate-given = ✓ { $rating } ★

consultation-told-heading = ❓ <b>{ $heading }</b>
consultation-told-end = 📎 <b>{ $heading }</b>
consultation-told-new = Tap “Take it”, or reply to this message at once: your answer goes to the author.
consultation-told-mine = ✋ You took this question. Reply to this message or tap “Reply”.
consultation-told-assigned = 👤 The coordinator assigned this question to you. Reply to this message or tap “Reply”.
consultation-told-taken = ✋ Taken by { $name }.
consultation-told-closed = ✅ The question is closed.

consultation-word-to-asker =
    💬 <b>{ $heading }</b>
    { $name } answers:
consultation-word-to-expert =
    💬 <b>{ $heading }</b>
    { $name } writes:
consultation-edited =
    ✏️ <b>{ $heading }</b>
    { $name } has corrected the message:
consultation-word-end = 📎 <b>{ $heading }</b>
consultation-reopened-told = 🔓 The consultation is open again.

consultation-taken =
    ✋ <b>{ $heading }</b>
    Your question was taken by { $name }.
consultation-handed-over =
    👤 <b>{ $heading }</b>
    The coordinator passed your question on to another expert. Now { $name } answers.
consultation-passed-on =
    👤 <b>{ $heading }</b>
    The coordinator passed this question on. Now { $name } answers it, and no answer of yours is needed any more. Thank you!
consultation-taken-more = The answer will come here. To add something, reply to this message.
consultation-overdue =
    ⏰ <b>{ $heading }</b>
    Nobody has taken this question.
consultation-closed-to-asker =
    ✅ <b>{ $heading }</b>
    { $name } considers the question solved and closed the consultation.

    Did the answer help? Rate it from 1 to 5. If something is still open, simply reply to this message.
consultation-closed-to-expert =
    ✅ <b>{ $heading }</b>
    { $name }: the consultation is finished. Thank you!
consultation-unreached-asker =
    ⚠️ <b>{ $heading }</b>
    { $name } gets no messages now: the bot is stopped. Your answer is kept in the consultation and waits for its author there.
consultation-unreached-expert =
    ⚠️ <b>{ $heading }</b>
    The expert { $name } gets no messages now: the bot is stopped. Your message is kept in the consultation. If it is urgent, ask again: other experts will see it.

consultation-card-heading = <b>{ $heading }</b>
consultation-state-new = 🆕 Waits for an expert to take it
consultation-state-your-turn = ✍️ It is your turn
consultation-state-expert-turn = ⏳ The expert is preparing an answer
consultation-state-asker-turn = 💬 Answered, it is the author's turn
consultation-state-closed = ✅ Closed
consultation-state-rated = ✅ Closed, rated { $rating } of 5
consultation-said-by-asker = ❓ <b>{ $name }</b>, { $moment }
consultation-said-by-expert = 🎓 <b>{ $name }</b>, { $moment }
consultation-files-said = 📎 { $count ->
        [one] { $count } file
       *[other] { $count } files
    }
consultation-page = Page { $page } of { $total }
consultation-files-of = 📎 <b>{ $heading }</b>: all files are above.

consultation-asked =
    ✅ <b>Question No. { $number } is sent</b>
    Topic: { $topic }

    ⏳ Answer promised: { $moment }. It will come here.
consultation-added =
    <b>Added to question No. { $number }</b>

    The expert who takes it will see everything.
consultation-sent =
    <b>Sent: consultation No. { $number }</b>

    To: { $name }.
consultation-sent-and-taken =
    ✋ <b>You took question No. { $number }</b>

    Your answer is sent. To: { $name }.
consultation-reopened = The consultation is open again.
consultation-is-it-done = If the question is solved, close the consultation.
consultation-done = The consultation is closed
consultation-thanks-for-rating = Thank you for the rating!
consultation-you-took-it = You took this question
consultation-assigned = The expert is assigned and told

consultation-assign-ask =
    <b>Whom to assign?</b>
    { $heading }
consultation-assign-nobody = This topic has no other experts. Appoint somebody else: open the topic.
consultation-no-topics =
    <b>Question to an expert</b>

    There is nobody to ask yet: no topic has an expert. As soon as the centre appoints them, topics appear here.

queue-text =
    <b>Queue</b>

    { $new ->
        [0] No new questions.
        [one] { $new } new question waits for an expert.
       *[other] { $new } new questions wait for an expert.
    } { $mine ->
        [0] Nobody waits for an answer of yours.
        [one] In { $mine } consultation it is your turn.
       *[other] In { $mine } consultations it is your turn.
    }
queue-title = <b>{ $title }</b>
queue-new = 🆕 New
queue-mine = ✍️ Wait for my answer
queue-waiting = 💬 The author's turn
queue-done = ✅ Closed
queue-asked = 🗂 My questions
queue-empty = Nothing here.
queue-line =
    <b>No. { $number } · { $topic }</b>
    { $who } · { $state }
    { $beginning }
queue-button = No. { $number }. { $beginning }
queue-nobody-yet = waits for an expert
queue-only-files = { $count ->
        [one] { $count } file, no text
       *[other] { $count } files, no text
    }
queue-state-closed = closed
queue-state-promised = answer by: { $moment }
queue-state-overdue = overdue: { $moment }
queue-state-your-turn = your turn: { $moment }
queue-state-their-turn = waiting for a reply: { $moment }

error-topic-without-experts = This topic has no expert now. Choose another one.
error-nothing-said = Nothing there: type a text or send a file.
error-said-elsewhere = This message was already sent: question No. { $number }. If you need it again, type it anew.
error-not-an-expert = You are not an expert of “{ $title }”, so you cannot take this question.
error-taken-by-other = This question was already taken by { $name }.
error-consultation-over = This consultation is already closed.
error-not-answered-yet = Answer the author first, then close the consultation.

menu-ask = ❓ Ask a question
menu-queue = 📥 Queue
command-ask = Ask an expert
command-queue = The expert's queue
help-expert = <b>For experts:</b> /queue — new questions on your topics. To answer, simply reply to the message with the question.
free-text-ask = ❓ Ask an expert
free-text-say = 💬 To consultation No. { $number }
