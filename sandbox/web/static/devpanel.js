// What the bot asked of Telegram, for developers: method, time, result; failures and the bot's faults in red.

import { h, oncePerFrame, reconcile, setText } from "./dom.js";
import { formatSeconds, t } from "./i18n.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

const KEPT_AS = "developer-panel";

function remembered() {
  try {
    return localStorage.getItem(KEPT_AS) === "open";
  } catch {
    return false; // the browser keeps nothing for this page
  }
}

function remember(open) {
  try {
    localStorage.setItem(KEPT_AS, open ? "open" : "closed");
  } catch {
    // the browser keeps nothing for this page: the panel is closed next time
  }
}

/** Make the panel and the button that toggles it; `onToggle` runs when the page has to make or take back room. */
export function createDevPanel(onToggle) {
  const list = h("ol", { class: "call-list", "aria-label": t("developer") });
  const empty = h("p", { class: "call-empty" }, t("developer-empty"));
  const failedOnly = h("input", { type: "checkbox", onchange: () => render() });
  const close = h("button", { type: "button", class: "round-button", "aria-label": t("close"), onclick: () => toggle(false) }, icon("close"));
  const clear = h("button", {
    type: "button", class: "round-button", "aria-label": t("developer-clear"), title: t("developer-clear"), onclick: () => store.clearCalls(),
  }, icon("trash"));
  const element = h("aside", { class: "dev-panel", "aria-label": t("developer"), hidden: true },
    h("header", { class: "dev-head" }, h("h2", {}, t("developer")), clear, close),
    h("label", { class: "check dev-filter" }, failedOnly, t("developer-failed-only")), empty, list);
  const badge = h("span", { class: "badge bad" });
  const button = h("button", {
    type: "button", class: "bar-button dev-button", "aria-label": t("developer"), title: t("developer"), "aria-expanded": "false",
    onclick: () => toggle(element.hidden),
  }, icon("code"), badge);

  function toggle(open) {
    element.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
    remember(open);
    render();
    onToggle();
    if (store.online) fetchEntries().catch(() => store.lost());
  }

  /** A closed panel needs the number of faults only: the list of calls may be long. */
  const fetchEntries = () => (element.hidden ? store.loadFaults() : store.loadCalls());

  function render() {
    setText(badge, store.faults.length ? String(store.faults.length) : "");
    const words = t("developer");
    button.setAttribute("aria-label", store.faults.length ? `${words}, ${t("developer-faults", { count: store.faults.length })}` : words);
    if (element.hidden) return;
    const shown = store.calls.filter((entry) => !failedOnly.checked || entry.fault || !entry.ok);
    empty.hidden = shown.length > 0;
    reconcile(list, shown.toReversed().map((entry) => ({ key: entry.key, version: [entry], build: () => row(entry) })));
  }

  const soon = oncePerFrame(render);
  store.on("calls", soon);
  store.on("people", soon);
  if (remembered()) {
    element.hidden = false;
    button.setAttribute("aria-expanded", "true");
  }
  return { element, button, toggle, fetchEntries, isOpen: () => !element.hidden };
}

function row(entry) {
  if (entry.fault) {
    return h("li", { class: "call failed" },
      h("div", { class: "call-line" }, icon("warning"), h("b", {}, t("developer-fault")), h("time", {}, formatSeconds(entry.at))),
      h("div", { class: "call-error" }, entry.text));
  }
  const who = entry.person_id && store.people.has(entry.person_id) ? store.name(entry.person_id) : null;
  return h("li", { class: entry.ok ? "call" : "call failed" },
    h("div", { class: "call-line" }, h("b", {}, entry.method), h("span", { class: "call-ms" }, `${Math.round(entry.ms * 10) / 10} ms`),
      h("time", {}, formatSeconds(entry.at))),
    who && h("div", { class: "call-who" }, who),
    entry.summary && h("div", { class: "call-summary" }, entry.summary),
    entry.error && h("div", { class: "call-error" }, entry.error));
}
