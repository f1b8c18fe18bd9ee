// What the page knows. Parts of the page subscribe to topics and draw themselves anew; nobody else keeps server data.
// Topics: "people", "chat:<id>", "connection", "time", "calls", "answer:<id>".

import { api } from "./api.js";

const MOST_CALLS = 500;
const TYPING_LASTS = 5000;
const OF_A_CHAT = new Set(["message", "edit", "delete", "keyboard"]);

class Store {
  constructor() {
    this.listeners = new Map();
    this.online = false;
    this.bot = { id: 0, username: "", first_name: "", description: "" };
    this.botConnected = true;
    this.people = new Map();
    this.chats = new Map();
    this.watched = new Set(); // people whose chats are open and must be fetched again after a lost connection
    this.clockAhead = 0; // milliseconds the server's clock is ahead of this browser's
    this.shiftSeconds = 0;
    this.calls = [];
    this.faults = [];
    this.callsCleared = 0; // the number of the last call that was cleared away, and how many faults were
    this.faultsCleared = 0;
    this.synced = false;
  }

  /** Call `listener(detail)` whenever `topic` is emitted; the answer unsubscribes. */
  on(topic, listener) {
    if (!this.listeners.has(topic)) this.listeners.set(topic, new Set());
    this.listeners.get(topic).add(listener);
    return () => this.listeners.get(topic).delete(listener);
  }

  emit(topic, detail) {
    for (const listener of [...(this.listeners.get(topic) ?? [])]) listener(detail);
  }

  /** The time of the bot and its world, shifted or not. */
  now() {
    return new Date(Date.now() + this.clockAhead);
  }

  name(id) {
    const person = this.people.get(id);
    return person ? [person.first_name, person.last_name].filter(Boolean).join(" ") : String(id);
  }

  get botName() {
    return this.bot.first_name || this.bot.username;
  }

  unreadElsewhere(exceptId) {
    let count = 0;
    for (const person of this.people.values()) if (person.id !== exceptId) count += person.unread;
    return count;
  }

  chat(id) {
    if (!this.chats.has(id)) {
      this.chats.set(id, {
        id, messages: [], loaded: false, loadingOlder: false, hasMore: false, replyKeyboard: null, typingUntil: 0, taps: new Map(),
        missed: null, // events that came while messages were being fetched: the answer may be older than they are
      });
    }
    return this.chats.get(id);
  }

  // ---- fetching

  /** Fetch everything that may have been missed. */
  async sync() {
    const state = await api.state();
    this.bot = state.bot ?? this.bot;
    this.botConnected = state.connected;
    this.setTime(state);
    this.people = new Map(state.people.map((person) => [person.id, person]));
    for (const chat of this.chats.values()) if (!this.watched.has(chat.id)) this.chats.delete(chat.id);
    await Promise.all([...this.watched].filter((id) => this.people.has(id)).map((id) => this.load(id)));
    this.online = true;
    this.synced = true;
    this.emit("connection");
    this.emit("people");
  }

  lost() {
    this.online = false;
    this.callsCleared = this.faultsCleared = 0; // the server counts anew after a restart
    this.emit("connection");
  }

  setTime({ now, shift_seconds: shift }) {
    this.clockAhead = new Date(now) - Date.now();
    this.shiftSeconds = shift;
    this.emit("time");
  }

  /** Fetch the newest messages of a chat; older ones that were already fetched stay if the chat has them still. */
  async load(id) {
    const chat = this.chat(id);
    const missed = [];
    chat.missed = missed;
    const page = await api.messages(id).finally(() => {
      if (chat.missed === missed) chat.missed = null;
    });
    const messages = keepKnown(chat.messages, visible(page.messages));
    const oldest = page.messages[0]?.message_id ?? Infinity;
    const older = page.has_more ? chat.messages.filter((message) => message.message_id < oldest) : [];
    chat.messages = [...older, ...messages];
    if (older.length === 0) chat.hasMore = page.has_more;
    chat.replyKeyboard = page.reply_keyboard;
    chat.loaded = true;
    missed.forEach((event) => this.handle(event));
    this.emit(`chat:${id}`);
  }

  /** Fetch the page of messages before the oldest one known. */
  async loadOlder(id) {
    const chat = this.chat(id);
    if (!chat.loaded || !chat.hasMore || chat.loadingOlder) return;
    chat.loadingOlder = true;
    try {
      const page = await api.messages(id, { before: chat.messages[0].message_id });
      const known = new Set(chat.messages.map((message) => message.message_id));
      chat.messages = [...visible(page.messages).filter((message) => !known.has(message.message_id)), ...chat.messages];
      chat.hasMore = page.has_more && page.messages.length > 0;
    } finally {
      chat.loadingOlder = false;
      this.emit(`chat:${id}`);
    }
  }

  /** Fetch the bot's faults, which are counted on the closed panel's button too. */
  async loadFaults() {
    this.faults = (await api.faults()).slice(this.faultsCleared).map(faultEntry);
    this.emit("calls");
  }

