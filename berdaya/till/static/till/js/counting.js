// Adds up counted notes and coins while they are typed.
import { rupiah } from "./cash.js";

const form = document.querySelector("[data-counting]");
const shown = form.querySelector("[data-counted]");

function add() {
  let sum = 0;
  for (const box of form.querySelectorAll("[data-worth]")) {
    const worth = Number(box.dataset.worth) * (Number(box.value) || 0);
    box.closest(".count-row").querySelector("[data-line]").textContent = worth ? rupiah(worth) : "";
    sum += worth;
  }
  shown.textContent = rupiah(sum);
}

form.addEventListener("input", add);
form.querySelector("[data-counted-box]").hidden = false;
add();
