// The stall's screen by touch: a tile is put in the basket, then pay. Without this it is one form.
import { changeIn, likelyTenders, roundedCash, rupiah, typedRupiah } from "./cash.js";

const form = document.querySelector("[data-till]");
const find = (selector) => form.querySelector(selector);
const field = (name) => form.elements.namedItem(name);
const tiles = [...form.querySelectorAll("[data-tile]")].map((node) => ({
  node,
  id: node.dataset.tile,
  what: node.dataset.what,
  tag: Number(node.dataset.price),
  left: Number(node.dataset.left),
}));

const qtyOf = (tile) => Number((field(`qty-${tile.id}`)?.value || "0").replace(",", ".")) || 0;
const priceOf = (tile) => typedRupiah(field(`price-${tile.id}`)?.value || "") ?? tile.tag;
const chosen = () => tiles.filter((tile) => qtyOf(tile) > 0);
const sumOf = (tile) => Math.round(qtyOf(tile) * priceOf(tile));
const total = () => chosen().reduce((sum, tile) => sum + sumOf(tile), 0);
const cashDue = () => (total() ? roundedCash(total(), Number(form.dataset.round)) : 0);

function setQty(tile, qty) {
  const most = Math.max(0, Math.min(qty, tile.left));
  field(`qty-${tile.id}`).value = most ? String(most).replace(".", ",") : "";
  render();
}

function touchable(tile) {
  if (tile.left <= 0) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "tile-touch";
  button.setAttribute("aria-label", `${tile.what}, ${rupiah(tile.tag)}`);
  button.addEventListener("click", () => setQty(tile, qtyOf(tile) + 1));
  tile.badge = document.createElement("span");
  tile.badge.className = "tile-count";
  tile.badge.setAttribute("aria-hidden", "true");
  tile.node.append(button, tile.badge);
}

function row(tile) {
  const node = document.getElementById("till-row").content.firstElementChild.cloneNode(true);
  node.querySelector(".till-row-what").textContent = tile.what;
  node.querySelector("[data-less]").addEventListener("click", () => setQty(tile, qtyOf(tile) - 1));
  node.querySelector("[data-more]").addEventListener("click", () => setQty(tile, qtyOf(tile) + 1));
  // The very fields of the tile: what is typed here is what is sent.
  const bargain = tile.node.querySelector(".tile-bargain");
  if (bargain) node.append(bargain);
  tile.row = node;
  return node;
}

function renderBasket() {
  const list = find("[data-basket]");
  for (const tile of tiles) {
    const qty = qtyOf(tile);
    if (tile.badge) tile.badge.textContent = qty ? `${qty}`.replace(".", ",") : "";
    tile.node.classList.toggle("is-chosen", qty > 0);
    if (!qty) {
      tile.row?.remove();
      const bargain = tile.row?.querySelector(".tile-bargain");
      if (bargain) tile.node.querySelector(".tile-fields").append(bargain);
      tile.row = null;
      continue;
    }
    if (!tile.row) list.append(row(tile));
    tile.row.querySelector(".till-row-qty").textContent = `${qty}`.replace(".", ",");
    tile.row.querySelector(".till-row-sum").textContent = rupiah(sumOf(tile));
  }
}

function renderNotes() {
  const box = find("[data-notes]");
  const tendered = typedRupiah(field("tendered_rp").value) ?? cashDue();
  box.replaceChildren(
    ...likelyTenders(cashDue()).map((amount, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "till-tender amount";
      button.setAttribute("aria-pressed", String(amount === tendered));
      button.textContent = place ? rupiah(amount) : `${box.dataset.exact} ${rupiah(amount)}`;
      button.addEventListener("click", () => {
        field("tendered_rp").value = rupiah(amount).slice(2);
        render();
        find("[data-for=cash]").focus();
      });
      return button;
    }),
  );
}

function renderChange() {
  const line = find("[data-change]");
  const tendered = typedRupiah(field("tendered_rp").value) ?? cashDue();
  const back = tendered - cashDue();
  const notes = changeIn(back).map(([one, count]) => `${count} × ${rupiah(one)}`);
  const word = back < 0 ? line.dataset.short : line.dataset.word;
  line.textContent = `${word} ${rupiah(Math.abs(back))}${notes.length ? `: ${notes.join(", ")}` : ""}`;
  line.classList.toggle("is-short", back < 0);
}

function render() {
  renderBasket();
  const count = chosen().reduce((sum, tile) => sum + qtyOf(tile), 0);
  find("[data-count]").textContent = count ? `${`${count}`.replace(".", ",")} ${find("[data-count]").dataset.one}` : "";
  find("[data-sum]").textContent = count ? rupiah(total()) : "";
  find("[data-due]").textContent = rupiah(total());
  const rounded = find("[data-rounded]");
  rounded.hidden = cashDue() === total();
  rounded.querySelector("span").textContent = rupiah(cashDue());
  find("[data-due-cash]").textContent = rupiah(cashDue());
  const qris = find("[data-due-qris]");
  if (qris) qris.textContent = rupiah(total());
  find("[data-bar]").classList.toggle("is-empty", !count);
  find("[data-bar] button").disabled = !count;
  if (!count && form.dataset.at !== "goods") go("goods");
  renderNotes();
  renderChange();
}

function go(where) {
  form.dataset.at = where;
  const head = find(`[data-pane=${where}] h2`);
  if (head) head.focus({ preventScroll: true });
  window.scrollTo({ top: 0 });
}

function pay(method) {
  field("method").value = method;
  if (method === "qris") field("tendered_rp").value = "";
  go(method);
  render();
}

function begin() {
  tiles.forEach(touchable);
  form.classList.add("is-quick");
  for (const hidden of form.querySelectorAll("[data-basket], [data-notes], [data-change], [data-bar]")) {
    hidden.hidden = false;
  }
  for (const button of form.querySelectorAll("[data-go]")) {
    button.addEventListener("click", () => go(button.dataset.go));
  }
  // A radio chosen already says nothing new when it is touched; the click does.
  for (const radio of form.querySelectorAll("[name=method]")) {
    radio.addEventListener("click", () => pay(radio.value));
  }
  for (const button of form.querySelectorAll("[data-for]")) {
    button.addEventListener("click", () => {
      field("method").value = button.dataset.for;
    });
  }
  form.addEventListener("input", render);
  form.addEventListener("keydown", (event) => {
    // Enter in a field would press the first button of the form.
    if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
  });
  go(form.dataset.start);
  render();
}

// A page taken out of the browser's memory would send a nota that is sold already.
addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload();
});
begin();
