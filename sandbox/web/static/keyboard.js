// Inline keyboards under a bubble and reply keyboards above the input.

import { isSpinning } from "./actions.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** The keyboard under `message`; `presses.js` hears its buttons. */
export function inlineKeyboard(message) {
  return h("div", { class: "inline-keyboard", role: "group", "aria-label": t("keyboard-inline") },
    message.keyboard.map((row, rowIndex) => h("div", { class: "keyboard-row" },
      row.map((button, columnIndex) => h("button", {
        type: "button", class: `inline-button kind-${button.kind}`, title: button.text,
        data: { message: message.message_id, row: rowIndex, column: columnIndex },
      }, h("span", { class: "label" }, button.text), button.url && icon("link"), h("span", { class: "spinner", "aria-hidden": "true" }))))));
}

/** Show which buttons of `message` wait for the bot. */
export function updateInlineKeyboard(element, chat, message) {
  for (const button of element.querySelectorAll(".inline-button")) {
    const busy = isSpinning(chat, message.message_id, Number(button.dataset.row), Number(button.dataset.column));
    button.classList.toggle("busy", busy);
    if (busy) button.setAttribute("aria-busy", "true");
    else button.removeAttribute("aria-busy");
  }
}

/** The words of a reply keyboard's button, which the server gives as a string or as Telegram's object. */
const label = (button) => (typeof button === "string" ? button : button.text);

/** The keyboard that stands above the input; `press(label, button)` sends a button's words, or the number that it asks for. */
export function replyKeyboard(keyboard, press) {
  return h("div", { class: "reply-keyboard", role: "group", "aria-label": t("keyboard-reply") },
    keyboard.rows.map((row) => h("div", { class: "keyboard-row" },
      row.map((button) => h("button", { type: "button", class: "reply-button", onclick: () => press(label(button), button) },
        h("span", { class: "label" }, label(button)))))));
}
