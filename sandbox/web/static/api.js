// The only module that speaks to the server: the control API by fetch, its live events by server-sent events.

const BASE = new URL("control/", document.baseURI);

/** A refusal by the server (its own words in `message`) or no answer at all (`status` 0). */
export class ApiError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, { method = "GET", json, form } = {}) {
  const options = { method, body: form ?? (json === undefined ? undefined : JSON.stringify(json)) };
  if (json !== undefined) options.headers = { "Content-Type": "application/json" };
  let response;
  try {
    response = await fetch(new URL(path, BASE), options);
  } catch (error) {
    throw new ApiError(0, error.message);
  }
  const text = await response.text();
  const answer = parse(text);
  if (!response.ok) throw new ApiError(response.status, answer?.error ?? answer?.description ?? (text || response.statusText));
  return answer;
}

function parse(text) {
  try {
    return text === "" ? null : JSON.parse(text);
  } catch {
    return null; // not JSON, as an error page of a proxy: the caller falls back to the plain text
  }
}

const post = (path, json = {}) => request(path, { method: "POST", json });

export const api = {
  state: () => request("state"),
  messages: (id, { before, limit = 50 } = {}) =>
    request(`people/${id}/messages?limit=${limit}${before ? `&before=${before}` : ""}`),
  commands: (id) => request(`people/${id}/commands`),
  addPerson: (person) => post("people", person),
  text: (id, text, replyTo) => post(`people/${id}/text`, { text, reply_to: replyTo }),
  contact: (id) => post(`people/${id}/contact`),
  tap: (id, messageId, row, column) => post(`people/${id}/tap`, { message_id: messageId, row, column }),
  edit: (id, messageId, text) => post(`people/${id}/edit`, { message_id: messageId, text }),
  forward: (id, messageId) => post(`people/${id}/forward`, { message_id: messageId }),
  start: (id, payload) => post(`people/${id}/start`, { payload }),
  block: (id) => post(`people/${id}/block`),
  unblock: (id) => post(`people/${id}/unblock`),
  read: (id) => post(`people/${id}/read`),
  files(id, files, caption, kind) {
    const form = new FormData();
    for (const file of files) form.append("files", file, file.name);
    form.append("caption", caption);
    form.append("kind", kind);
    return request(`people/${id}/files`, { method: "POST", form });
  },
  fileUrl: (fileId) => new URL(`files/${encodeURIComponent(fileId)}`, BASE).href,
  calls: (after = 0) => request(`calls?after=${after}`),
  faults: () => request("faults"),
  moveTime: (seconds) => post("time", { advance_seconds: seconds }),
  resetTime: () => post("time", { reset: true }),
};

const RETRY_FIRST = 300;
const RETRY_MOST = 3000;

/**
 * Keep one stream of events open for ever. `onOpen` (async) runs on every connection and fetches what was missed; events
 * that arrive meanwhile wait for it. `onLost` runs when the connection breaks. The browser's own reconnection is not used:
 * it gives up for good when the server answers with an error while it restarts.
 */
export function listen({ onOpen, onEvent, onLost }) {
  let source = null;
  let timer = 0;
  let delay = RETRY_FIRST;

  const connect = () => {
    clearTimeout(timer);
    source?.close();
    const stream = new EventSource(new URL("events", BASE));
    source = stream;
    let waiting = [];
    const lost = () => {
      if (source !== stream) return;
      stream.close();
      source = null;
      onLost();
      timer = setTimeout(connect, delay);
      delay = Math.min(delay * 1.6, RETRY_MOST);
    };
    stream.onerror = lost;
    stream.onmessage = (message) => {
      const event = JSON.parse(message.data);
      if (waiting) waiting.push(event);
      else onEvent(event);
    };
    stream.onopen = async () => {
      try {
        await onOpen();
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        lost();
        return;
      }
      if (source !== stream) return;
      delay = RETRY_FIRST;
      const missed = waiting;
      waiting = null;
      missed.forEach(onEvent);
    };
  };

  const hurry = () => {
    if (source === null) connect();
  };
  window.addEventListener("online", hurry);
  document.addEventListener("visibilitychange", () => document.hidden || hurry());
  connect();
}
