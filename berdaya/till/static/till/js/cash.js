// Sums of a counter, as calc_cash.py does them; whole rupiah.
const NOTES = [100000, 50000, 20000, 10000, 5000, 2000, 1000];
const DENOMINATIONS = [...NOTES, 500, 200, 100, 50];
// Buyers round up to a note worth taking out.
const HANDED = NOTES.slice(0, 5);
const MOST_TENDERS = 4;

// Half a step falls in the buyer's favour; nothing is given away.
export function roundedCash(amount, step) {
  const down = Math.floor(amount / step) * step;
  return (2 * (amount - down) > step ? down + step : down) || step;
}

// What buyers hand over: the exact amount, then each note's next multiple.
export function likelyTenders(due) {
  const nexts = new Set(HANDED.map((note) => Math.ceil(due / note) * note));
  nexts.delete(due);
  return [due, ...[...nexts].sort((one, other) => one - other)].slice(0, MOST_TENDERS);
}

export function changeIn(amount) {
  const parts = [];
  let left = amount;
  for (const one of DENOMINATIONS) {
    const count = Math.floor(left / one);
    if (count) parts.push([one, count]);
    left -= count * one;
  }
  return parts;
}

export function rupiah(amount) {
  const digits = String(Math.abs(amount)).replace(/\B(?=(\d{3})+$)/g, ".");
  return `${amount < 0 ? "-" : ""}Rp${digits}`;
}

export function typedRupiah(text) {
  const digits = text.replace(/[^\d]/g, "");
  return digits ? Number(digits) : null;
}
