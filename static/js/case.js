// The case page: holds the claim while the page is open, shows whether the reply was changed, and keyboard shortcuts.

const RENEW_MS = 60_000;
const claim = document.getElementById("claim");
const form = document.getElementById("decision-form");

function showClaim(mine, text) {
  claim.dataset.mine = mine;
  claim.classList.toggle("notice-warn", mine === "false");
  document.getElementById("claim-text").textContent = text;
  document.getElementById("claim-form").hidden = mine !== "none";
  document.getElementById("release-form").hidden = mine !== "true";
  showButtons();
}

async function renew() {
  if (document.hidden) return;
  const answer = await fetch(claim.dataset.url, {
    method: "POST",
    headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  }).catch(() => null);
  if (answer?.ok) showClaim("true", claim.dataset.textMine);
  else if (answer?.status === 409) showClaim("false", (await answer.json()).detail);
}

const edited = () => form.elements.reply.value.trim() !== form.dataset.draft.replaceAll("\r\n", "\n").trim();

function showButtons() {
  const state = edited() ? "edited" : "same";
  const blocked = claim.dataset.mine === "false";
  const closed = "closed" in form.dataset;
  for (const item of form.querySelectorAll("[data-when]")) {
    if (item.matches("button")) {
      item.disabled = blocked || closed || item.dataset.when !== state;
      item.classList.toggle("btn-primary", item.dataset.when === state);
    } else item.hidden = item.dataset.when !== state;
  }
  document.getElementById("reject").disabled = blocked;
}

const approve = () => form.querySelector("button[value=approve]:not([disabled])");

function press(button) {
  if (button && !button.disabled) form.requestSubmit(button);
}

function editAtEnd(field) {
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

function follow(key) {
  const link = document.querySelector(`a[data-key="${key}"]`);
  if (link) location.assign(link.href);
}

const SHORTCUTS = {
  a: () => approve()?.focus(),
  e: () => editAtEnd(form.elements.reply),
  r: () => form.elements.reason.focus(),
  n: () => follow("n"),
  q: () => follow("q"),
};

function onKey(event) {
  const typing = event.target.closest("input, select, textarea");
  if (typing && event.key === "Escape") return typing.blur();
  if (typing && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return press(typing.name === "reason" ? document.getElementById("reject") : approve());
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || !Object.hasOwn(SHORTCUTS, event.key)) return;
  event.preventDefault();
  SHORTCUTS[event.key]();
}

if (form) {
  form.elements.reply.addEventListener("input", showButtons);
  document.getElementById("restore")?.addEventListener("click", () => {
    form.elements.reply.value = form.dataset.draft;
    showButtons();
    editAtEnd(form.elements.reply);
  });
  // One press, one decision: a second one would only be told that it came too late.
  form.addEventListener("submit", () => setTimeout(() => {
    for (const button of form.querySelectorAll("button[name=decision]")) button.disabled = true;
  }));
  window.addEventListener("pageshow", showButtons);
  document.addEventListener("keydown", onKey);
  showButtons();
  if (claim.dataset.mine !== "false") renew();
  setInterval(renew, RENEW_MS);
  document.addEventListener("visibilitychange", renew);
}
document.getElementById("refusal")?.scrollIntoView({ block: "center" });
