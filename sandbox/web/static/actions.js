// What a visitor does on a person's phone, with what the page does about it: order, spinners, refusals.

import { api } from "./api.js";
import { t } from "./i18n.js";
import { store } from "./store.js";

const SPIN_MOST = 15_000;
const queues = new Map();

/** Run `work` after this person's earlier deeds: two quick messages must arrive in the order they were typed. */
function inOrder(id, work) {
  const before = queues.get(id) ?? Promise.resolve();
  const done = before.then(work, work);
  queues.set(id, done);
  return done;
}

/** Words for a failed deed. */
export function reason(error) {
  if (error.status === 0) return t("no-connection");
  return error.status === 413 ? t("too-large") : error.message;
}

export const sendText = (id, text, replyTo) => inOrder(id, () => api.text(id, text, replyTo));
export const sendFiles = (id, files, caption, kind) => inOrder(id, () => api.files(id, files, caption, kind));
export const shareContact = (id) => inOrder(id, () => api.contact(id));
export const sendStart = (id, payload) => inOrder(id, () => api.start(id, payload));
export const editText = (id, messageId, text) => inOrder(id, () => api.edit(id, messageId, text));
export const forward = (id, messageId) => inOrder(id, () => api.forward(id, messageId));
export const block = (id) => inOrder(id, () => api.block(id));
export const unblock = (id) => inOrder(id, () => api.unblock(id));

/** Tell the server that this person has seen everything. A failure is repeated by the next look at the chat. */
export async function markRead(id) {
  if (!store.online || !store.people.get(id)?.unread) return;
  store.updatePerson(id, { unread: 0 });
  try {
    await api.read(id);
  } catch {
    store.sync().catch(() => store.lost()); // the count shown was a guess: ask for the true one
  }
}

const tapKey = (messageId, row, column) => `${messageId}:${row}:${column}`;

/** Is this inline button waiting for the bot's answer? */
export const isSpinning = (chat, messageId, row, column) => chat.taps.has(tapKey(messageId, row, column));

/**
 * Press an inline button: it spins until the bot answers or Telegram's patience (15 s) ends. `onAnswer({text, alert, url})`
 * is called when the answer has something to show. Answers may overtake the response that carries their id, so early ones are kept.
 */
export async function tap(id, messageId, row, column, onAnswer) {
  const chat = store.chat(id);
  const key = tapKey(messageId, row, column);
  if (chat.taps.has(key)) return;
  let callbackId = null;
  const early = new Map();
  const finish = () => {
    unsubscribe();
    clearTimeout(timer);
    chat.taps.delete(key);
    store.emit(`chat:${id}`);
  };
  const settle = (answer) => {
    finish();
    if (answer.text || answer.url) onAnswer(answer);
  };
  const unsubscribe = store.on(`answer:${id}`, (answer) => {
    if (callbackId === null) early.set(answer.callback_id, answer);
    else if (answer.callback_id === callbackId) settle(answer);
  });
  const timer = setTimeout(finish, SPIN_MOST);
  chat.taps.set(key, true);
  store.emit(`chat:${id}`);
  try {
    const { callback_id: given } = await api.tap(id, messageId, row, column);
    callbackId = given;
  } catch (error) {
    finish();
    throw error;
  }
  if (early.has(callbackId)) settle(early.get(callbackId));
}

/** The payload of a link that starts this bot («» for none), or null for any other link. */
export function startPayload(href) {
  const username = store.bot.username.toLowerCase();
  let url;
  try {
    url = new URL(/^(t|telegram)\.me\//i.test(href) ? `https://${href}` : href);
  } catch {
    return null; // not an address at all
  }
  const web = ["t.me", "telegram.me"].includes(url.hostname) && url.pathname.slice(1).toLowerCase() === username;
  const app = url.protocol === "tg:" && (url.searchParams.get("domain") ?? "").toLowerCase() === username;
  return username && (web || app) ? url.searchParams.get("start") ?? "" : null;
}
