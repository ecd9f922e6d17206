// A card dropped on a day is moved by its own form, as the select and the button would.
const board = document.querySelector(".board");
const cards = document.querySelectorAll("[data-work]");
let dragged = null;

for (const card of cards) {
  card.draggable = true;
  card.addEventListener("dragstart", (event) => {
    dragged = card;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", card.dataset.work);
  });
  card.addEventListener("dragend", () => {
    dragged = null;
    mark(null);
  });
}

const mark = (day) => {
  for (const one of board.querySelectorAll(".is-target")) one.classList.remove("is-target");
  day?.classList.add("is-target");
};

// Days that are over are not among the choices, so nothing can be dropped there.
const choice = (day) => {
  const select = dragged?.querySelector("select[name=day]");
  return [...(select?.options ?? [])].find((one) => one.value === day.dataset.day);
};

board.addEventListener("dragover", (event) => {
  const day = event.target.closest("[data-day]");
  if (!day || !choice(day)) return mark(null);
  event.preventDefault();
  mark(day);
});

board.addEventListener("drop", (event) => {
  const day = event.target.closest("[data-day]");
  const option = day && choice(day);
  if (!option) return;
  event.preventDefault();
  option.selected = true;
  option.closest("form").requestSubmit();
});
