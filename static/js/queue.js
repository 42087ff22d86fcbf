// The queue stays current: asks every few seconds whether the list has changed, and keeps focus and scroll when it has.

const EVERY_MS = 4000;
const results = document.getElementById("queue-results");
const live = document.getElementById("live");
const liveText = document.getElementById("live-text");
const news = document.getElementById("live-news");
const filters = document.querySelector(".filters");
const title = document.title;
let etag = results.dataset.etag;
let timer = 0;

const links = () => [...results.querySelectorAll(".case-link")];
const waiting = () => Number(results.querySelector("[data-waiting]")?.dataset.waiting ?? 0);

function say(state, text) {
  live.dataset.state = state;
  liveText.textContent = text;
}

function showCount() {
  document.title = waiting() ? `(${waiting()}) ${title}` : title;
  for (const count of document.querySelectorAll("[data-pending-count]")) {
    count.textContent = waiting();
    count.hidden = !waiting();
  }
}

// The row nearest to the top of the window, and how far from it: the list moves under it, the reader does not.
function anchor() {
  const row = [...results.querySelectorAll(".queue-row")].find((item) => item.getBoundingClientRect().bottom > 0);
  return row && { id: row.id, top: row.getBoundingClientRect().top };
}

function replace(html) {
  const kept = anchor();
  const focused = results.contains(document.activeElement) && document.activeElement.closest(".queue-row")?.id;
  const before = waiting();
  const scrolled = window.scrollY;
  results.innerHTML = html;
  const again = kept && document.getElementById(kept.id);
  if (again && scrolled > 0) window.scrollBy(0, again.getBoundingClientRect().top - kept.top);
  if (focused) (document.querySelector(`[id="${focused}"] .case-link`) ?? links()[0])?.focus({ preventScroll: true });
  if (waiting() > before) news.textContent = live.dataset.new;
  showCount();
  document.dispatchEvent(new Event("content-replaced"));
}

async function refresh() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(results.dataset.url + location.search, {
      headers: { "If-None-Match": etag, Accept: "text/html" }, redirect: "manual", cache: "no-store",
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) return say("ended", live.dataset.ended);
    if (answer.status === 200) {
      etag = answer.headers.get("ETag");
      replace(await answer.text());
    }
    if (answer.ok || answer.status === 304) say("on", liveText.dataset.text);
    else say("lost", live.dataset.lost);
  } catch {
    say("lost", live.dataset.lost);
  }
  timer = setTimeout(refresh, EVERY_MS);
}

function move(step) {
  const all = links();
  const now = all.indexOf(document.activeElement);
  const next = now < 0 ? (step > 0 ? 0 : all.length - 1) : now + step;
  all[Math.max(0, Math.min(all.length - 1, next))]?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "/") {
    event.preventDefault();
    filters.open = true;
    document.querySelector(".queue-filters select").focus();
  }
});

// On a phone the list comes first; filters that are in use stay in sight.
if (matchMedia("(max-width: 767px)").matches) filters.open = filters.dataset.filtered === "true";
document.addEventListener("visibilitychange", refresh);
showCount();
say("on", liveText.dataset.text);
timer = setTimeout(refresh, EVERY_MS);
