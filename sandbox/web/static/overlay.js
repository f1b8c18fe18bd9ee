// What lies over the page: modal dialogs, alerts, menus and toasts.

import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

/**
 * Show a modal window named `title` with `content` (nodes) and `buttons` (nodes). With `over` (an element) it stands above
 * that element. Answers `{element, close, closed}`; Escape and a press on the backdrop close it too.
 */
export function openDialog({ title, content, buttons = [], over = null, name = "", role = null, showTitle = true }) {
  const heading = h("h2", { class: showTitle ? "dialog-title" : "visually-hidden" }, title);
  const element = h("dialog", { class: `dialog ${name}`, role, "aria-label": title },
    heading, h("div", { class: "dialog-content" }, content), buttons.length > 0 && h("div", { class: "dialog-buttons" }, buttons));
  document.body.append(element);
  const closed = new Promise((resolve) => {
    element.addEventListener("close", () => {
      element.remove();
      resolve();
    });
  });
  const close = () => element.close();
  let pressedOutside = false;
  element.addEventListener("pointerdown", (event) => (pressedOutside = event.target === element));
  element.addEventListener("click", (event) => pressedOutside && event.target === element && close());
  element.showModal();
  if (over) placeOver(element, over);
  return { element, close, closed };
}

function placeOver(dialog, over) {
  const box = over.getBoundingClientRect();
  dialog.style.setProperty("--over-left", `${box.left}px`);
  dialog.style.setProperty("--over-width", `${box.width}px`);
  dialog.classList.add("dialog-over");
}

/** The bot's alert: it stays till the person presses OK. */
export function showAlert(text, over, botName) {
  const ok = h("button", { type: "button", class: "dialog-button primary", onclick: () => dialog.close() }, t("ok"));
  const dialog = openDialog({
    title: botName, content: h("p", { class: "alert-text" }, text), buttons: [ok], over, name: "alert", role: "alertdialog",
  });
  ok.focus();
  return dialog.closed;
}

/** Ask for one line of text; answers it, or null when cancelled. `check(text)` gives words for what is wrong, or null. */
export function askText({ title, label, submit, over, check }) {
  const input = h("input", { type: "text", "aria-label": label, placeholder: label, autocomplete: "off", required: true });
  const wrong = h("p", { class: "field-error", role: "alert" });
  let answer = null;
  const form = h("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const problem = check(input.value.trim());
      wrong.textContent = problem ?? "";
      if (problem) return;
      answer = input.value.trim();
      dialog.close();
    },
  }, input, wrong, dialogButtons(submit, () => dialog.close()));
  const dialog = openDialog({ title, content: form, over });
  input.focus();
  return dialog.closed.then(() => answer);
}

/** «Отмена» and the submitting button of a form in a dialog. */
export function dialogButtons(submit, onCancel) {
  return h("div", { class: "dialog-buttons" },
    h("button", { type: "button", class: "dialog-button", onclick: onCancel }, t("cancel")),
    h("button", { type: "submit", class: "dialog-button primary" }, submit));
}

/**
 * A menu of `items` (`{label, icon, act, danger}`) at a point of the window. Arrows walk, Escape closes, and the focus
 * goes back to where it was.
 */
export function openMenu(x, y, items, label) {
  document.querySelector(".menu-backdrop")?.remove();
  const before = document.activeElement;
  const backdrop = h("div", { class: "menu-backdrop" });
  const close = () => {
    backdrop.remove();
    if (document.activeElement === document.body) before?.focus?.({ preventScroll: true });
  };
  const menu = h("div", { class: "menu", role: "menu", "aria-label": label }, items.map((item) =>
    h("button", {
      type: "button", role: "menuitem", class: item.danger ? "menu-item danger" : "menu-item",
      onclick: () => {
        close();
        item.act();
      },
    }, item.icon && icon(item.icon), h("span", {}, item.label))));
  backdrop.append(menu);
  backdrop.addEventListener("pointerdown", (event) => event.target === backdrop && close());
  backdrop.addEventListener("contextmenu", (event) => event.preventDefault());
  menu.addEventListener("keydown", (event) => walkMenu(event, menu, close));
  document.body.append(backdrop);
  const box = menu.getBoundingClientRect();
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - box.width - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - box.height - 8))}px`;
  menu.firstElementChild?.focus({ preventScroll: true });
}

function walkMenu(event, menu, close) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    event.preventDefault();
    const items = [...menu.children];
    const at = items.indexOf(document.activeElement);
    items[(at + step + items.length) % items.length].focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
  }
}

/** A notification that goes away by itself, inside `host` (a chat or the page). */
export function toast(host, text, { bad = false } = {}) {
  let shelf = host.querySelector(":scope > .toasts");
  if (!shelf) {
    shelf = h("div", { class: "toasts", role: "status", "aria-live": "polite" });
    host.append(shelf);
  }
  const note = h("div", { class: bad ? "toast bad" : "toast" }, text);
  shelf.replaceChildren(note);
  setTimeout(() => note.classList.add("going"), 3600 + text.length * 30);
  setTimeout(() => note.remove(), 4000 + text.length * 30);
}
