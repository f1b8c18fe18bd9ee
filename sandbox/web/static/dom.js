// The smallest helpers for making and keeping elements. Everything people typed enters as text nodes, never as markup.

/**
 * Make an element. `attributes`: `class`, `on…` (listener), `data` (dataset), `style` (properties), DOM booleans, the rest
 * as attributes; null, undefined and false are left out. Children: nodes, strings, arrays; null and false are left out.
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  append(element, children);
  return element;
}

function setAttribute(element, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name === "class") element.className = value;
  else if (name === "data") Object.assign(element.dataset, value);
  else if (name === "style") for (const [key, part] of Object.entries(value)) element.style.setProperty(key, part);
  else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
  else element.setAttribute(name, value === true ? "" : String(value));
}

export function append(element, children) {
  for (const child of children.flat(3)) {
    if (child !== null && child !== undefined && child !== false) element.append(child);
  }
}

/** Set `textContent` only when it differs, so that live regions and selections are left in peace. */
export function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

const versions = new WeakMap();

/**
 * Make the children of `parent` match `entries` (`{key, version, build, update}`) in order. An element is built anew only
 * when its `version` (a list compared item by item) changed; `update(element)` runs each time for what may change in place.
 */
export function reconcile(parent, entries) {
  const old = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = new Map(entries.map((entry) => [entry.key, entry]));
  // What goes, goes first: whatever stays need not be moved past it, which would break off a press and play its entrance again.
  for (const [key, element] of old) {
    const entry = wanted.get(key);
    if (entry && same(versions.get(element), entry.version)) continue;
    old.delete(key);
    element.remove();
  }
  let cursor = parent.firstElementChild;
  for (const { key, version, build, update } of entries) {
    let element = old.get(key);
    if (!element) {
      element = build(element);
      element.dataset.key = key;
      versions.set(element, version);
    }
    update?.(element);
    if (cursor === element) cursor = cursor.nextElementSibling;
    else parent.insertBefore(element, cursor);
  }
}

function same(one, other) {
  return one !== undefined && one.length === other.length && one.every((item, index) => item === other[index]);
}

/** Run `work` once in the next frame however often it is asked for; in a hidden tab, where frames stand still, soon anyway. */
export function oncePerFrame(work) {
  let asked = false;
  return () => {
    if (asked) return;
    asked = true;
    const run = () => {
      asked = false;
      work();
    };
    if (document.hidden) setTimeout(run, 50);
    else requestAnimationFrame(run);
  };
}

/** Call `open(x, y)` on a right click, a long press or the keyboard's menu key. */
export function onContextMenu(element, open) {
  let timer = 0;
  let swallow = false; // the press that opened the menu must not press what lies under the finger as well
  const cancel = () => clearTimeout(timer);
  element.addEventListener("contextmenu", (event) => {
    cancel();
    if (event.target.closest("input, textarea")) return;
    event.preventDefault();
    const keyboard = event.clientX === 0 && event.clientY === 0;
    const box = element.getBoundingClientRect();
    open(keyboard ? box.left + 24 : event.clientX, keyboard ? box.top + 24 : event.clientY, event);
  });
  element.addEventListener("touchstart", (event) => {
    cancel();
    swallow = false;
    const touch = event.touches[0];
    // iOS sends no contextmenu event, so a long press is measured here; elsewhere whichever comes first wins.
    timer = setTimeout(() => {
      swallow = true;
      open(touch.clientX, touch.clientY, event);
    }, 550);
  }, { passive: true });
  element.addEventListener("click", (event) => {
    if (!swallow) return;
    swallow = false;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  for (const end of ["touchend", "touchmove", "touchcancel"]) element.addEventListener(end, cancel, { passive: true });
}
