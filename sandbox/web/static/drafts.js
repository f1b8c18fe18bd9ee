// What a person has typed and not sent. It survives a reload of the page: nothing typed is lost.

import { store } from "./store.js";

const key = (id) => `draft:${id}`;
const memory = new Map(); // where the browser keeps nothing for this page, drafts live as long as it does

export function draftOf(id) {
  try {
    return localStorage.getItem(key(id)) ?? "";
  } catch {
    return memory.get(id) ?? "";
  }
}

export function keepDraft(id, text) {
  try {
    if (text) localStorage.setItem(key(id), text);
    else localStorage.removeItem(key(id));
  } catch {
    memory.set(id, text);
  }
  store.emit("drafts");
}
