// The screen locks by itself when nobody touches it, and by Alt+L: covered at once, then on the server.
// Time is shared by all tabs, so that work in one keeps the others open.
const side = document.querySelector("[data-lock]");
const TOUCHED = "berdaya.touched";
const MINUTE = 60_000;
let tab = Date.now();
let told = Date.now();

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
  if (now - told > MINUTE) tell(now);
}

// A long sheet is work too: the server hears of it once a minute, or says that the screen is locked.
async function tell(now) {
  told = now;
  try {
    const answer = await fetch(side.dataset.presence, { cache: "no-store" });
    if (answer.redirected) leave();
  } catch {
    // The line is down; the server decides when it is back.
  }
}

function leave() {
  const here = encodeURIComponent(location.pathname + location.search);
  location.replace(`${side.dataset.lockPage}?next=${here}`);
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
    leave();
  }
}

if (side?.dataset.lock) {
  const after = Number(side.dataset.lockAfter) * MINUTE;
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
