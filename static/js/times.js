// Clocks: counts down to each due time every second, and writes moments in the reader's own time zone.

const HOUR = 3600;
const MOST_DAYS = 999;
// The server's clock decides what is late, however wrong this computer's is.
const skew = Date.now() - Date.parse(document.querySelector("[data-now]")?.dataset.now ?? new Date().toISOString());

const two = (number) => String(number).padStart(2, "0");

function clock(left) {
  const seconds = Math.trunc(Math.abs(left));
  const sign = left < 0 ? "−" : "";
  const hours = Math.floor(seconds / HOUR);
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours >= 24 * MOST_DAYS) return `${sign}${MOST_DAYS} d`;
  if (hours >= 24) return `${sign}${Math.floor(hours / 24)} d ${hours % 24} h`;
  const rest = `${two(minutes)}:${two(seconds % 60)}`;
  return hours ? `${sign}${hours}:${rest}` : `${sign}${rest}`;
}

function tick() {
  const now = Date.now() - skew;
  for (const time of document.querySelectorAll("time[data-countdown]")) {
    const left = (Date.parse(time.dateTime) - now) / 1000;
    const box = time.closest(".time-left");
    time.textContent = clock(left);
    box.dataset.urgency = left < 0 ? "late" : left <= HOUR ? "soon" : "calm";
    box.querySelector(".time-left-word").textContent = left < 0 ? box.dataset.late : box.dataset.left;
  }
}

function localise() {
  const language = document.documentElement.lang;
  const day = { day: "2-digit", month: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const forms = {
    "": new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short" }),
    seconds: new Intl.DateTimeFormat(language, { ...day, second: "2-digit" }),
  };
  for (const time of document.querySelectorAll("time[data-local]:not([title])")) {
    time.title = time.textContent.trim();
    time.textContent = forms[time.dataset.local].format(new Date(time.dateTime));
  }
}

function show() {
  tick();
  localise();
}

show();
setInterval(tick, 1000);
document.addEventListener("content-replaced", show);
