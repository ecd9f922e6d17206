// The order's page looks every half minute whether anything has moved, and only then loads anew.
const watched = document.querySelector("[data-watch]");
const EVERY = 30_000;

async function look() {
  if (document.hidden) return;
  const answer = await fetch(location.pathname, { cache: "no-store" });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const now = page.querySelector("[data-watch]");
  if (now && now.dataset.watch !== watched.dataset.watch) return location.reload();
  const fresh = page.querySelectorAll("[data-left]");
  document.querySelectorAll("[data-left]").forEach((left, place) => {
    if (fresh[place]) left.textContent = fresh[place].textContent;
  });
}

if (watched) setInterval(() => look().catch(() => {}), EVERY);
