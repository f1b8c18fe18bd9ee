// The page is put together here: the list, up to three chats side by side (one on a phone), the developer panel.

import { createChat } from "./chat.js";
import { listen } from "./api.js";
import { createDevPanel } from "./devpanel.js";
import { h, oncePerFrame } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { createPeople } from "./people.js";
import { openMenu } from "./overlay.js";
import { store } from "./store.js";
import { createSwitcher } from "./switcher.js";
import { createTimeButton, openTime } from "./time.js";
import { drawWelcome } from "./welcome.js";

const NARROW = 720;
const LIST_WIDTH = 320;
const RAIL_WIDTH = 76;
const PANEL_WIDTH = 340;
const CHAT_LEAST = 330;
const MOST_CHATS = 3;

const app = document.getElementById("app");
const chats = []; // in the order they stand
const visited = new Set();
let usedAt = 0;
let nextBeside = false; // the next choice from the list opens beside

const isNarrow = () => innerWidth < NARROW;
const chatOf = (id) => chats.find((chat) => chat.id === id);

/** How many chats fit beside the folded list and the panel. */
function capacity() {
  if (isNarrow()) return 1;
  const room = innerWidth - RAIL_WIDTH - (devPanel.isOpen() ? PANEL_WIDTH : 0);
  return Math.max(1, Math.min(MOST_CHATS, Math.floor(room / CHAT_LEAST)));
}

const shell = {
  open: (id) => open(id, false),
  openBeside: (id) => open(id, true),
  close,
  back,
  activate,
  switcher: (id) => createSwitcher(id, visited, (other) => open(other, false)),
  hasRoom: () => !isNarrow() && chats.length < capacity(),
  offerBeside,
  extraMenu: () => (isNarrow() ? [
    { label: t("time"), icon: "faster", act: openTime },
    { label: t("developer"), icon: "code", act: () => devPanel.toggle(true) },
  ] : []),
};

function activate(id) {
  const chat = chatOf(id);
  if (!chat) return;
  usedAt += 1;
  chat.usedAt = usedAt;
}

/** Show a person: in the chat used last, or with `beside` in one more while there is room. */
function open(id, beside, { history = true } = {}) {
  if (!store.people.has(id)) return;
  if (!chatOf(id)) {
    const chat = createChat(id, shell);
    const replaced = beside && chats.length < capacity() ? null : leastNeeded(beside);
    if (replaced) {
      chats.splice(chats.indexOf(replaced), 1, chat);
      replaced.destroy();
    } else {
      chats.push(chat);
    }
  }
  nextBeside = false;
  visited.add(id);
  activate(id);
  app.classList.add("in-chat");
  app.classList.remove("list-open");
  people.clearSearch();
  if (history) remember();
  layout();
  chatOf(id).focus();
}

/** The chat that gives way: the one in use for a plain choice, the longest unused for one more beside. */
function leastNeeded(beside) {
  const byUse = [...chats].sort((one, other) => one.usedAt - other.usedAt);
  return beside ? byUse[0] : byUse.at(-1);
}

function close(id) {
  const chat = chatOf(id);
  chats.splice(chats.indexOf(chat), 1);
  chat.destroy();
  if (chats.length === 0) app.classList.remove("in-chat");
  remember();
  layout();
}

/** Ask who shall stand beside the chats that are open: the pinned people, or anybody from the list. */
function offerBeside(box) {
  const pinned = [...store.people.values()].filter((person) => person.pinned && !chatOf(person.id)).slice(0, 8);
  openMenu(box.left, box.bottom + 4, [
    ...pinned.map((person) => ({
      label: [store.name(person.id), person.note].filter(Boolean).join(" · "), icon: "people", act: () => open(person.id, true),
    })),
    {
      label: t("chat-beside-other"), icon: "search",
      act: () => {
        nextBeside = true;
        app.classList.add("list-open");
        people.focusSearch();
      },
    },
  ], t("chat-beside"));
}

/** On a phone: from the chat to the list. */
function back() {
  if (history.state?.inside) {
    history.back(); // `follow` does the rest
    return;
  }
  app.classList.remove("in-chat");
  chats.splice(0).forEach((chat) => chat.destroy());
  remember();
  layout();
}

