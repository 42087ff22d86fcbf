// Menus made of <details data-closes> close on Escape and on a click elsewhere; the overlay menu closes on Escape.

const open = () => document.querySelectorAll("details[data-closes][open]");

document.addEventListener("click", (event) => {
  for (const menu of open()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of open()) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
  if (location.hash === "#sidebar") location.hash = "content-start";
});
