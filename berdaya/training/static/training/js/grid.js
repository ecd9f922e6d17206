// The attendance grid by keyboard: arrows and Enter move, a letter fills a box and goes on below.
const LETTER = /^[hsia]$/i;

function boxes(form) {
  return [...form.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("input[data-box]")]);
}

function step(form, field, down, across) {
  const grid = boxes(form);
  const row = grid.findIndex((line) => line.includes(field));
  const next = grid[row + down]?.[grid[row].indexOf(field) + across];
  if (next) {
    next.focus();
    next.select();
  }
}

function onKey(event) {
  const field = event.target.closest("[data-box]");
  if (!field || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
  const moves = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };
  const move = event.key === "Enter" ? [event.shiftKey ? -1 : 1, 0] : moves[event.key];
  if (!move) return;
  event.preventDefault();
  step(event.currentTarget, field, ...move);
}

for (const form of document.querySelectorAll("form[data-grid]")) {
  form.addEventListener("keydown", onKey);
  form.addEventListener("input", (event) => {
    const field = event.target.closest("[data-box]");
    if (field && LETTER.test(field.value)) step(form, field, 1, 0);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-fill]");
    if (!button) return;
    const empty = form.querySelectorAll(`input[data-box="${button.dataset.fill}"]:not([disabled])`);
    for (const field of empty) if (field.value.trim() === "") field.value = "H";
  });
  form.querySelectorAll("[data-fill]").forEach((button) => { button.hidden = false; });
}
