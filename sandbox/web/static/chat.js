// One chat as it stands on one person's phone: head, messages, composer.

import { block, forward, markRead, reason, startPayload, tap, unblock } from "./actions.js";
import { acceptDrops } from "./attach.js";
import { avatar, updateAvatar } from "./avatar.js";
import { canEdit, createComposer } from "./composer.js";
import { h, oncePerFrame, setText } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { openLinkMenu, openStartLink, startFrom } from "./links.js";
import { createMessages } from "./messages.js";
import { openMenu, showAlert, toast } from "./overlay.js";
import { store } from "./store.js";

/**
 * Make the chat of person `id`. `shell` is the page: `back()`, `close(id)`, `open(id)`, `activate(id)`, `extraMenu()`,
 * `switcher(id)`, `hasRoom()`, `offerBeside(box)`. Answers `{id, element, destroy, focus, update}`.
 */
export function createChat(id, shell) {
  const name = h("h2", { class: "chat-name" });
  const state = h("p", { class: "chat-state" });
  const face = avatar(store.people.get(id));
  const backBadge = h("span", { class: "badge" });
  const back = h("button", { type: "button", class: "round-button chat-back", "aria-label": t("chat-back"), onclick: shell.back },
    icon("back"), backBadge);
  const menuButton = h("button", {
    type: "button", class: "round-button", "aria-label": t("chat-menu"), title: t("chat-menu"), "aria-haspopup": "menu", onclick: chatMenu,
  }, icon("more"));
  const closeButton = h("button", {
    type: "button", class: "round-button chat-close", "aria-label": t("chat-close"), title: t("chat-close"), onclick: () => shell.close(id),
  }, icon("close"));
  const besideButton = h("button", {
    type: "button", class: "round-button chat-beside", "aria-label": t("chat-beside"), title: t("chat-beside"), "aria-haspopup": "menu",
    onclick: () => shell.offerBeside(besideButton.getBoundingClientRect()),
  }, icon("beside"));
  const head = h("header", { class: "chat-head" },
    back, face, h("div", { class: "chat-heading" }, name, state), besideButton, menuButton, closeButton);
  const strip = shell.switcher(id);
  const element = h("section", { class: "chat", "aria-label": t("chat-of", { name: store.name(id) }), data: { person: id } }, head, strip.element);

  const complain = (error) => note(t("failed", { reason: reason(error) }), { bad: true });
  const note = (words, options) => toast(messages.element, words, options);
  const attempt = (work) => Promise.resolve(work).catch(complain);

  const messages = createMessages(id, {
    press, messageMenu,
    reply: (message) => composer.reply(message),
    onLink: (href, event) => followLink(href, event),
    onCommand: (command) => composer.send(command),
    onSeen: () => attempt(markRead(id)),
  });
  const composer = createComposer(id, element, messages);
  element.append(messages.element, composer.element);
  acceptDrops(element, (files) => composer.offer(files));
  element.addEventListener("pointerdown", () => shell.activate(id), true);
  element.addEventListener("focusin", () => shell.activate(id));

  async function press(message, button, row, column, source) {
    if (button.url) {
      openAddress(button.url, source);
    } else if (button.kind === "callback") {
      await attempt(tap(id, message.message_id, row, column, showAnswer));
    } else {
      note(t("button-unsupported"));
    }
  }

  function openAddress(href, source) {
    const payload = startPayload(href);
    if (payload === null) window.open(href, "_blank", "noopener,noreferrer");
    else openLinkMenu(source.getBoundingClientRect(), { id, payload, href, shell, pane: messages.element });
  }

  function showAnswer({ text, alert, url }) {
    if (url) openAddress(url, back);
    else if (alert) showAlert(text, element, store.botName);
    else note(text);
  }

  function followLink(href, event) {
    const payload = startPayload(href);
    if (payload === null) return;
    event.preventDefault();
    openLinkMenu({ left: event.clientX, bottom: event.clientY }, { id, payload, href, shell, pane: messages.element });
  }

  function messageMenu(message, album, x, y) {
    const text = album.map((part) => part.text).filter(Boolean).join("\n");
    openMenu(x, y, [
      { label: t("reply"), icon: "reply", act: () => composer.reply(message) },
      text && { label: t("copy"), icon: "copy", act: () => copy(text) },
      canEdit(message) && { label: t("edit"), icon: "edit", act: () => composer.edit(message) },
      { label: t("forward"), icon: "forward", act: () => attempt(forward(id, message.message_id)) },
    ].filter(Boolean), t("message-menu"));
  }

  async function copy(text) {
    await attempt(navigator.clipboard.writeText(text).then(() => note(t("copied"))));
  }

  function chatMenu() {
    const box = menuButton.getBoundingClientRect();
    const blocked = store.people.get(id)?.blocked;
    openMenu(box.right - 240, box.bottom + 4, [
      { label: t("open-start-link"), icon: "chain", act: () => openStartLink(element, (payload) => startFrom(id, payload, messages.element)) },
      blocked
        ? { label: t("unblock"), icon: "block", act: () => attempt(unblock(id)) }
        : { label: t("block"), icon: "block", danger: true, act: () => attempt(block(id)) },
      ...shell.extraMenu(id),
    ], t("chat-menu"));
  }

  function renderHead() {
    const person = store.people.get(id);
    if (!person) return;
    const chat = store.chat(id);
    const typing = chat.typingUntil > Date.now();
    updateAvatar(face, person);
    setText(name, store.name(id));
    const words = !store.online ? t("connecting")
      : person.blocked ? t("blocked-state")
        : !store.botConnected ? t("bot-away")
          : typing ? t("bot-typing", { bot: store.botName })
            : person.note || t("chat-with", { bot: store.botName });
    setText(state, words);
    state.classList.toggle("active", store.online && typing);
    element.classList.toggle("offline", !store.online);
    besideButton.hidden = !shell.hasRoom();
    const elsewhere = store.unreadElsewhere(id);
    setText(backBadge, elsewhere ? String(elsewhere) : "");
    back.setAttribute("aria-label", elsewhere ? `${t("chat-back")}, ${t("person-unread", { count: elsewhere })}` : t("chat-back"));
    strip.render();
  }

  function render() {
    renderHead();
    composer.render();
    messages.render();
  }

  const soon = oncePerFrame(render);
  const unsubscribe = [`chat:${id}`, "connection", "people", "time"].map((topic) => store.on(topic, soon));
  store.watched.add(id);
  render();
  if (store.online) store.load(id).catch(() => store.lost());

  return {
    id, element,
    update: soon,
    focus: () => composer.focus(),
    send: (text) => composer.send(text),
    destroy() {
      unsubscribe.forEach((stop) => stop());
      messages.destroy();
      store.watched.delete(id);
      element.remove();
    },
  };
}
