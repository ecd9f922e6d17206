// A form is sent once: its button says it is busy until the next page has come.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A paper or a file comes beside the page, which stays and may ask again.
  if (event.defaultPrevented || form.method !== "post" || form.target === "_blank") return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  if (event.submitter) {
    event.submitter.setAttribute("aria-busy", "true");
    event.submitter.dataset.waits = "";
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
  for (const button of document.querySelectorAll("[data-waits]")) {
    button.removeAttribute("aria-busy");
    delete button.dataset.waits;
  }
});
