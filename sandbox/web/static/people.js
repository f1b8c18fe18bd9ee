// The list of people at the left: who may be played, what was said last, what is unread; search and «+».

import { api } from "./api.js";
import { reason } from "./actions.js";
import { avatar, updateAvatar } from "./avatar.js";
import { draftOf } from "./drafts.js";
import { h, oncePerFrame, reconcile, setText } from "./dom.js";
import { formatListDate, t } from "./i18n.js";
import { icon } from "./icons.js";
import { dialogButtons, openDialog, toast } from "./overlay.js";
import { store } from "./store.js";

const MOST_FOUND = 50;

/** One line about a message or a `last_message` (there `media` is the kind's name itself). */
export function preview(message) {
  if (message.text) return message.text.replace(/\s+/g, " ").slice(0, 200);
  const kind = message.contact ? "contact" : message.media?.kind ?? message.media;
  return kind ? t(`media-${kind}`) : t("message");
}

/** The name of a person as assistive technology and tests meet it: name, role, unread count. */
export function accessibleName(person) {
  const unread = person.unread ? t("person-unread", { count: person.unread }) : null;
  return [store.name(person.id), person.note, unread].filter(Boolean).join(", ");
}

/** The words of a text as people search for them: small letters, «ё» as «е», no signs. */
const wordsOf = (text) => text.toLowerCase().replaceAll("ё", "е").split(/[^\p{L}\d]+/u).filter(Boolean);

/** Does some word of this person begin with each of `words`? */
function matches(person, words) {
  const { first_name: first, last_name: last, username, note, group, id } = person;
  const own = wordsOf([first, last, username, note, group, id].filter(Boolean).join(" "));
  return words.every((word) => own.some((mine) => mine.startsWith(word)));
}

const byName = (one, other) => store.name(one.id).localeCompare(store.name(other.id), "ru");
const byGroup = (one, other) => (one.group ?? "").localeCompare(other.group ?? "", "ru", { numeric: true }) || byName(one, other);
const lastDate = (person) => (person.last_message ? new Date(person.last_message.date).getTime() : 0);
const byNews = (one, other) => lastDate(other) - lastDate(one) || byName(one, other);

/**
 * Make the list. `onOpen(id)` opens a person in the current chat, `onBeside(id)` in one more; `isOpen(id)` and
 * `canOpenBeside()` tell how the chats stand now.
 */
