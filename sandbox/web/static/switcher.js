// A strip of faces above a chat on a phone: one tap changes the person, as tabs do.

import { avatar, updateAvatar } from "./avatar.js";
import { h, reconcile, setText } from "./dom.js";
import { t } from "./i18n.js";
import { accessibleName } from "./people.js";
import { store } from "./store.js";

const MOST_FACES = 12;

/** People at hand: the pinned ones, those visited, and whoever has something unread. */
function atHand(id, visited) {
  const chosen = [...store.people.values()].filter((person) => person.id === id || person.pinned || person.unread || visited.has(person.id));
  return chosen.slice(0, MOST_FACES);
}

export function createSwitcher(id, visited, open) {
  const element = h("div", { class: "switcher", role: "group", "aria-label": t("chat-switch") });
  let lastWidth = 0;

  function render() {
    const people = atHand(id, visited);
    element.hidden = people.length < 2;
    reconcile(element, people.map((person) => ({
      key: String(person.id),
      version: [],
      build: () => h("button", { type: "button", class: "face", onclick: () => person.id !== id && open(person.id) },
        avatar(person, "small"), h("span", { class: "face-name" }), h("span", { class: "badge" })),
      update: (node) => {
        updateAvatar(node.querySelector(".avatar"), person);
        setText(node.querySelector(".face-name"), person.first_name);
        setText(node.querySelector(".badge"), person.unread && person.id !== id ? String(person.unread) : "");
        node.setAttribute("aria-label", accessibleName(person));
        node.classList.toggle("current", person.id === id);
        if (person.id === id) node.setAttribute("aria-current", "true");
      },
    })));
    if (element.clientWidth !== lastWidth) {
      lastWidth = element.clientWidth;
      const current = element.querySelector(".current");
      if (current) element.scrollLeft = current.offsetLeft - (element.clientWidth - current.offsetWidth) / 2;
    }
  }

  return { element, render };
}
