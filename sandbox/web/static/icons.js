// Line icons drawn for this page: no font and no file is loaded for them.

const STROKED = {
  search: "M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14M20.5 20.5 16 16",
  plus: "M12 5v14M5 12h14",
  back: "M20 12H4.5M11 5.5 4.5 12l6.5 6.5",
  close: "M6 6l12 12M18 6 6 18",
  attach: "m20.2 11.3-8.5 8.5a5.4 5.4 0 0 1-7.7-7.7l8.8-8.8a3.6 3.6 0 0 1 5.1 5.1l-8.8 8.8a1.8 1.8 0 0 1-2.5-2.5l8-8.1",
  down: "m6 9 6 6 6-6",
  reply: "M9.5 6 4 11.5 9.5 17M4 11.5h9.5a6.5 6.5 0 0 1 6.5 6.5",
  forward: "M14.5 6l5.5 5.5-5.5 5.5M20 11.5h-9.5A6.5 6.5 0 0 0 4 18",
  edit: "M4 20h4L19.5 8.5l-4-4L4 16zM13 7l4 4",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  beside: "M3.5 5h17v14h-17zM12 5v14",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M12 7.5V12l3.5 2",
  code: "m8 7-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17M6 6l12 12",
  check: "m5 12.5 4.5 4.5L19 7.5",
  checks: "m1.5 12.5 4.5 4.5L15 8M10.5 16l1 1 9.5-9.5",
  link: "M7 17 17 7M9.5 7H17v7.5",
  chain: "M10 14a4 4 0 0 0 6 .4l3-3a4.1 4.1 0 0 0-5.8-5.8L12 6.8M14 10a4 4 0 0 0-6-.4l-3 3a4.1 4.1 0 0 0 5.8 5.8L12 17.2",
  list: "M4 6.5h16M4 12h16M4 17.5h16",
  keyboard: "M3 6.5h18v11H3zM6.5 10h.01M10 10h.01M13.5 10h.01M17 10h.01M8 14h8",
  left: "m14.5 6-6 6 6 6",
  right: "m9.5 6 6 6-6 6",
  warning: "M12 4 2.5 20h19zM12 10v4.5M12 17.2v.1",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7M2.5 20a6.5 6.5 0 0 1 13 0M16 4.3a3.5 3.5 0 0 1 0 6.4M18 14.2a6.5 6.5 0 0 1 3.5 5.8",
  trash: "M5 7h14M10 7V4.5h4V7M7 7l1 13h8l1-13M10.5 11v5.5M13.5 11v5.5",
};

const FILLED = {
  more: "M12 7.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4m0 6.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4m0 6.5a2 2 0 1 1 0-4 2 2 0 0 1 0 4",
  send: "M3.3 20.4v-6.6L12.5 12 3.3 10.2V3.6c0-.6.6-1 1.2-.7l17 8.4a.8.8 0 0 1 0 1.4l-17 8.4a.8.8 0 0 1-1.2-.7",
  faster: "M3 5.8c0-.7.8-1.1 1.3-.6l6.7 6V5.8c0-.7.8-1.1 1.3-.6l7.4 6.2a.8.8 0 0 1 0 1.2l-7.4 6.2c-.5.5-1.3.1-1.3-.6v-5.4l-6.7 6c-.5.5-1.3.1-1.3-.6z",
  play: "M8 5.2v13.6c0 .6.7 1 1.2.6l10-6.8a.8.8 0 0 0 0-1.3l-10-6.7c-.5-.4-1.2 0-1.2.6",
  pause: "M7 5h3.8v14H7zM13.2 5H17v14h-3.8z",
  file: "M6 2.5h7.5L19 8v12.5c0 .6-.4 1-1 1H6a1 1 0 0 1-1-1v-17c0-.6.4-1 1-1m7 1.5v4.5h4.5z",
};

const SVG = "http://www.w3.org/2000/svg";

/** An `<svg>` with the named icon, hidden from assistive technology: its button carries the name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon", name in FILLED ? "icon-filled" : "icon-stroked");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", STROKED[name] ?? FILLED[name]);
  svg.append(path);
  return svg;
}
