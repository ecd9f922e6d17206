// A number is copied by a button; without script, or without a clipboard, it is marked by a tap.
for (const button of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const text = document.getElementById(button.dataset.copy).textContent.trim();
    await navigator.clipboard.writeText(text);
    button.lastChild.textContent = ` ${button.dataset.done}`;
  });
}
