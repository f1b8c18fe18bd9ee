// The server makes `html` from message entities and escapes the rest. This page trusts nobody: only these elements, with
// only these attributes, get through; anything else becomes its own text.

const ALLOWED = new Set([
  "B", "STRONG", "I", "EM", "U", "INS", "S", "STRIKE", "DEL", "CODE", "PRE", "A", "BR", "BLOCKQUOTE", "SPAN", "TG-SPOILER",
]);
const SAFE_LINK = /^(https?:|tg:|mailto:|tel:)/i;
const LITERAL = new Set(["A", "CODE", "PRE"]); // commands are not looked for inside these
const COMMAND = /(?<![\p{L}\d_/<>@])\/[a-z\d_]{1,64}(?![\p{L}\d_/])/giu;

/**
 * Turn the server's `html` into a fragment that is safe to insert. A press on a link calls `onLink(href, event)`, on a
 * command in the text `onCommand("/menu")`.
 */
export function safeFragment(html, handlers = {}) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const fragment = document.createDocumentFragment();
  copyChildren(parsed.body, fragment, handlers, false);
  return fragment;
}

function copyChildren(from, to, handlers, literal) {
  for (const node of from.childNodes) {
    if (node.nodeType === Node.TEXT_NODE) {
      // A quote is a block: the line break that ends it is not one more empty line.
      const data = node.previousSibling?.nodeName === "BLOCKQUOTE" ? node.data.replace(/^\n/, "") : node.data;
      appendText(to, data, handlers, literal);
    } else if (node.nodeType === Node.ELEMENT_NODE) copyElement(node, to, handlers, literal);
  }
}

function copyElement(node, to, handlers, literal) {
  if (/^(script|style|template)$/i.test(node.tagName)) return; // in SVG their names are in small letters
  if (!ALLOWED.has(node.tagName)) {
    copyChildren(node, to, handlers, literal);
    return;
  }
  const copy = makeElement(node, handlers);
  copyChildren(node, copy, handlers, literal || LITERAL.has(node.tagName));
  to.append(copy);
}

function makeElement(node, handlers) {
  if (node.tagName === "A") return link(node.getAttribute("href") ?? "", handlers);
  if (node.tagName === "TG-SPOILER" || (node.tagName === "SPAN" && node.classList.contains("tg-spoiler"))) return spoiler();
  const copy = document.createElement(node.tagName);
  if (node.tagName === "BLOCKQUOTE" && node.hasAttribute("expandable")) expandable(copy);
  return copy;
}

function link(href, { onLink }) {
  const anchor = document.createElement("a");
  if (!SAFE_LINK.test(href)) return anchor;
  anchor.href = href;
  anchor.target = "_blank";
  anchor.rel = "noopener noreferrer";
  if (onLink) anchor.addEventListener("click", (event) => onLink(href, event));
  return anchor;
}

function spoiler() {
  const hidden = document.createElement("span");
  hidden.className = "spoiler";
  hidden.tabIndex = 0;
  const reveal = (event) => {
    if (!hidden.classList.contains("revealed")) event.preventDefault();
    hidden.classList.add("revealed");
  };
  hidden.addEventListener("click", reveal);
  hidden.addEventListener("keydown", (event) => event.key === "Enter" && reveal(event));
  return hidden;
}

function expandable(quote) {
  quote.className = "expandable";
  quote.tabIndex = 0;
  const toggle = () => quote.classList.toggle("expanded");
  quote.addEventListener("click", toggle);
  quote.addEventListener("keydown", (event) => event.key === "Enter" && toggle());
}

function appendText(to, text, handlers, literal) {
  let end = 0;
  for (const match of literal ? [] : text.matchAll(COMMAND)) {
    to.append(text.slice(end, match.index), commandButton(match[0], handlers));
    end = match.index + match[0].length;
  }
  to.append(text.slice(end));
}

function commandButton(command, { onCommand }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "command-link";
  button.textContent = command;
  button.addEventListener("click", () => onCommand?.(command));
  return button;
}
