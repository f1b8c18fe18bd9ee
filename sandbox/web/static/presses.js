// Presses of inline buttons. A press belongs to the button that the pointer went down on, also when the chat is drawn anew or moves
// before the pointer comes up: browsers fire no click then, and a person's press would be lost.

const STILL = 10; // pixels that a pointer may move between down and up
const CLICK_COMES = 80; // milliseconds after the pointer came up: on a touch screen the click is an event of its own
const SAME_PRESS = 1000; // a click that comes even later is no second press

/**
 * Call `press(place, element)` for every press of an `.inline-button` inside `list`: by a pointer, by the keyboard or by a script.
 * `place` is `{messageId, row, column, label}`. Gives a function that stops it.
 */
export function onPress(list, press) {
  let held = null; // where a pointer went down, until its click has come
  let caughtUp = null; // a place that was pressed without its click, and when

  const down = (event) => {
    const element = event.isPrimary && event.button === 0 ? event.target.closest(".inline-button") : null;
    held = element && { place: placeOf(element), element, x: event.clientX, y: event.clientY };
  };
  const forget = () => (held = null);
  const up = (event) => {
    const down = held;
    if (!down) return;
    if (Math.hypot(event.clientX - down.x, event.clientY - down.y) > STILL && event.target.closest?.(".inline-button") !== down.element) {
      forget();
      return;
    }
    setTimeout(() => {
      if (held !== down) return;
      held = null;
      caughtUp = { key: keyOf(down.place), at: performance.now() };
      press(down.place, down.element);
    }, CLICK_COMES);
  };
  const click = (event) => {
    const element = event.target.closest(".inline-button");
    if (!element) return;
    forget();
    const place = placeOf(element);
    if (caughtUp?.key === keyOf(place) && performance.now() - caughtUp.at < SAME_PRESS) return;
    press(place, element);
  };

  list.addEventListener("pointerdown", down);
  list.addEventListener("click", click);
  list.addEventListener("contextmenu", forget);
  window.addEventListener("pointerup", up, true);
  window.addEventListener("pointercancel", forget, true);
  return () => {
    window.removeEventListener("pointerup", up, true);
    window.removeEventListener("pointercancel", forget, true);
  };
}

function placeOf(element) {
  const { message, row, column } = element.dataset;
  return { messageId: Number(message), row: Number(row), column: Number(column), label: element.title };
}

const keyOf = (place) => `${place.messageId}:${place.row}:${place.column}`;
