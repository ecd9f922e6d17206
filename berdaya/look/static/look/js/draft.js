// Keeps what was typed into form[data-draft] in this browser, through a lost line or a closed tab.
// The server marks a page after success with data-draft-done="name"; only then the draft goes.
const DAYS = 7 * 24 * 60 * 60 * 1000;
const SECRET = "input[type=password], input[type=file], input[type=hidden], [data-no-draft]";
const storage = (() => {
  try {
    localStorage.setItem("berdaya.try", "1");
    localStorage.removeItem("berdaya.try");
    return localStorage;
  } catch {
    return null;
  }
})();
// A shared computer keeps each person's drafts apart: nobody is offered, or sends, another's.
const person = document.querySelector("[data-staff]")?.dataset.staff || "";
const keyOf = (name) => `berdaya.draft.${person}.${name}`;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !field.matches(`${SECRET}, button`));
}

function valuesOf(form) {
  return fields(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
    if (field.multiple) return [field.name, [...field.selectedOptions].map((one) => one.value), true];
    return [field.name, field.value, true];
  });
}

function fill(form, values) {
  fields(form).forEach((field, place) => {
    const [name, value, checked] = values[place] || [];
    if (name !== field.name) return;
    if (field.type === "checkbox" || field.type === "radio") field.checked = checked && field.value === value;
    else if (field.multiple) [...field.options].forEach((one) => { one.selected = value.includes(one.value); });
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function read(name) {
  try {
    const draft = JSON.parse(storage.getItem(keyOf(name)));
    return draft && Date.now() - draft.at < DAYS ? draft : null;
  } catch {
    return null;
  }
}

function offer(form, draft) {
  const note = document.getElementById(form.dataset.draftNote);
  if (!note) return;
  note.hidden = false;
  note.querySelector("[data-restore]").addEventListener("click", () => {
    fill(form, draft.values);
    note.hidden = true;
    form.querySelector("input, select, textarea")?.focus();
  });
  note.querySelector("[data-forget]").addEventListener("click", () => {
    storage.removeItem(keyOf(form.dataset.draft));
    note.hidden = true;
  });
}

function keep(form) {
  const name = form.dataset.draft;
  const first = JSON.stringify(valuesOf(form));
  const draft = read(name);
  if (draft && JSON.stringify(draft.values) !== first) offer(form, draft);
  let timer = 0;
  const save = () => {
    try {
      storage.setItem(keyOf(name), JSON.stringify({ at: Date.now(), values: valuesOf(form) }));
    } catch {
      // A full store must never stand in the way of typing.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 400);
  });
  form.addEventListener("submit", save);
  // A lock does not wait for the pause after the last key.
  addEventListener("pagehide", () => {
    if (JSON.stringify(valuesOf(form)) !== first) save();
  });
}

if (storage) {
  for (const done of document.querySelectorAll("[data-draft-done]")) {
    storage.removeItem(keyOf(done.dataset.draftDone));
  }
  document.querySelectorAll("form[data-draft]").forEach(keep);
}
