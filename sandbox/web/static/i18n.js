// Words of the page in two languages, and dates as people say them. Russian when the browser (or ?lang=) asks for it.

const asked = new URLSearchParams(location.search).get("lang") ?? navigator.language;
const LANGUAGE = asked.toLowerCase().startsWith("ru") ? 0 : 1;
const LOCALE = ["ru-RU", "en-GB"][LANGUAGE];
document.documentElement.lang = ["ru", "en"][LANGUAGE];

// A list of four stands for plural forms: «one», «few», «many», other (English uses «one» and «other»).
const WORDS = {
  "connecting": ["соединение…", "connecting…"],
  "bot-away": ["бот сейчас не запущен", "the bot is not running"],
  "bot-typing": ["{bot} печатает…", "{bot} is typing…"],
  "chat-with": ["чат с ботом «{bot}»", "chat with «{bot}»"],
  "blocked-state": ["бот заблокирован", "bot is blocked"],

  "people": ["Люди", "People"],
  "people-search": ["Поиск человека", "Find a person"],
  "people-hint": ["Выберите, за кого писать боту", "Choose who writes to the bot"],
  "people-pinned": ["Роли", "Roles"],
  "people-chats": ["Чаты", "Chats"],
  "people-found": ["Найдено", "Found"],
  "people-none": ["Никого не нашлось", "Nobody found"],
  "people-more": ["Ещё {count}: уточните поиск", "{count} more: type more letters"],
  "people-all": ["Всего людей: {count}. Остальных можно найти по имени.", "{count} people in all. Type a name to find the others."],
  "people-show": ["Показать людей", "Show people"],
  "person-add": ["Новый человек", "New person"],
  "person-open-beside": ["Открыть рядом: {name}", "Open beside: {name}"],
  "person-unread": ["непрочитанных: {count}", "{count} unread"],
  "person-new": ["чат ещё не начат", "no messages yet"],
  "person-draft": ["Черновик:", "Draft:"],
  "person-you": ["Вы:", "You:"],
  "person-first-name": ["Имя", "First name"],
  "person-last-name": ["Фамилия", "Last name"],
  "person-language": ["Язык Telegram", "Telegram language"],
  "person-note": ["Роль или заметка", "Role or note"],
  "person-note-example": ["например, новый педагог", "for example, a new teacher"],
  "person-pinned": ["Показывать наверху списка", "Show at the top of the list"],
  "person-create": ["Добавить", "Add"],

  "welcome-title": ["Кем вы хотите побыть?", "Who would you like to be?"],
  "welcome-text": [
    "Это Telegram в браузере с ботом «{bot}». Выберите человека и пишите боту от его имени: видно будет то же, что на его телефоне.",
    "This is Telegram in a browser with the bot «{bot}». Choose a person and write to the bot in their name: you see what their phone shows.",
  ],
  "welcome-together": ["Открыть троих рядом", "Open three side by side"],
  "welcome-empty": ["Добавьте первого человека, чтобы начать.", "Add the first person to begin."],

  "chat-of": ["Чат: {name}", "Chat: {name}"],
  "chat-messages": ["Сообщения: {name}", "Messages: {name}"],
  "chat-back": ["Назад к списку", "Back to the list"],
  "chat-menu": ["Меню чата", "Chat menu"],
  "chat-close": ["Закрыть чат", "Close chat"],
  "chat-beside": ["Открыть рядом ещё человека", "Open one more person beside"],
  "chat-beside-other": ["Другой человек…", "Somebody else…"],
  "chat-down": ["К последним сообщениям", "To the latest messages"],
  "chat-what": ["Что умеет этот бот?", "What can this bot do?"],
  "chat-new-messages": ["Новые сообщения", "New messages"],
  "chat-switch": ["Сменить человека", "Switch person"],
  "chat-loading": ["Загрузка…", "Loading…"],
  "block": ["Заблокировать бота", "Block the bot"],
  "unblock": ["Разблокировать", "Unblock"],
  "open-start-link": ["Открыть ссылку t.me…", "Open a t.me link…"],
  "start-link-label": ["Ссылка или код приглашения", "Link or invitation code"],
  "start-link-open": ["Открыть", "Open"],
  "start-link-wrong": ["Это не ссылка на бота @{username}", "This is not a link to @{username}"],
  "open-here": ["Открыть здесь: {name}", "Open here: {name}"],
  "open-as": ["Открыть как {name}", "Open as {name}"],
  "copy-link": ["Скопировать ссылку", "Copy link"],

  "start": ["ЗАПУСТИТЬ", "START"],
  "message": ["Сообщение", "Message"],
  "send": ["Отправить", "Send"],
  "attach": ["Прикрепить файл", "Attach a file"],
  "commands": ["Команды бота", "Bot commands"],
  "commands-none": ["У бота нет команд", "The bot has no commands"],
  "keyboard-show": ["Показать кнопки", "Show buttons"],
  "keyboard-hide": ["Скрыть кнопки", "Hide buttons"],
  "keyboard-reply": ["Кнопки ответа", "Reply buttons"],
  "keyboard-inline": ["Кнопки под сообщением", "Buttons under the message"],
  "button-unsupported": ["Такая кнопка работает только в самом Telegram", "This button works in Telegram itself only"],

  "reply": ["Ответить", "Reply"],
  "reply-to": ["Ответ: {name}", "Reply to {name}"],
  "edit": ["Изменить", "Edit"],
  "editing": ["Изменение сообщения", "Edit message"],
  "edit-save": ["Сохранить изменение", "Save the edit"],
  "forward": ["Переслать боту", "Forward to the bot"],
  "copy": ["Копировать текст", "Copy text"],
  "copied": ["Скопировано", "Copied"],
  "cancel": ["Отмена", "Cancel"],
  "edited": ["изменено", "edited"],
  "forwarded": ["Переслано от: {name}", "Forwarded from {name}"],
  "message-menu": ["Действия с сообщением", "Message actions"],
  "reactions": ["Реакция бота", "The bot's reaction"],
  "you": ["Вы", "You"],

  "files": ["Файлы", "Files"],
  "files-send": ["Отправка файлов", "Send files"],
  "files-caption": ["Подпись", "Caption"],
  "files-kind": ["Как отправить", "Send as"],
  "files-photo": ["как фото", "as photo"],
  "files-document": ["как файл", "as file"],
  "files-voice": ["голосовое", "voice message"],
  "files-remove": ["Убрать {name}", "Remove {name}"],
  "files-drop": ["Отпустите, чтобы отправить", "Drop to send"],
  "files-count": [["{count} файл", "{count} файла", "{count} файлов"], ["{count} file", "", "{count} files"]],
  "media-photo": ["Фотография", "Photo"],
  "media-contact": ["Контакт", "Contact"],
  "media-document": ["Файл", "File"],
  "media-voice": ["Голосовое сообщение", "Voice message"],
  "media-audio": ["Аудиозапись", "Audio"],
  "media-video": ["Видео", "Video"],
  "media-play": ["Слушать", "Play"],
  "media-pause": ["Пауза", "Pause"],
  "media-position": ["Место в записи", "Position"],
  "media-download": ["Скачать {name}", "Download {name}"],
  "media-open": ["Открыть фотографию", "Open photo"],
  "media-next": ["Следующая", "Next"],
  "media-previous": ["Предыдущая", "Previous"],
  "not-sent": ["Не отправлено: {reason}", "Not sent: {reason}"],
  "failed": ["Не получилось: {reason}", "It did not work: {reason}"],
  "too-large": ["файл слишком большой", "the file is too large"],
  "no-connection": ["нет соединения", "no connection"],

  "ok": ["OK", "OK"],
  "close": ["Закрыть", "Close"],
  "time": ["Время", "Time"],
  "time-shifted": ["Часы бота переведены вперёд на {shift}", "The bot's clock is {shift} ahead"],
  "time-real": ["Часы бота идут как обычно", "The bot's clock is not moved"],
  "time-why": [
    "Переведите часы вперёд, чтобы увидеть напоминания и сроки, не дожидаясь их.",
    "Move the clock ahead to see reminders and deadlines without waiting.",
  ],
  "time-hour": ["+1 час", "+1 hour"],
  "time-day": ["+1 день", "+1 day"],
  "time-morning": ["До завтра, 8:00", "To tomorrow, 8:00"],
  "time-own": ["Свой сдвиг", "Own shift"],
  "time-amount": ["На сколько", "How much"],
  "time-unit": ["Единица", "Unit"],
  "time-minutes": ["минут", "minutes"],
  "time-hours": ["часов", "hours"],
  "time-days": ["дней", "days"],
  "time-move": ["Перевести", "Move"],
  "time-reset": ["Вернуть настоящее время", "Back to real time"],
  "days": [["{count} день", "{count} дня", "{count} дней"], ["{count} day", "", "{count} days"]],
  "hours-short": ["{count} ч", "{count} h"],
  "minutes-short": ["{count} мин", "{count} min"],

  "developer": ["Панель разработчика", "Developer panel"],
  "developer-empty": ["Бот пока ничего не вызывал", "The bot has called nothing yet"],
  "developer-failed-only": ["Только ошибки", "Errors only"],
  "developer-clear": ["Очистить", "Clear"],
  "developer-fault": ["Промах бота", "Fault of the bot"],
  "developer-faults": [["{count} промах", "{count} промаха", "{count} промахов"], ["{count} fault", "", "{count} faults"]],
  "today": ["Сегодня", "Today"],
  "yesterday": ["Вчера", "Yesterday"],
  "size-b": ["{count} Б", "{count} B"],
  "size-kb": ["{count} КБ", "{count} KB"],
  "size-mb": ["{count} МБ", "{count} MB"],
};