  /** Fetch what the bot called so far; calls that came by events meanwhile stay. */
  async loadCalls() {
    const [calls, faults] = await Promise.all([api.calls(this.callsCleared), api.faults()]);
    const newest = calls.at(-1)?.number ?? 0;
    const later = this.calls.filter((entry) => !entry.fault && entry.number > newest);
    this.faults = faults.slice(this.faultsCleared).map(faultEntry);
    this.calls = [...calls.map(callEntry), ...this.faults].sort((one, other) => one.at - other.at).concat(later).slice(-MOST_CALLS);
    this.emit("calls");
  }

  // ---- live events

  apply(event) {
    if (OF_A_CHAT.has(event.type)) this.chats.get(event.person_id)?.missed?.push(event);
    this.handle(event);
  }

  handle(event) {
    const handler = this[`on_${event.type}`];
    if (handler) handler.call(this, event);
  }

  on_message({ person_id: id, message, unread }) {
    const chat = this.chats.get(id);
    if (chat?.loaded && !message.deleted) {
      put(chat.messages, message);
      if (!message.from_me) chat.typingUntil = 0;
      this.emit(`chat:${id}`);
    }
    this.updatePerson(id, { unread, last_message: summary(message) });
  }

  on_edit({ person_id: id, message }) {
    const chat = this.chats.get(id);
    if (chat?.messages.some((known) => known.message_id === message.message_id)) {
      put(chat.messages, message);
      this.emit(`chat:${id}`);
    }
    const last = this.people.get(id)?.last_message;
    const newest = !chat?.loaded || chat.messages.at(-1)?.message_id === message.message_id;
    if (last && newest && chat?.loaded) this.updatePerson(id, { last_message: summary(message) });
  }

  on_delete({ person_id: id, message_ids: gone }) {
    const chat = this.chats.get(id);
    if (!chat) return;
    chat.messages = chat.messages.filter((message) => !gone.includes(message.message_id));
    this.emit(`chat:${id}`);
    if (chat.loaded) this.updatePerson(id, { last_message: summary(chat.messages.at(-1)) });
  }

  on_answer(event) {
    this.emit(`answer:${event.person_id}`, event);
  }

  on_action({ person_id: id }) {
    const chat = this.chat(id);
    chat.typingUntil = Date.now() + TYPING_LASTS;
    this.emit(`chat:${id}`);
    setTimeout(() => this.emit(`chat:${id}`), TYPING_LASTS + 50);
  }

  on_people({ person }) {
    this.people.set(person.id, person);
    this.emit("people");
    this.emit(`chat:${person.id}`);
  }

  on_keyboard({ person_id: id, reply_keyboard: keyboard }) {
    this.chat(id).replyKeyboard = keyboard;
    this.emit(`chat:${id}`);
  }

  on_call(event) {
    this.addEntry(callEntry(event));
  }

  on_fault(event) {
    const entry = faultEntry(event);
    this.faults.push(entry);
    this.addEntry(entry);
  }

  on_time(event) {
    this.setTime(event);
  }

  on_connected({ connected }) {
    this.botConnected = connected;
    this.emit("connection");
  }

  // ---- small changes

  updatePerson(id, changes) {
    const person = this.people.get(id);
    if (!person) return;
    this.people.set(id, { ...person, ...changes });
    this.emit("people");
  }

  addEntry(entry) {
    this.calls.push(entry);
    if (this.calls.length > MOST_CALLS) this.calls.splice(0, this.calls.length - MOST_CALLS);
    this.emit("calls");
  }

  clearCalls() {
    this.callsCleared = Math.max(this.callsCleared, ...this.calls.map((entry) => entry.number ?? 0));
    this.faultsCleared += this.faults.length;
    this.calls = [];
    this.faults = [];
    this.emit("calls");
  }
}

function visible(messages) {
  return messages.filter((message) => !message.deleted);
}

/** The fresh messages, but the known object wherever nothing changed: its bubble stays, a voice plays on. */
function keepKnown(known, fresh) {
  const before = new Map(known.map((message) => [message.message_id, message]));
  return fresh.map((message) => {
    const old = before.get(message.message_id);
    return old && JSON.stringify(old) === JSON.stringify(message) ? old : message;
  });
}

/** Put a message in its place by id, instead of an older state of it or as a new one. */
function put(messages, message) {
  let index = messages.length;
  while (index > 0 && messages[index - 1].message_id >= message.message_id) index -= 1;
  const known = messages[index]?.message_id === message.message_id;
  messages.splice(index, known ? 1 : 0, message);
}

function summary(message) {
  if (!message) return null;
  return { text: message.text, date: message.date, from_me: message.from_me, media: message.media?.kind ?? null };
}

let entryNumber = 0;

function callEntry(call) {
  entryNumber += 1;
  return { ...call, key: `c${entryNumber}`, at: new Date(call.at), fault: false };
}

function faultEntry(fault) {
  entryNumber += 1;
  return { key: `f${entryNumber}`, at: fault.at ? new Date(fault.at) : store.now(), text: fault.text ?? String(fault), fault: true };
}

export const store = new Store();
