// Choosing files to send: what they are, how they go, what is written under them.

import { reason, sendFiles } from "./actions.js";
import { append, h } from "./dom.js";
import { formatSize, t } from "./i18n.js";
import { icon } from "./icons.js";
import { dialogButtons, openDialog } from "./overlay.js";

const PICTURES = ["image/jpeg", "image/png", "image/webp", "image/gif", "image/bmp"];
const isPicture = (file) => PICTURES.includes(file.type);
const isSound = (file) => file.type.startsWith("audio/") || /\.(ogg|oga|opus|mp3|m4a|wav)$/i.test(file.name);

/** The ways these files may be sent, the likeliest first. */
export function kindsFor(files) {
  const kinds = ["document"];
  if (files.length > 0 && files.every(isPicture)) kinds.unshift("photo");
  if (files.length === 1 && isSound(files[0])) kinds.unshift("voice");
  return kinds;
}

/** Show the files, let the visitor choose how to send them, and send; then `onSent` runs. `over` is the chat. */
export function offerFiles(id, chosen, over, caption, onSent) {
  let files = [...chosen];
  if (files.length === 0) return;
  const previews = h("ul", { class: "files" });
  const kinds = h("fieldset", { class: "files-kinds" });
  const wrong = h("p", { class: "field-error", role: "alert" });
  const words = h("input", {
    type: "text", class: "files-caption", value: caption, maxlength: 1024, placeholder: t("files-caption"), "aria-label": t("files-caption"),
    autocomplete: "off",
  });
  const form = h("form", { class: "form", onsubmit: send }, previews, kinds, words, wrong,
    dialogButtons(t("send"), () => dialog.close()));
  const dialog = openDialog({ title: t("files-send"), content: form, over, name: "files-dialog" });
  const pictures = new Map(files.filter(isPicture).map((file) => [file, URL.createObjectURL(file)]));
  dialog.closed.then(() => pictures.forEach((address) => URL.revokeObjectURL(address)));
  draw();
  words.focus();

  function draw() {
    previews.replaceChildren(...files.map((file) => h("li", { class: "file" },
      pictures.has(file) ? h("img", { src: pictures.get(file), alt: "" }) : h("span", { class: "file-icon" }, icon("file")),
      h("span", { class: "file-lines" }, h("b", {}, file.name), h("small", {}, formatSize(file.size))),
      h("button", {
        type: "button", class: "round-button", "aria-label": t("files-remove", { name: file.name }), onclick: () => remove(file),
      }, icon("close")))));
    const before = new FormData(form).get("kind");
    const possible = kindsFor(files);
    const selected = possible.includes(before) ? before : possible[0];
    kinds.replaceChildren(h("legend", {}, t("files-kind")));
    append(kinds, possible.map((kind) => h("label", { class: "choice" },
      h("input", { type: "radio", name: "kind", value: kind, checked: kind === selected }), h("span", {}, t(`files-${kind}`)))));
  }

  function remove(file) {
    files = files.filter((other) => other !== file);
    if (files.length === 0) dialog.close();
    else draw();
  }

  async function send(event) {
    event.preventDefault();
    const button = form.querySelector("[type=submit]");
    button.disabled = true;
    try {
      await sendFiles(id, files, words.value, new FormData(form).get("kind"));
      dialog.close();
      onSent();
    } catch (error) {
      wrong.textContent = t("not-sent", { reason: reason(error) });
      button.disabled = false;
    }
  }
}

/** Files that are dropped on `element` are offered for sending. */
export function acceptDrops(element, take) {
  const curtain = h("div", { class: "drop-curtain", hidden: true }, t("files-drop"));
  element.append(curtain);
  const bears = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  element.addEventListener("dragover", (event) => {
    if (!bears(event)) return;
    event.preventDefault();
    curtain.hidden = false;
  });
  element.addEventListener("dragleave", (event) => {
    if (!element.contains(event.relatedTarget)) curtain.hidden = true;
  });
  element.addEventListener("drop", (event) => {
    curtain.hidden = true;
    if (!bears(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
}