// ---- the address bears the open people, so that a link or a reload shows them again

const wanted = () => (new URLSearchParams(location.search).get("person") ?? "").split(",").map(Number).filter(Boolean);

function remember() {
  const address = new URL(location.href);
  const ids = chats.map((chat) => chat.id).join(",");
  if (ids) address.searchParams.set("person", ids);
  else address.searchParams.delete("person");
  if (address.href === location.href) return;
  // On a phone the browser's own «back» leads from a chat to the list.
  if (isNarrow() && ids && wanted().length === 0) history.pushState({ inside: true }, "", decodeCommas(address));
  else history.replaceState(history.state, "", decodeCommas(address));
}

const decodeCommas = (address) => address.href.replaceAll("%2C", ",");

function follow() {
  const ids = wanted().filter((id) => store.people.has(id)).slice(0, capacity());
  for (const chat of [...chats]) {
    if (ids.includes(chat.id)) continue;
    chats.splice(chats.indexOf(chat), 1);
    chat.destroy();
  }
  app.classList.toggle("in-chat", ids.length > 0);
  ids.forEach((id) => open(id, true, { history: false }));
  layout();
}

// ---- room

function layout() {
  const most = capacity();
  const shown = new Set([...chats].sort((one, other) => other.usedAt - one.usedAt).slice(0, most));
  for (const chat of chats) chat.element.hidden = !shown.has(chat);
  const order = chats.map((chat) => chat.element);
  order.forEach((element, index) => main.children[index] !== element && main.insertBefore(element, main.children[index] ?? null));
  const room = innerWidth - LIST_WIDTH - (devPanel.isOpen() ? PANEL_WIDTH : 0);
  app.classList.toggle("narrow", isNarrow());
  app.classList.toggle("rail", !isNarrow() && shown.size > 1 && room / shown.size < CHAT_LEAST);
  app.classList.toggle("several", shown.size > 1);
  app.classList.toggle("panel-open", devPanel.isOpen());
  welcome.hidden = shown.size > 0 || isNarrow();
  if (!welcome.hidden) drawWelcome(welcome, openTogether, most);
  people.render();
  for (const chat of chats) chat.update();
  drawTitle();
}

function openTogether(ids) {
  ids.forEach((id, index) => open(id, index > 0));
  if (ids.length > 1) open(ids[0], true);
}

function drawTitle() {
  const unread = store.unreadElsewhere(null);
  document.title = (unread ? `(${unread}) ` : "") + (store.botName || "Telegram");
}

function foldList() {
  nextBeside = false;
  app.classList.remove("list-open");
}

const devPanel = createDevPanel(() => layout());
const people = createPeople({
  onOpen: (id) => open(id, nextBeside),
  onBeside: (id) => open(id, true),
  isOpen: (id) => Boolean(chatOf(id)),
  canOpenBeside: () => chats.length > 0 && capacity() > 1,
  footer: h("footer", { class: "people-bar" }, createTimeButton(), devPanel.button),
});
const unfold = h("button", {
  type: "button", class: "round-button unfold", "aria-label": t("people-show"), title: t("people-show"),
  onclick: () => app.classList.toggle("list-open") && people.focusSearch(),
}, icon("list"));
people.element.prepend(unfold);
const welcome = h("div", { class: "welcome" });
const main = h("main", { class: "chats" }, welcome);
app.append(people.element, main, devPanel.element);

main.addEventListener("pointerdown", foldList);
document.addEventListener("keydown", (event) => event.key === "Escape" && foldList());

window.addEventListener("resize", oncePerFrame(layout));
window.addEventListener("popstate", follow);
store.on("people", oncePerFrame(() => {
  for (const chat of [...chats]) if (!store.people.has(chat.id)) close(chat.id); // another world after a restart
  drawTitle();
  if (!welcome.hidden) layout();
}));

listen({
  async onOpen() {
    const first = !store.synced;
    await store.sync();
    if (first) follow(); // before the next frame: no welcome flashes up where chats are wanted
    await devPanel.fetchEntries();
  },
  onEvent: (event) => store.apply(event),
  onLost: () => store.lost(),
});
layout();
