// The day sheet by keyboard: Enter and the arrows walk down a column, limits speak while typing.
// The server rendered every limit and sum; here they are only compared, and checked again there.
const MINUTES = 60;

function minutesOf(text) {
  const words = text.trim().toLowerCase().replace(/\s*j(am)?$/, "");
  const clock = words.match(/^(\d{1,2}):([0-5]\d)$/);
  if (clock) return Number(clock[1]) * MINUTES + Number(clock[2]);
  const number = Number(words.replace(",", "."));
  return words === "" || Number.isNaN(number) ? 0 : Math.round(number * MINUTES);
}

const hoursOf = (minutes) => String(Math.round((minutes / MINUTES) * 100) / 100).replace(".", ",");

function say(form, row) {
  const { today, week, dayLimit, weekLimit } = row.dataset;
  const rows = [...form.querySelectorAll(`[data-person="${row.dataset.person}"]`)];
  const typed = rows.reduce((sum, one) => sum + minutesOf(one.querySelector("[data-column=jam]").value), 0);
  const day = Number(today) + typed;
  const inWeek = Number(week) + day;
  let words = "";
  if (day > Number(dayLimit)) words = form.dataset.overDay.replace("{hours}", hoursOf(day)).replace("{limit}", hoursOf(Number(dayLimit)));
  else if (inWeek > Number(weekLimit)) words = form.dataset.overWeek.replace("{hours}", hoursOf(inWeek)).replace("{limit}", hoursOf(Number(weekLimit)));
  for (const one of rows) {
    one.classList.toggle("is-over", words !== "");
    one.querySelector("output.sheet-week").textContent = `${hoursOf(inWeek)} / ${hoursOf(Number(weekLimit))}`;
    one.querySelector("output.sheet-over").textContent = words;
  }
}

function move(form, field, step) {
  const column = [...form.querySelectorAll(`[data-column="${field.dataset.column}"]`)];
  const next = column[column.indexOf(field) + step];
  if (next) {
    next.focus();
    next.select?.();
  } else if (step > 0) form.querySelector("button[type=submit]")?.focus();
}

function onKey(event) {
  const field = event.target.closest("[data-column]");
  if (!field || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const arrows = field.tagName === "SELECT" ? [] : ["ArrowDown", "ArrowUp"];
  if (event.key !== "Enter" && !arrows.includes(event.key)) return;
  event.preventDefault();
  move(event.currentTarget, field, event.key === "ArrowUp" || event.shiftKey ? -1 : 1);
}

for (const form of document.querySelectorAll("form[data-sheet]")) {
  form.addEventListener("keydown", onKey);
  form.addEventListener("input", (event) => {
    const row = event.target.closest("[data-person]");
    if (row) say(form, row);
  });
  form.querySelectorAll("[data-person]").forEach((row) => say(form, row));
}
