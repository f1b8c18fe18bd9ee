// Round pictures with initials, in the colours Telegram gives to people without a photo.

import { h, setText } from "./dom.js";

const COLOURS = 7;

export function initials(person) {
  const first = [...(person.first_name || person.username || "?").trim()][0] ?? "?";
  const last = [...(person.last_name ?? "").trim()][0] ?? "";
  return (first + last).toUpperCase();
}

/** An avatar of `person`; `updateAvatar` redraws it after a change of name. */
export function avatar(person, size = "") {
  const element = h("span", { class: `avatar ${size}`, "aria-hidden": "true" });
  updateAvatar(element, person);
  return element;
}

export function updateAvatar(element, person) {
  element.dataset.colour = String(Math.abs(person.id) % COLOURS);
  setText(element, initials(person));
}
