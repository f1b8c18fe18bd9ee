// Links that start the bot (t.me/bot?start=…): a visitor chooses whose phone opens them.

import { reason, sendStart, startPayload } from "./actions.js";
import { t } from "./i18n.js";
import { askText, openMenu, toast } from "./overlay.js";
import { store } from "./store.js";

const MOST_OTHERS = 5;

/** Open the bot in the chat of person `id` with the payload of a link, as a press on such a link does. */
export async function startFrom(id, payload, pane) {
  try {
    await sendStart(id, payload);
  } catch (error) {
    toast(pane, t("failed", { reason: reason(error) }), { bad: true });
  }
}

/** Ask whose phone opens the link: this one, or one of the other people at hand. */
export function openLinkMenu(box, { id, payload, href, shell, pane }) {
  const others = [...store.people.values()].filter((person) => person.id !== id && (person.pinned || store.watched.has(person.id)));
  openMenu(box.left, box.bottom, [
    { label: t("open-here", { name: store.name(id) }), icon: "send", act: () => startFrom(id, payload, pane) },
    ...others.slice(0, MOST_OTHERS).map((person) => ({
      label: t("open-as", { name: store.name(person.id) }), icon: "people",
      act: () => {
        shell.openBeside(person.id);
        startFrom(person.id, payload, pane);
      },
    })),
    { label: t("copy-link"), icon: "copy", act: () => navigator.clipboard.writeText(href).then(() => toast(pane, t("copied"))) },
  ], t("open-start-link"));
}

/** Ask for a link or a bare code and call `open(payload)`. */
export async function openStartLink(pane, open) {
  const payloadOf = (text) => (/^[\w-]{1,64}$/.test(text) ? text : startPayload(text));
  const text = await askText({
    title: t("open-start-link"), label: t("start-link-label"), submit: t("start-link-open"), over: pane,
    check: (typed) => (payloadOf(typed) === null ? t("start-link-wrong", { username: store.bot.username }) : null),
  });
  if (text !== null) open(payloadOf(text));
}