const plurals = new Intl.PluralRules(LOCALE);

/** The words under `key` with `{values}` filled in; a list of forms is chosen by `values.count`. Unknown keys throw. */
export function t(key, values = {}) {
  if (!(key in WORDS)) throw new Error(`no words for ${key}`);
  let words = WORDS[key][LANGUAGE];
  if (Array.isArray(words)) words = words[{ one: 0, few: 1 }[plurals.select(values.count)] ?? 2];
  return words.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

const clock = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit" });
const clockSeconds = new Intl.DateTimeFormat(LOCALE, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const dayMonth = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long" });
const dayMonthYear = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "long", year: "numeric" });
const dayShort = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short" });
const weekday = new Intl.DateTimeFormat(LOCALE, { weekday: "short" });
const full = new Intl.DateTimeFormat(LOCALE, { weekday: "long", day: "numeric", month: "long" });

export const formatTime = (date) => clock.format(date);
export const formatSeconds = (date) => clockSeconds.format(date);
export const formatFull = (date) => full.format(date);
export const formatShort = (date) => `${weekday.format(date)} ${dayShort.format(date)}, ${clock.format(date)}`;

/** «Сегодня», «Вчера», «25 ноября», «25 ноября 2024 г.», seen from `now`. */
export function formatDay(date, now) {
  const days = daysBetween(date, now);
  if (days === 0) return t("today");
  if (days === 1) return t("yesterday");
  return (date.getFullYear() === now.getFullYear() ? dayMonth : dayMonthYear).format(date);
}

