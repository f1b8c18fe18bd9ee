"""The actors of tests: `await anna.says("/start")`, `await anna.taps("Вступить")`, `anna.sees`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace

from sandbox import deeds, inline
from sandbox.clock import real_seconds
from sandbox.deeds import Attachment, Impossible
from sandbox.pictures import plain_png
from sandbox.records import Callback, Dialogue, Group, InlineQuery, Message, Person, StoredUpdate
from sandbox.view import Button, MessageView, reply_rows
from sandbox.world import World


class Visitor:
    """One person in their private chat with one bot.

    A deed returns when an attached bot has served it; with a polling bot it returns at once and `waits` helps. Deeds
    begun side by side (`asyncio.gather`) reach the bot in that order and are served side by side, as on Telegram.
    """

    def __init__(self, world: World, bot_id: int, person_id: int) -> None:
        self.world = world
        self.bot_id = bot_id
        self.id = person_id

    def __repr__(self) -> str:
        return f"<{self.person.first_name} ({self.id})>"

    # --- what they see

    @property
    def person(self) -> Person:
        """Their account."""
        return self.world.state.people[self.id]

    @property
    def dialogue(self) -> Dialogue:
        """What their app knows about this chat."""
        return self.world.dialogue(self.bot_id, self.id)

    @property
    def messages(self) -> list[MessageView]:
        """The whole chat, both sides, oldest first."""
        return [MessageView(self.world.state, row) for row in self.world.state.messages.chat((self.bot_id, self.id))]

    def _screen(self) -> Message | None:
        newest = self.world.state.messages.newest_first((self.bot_id, self.id))
        return next((row for row in newest if row.sender_id == self.bot_id), None)

    @property
    def screen(self) -> MessageView:
        """The newest message of the bot; raises AssertionError if it has not written yet."""
        row = self._screen()
        if row is None:
            raise AssertionError(f"the bot has not written to {self!r} yet")
        return MessageView(self.world.state, row)

    @property
    def sees(self) -> str:
        """The text of the newest message of the bot as it is read now, after edits; empty if there is none.

        Of an album it is the caption, wherever in the album that stands.
        """
        row = self._screen()
        if row is None:
            return ""
        if row.media_group_id is not None and not row.text:
            album = [one for one in self.messages if one.media_group_id == row.media_group_id]
            return next((one.text for one in album if one.text), "")
        return row.text

    @property
    def keyboard(self) -> list[list[Button]]:
        """The inline buttons of the newest message of the bot, by rows."""
        row = self._screen()
        return MessageView(self.world.state, row).keyboard if row is not None else []

    @property
    def buttons(self) -> list[Button]:
        """The same in one list."""
        return [button for row in self.keyboard for button in row]

    @property
    def reply_keyboard(self) -> list[list[Button]]:
        """The keyboard shown instead of letters, by rows; empty if there is none."""
        return reply_rows(self.dialogue.reply_keyboard)

    @property
    def alert(self) -> str | None:
        """The window the last press opened."""
        notice = self.dialogue.notice
        return notice["text"] if notice is not None and notice["alert"] and notice["text"] else None

    @property
    def toast(self) -> str | None:
        """The line the last press showed for a moment."""
        notice = self.dialogue.notice
        return notice["text"] if notice is not None and not notice["alert"] and notice["text"] else None

    @property
    def opened(self) -> str | None:
        """The address a link button opened."""
        notice = self.dialogue.notice
        return notice["url"] if notice is not None and notice["url"] else None

    @property
    def offers(self) -> list[str] | None:
        """The titles offered for the last inline query; None while it is not answered."""
        asked = [
            one for one in self.world.state.inline_queries if one.bot_id == self.bot_id and one.person_id == self.id
        ]
        answer = asked[-1].answer if asked else None
        return None if answer is None else [result["title"] for result in answer.results]

    async def waits(self, condition: Callable[[], object], timeout: float = 5.0) -> None:
        """Wait till `condition()` holds (for bots that poll); raises AssertionError when it does not in time."""
        deadline = real_seconds() + timeout
        while not condition():
            if real_seconds() > deadline:
                raise AssertionError(f"{self!r} waited {timeout} s in vain and sees {self.sees!r}")
            await asyncio.sleep(0.01)

    # --- what they do

    async def _hand_over(self, updates: Sequence[StoredUpdate]) -> None:
        await self.world.delivery.hand_over(updates)

    async def says(self, text: str, *, chat: Group | None = None, formatted: bool = False) -> list[MessageView]:
        """Type and send a text (in `chat`, a group, if given; `formatted`: as HTML); gives the messages it became."""
        if chat is not None:
            chat = self._inside(chat)
        messages, updates = deeds.say(self.world, self.bot_id, self.id, text, group=chat, formatted=formatted)
        await self._hand_over(updates)
        return self._views(messages)

    async def replies(self, message: MessageView, text: str) -> list[MessageView]:
        """Answer one message (long-press, «Ответить»)."""
        group = self.world.state.groups.get(message.chat_id)
        if group is not None:
            group = self._inside(group)
        messages, updates = deeds.say(self.world, self.bot_id, self.id, text, reply_to=message.message_id, group=group)
        await self._hand_over(updates)
        return self._views(messages)

    async def edits(self, message: MessageView, text: str) -> None:
        """Change one's own message."""
        await self._hand_over(deeds.edit(self.world, self.bot_id, self.id, message.message_id, text))

    async def forwards(self, message: MessageView) -> MessageView:
        """Forward a message, from this chat or another, to the bot."""
        posted, updates = deeds.forward(self.world, self.bot_id, self.id, message.record)
        await self._hand_over(updates)
        return MessageView(self.world.state, posted)

    async def forwards_post(self, channel: str, text: str, *, group: bool = False) -> MessageView:
        """Forward a post of a channel (or a group) that is outside this world, formatted as HTML, to the bot."""
        posted, updates = deeds.forward_post(self.world, self.bot_id, self.id, channel, text, group=group)
        await self._hand_over(updates)
        return MessageView(self.world.state, posted)

    async def sends_photo(
        self, data: bytes | None = None, caption: str | None = None, *, reply_to: MessageView | None = None
    ) -> MessageView:
        """Send a photo (a plain one by default)."""
        one = Attachment("photo", "photo.jpg", plain_png() if data is None else data)
        return (await self._sends([one], caption, reply_to))[0]

    async def sends_file(
        self, name: str, data: bytes, caption: str | None = None, *, reply_to: MessageView | None = None
    ) -> MessageView:
        """Send a document."""
        return (await self._sends([Attachment("document", name, data)], caption, reply_to))[0]

    async def sends_voice(self, data: bytes = b"OggS\0\2" + bytes(58), duration: int = 3) -> MessageView:
        """Send a voice message."""
        one = Attachment("voice", "voice.oga", data, "audio/ogg", duration)
        return (await self._sends([one], None, None))[0]

    async def sends_album(
        self, parts: Sequence[tuple[str, str, bytes]], caption: str | None = None
    ) -> list[MessageView]:
        """Send several ("photo" | "document" | "video", name, bytes) together; every part is an update of its own."""
        return await self._sends([Attachment(kind, name, data) for kind, name, data in parts], caption, None)

    async def _sends(
        self, attachments: Sequence[Attachment], caption: str | None, reply_to: MessageView | None
    ) -> list[MessageView]:
        messages, updates = deeds.send_files(
            self.world,
            self.bot_id,
            self.id,
            attachments,
            caption,
            reply_to=reply_to.message_id if reply_to is not None else None,
        )
        await self._hand_over(updates)
        return self._views(messages)

    async def sends_contact(self, phone: str, first_name: str, *, user_id: int | None = None) -> MessageView:
        """Send somebody of the phone book."""
        posted, updates = deeds.send_contact(self.world, self.bot_id, self.id, phone, first_name, user_id=user_id)
        await self._hand_over(updates)
        return MessageView(self.world.state, posted)

    async def taps(self, label: str, *, message: MessageView | None = None, inaccessible: bool = False) -> None:
        """Press a button by its label, or by a part of it that only one button has.

        It is looked for in `message`, else in the newest message of the bot that has it, else on the reply keyboard.
        Raises AssertionError with the labels in sight if there is no such button or there are several.
        """
        views = self._with_keyboards() if message is None else [self._current(message)]
        for view in views:
            found = _matching(view.buttons, label)
            if len(found) > 1:
                raise AssertionError(f"{label!r} may be any of {found} in message {view.message_id}")
            if found:
                await self._press(view, found[0], inaccessible=inaccessible)
                return
        typed = _matching([one for row in self.reply_keyboard for one in row], label) if message is None else []
        if len(typed) == 1:
            await self._types_button(typed[0])
            return
        seen = [f"{view.message_id}: {view.buttons}" for view in views[:5]]
        raise AssertionError(f"{self!r} finds no button {label!r} in {seen or 'a chat without buttons'}")

    async def taps_at(self, message_id: int, row: int, column: int, *, inaccessible: bool = False) -> None:
        """Press the button at this place (rows and columns from 0)."""
        record = self.world.state.messages.find((self.bot_id, self.id), message_id)
        if record is None:
            raise AssertionError(f"{self!r} has no message {message_id}")
        view = MessageView(self.world.state, record)
        try:
            button = view.keyboard[row][column]
        except IndexError:
            raise AssertionError(f"no button at {row}, {column} of {view.keyboard}") from None
        await self._press(view, button, inaccessible=inaccessible)

    async def presses(self, message: MessageView, data: str) -> None:
        """Send callback data no button has now: an old client, or a forged one."""
        await self._send_press(message.message_id, data, inaccessible=False)

    async def opens_link(self, link: str) -> None:
        """Open a deep link (or only its code) and press «Start»."""
        _, updates = deeds.follow_link(self.world, self.bot_id, self.id, link)
        await self._hand_over(updates)

    async def asks_inline(self, query: str, *, offset: str = "") -> InlineQuery:
        """Type `@bot query` in any chat and wait for what is offered; `offset` asks for what follows."""
        asked, updates = inline.ask(self.world, self.bot_id, self.id, query, offset)
        await self._hand_over(updates)
        return self.world.state.inline_queries[asked.id]

    async def blocks(self) -> None:
        """Stop and block the bot."""
        await self._hand_over(deeds.set_blocked(self.world, self.bot_id, self.id, blocked=True))

    async def unblocks(self) -> None:
        """Unblock the bot."""
        await self._hand_over(deeds.set_blocked(self.world, self.bot_id, self.id, blocked=False))

    async def deletes_account(self) -> None:
        """Leave Telegram for good; the bot is told only when it writes next."""
        self.world.state.people.put(replace(self.person, deactivated=True))

    async def invites_bot(self, group: Group) -> None:
        """Bring the bot into a group."""
        await self._moves_bot(group, inside=True)

    async def kicks_bot(self, group: Group) -> None:
        """Throw the bot out of a group."""
        await self._moves_bot(group, inside=False)

    # --- how

    async def _moves_bot(self, group: Group, *, inside: bool) -> None:
        current = self._inside(group)
        await self._hand_over(deeds.set_group_membership(self.world, self.bot_id, self.person, current, inside=inside))

    def _inside(self, group: Group) -> Group:
        current = self.world.state.groups[group.id]
        if self.id not in current.members:
            raise Impossible(f"{self!r} is not in the group {current.title!r}")
        return current

    def _views(self, messages: Sequence[Message]) -> list[MessageView]:
        return [MessageView(self.world.state, message) for message in messages]

    def _with_keyboards(self) -> list[MessageView]:
        rows = self.world.state.messages.newest_first((self.bot_id, self.id))
        return [MessageView(self.world.state, row) for row in rows if row.keyboard is not None]

    def _current(self, message: MessageView) -> MessageView:
        row = self.world.state.messages.find((self.bot_id, self.id), message.message_id)
        if row is None:
            raise AssertionError(f"message {message.message_id} is not there any more")
        return MessageView(self.world.state, row)

    async def _types_button(self, button: Button) -> None:
        """Press a button that stands instead of letters: its words are sent, or the own number that it asks for."""
        if button.kind == "contact":
            _, updates = deeds.share_contact(self.world, self.bot_id, self.id, label=str(button))
            await self._hand_over(updates)
            return
        _, updates = deeds.say(self.world, self.bot_id, self.id, str(button))
        await self._hand_over(updates)

    async def _press(self, view: MessageView, button: Button, *, inaccessible: bool) -> None:
        if button.kind == "callback" and button.data is not None:
            await self._send_press(view.message_id, button.data, inaccessible=inaccessible)
        elif button.url is not None and f"t.me/{self.world.state.bots[self.bot_id].username}?start=" in button.url:
            await self.opens_link(button.url)
        else:
            dialogue = deeds.begin(self.world, self.bot_id, self.id)
            notice = {"text": "", "alert": False, "url": button.url or ""}
            self.world.state.dialogues.put(replace(dialogue, notice=notice))

    async def _send_press(self, message_id: int, data: str, *, inaccessible: bool) -> None:
        callback, updates = deeds.press(self.world, self.bot_id, self.id, message_id, data, inaccessible=inaccessible)
        await self._hand_over(updates)
        if self.world.delivery.is_attached(self.bot_id):
            await self._expects_answer(callback)

    async def _expects_answer(self, callback: Callback) -> None:
        deadline = real_seconds() + self.world.callback_grace
        while real_seconds() < deadline:
            current = self.world.state.callbacks.get(callback.id)
            if current is None or current.answered:
                return
            await asyncio.sleep(0.005)
        self.world.report_unanswered(callback)


def _matching(buttons: Sequence[Button], label: str) -> list[Button]:
    """The button with this very label (of several alike the first, as people would), else all that contain it."""
    exact = [button for button in buttons if button == label]
    return exact[:1] or [button for button in buttons if label in button]