export function createPeople({ onOpen, onBeside, isOpen, canOpenBeside, footer }) {
  const search = h("input", {
    type: "search", class: "search", placeholder: t("people-search"), "aria-label": t("people-search"), autocomplete: "off",
  });
  const title = h("h1", { class: "people-title" });
  const state = h("p", { class: "people-state" });
  const list = h("div", { class: "people-list" });
  const note = h("p", { class: "people-note" });
  const element = h("nav", { class: "people", "aria-label": t("people") },
    h("header", { class: "people-head" },
      h("div", { class: "people-heading" }, title, state),
      h("button", {
        type: "button", class: "round-button", "aria-label": t("person-add"), title: t("person-add"),
        onclick: () => addPerson(element, onOpen),
      }, icon("plus"))),
    h("div", { class: "search-box" }, icon("search"), search),
    h("div", { class: "people-scroll" }, list, note),
    footer);

  function render() {
    setText(title, store.botName || "Telegram");
    setText(state, !store.online ? t("connecting") : store.botConnected ? t("people-hint") : t("bot-away"));
    state.classList.toggle("waiting", !store.online);
    const people = [...store.people.values()];
    const words = wordsOf(search.value);
    const groups = words.length > 0 ? found(people, words) : shown(people);
    reconcile(list, groups.flatMap(({ label, rows }) => (rows.length === 0 ? [] : [heading(label), ...rows.map(entry)])));
    setText(note, afterword(groups, words, people.length));
  }

  /** What stands under the list: how many people are not in it. */
  function afterword(groups, words, count) {
    const { hidden } = groups.at(-1);
    if (words.length === 0) return hidden > 0 ? t("people-all", { count }) : "";
    if (hidden > 0) return t("people-more", { count: hidden });
    return groups.some(({ rows }) => rows.length > 0) ? "" : t("people-none");
  }

  function shown(people) {
    const pinned = people.filter((person) => person.pinned);
    const chats = people.filter((person) => !person.pinned && (person.last_message || isOpen(person.id))).sort(byNews);
    return [
      { label: t("people-pinned"), rows: pinned },
      { label: t("people-chats"), rows: chats, hidden: people.length - pinned.length - chats.length },
    ];
  }

  function found(people, words) {
    const all = people.filter((person) => matches(person, words)).sort(byGroup);
    const groups = new Map([[t("people-found"), []]]);
    for (const person of all.slice(0, MOST_FOUND)) {
      const label = person.group || t("people-found");
      if (!groups.has(label)) groups.set(label, []);
      groups.get(label).push(person);
    }
    return [...groups].map(([label, rows]) => ({ label, rows, hidden: all.length - MOST_FOUND }));
  }

  function heading(label) {
    return { key: `heading ${label}`, version: [label], build: () => h("h2", { class: "people-group" }, label) };
  }

  function entry(person) {
    return { key: `person ${person.id}`, version: [], build: () => buildRow(person.id), update: (row) => updateRow(row, person) };
  }

  // Rows are kept and changed in place: a press that begins before a live update must end on the same element.
  function buildRow(id) {
    const open = h("button", { type: "button", class: "person-open", onclick: () => onOpen(id) },
      avatar(store.people.get(id)),
      h("span", { class: "person-lines" },
        h("span", { class: "person-line" }, h("span", { class: "person-name" }), h("time", { class: "person-time" })),
        h("span", { class: "person-role" }),
        h("span", { class: "person-line" }, h("span", { class: "person-last" }), h("span", { class: "badge" }))));
    const beside = h("button", { type: "button", class: "person-beside", onclick: () => onBeside(id) }, icon("beside"));
    return h("div", { class: "person" }, open, beside);
  }

  function updateRow(row, person) {
    const part = (name) => row.querySelector(`.${name}`);
    const last = person.last_message;
    const draft = isOpen(person.id) ? "" : draftOf(person.id);
    updateAvatar(part("avatar"), person);
    setText(part("person-name"), store.name(person.id));
    setText(part("person-role"), person.note ?? "");
    setText(part("person-time"), last ? formatListDate(new Date(last.date), store.now()) : "");
    const line = draft ? [t("person-draft"), draft] : last ? [last.from_me ? t("person-you") : "", preview(last)] : ["", t("person-new")];
    part("person-last").replaceChildren(line[0] && h("em", { class: draft ? "draft" : "" }, line[0], " "), line[1]);
    setText(part("badge"), person.unread ? String(person.unread) : "");
    row.classList.toggle("open", isOpen(person.id));
    part("person-open").setAttribute("aria-label", accessibleName(person));
    part("person-open").title = [store.name(person.id), person.note].filter(Boolean).join(" · ");
    if (isOpen(person.id)) part("person-open").setAttribute("aria-current", "true");
    else part("person-open").removeAttribute("aria-current");
    const beside = part("person-beside");
    beside.hidden = !canOpenBeside() || isOpen(person.id);
    beside.setAttribute("aria-label", t("person-open-beside", { name: store.name(person.id) }));
    beside.title = beside.getAttribute("aria-label");
  }

  search.addEventListener("input", render);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Escape") clearSearch();
    if (event.key === "Enter") list.querySelector(".person-open")?.click();
  });
  function clearSearch() {
    search.value = "";
    render();
  }

  const soon = oncePerFrame(render);
  for (const topic of ["people", "connection", "time", "drafts"]) store.on(topic, soon);
  render();
  return { element, render: soon, clearSearch, focusSearch: () => search.focus() };
}

/** Ask for a new person, create them and open their chat. */
export function addPerson(host, onOpen) {
  const field = (name, label, attributes = {}) =>
    h("label", { class: "field" }, h("span", {}, label), h("input", { name, type: "text", autocomplete: "off", ...attributes }));
  const wrong = h("p", { class: "field-error", role: "alert" });
  const form = h("form", { class: "form", onsubmit: submit },
    field("first_name", t("person-first-name"), { required: true, maxlength: 64 }),
    field("last_name", t("person-last-name"), { maxlength: 64 }),
    field("note", t("person-note"), { maxlength: 64, placeholder: t("person-note-example") }),
    h("label", { class: "field" }, h("span", {}, t("person-language")),
      h("select", { name: "language_code" }, h("option", { value: "ru" }, "Русский"), h("option", { value: "en" }, "English"))),
    h("label", { class: "check" }, h("input", { type: "checkbox", name: "pinned", checked: true }), t("person-pinned")),
    wrong, dialogButtons(t("person-create"), () => dialog.close()));
  const dialog = openDialog({ title: t("person-add"), content: form });
  form.elements.first_name.focus();

  async function submit(event) {
    event.preventDefault();
    const data = new FormData(form);
    const text = (name) => (data.get(name) ?? "").trim();
    try {
      const answer = await api.addPerson({
        first_name: text("first_name"), last_name: text("last_name"), note: text("note"),
        language_code: text("language_code"), pinned: data.has("pinned"),
      });
      const person = answer?.person ?? answer;
      dialog.close();
      if (!store.people.has(person.id)) await store.sync();
      onOpen(person.id);
    } catch (error) {
      if (dialog.element.open) wrong.textContent = t("failed", { reason: reason(error) });
      else toast(host, t("failed", { reason: reason(error) }), { bad: true });
    }
  }
}
