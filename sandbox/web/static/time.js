// «⏩ время»: the clock of the bot and its world, moved ahead so that nobody waits for a reminder.

import { api } from "./api.js";
import { reason } from "./actions.js";
import { h, setText } from "./dom.js";
import { formatFull, formatSeconds, formatShort, formatSpan, t } from "./i18n.js";
import { icon } from "./icons.js";
import { openDialog } from "./overlay.js";
import { store } from "./store.js";

const UNITS = { minutes: 60, hours: 3600, days: 86_400 };

/** Seconds from `now` to the next day's 8:00 on this browser's clock. */
export function secondsToMorning(now) {
  const morning = new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1, 8, 0, 0);
  return Math.round((morning - now) / 1000);
}

/** The button that shows the bot's time and opens the control. */
export function createTimeButton() {
  const label = h("span", { class: "time-label" });
  const element = h("button", { type: "button", class: "bar-button time-button", onclick: openTime }, icon("faster"), label);
  const render = () => {
    const words = formatShort(store.now());
    setText(label, words);
    element.setAttribute("aria-label", `${t("time")}: ${words}`);
    element.title = store.shiftSeconds ? t("time-shifted", { shift: formatSpan(store.shiftSeconds) }) : t("time");
    element.classList.toggle("shifted", store.shiftSeconds !== 0);
  };
  store.on("time", render);
  setInterval(render, 5000);
  render();
  return element;
}

/** Open the control. It stays open: a day is often moved hour by hour. */
export function openTime() {
  const clock = h("output", { class: "time-now" });
  const day = h("p", { class: "time-day" });
  const shift = h("p", { class: "time-shift" });
  const wrong = h("p", { class: "field-error", role: "alert" });
  const amount = h("input", { type: "number", min: 1, max: 1000, value: 3, required: true, "aria-label": t("time-amount") });
  const unit = h("select", { "aria-label": t("time-unit") },
    Object.keys(UNITS).map((name) => h("option", { value: name, selected: name === "days" }, t(`time-${name}`))));
  const reset = button(t("time-reset"), () => api.resetTime(), "wide");
  const own = h("form", {
    class: "time-own",
    onsubmit: (event) => {
      event.preventDefault();
      attempt(() => api.moveTime(Number(amount.value) * UNITS[unit.value]));
    },
  }, amount, unit, h("button", { type: "submit", class: "time-step" }, t("time-move")));

  function button(label, act, extra = "") {
    return h("button", { type: "button", class: `time-step ${extra}`, onclick: () => attempt(act) }, label);
  }

  async function attempt(act) {
    wrong.textContent = "";
    try {
      const answer = await act();
      if (answer?.now) store.setTime(answer);
    } catch (error) {
      wrong.textContent = t("failed", { reason: reason(error) });
    }
  }

  function render() {
    setText(clock, formatSeconds(store.now()));
    setText(day, formatFull(store.now()));
    setText(shift, store.shiftSeconds ? t("time-shifted", { shift: formatSpan(store.shiftSeconds) }) : t("time-real"));
    reset.disabled = store.shiftSeconds === 0;
  }

  const dialog = openDialog({
    title: t("time"), name: "time-dialog",
    content: [
      clock, day, shift,
      h("div", { class: "time-steps" },
        button(t("time-hour"), () => api.moveTime(UNITS.hours)),
        button(t("time-day"), () => api.moveTime(UNITS.days)),
        button(t("time-morning"), () => api.moveTime(secondsToMorning(store.now())), "wide")),
      h("fieldset", { class: "time-own-box" }, h("legend", {}, t("time-own")), own),
      reset, wrong, h("p", { class: "time-why" }, t("time-why")),
    ],
    buttons: [h("button", { type: "button", class: "dialog-button primary", onclick: () => dialog.close() }, t("close"))],
  });
  const unsubscribe = store.on("time", render);
  const timer = setInterval(render, 500);
  dialog.closed.then(() => {
    unsubscribe();
    clearInterval(timer);
  });
  render();
}
