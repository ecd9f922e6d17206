// Opened names leave the screen: after some minutes, when it locks, and when the page is left.
// The server says where they stand ([data-name]) and for how long ([data-names-shown]).
const MINUTE = 60_000;
let timer;

function hide() {
  clearTimeout(timer);
  if (!document.querySelector("[data-names-shown]")) return;
  for (const place of document.querySelectorAll("[data-name]")) place.replaceChildren();
  document.querySelectorAll("[data-names-shown]").forEach((one) => one.remove());
  document.querySelectorAll("[data-names-gone]").forEach((one) => (one.hidden = false));
}

function watch() {
  clearTimeout(timer);
  const shown = document.querySelector("[data-names-shown]");
  if (shown) timer = setTimeout(hide, Number(shown.dataset.namesShown) * MINUTE);
}

// A refusal (403 for who asks, 409 for how things are) brings the note that says why, and no names.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  const isRefusal = xhr.status === 403 || xhr.status === 409;
  if (isRefusal && event.detail.elt?.hasAttribute("data-opens-names")) event.detail.shouldSwap = true;
});
document.addEventListener("htmx:oobAfterSwap", watch);
window.addEventListener("pagehide", hide);
new MutationObserver(() => {
  if (document.documentElement.classList.contains("is-locked")) hide();
}).observe(document.documentElement, { attributeFilter: ["class"] });
watch();
