// The list of messages of one chat: dates between days, bubbles, a place that keeps still while things change around it.

import { buildBubble, intoAlbums, updateBubble } from "./bubble.js";
import { h, onContextMenu, reconcile, setText } from "./dom.js";
import { formatDay, t } from "./i18n.js";
import { icon } from "./icons.js";
import { onPress } from "./presses.js";
import { store } from "./store.js";

const NEAR_END = 60;
const NEAR_START = 400;
const ONE_BREATH = 5 * 60_000; // messages of one side within this time stand together

/**
 * Make the list for person `id`. `acts`: `press(message, button, row, column, element)`, `reply(message)`,
 * `messageMenu(message, album, x, y)`, `onLink`, `onCommand`, `onSeen()`.
 */
export function createMessages(id, acts) {
  const list = h("div", { class: "message-list", role: "log", "aria-label": t("chat-messages", { name: store.name(id) }), tabindex: "0" });
  const empty = h("div", { class: "chat-empty" });
  const scroller = h("div", { class: "message-scroll" }, empty, list);
  const downCount = h("span", { class: "badge" });
  const down = h("button", { type: "button", class: "down-button", "aria-label": t("chat-down"), onclick: () => scrollToEnd(true) },
    icon("down"), downCount);
  const element = h("div", { class: "messages" }, scroller, down);

  let atEnd = true;
  let seenUpTo = null; // the newest message that was on the screen
  let unreadFrom = null; // the first message that was unread when the chat was opened
  let rendered = false;
  const marks = { ...acts, showMessage };

  function entries() {
    const chat = store.chat(id);
    const groups = intoAlbums(chat.messages);
    if (chat.messages.some((message) => message.from_me && message.message_id > unreadFrom)) unreadFrom = null; // read and answered
    const lastFromBot = chat.messages.findLast((message) => !message.from_me)?.message_id ?? 0;
    const result = [];
    groups.forEach((messages, index) => {
      const first = messages[0];
      const before = groups[index - 1]?.[0];
      const after = groups[index + 1]?.[0];
      const newDay = !before || !sameDay(before, first);
      if (newDay) result.push(dayEntry(new Date(first.date)));
      if (unreadFrom === first.message_id) result.push(unreadEntry());
      result.push({
        key: `m${first.message_id}`,
        version: messages,
        build: () => bubble(chat, messages),
        update: (node) => updateBubble(node, chat, messages, {
          opens: newDay || !together(before, first),
          closes: !after || !sameDay(first, after) || !together(first, after),
          seen: first.message_id < lastFromBot,
        }),
      });
    });
    return result;
  }

  function bubble(chat, messages) {
    const node = buildBubble(chat, messages, marks);
    if (rendered && messages[0].message_id > (seenUpTo ?? 0)) node.classList.add("arriving");
    onContextMenu(node, (x, y, event) => {
      if (event.target.closest("a[href]") && event.type === "contextmenu" && !event.target.closest(".document")) return;
      acts.messageMenu(messages[0], messages, x, y);
    });
    return node;
  }

  function dayEntry(date) {
    const label = formatDay(date, store.now());
    return {
      key: `day ${date.getFullYear()}-${date.getMonth()}-${date.getDate()}`, version: [label],
      build: () => h("div", { class: "day" }, h("span", {}, label)),
    };
  }

  function unreadEntry() {
    return { key: "unread", version: [], build: () => h("div", { class: "unread-line" }, t("chat-new-messages")) };
  }

  function render() {
    const chat = store.chat(id);
    if (!chat.loaded) {
      empty.replaceChildren(h("p", { class: "chat-loading" }, store.online ? t("chat-loading") : t("connecting")));
      return;
    }
    if (!rendered) markUnread(chat);
    const anchor = atEnd ? null : findAnchor();
    drawEmpty(chat);
    reconcile(list, entries());
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    else if (anchor?.node.isConnected) scroller.scrollTop += anchor.node.getBoundingClientRect().top - anchor.top;
    if (!rendered && unreadFrom !== null) {
      list.querySelector(".unread-line")?.scrollIntoView({ block: "center" });
    }
    rendered = true;
    look();
  }

  function markUnread(chat) {
    const unread = store.people.get(id)?.unread ?? 0;
    const fromBot = chat.messages.filter((message) => !message.from_me);
    const first = unread > 0 ? fromBot.at(-unread) : null;
    if (!first || first === chat.messages[0]) return;
    unreadFrom = first.message_id;
    seenUpTo = unreadFrom - 1;
  }

  function drawEmpty(chat) {
    if (chat.messages.length > 0) {
      empty.replaceChildren();
    } else if (!empty.querySelector(".about")) {
      empty.replaceChildren(h("div", { class: "about" },
        h("b", {}, t("chat-what")), h("p", {}, store.bot.description || t("chat-with", { bot: store.botName }))));
    }
  }

  /** The first message on the screen: it must stand where it stands when things above it change. */
  function findAnchor() {
    const top = scroller.getBoundingClientRect().top;
    for (const node of list.children) {
      const box = node.getBoundingClientRect();
      if (box.bottom > top && node.dataset.message) return { node, top: box.top };
    }
    return null;
  }

  /** Take note of what the person sees now: the end, the beginning, new messages below. */
  function look() {
    const chat = store.chat(id);
    if (!chat.loaded || scroller.clientHeight === 0) return;
    atEnd = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
    if (atEnd) seenUpTo = chat.messages.at(-1)?.message_id ?? 0;
    const below = chat.messages.filter((message) => message.message_id > (seenUpTo ?? 0) && !message.from_me).length;
    down.hidden = atEnd;
    setText(downCount, below > 0 && !atEnd ? String(below) : "");
    if (atEnd && !document.hidden && store.people.get(id)?.unread) acts.onSeen();
    if (scroller.scrollTop < NEAR_START && chat.hasMore && !chat.loadingOlder && store.online) {
      store.loadOlder(id).catch(() => store.lost());
    }
  }

  function scrollToEnd(smooth = false) {
    atEnd = true;
    scroller.scrollTo({ top: scroller.scrollHeight, behavior: smooth ? "smooth" : "auto" });
  }

  function showMessage(messageId) {
    const node = list.querySelector(`[data-message="${messageId}"]`);
    if (!node) return;
    node.scrollIntoView({ block: "center", behavior: "smooth" });
    node.classList.remove("found");
    requestAnimationFrame(() => node.classList.add("found"));
  }

  // Up and down walk through the messages; Enter or the menu key opens what can be done with one.
  list.addEventListener("keydown", (event) => {
    const nodes = [...list.querySelectorAll(".message")];
    const at = nodes.indexOf(document.activeElement);
    if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const next = at === -1 ? nodes.length - 1 : at + (event.key === "ArrowUp" ? -1 : 1);
      if (!nodes[next]) return;
      event.preventDefault();
      nodes[next].focus();
    } else if (event.key === "Enter" && at !== -1) {
      event.preventDefault();
      nodes[at].dispatchEvent(new MouseEvent("contextmenu", { bubbles: true, cancelable: true }));
    }
  });

  const stopPresses = onPress(list, ({ messageId, row, column, label }, element) => {
    const message = store.chat(id).messages.find((known) => known.message_id === messageId);
    const button = message?.keyboard?.[row]?.[column];
    if (button?.text === label) acts.press(message, button, row, column, element); // another one in its place was not meant
  });

  scroller.addEventListener("scroll", look, { passive: true });
  document.addEventListener("visibilitychange", look);
  // Pictures that load, a keyboard that opens and a window that shrinks must not push the end out of sight.
  const resizes = new ResizeObserver(() => {
    if (atEnd) scroller.scrollTop = scroller.scrollHeight;
    look();
  });
  resizes.observe(scroller);
  resizes.observe(list);

  return {
    element, render, scrollToEnd,
    destroy() {
      resizes.disconnect();
      stopPresses();
      document.removeEventListener("visibilitychange", look);
    },
  };
}

const sameDay = (one, other) => new Date(one.date).toDateString() === new Date(other.date).toDateString();

function together(one, other) {
  return one.from_me === other.from_me && !one.keyboard && new Date(other.date) - new Date(one.date) < ONE_BREATH;
}
