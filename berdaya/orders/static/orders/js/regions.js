// The picker's lists and the totals follow what is chosen; without script a button does the same.
// Only regions and the way of delivery are sent, never what was typed about the buyer.
const form = document.querySelector("form[data-follow]");
const FOLLOWED = /^(province|regency|region|antar_\d+)$/;
let asked = 0;

async function follow() {
  const mine = ++asked;
  const chosen = [...new FormData(form)].filter(([name]) => FOLLOWED.test(name));
  const answer = await fetch(`${form.dataset.follow}?${new URLSearchParams(chosen)}`);
  if (!answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.name;
  for (const part of page.querySelectorAll("[data-part]")) {
    form.querySelector(`[data-part=${part.dataset.part}]`).replaceChildren(...part.childNodes);
  }
  if (focused && document.activeElement === document.body) form.elements[focused]?.focus();
}

if (form) {
  form.classList.add("is-live");
  form.addEventListener("change", (event) => {
    if (FOLLOWED.test(event.target.name)) follow();
  });
}
