// The screen locks by itself when nobody touches it, and by Alt+L: covered at once, then on the server.
// Time is shared by all tabs, so that work in one keeps the others open.
const side = document.querySelector("[data-lock]");
const TOUCHED = "berdaya.touched";
let tab = Date.now();

function touched() {
  try {
    return Math.max(Number(localStorage.getItem(TOUCHED)) || 0, tab);
  } catch {
    return tab;
  }
}

function touch() {
  const now = Date.now();
  if (now - tab < 1000) return;
  tab = now;
  try {
    localStorage.setItem(TOUCHED, String(now));
  } catch {
    // Without storage each tab counts for itself.
  }
}

async function lock() {
  document.documentElement.classList.add("is-locked");
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  try {
    await fetch(side.dataset.lock, {
      method: "POST",
      headers: { "X-CSRFToken": token, "X-Requested-With": "lock" },
    });
  } finally {
    location.replace(`${side.dataset.lockPage}?next=${encodeURIComponent(location.pathname + location.search)}`);
  }
}

if (side?.dataset.lock) {
  const after = Number(side.dataset.lockAfter) * 60_000;
  for (const kind of ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"]) {
    document.addEventListener(kind, touch, { passive: true });
  }
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.code === "KeyL") {
      event.preventDefault();
      lock();
    }
  });
  const watch = () => {
    if (Date.now() - touched() >= after) lock();
  };
  setInterval(watch, 5000);
  document.addEventListener("visibilitychange", watch);
}
