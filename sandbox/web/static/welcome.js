// What stands where chats will be, until somebody is chosen.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { accessibleName } from "./people.js";
import { store } from "./store.js";

const MOST_CARDS = 6;

/** Draw the welcome into `element`; `open(ids)` opens people side by side, `capacity` is how many fit. */
export function drawWelcome(element, open, capacity) {
  const pinned = [...store.people.values()].filter((person) => person.pinned).slice(0, MOST_CARDS);
  element.replaceChildren(...(store.synced ? [
    h("h2", {}, t("welcome-title")),
    h("p", {}, t("welcome-text", { bot: store.botName })),
    pinned.length > 0
      ? h("div", { class: "welcome-cards" }, pinned.map((person) => h("button", {
        type: "button", class: "welcome-card", "aria-label": accessibleName(person), onclick: () => open([person.id]),
      }, avatar(person, "large"), h("b", {}, store.name(person.id)), h("span", {}, person.note))))
      : h("p", {}, t("welcome-empty")),
    pinned.length > 2 && capacity > 2 && h("button", {
      type: "button", class: "welcome-together", onclick: () => open(pinned.slice(0, 3).map((person) => person.id)),
    }, t("welcome-together")),
  ].filter(Boolean) : [h("p", {}, t("connecting"))]));
}
