// A page that waits for long work asks again by itself, gently; without script one reloads it.
const waiting = document.querySelector("[data-reload]");
if (waiting) {
  const again = () => {
    if (document.visibilityState === "visible") location.reload();
    else setTimeout(again, 2000);
  };
  setTimeout(again, Number(waiting.dataset.reload) * 1000);
}
