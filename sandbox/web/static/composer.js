// The bottom of a chat: input, attachments, reply buttons, commands; or START, or «Разблокировать».

import { editText, reason, sendStart, sendText, shareContact, unblock } from "./actions.js";
import { offerFiles } from "./attach.js";
import { createCommands } from "./commands.js";
import { draftOf, keepDraft } from "./drafts.js";
import { h, setText } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";
import { replyKeyboard } from "./keyboard.js";
import { toast } from "./overlay.js";
import { preview } from "./people.js";
import { store } from "./store.js";

const TYPED_COMMAND = /^\/\w*$/;
// On a touch screen Enter begins a new line, as in Telegram on a phone; the button sends.
const byTouch = matchMedia("(pointer: coarse)");
const growsByStyle = CSS.supports("field-sizing", "content");

/** Make the composer of person `id`; `pane` is their chat's element, `messages` the list above. */
export function createComposer(id, pane, messages) {
  let mode = null; // {kind: "reply" | "edit", message}
  let keyboardShown = null; // the reply keyboard on the screen now
  let keyboardHidden = false;

  const input = h("textarea", {
    class: "input", rows: 1, placeholder: t("message"), "aria-label": t("message"), autocomplete: "off",
    "aria-autocomplete": "list", "aria-controls": `commands-${id}`,
  });
  const commands = createCommands(id, input, (command) => {
    setInput("");
    send(command);
  });
  const picker = h("input", {
    type: "file", multiple: true, class: "visually-hidden", tabindex: "-1", "aria-label": t("files"),
    onchange: () => {
      offer(picker.files);
      picker.value = "";
    },
  });
  const tool = (name, label, act, extra = "") =>
    h("button", { type: "button", class: `tool ${extra}`, "aria-label": label, title: label, onclick: act }, icon(name));
  const menuButton = h("button", {
    type: "button", class: "menu-button", "aria-label": t("commands"), title: t("commands"),
    onclick: () => (commands.isOpen() ? commands.close() : commands.open("/")),
    onpointerdown: (event) => event.preventDefault(),
  }, icon("list"));
  const keyboardButton = tool("keyboard", t("keyboard-hide"), toggleKeyboard, "keyboard-toggle");
  const sendButton = tool("send", t("send"), () => submit(), "send");
  const modeTitle = h("b", {});
  const modeText = h("span", {});
  const modeBar = h("div", { class: "mode-bar", hidden: true },
    h("span", { class: "mode-icon" }), h("span", { class: "mode-lines" }, modeTitle, modeText),
    tool("close", t("cancel"), () => setMode(null)));
  const buttons = h("div", { class: "reply-place" });
  const row = h("div", { class: "composer-row" }, menuButton, input, keyboardButton,
    tool("attach", t("attach"), () => picker.click()), sendButton, picker);
  const wide = h("button", { type: "button", class: "wide-button", onclick: pressWide });
  const element = h("footer", { class: "composer" }, commands.element, modeBar, row, wide, buttons);

  input.value = draftOf(id);
  input.addEventListener("input", typed);
  input.addEventListener("keydown", pressed);
  input.addEventListener("blur", () => setTimeout(commands.close, 150)); // after a press on the list has been served
  input.addEventListener("paste", (event) => {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    offer(event.clipboardData.files);
  });

  function typed() {
    grow();
    if (mode?.kind !== "edit") keepDraft(id, input.value);
    if (TYPED_COMMAND.test(input.value)) commands.open(input.value);
    else commands.close();
    element.classList.toggle("has-text", input.value.trim() !== "");
  }

  /** Where the style sheet cannot let the input grow with its text, measure it; a hidden one has no height to measure. */
  function grow() {
    if (growsByStyle || input.offsetParent === null) return;
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 200)}px`;
  }

  function setInput(text) {
    input.value = text;
    typed();
  }

  function pressed(event) {
    if (event.isComposing || commands.onKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey && (!byTouch.matches || event.ctrlKey)) {
      event.preventDefault();
      submit();
    } else if (event.key === "Escape" && mode) {
      event.stopPropagation();
      setMode(null);
    } else if (event.key === "ArrowUp" && input.value === "") {
      const last = store.chat(id).messages.findLast((message) => message.from_me && canEdit(message));
      if (!last) return;
      event.preventDefault();
      setMode({ kind: "edit", message: last });
    }
  }

  async function submit() {
    const text = input.value.trim();
    commands.close();
    if (!text) return;
    const { kind, message } = mode ?? {};
    setMode(null); // leaving an edit brings the draft back
    if (kind !== "edit") setInput("");
    input.focus();
    if (kind === "edit") await attempt(() => editText(id, message.message_id, text), text, { kind, message });
    else await send(text, kind === "reply" ? message : null);
  }

  async function send(text, replyTo = null) {
    messages.scrollToEnd();
    const before = replyTo && { kind: "reply", message: replyTo };
    await attempt(() => sendText(id, text, replyTo?.message_id ?? null), text, before);
  }

  async function pressReply(text, button) {
    if (!button.request_contact) return send(text);
    messages.scrollToEnd();
    try {
      await shareContact(id);
    } catch (error) {
      toast(messages.element, t("not-sent", { reason: reason(error) }), { bad: true });
    }
  }

  /** Do it; when it fails, what was typed comes back and nothing is lost. */
  async function attempt(work, text, before) {
    try {
      await work();
    } catch (error) {
      toast(messages.element, t("not-sent", { reason: reason(error) }), { bad: true });
      if (before) setMode(before);
      setInput(input.value && before?.kind !== "edit" ? `${text}\n${input.value}` : text);
    }
  }

  async function pressWide() {
    messages.scrollToEnd();
    try {
      if (store.people.get(id).blocked) await unblock(id);
      else await sendStart(id, "");
    } catch (error) {
      toast(messages.element, t("failed", { reason: reason(error) }), { bad: true });
    }
  }

  function offer(files) {
    const caption = mode?.kind === "edit" ? "" : input.value;
    offerFiles(id, files, pane, caption, () => {
      if (mode?.kind !== "edit") setInput("");
      messages.scrollToEnd();
    });
  }

  function setMode(next) {
    const leavesEdit = mode?.kind === "edit" && next?.kind !== "edit";
    mode = next;
    modeBar.hidden = !mode;
    sendButton.setAttribute("aria-label", t(mode?.kind === "edit" ? "edit-save" : "send"));
    if (leavesEdit) setInput(draftOf(id));
    if (!mode) return;
    const edits = mode.kind === "edit";
    modeBar.firstChild.replaceChildren(icon(edits ? "edit" : "reply"));
    setText(modeTitle, edits ? t("editing") : t("reply-to", { name: mode.message.from_me ? store.name(id) : store.botName }));
    setText(modeText, preview(mode.message));
    if (edits) {
      input.value = mode.message.text;
      typed();
    }
    input.focus();
  }

  function toggleKeyboard() {
    keyboardHidden = !keyboardHidden;
    render();
  }

  function render() {
    const chat = store.chat(id);
    const person = store.people.get(id);
    const blocked = Boolean(person?.blocked);
    const fresh = chat.loaded && chat.messages.length === 0;
    wide.hidden = !(blocked || fresh);
    row.hidden = !wide.hidden;
    setText(wide, blocked ? t("unblock") : t("start"));
    wide.classList.toggle("start", !blocked);
    const keyboard = wide.hidden ? chat.replyKeyboard : null;
    if (keyboard !== keyboardShown) {
      if (JSON.stringify(keyboard) !== JSON.stringify(keyboardShown)) {
        keyboardHidden = false;
        buttons.replaceChildren(...(keyboard ? [replyKeyboard(keyboard, pressReply)] : []));
      }
      keyboardShown = keyboard;
    }
    buttons.hidden = !keyboard || keyboardHidden;
    keyboardButton.hidden = !keyboard;
    keyboardButton.setAttribute("aria-label", t(keyboardHidden ? "keyboard-show" : "keyboard-hide"));
    keyboardButton.setAttribute("aria-pressed", String(!keyboardHidden));
    grow();
    input.placeholder = keyboard?.input_field_placeholder || t("message");
  }

  typed();
  commands.close();
  return {
    element, render, offer, send,
    reply: (message) => setMode({ kind: "reply", message }),
    edit: (message) => setMode({ kind: "edit", message }),
    focus: () => !byTouch.matches && input.focus({ preventScroll: true }),
  };
}

/** People edit their own texts and captions only; what was forwarded is not theirs. */
export function canEdit(message) {
  return message.from_me && !message.forward && Boolean(message.text);
}