/** The time in a list of chats: a clock time today, a weekday this week, a date before. */
export function formatListDate(date, now) {
  const days = daysBetween(date, now);
  if (days <= 0) return clock.format(date);
  return days < 7 ? weekday.format(date) : dayShort.format(date);
}

export function daysBetween(date, now) {
  const midnight = (moment) => new Date(moment.getFullYear(), moment.getMonth(), moment.getDate());
  return Math.round((midnight(now) - midnight(date)) / 86_400_000);
}

/** «3 дня 4 ч»: the two largest parts of a length of time. */
export function formatSpan(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [
    ["days", Math.floor(minutes / 1440)], ["hours-short", Math.floor(minutes / 60) % 24], ["minutes-short", minutes % 60],
  ];
  const shown = parts.filter(([, count]) => count > 0).slice(0, 2).map(([key, count]) => t(key, { count }));
  return shown.join(" ") || t("minutes-short", { count: 0 });
}

/** «0:07», «12:40». */
export function formatDuration(seconds) {
  const whole = Math.max(0, Math.round(seconds || 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export function formatSize(bytes) {
  if (bytes < 1000) return t("size-b", { count: bytes });
  const number = (value) => new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 }).format(value);
  return bytes < 1_000_000 ? t("size-kb", { count: number(bytes / 1024) }) : t("size-mb", { count: number(bytes / 1048576) });
}
