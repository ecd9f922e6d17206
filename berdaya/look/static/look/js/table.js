// Filters of a list apply as they are chosen; without script the button does it.
document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-table]");
  if (form && event.target.matches("select, input[type=date], input[type=checkbox]")) form.requestSubmit();
});
