// The list of the bot's commands: all of them from the menu button, or those that begin as what was typed.

import { api } from "./api.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";

/**
 * Make the list for person `id` above `input`. `choose(command)` sends one. Commands are asked for each time the list
 * opens: the bot may change them for this person at any moment.
 */
export function createCommands(id, input, choose) {
  const element = h("div", { class: "commands", role: "listbox", id: `commands-${id}`, "aria-label": t("commands"), hidden: true });
  let all = [];
  let shown = [];
  let chosen = 0;
  let wanted = 0;

  async function open(prefix) {
    wanted += 1;
    const ticket = wanted;
    if (element.hidden) {
      try {
        all = await api.commands(id);
      } catch {
        all = []; // no connection: the chat says so already, and the list tells that there is nothing to choose
      }
      if (ticket !== wanted) return;
    }
    shown = all.filter(({ command }) => `/${command}`.startsWith(prefix.toLowerCase()));
    chosen = Math.max(0, shown.findIndex(({ command }) => `/${command}` === prefix.toLowerCase()));
    if (shown.length === 0 && prefix !== "/") close();
    else draw();
  }

  function draw() {
    element.hidden = false;
    if (shown.length === 0) {
      element.replaceChildren(h("p", { class: "commands-none" }, t("commands-none")));
      return;
    }
    element.replaceChildren(...shown.map(({ command, description }, index) => h("div", {
      class: "command", role: "option", id: `command-${id}-${index}`, "aria-selected": String(index === chosen),
      onclick: () => pick(index),
      onpointerdown: (event) => event.preventDefault(), // the input keeps the focus
    }, h("b", {}, `/${command}`), h("span", {}, description))));
    input.setAttribute("aria-activedescendant", `command-${id}-${chosen}`);
    element.children[chosen].scrollIntoView({ block: "nearest" });
  }

  function pick(index) {
    const { command } = shown[index];
    close();
    choose(`/${command}`);
  }

  function close() {
    wanted += 1;
    chosen = 0;
    element.hidden = true;
    input.removeAttribute("aria-activedescendant");
  }

  /** Answers whether the key was for the list. */
  function onKey(event) {
    if (element.hidden) return false;
    if (event.key === "Escape") close();
    else if (shown.length === 0) return false;
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      chosen = (chosen + (event.key === "ArrowDown" ? 1 : -1) + shown.length) % shown.length;
      draw();
    } else if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) pick(chosen);
    else return false;
    event.preventDefault();
    return true;
  }

  return { element, open, close, onKey, isOpen: () => !element.hidden };
}
