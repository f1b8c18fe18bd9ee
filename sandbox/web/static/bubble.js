// One bubble: a message, or an album (several messages that came as one).

import { h } from "./dom.js";
import { formatFull, formatTime, t } from "./i18n.js";
import { icon } from "./icons.js";
import { inlineKeyboard, updateInlineKeyboard } from "./keyboard.js";
import { mediaOf } from "./media.js";
import { preview } from "./people.js";
import { safeFragment } from "./sanitize.js";
import { store } from "./store.js";

/** Put messages of one album together: a list of lists, in order. */
export function intoAlbums(messages) {
  const groups = [];
  for (const message of messages) {
    const last = groups.at(-1);
    const joins = message.media_group_id && last?.[0].media_group_id === message.media_group_id && last[0].from_me === message.from_me;
    if (joins) last.push(message);
    else groups.push([message]);
  }
  return groups;
}

/**
 * Build the bubble of `messages`. `acts` are the chat's: `openMenu`, `showMessage`, `onLink`, `onCommand`.
 */
export function buildBubble(chat, messages, acts) {
  const first = messages[0];
  const withText = messages.find((message) => message.html) ?? null;
  const withMedia = messages.filter((message) => message.media);
  const content = [];
  if (first.forward) content.push(h("div", { class: "forwarded" }, t("forwarded", { name: first.forward.name })));
  if (first.reply_to) content.push(replyQuote(chat, first.reply_to, acts));
  if (withMedia.length > 0) content.push(mediaOf(withMedia));
  if (first.contact) content.push(contactCard(first.contact));
  if (withText) {
    const text = h("div", { class: "text", dir: "auto" }, safeFragment(withText.html, acts));
    content.push(text);
  }
  const visual = withMedia.length > 0 && withMedia.every(({ media }) => media.kind === "photo" || media.kind === "video");
  const classes = [
    "bubble", visual && "visual", visual && !withText && "bare", bigEmoji(first, withMedia) && "big-emoji",
    withMedia.length > 0 && !visual && !withText && "filed",
  ];
  const bubble = h("div", { class: classes.filter(Boolean).join(" ") }, content, reactions(messages), meta(messages));
  const stack = h("div", { class: "stack" }, bubble, first.keyboard && inlineKeyboard(first));
  const element = h("article", {
    class: `message ${first.from_me ? "mine" : "theirs"}`, tabindex: "-1",
    "aria-label": `${first.from_me ? t("you") : store.botName}, ${formatTime(new Date(first.date))}`,
    data: { message: first.message_id },
  }, stack);
  element.addEventListener("dblclick", (event) => {
    if (!event.target.closest("button, a, input, video")) acts.reply(first);
  });
  return element;
}

function contactCard({ phone_number: phone, first_name: name, last_name: surname }) {
  return h("div", { class: "document contact" },
    h("span", { class: "document-icon", "aria-hidden": "true" }, name.slice(0, 1).toUpperCase()),
    h("span", { class: "document-lines" }, h("span", { class: "document-name" }, [name, surname].filter(Boolean).join(" ")),
      h("span", { class: "document-size" }, `+${phone.replace(/^\+/, "")}`)));
}

function reactions(messages) {
  const emoji = messages.flatMap((message) => message.reactions ?? []).filter(Boolean);
  return emoji.length > 0 && h("span", { class: "reactions", role: "img", "aria-label": `${t("reactions")}: ${emoji.join(" ")}` }, emoji.join(" "));
}

const ONLY_EMOJI = /^(?:\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})*){1,3}$/u;
const bigEmoji = (message, withMedia) => withMedia.length === 0 && !message.keyboard && ONLY_EMOJI.test(message.text ?? "");

function replyQuote(chat, { message_id: id, text, from_me: mine }, acts) {
  const known = chat.messages.find((message) => message.message_id === id);
  return h("button", { type: "button", class: "quote", onclick: () => acts.showMessage(id) },
    h("b", {}, mine ? store.name(chat.id) : store.botName),
    h("span", {}, text || (known ? preview(known) : t("message"))));
}

/**
 * Is a mark «изменено» due? Screens that the bot redraws under its buttons bear none, as in Telegram's apps: every press
 * would leave one.
 */
export function showsEdited(message) {
  return Boolean(message.edit_date) && (message.from_me || !message.keyboard);
}

function meta(messages) {
  const first = messages[0];
  const date = new Date(first.date);
  const ticks = first.from_me && h("span", { class: "ticks" }, icon("check"), icon("checks"));
  return h("span", { class: "meta" },
    messages.some(showsEdited) && h("span", { class: "edited" }, t("edited")),
    h("time", { datetime: first.date, title: `${formatFull(date)}, ${formatTime(date)}` }, formatTime(date)), ticks);
}

/** Change in place what depends on the neighbours and on the bot's pace. */
export function updateBubble(element, chat, messages, { opens, closes, seen }) {
  element.classList.toggle("opens", opens);
  element.classList.toggle("closes", closes);
  element.classList.toggle("seen", seen);
  const keyboard = element.querySelector(".inline-keyboard");
  if (keyboard) updateInlineKeyboard(keyboard, chat, messages[0]);
}
