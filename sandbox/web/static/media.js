// Photos, albums, documents, voice and video inside bubbles, and the large view of a photo.

import { api } from "./api.js";
import { h } from "./dom.js";
import { formatDuration, formatSize, t } from "./i18n.js";
import { icon } from "./icons.js";
import { openDialog } from "./overlay.js";

/** The media of one message, or of an album (several messages). */
export function mediaOf(messages) {
  const kinds = new Set(messages.map((message) => message.media.kind));
  const pictures = [...kinds].every((kind) => kind === "photo" || kind === "video");
  if (pictures && messages.length > 1) return albumGrid(messages);
  return h("div", { class: "media-list" }, messages.map((message) => single(message, messages)));
}

function single(message, messages) {
  const { media } = message;
  if (media.kind === "photo") return photo(message, messages, true);
  if (media.kind === "video") return video(media);
  if (media.kind === "voice" || media.kind === "audio") return player(media);
  return documentRow(media);
}

function photo(message, messages, alone) {
  const { media } = message;
  const size = alone && media.width && media.height ? { "aspect-ratio": `${media.width} / ${media.height}` } : {};
  const width = alone && media.width && media.height ? { width: `${fitWidth(media)}px` } : {};
  return h("button", {
    type: "button", class: "photo", style: { ...size, ...width }, "aria-label": t("media-open"),
    onclick: () => lightbox(messages.filter((other) => other.media.kind === "photo"), message),
  }, h("img", { src: api.fileUrl(media.file_id), alt: message.text || t("media-photo"), draggable: "false" }));
}

/** Telegram keeps a photo within a box of its own and never makes it a sliver. */
function fitWidth({ width, height }) {
  const scale = Math.min(360 / width, 420 / height);
  return Math.max(160, Math.round(width * Math.min(scale, 1.6)));
}

function video(media) {
  const source = api.fileUrl(media.file_id);
  return h("video", { class: "video", src: source, controls: true, preload: "metadata", "aria-label": t("media-video") });
}

// How many pictures stand in each row of an album of 2 to 10, as Telegram lays them out.
const ROWS = { 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 2, 3, 3] };

function albumGrid(messages) {
  const cells = messages.map((message) => (message.media.kind === "video" ? video(message.media) : photo(message, messages, false)));
  const rows = (ROWS[cells.length] ?? [cells.length]).map((count) =>
    h("div", { class: "album-row", style: { "--cells": count } }, cells.splice(0, count)));
  return h("div", { class: "album" }, rows);
}

function documentRow(media) {
  const name = media.file_name || t("media-document");
  const extension = name.includes(".") ? name.split(".").at(-1).slice(0, 4).toLowerCase() : "";
  return h("a", {
    class: "document", href: api.fileUrl(media.file_id), download: name, "aria-label": t("media-download", { name }),
  },
  h("span", { class: "document-icon", data: { type: extension } }, extension || icon("file"), h("span", { class: "document-down" }, icon("download"))),
  h("span", { class: "document-lines" }, h("span", { class: "document-name" }, name),
    h("span", { class: "document-size" }, media.size ? formatSize(media.size) : "")));
}

let playing = null;

function player(media) {
  const audio = h("audio", { src: api.fileUrl(media.file_id), preload: "none" });
  const button = h("button", { type: "button", class: "player-button", "aria-label": t("media-play"), onclick: toggle }, icon("play"));
  const position = h("input", {
    type: "range", class: "player-position", min: 0, max: 1000, value: 0, "aria-label": t("media-position"),
    oninput: () => length() && (audio.currentTime = (Number(position.value) / 1000) * length()),
  });
  const time = h("span", { class: "player-time" }, formatDuration(media.duration));
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : media.duration);

  function toggle() {
    if (!audio.paused) {
      audio.pause();
      return;
    }
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    audio.play().catch(() => draw()); // the browser cannot play it: the button goes back, the file can be downloaded
  }

  function draw() {
    button.replaceChildren(icon(audio.paused ? "play" : "pause"));
    button.setAttribute("aria-label", t(audio.paused ? "media-play" : "media-pause"));
    const share = length() ? audio.currentTime / length() : 0;
    position.value = String(Math.round(share * 1000));
    position.style.setProperty("--played", `${share * 100}%`);
    time.textContent = formatDuration(audio.currentTime > 0 ? audio.currentTime : length());
  }

  for (const name of ["play", "pause", "timeupdate", "ended", "loadedmetadata"]) audio.addEventListener(name, draw);
  const name = media.file_name || `${media.kind}.ogg`;
  return h("div", { class: "player", role: "group", "aria-label": t(media.kind === "voice" ? "media-voice" : "media-audio") },
    button,
    h("span", { class: "player-lines" }, media.kind === "audio" && h("span", { class: "player-name" }, name), position, time),
    h("a", { class: "player-download", href: api.fileUrl(media.file_id), download: name, "aria-label": t("media-download", { name }) }, icon("download")),
    audio);
}

/** The large view: arrows walk through an album, Escape closes. */
function lightbox(messages, first) {
  let at = messages.indexOf(first);
  const picture = h("img", { class: "lightbox-picture" });
  const caption = h("p", { class: "lightbox-caption" });
  const save = h("a", { class: "round-button", "aria-label": t("media-download", { name: t("media-photo") }) }, icon("download"));
  const turn = (step) => {
    at = (at + step + messages.length) % messages.length;
    draw();
  };
  const arrow = (name, step, label) => messages.length > 1 &&
    h("button", { type: "button", class: `round-button lightbox-${name}`, "aria-label": label, onclick: () => turn(step) }, icon(name));
  function draw() {
    const { media, text } = messages[at];
    picture.src = save.href = api.fileUrl(media.file_id);
    picture.alt = text || t("media-photo");
    save.download = media.file_name || `photo-${messages[at].message_id}.jpg`;
    caption.textContent = text ?? "";
    caption.hidden = !text;
  }
  draw();
  const dialog = openDialog({
    title: t("media-photo"), showTitle: false, name: "lightbox",
    content: [
      h("div", { class: "lightbox-tools" }, save,
        h("button", { type: "button", class: "round-button", "aria-label": t("close"), onclick: () => dialog.close() }, icon("close"))),
      picture, caption, arrow("left", -1, t("media-previous")), arrow("right", 1, t("media-next")),
    ],
  });
  dialog.element.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") turn(-1);
    if (event.key === "ArrowRight") turn(1);
  });
  dialog.element.addEventListener("click", (event) => {
    if (!event.target.closest("button, a, .lightbox-picture, .lightbox-caption")) dialog.close();
  });
}
