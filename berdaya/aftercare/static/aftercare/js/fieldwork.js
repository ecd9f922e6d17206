// Follow-ups on a phone without signal: kept in a queue, sent when there is a line, safe to repeat.
// The queue holds codes and choices; no name is ever on this page. The key is made on the device.
const page = document.querySelector("[data-field-page]");
const form = document.querySelector("[data-field-form]");
const staff = document.querySelector("[data-staff]")?.dataset.staff || "";
// A shared phone keeps each counsellor's queue apart: nobody sends another's.
const QUEUE = `berdaya.field.${staff}`;
const STORE = "berdaya-fieldwork";
const box = document.querySelector("[data-field-queue]");
const list = document.querySelector("[data-field-list]");
const word = document.querySelector("[data-field-word]");
let isSending = false;

function read() {
  try {
    return JSON.parse(localStorage.getItem(QUEUE)) || [];
  } catch {
    return [];
  }
}

function write(queue) {
  localStorage.setItem(QUEUE, JSON.stringify(queue));
  show(queue);
}

// RFC 9562 version 7, as core/ids.py: the time first, the rest at random.
function newKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let now = Date.now();
  for (let place = 5; place >= 0; place -= 1) {
    bytes[place] = now % 256;
    now = Math.floor(now / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((one) => one.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

function show(queue, words = "") {
  box.hidden = !queue.length && !words;
  word.textContent = words || (queue.length ? word.dataset.waiting : "");
  list.replaceChildren(...queue.map(line));
}

function line(one) {
  const row = document.createElement("li");
  const what = document.createElement("div");
  what.append(para("waiting-what", `${one.client} · ${one.day}`));
  if (one.why) what.append(para("waiting-why", `${list.dataset.refused}: ${one.why}`));
  row.append(what);
  if (one.why) row.append(dropButton(one));
  return row;
}

function para(name, text) {
  const one = document.createElement("p");
  one.className = name;
  one.textContent = text;
  return one;
}

function dropButton(one) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet small";
  button.textContent = list.dataset.drop;
  button.addEventListener("click", () => write(read().filter((other) => other.key !== one.key)));
  return button;
}

// After a new sign-in the token on a kept page is stale: the fresh page has the one that counts.
async function freshToken() {
  const answer = await fetch(location.pathname, { cache: "no-store", redirect: "manual" });
  if (answer.type === "opaqueredirect" || !answer.ok) return "";
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  return fresh.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
}

function post(one, token) {
  return fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(one.fields),
    headers: { "X-CSRFToken": token, "X-Requested-With": "fieldwork" },
    redirect: "manual",
  });
}

// Answers what to do with the line: "gone", "keep", "sign-in", or why it was refused.
async function send(one, token) {
  const answer = await post(one, token);
  if (answer.type === "opaqueredirect" || answer.status === 403) return { state: "sign-in" };
  if (answer.status >= 500) return { state: "keep" };
  const told = await answer.json();
  if (answer.ok) return { state: "gone" };
  return { state: "refused", why: told.text || list.dataset.unknown };
}

async function sendAll() {
  if (isSending || !form || !read().some((one) => !one.why)) return;
  isSending = true;
  let words = "";
  try {
    const token = await freshToken();
    for (const one of read().filter((line) => !line.why)) {
      const told = token ? await send(one, token) : { state: "sign-in" };
      if (told.state === "sign-in") {
        words = word.dataset.signIn;
        break;
      }
      if (told.state === "gone") write(read().filter((other) => other.key !== one.key));
      if (told.state === "refused") {
        write(read().map((other) => (other.key === one.key ? { ...other, why: told.why } : other)));
      }
    }
    if (!words && !read().length) words = word.dataset.sent;
  } catch {
    // The line is down: everything stays in the queue.
  } finally {
    isSending = false;
    show(read(), words);
  }
}

function fill(known) {
  for (const field of form.elements) {
    if (!(field.name in known)) continue;
    const value = known[field.name];
    if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value;
    else field.value = value;
  }
}

function begin() {
  const client = form.elements.client;
  client.addEventListener("change", () => {
    form.querySelectorAll("[type=checkbox]").forEach((one) => (one.checked = false));
    fill(JSON.parse(client.selectedOptions[0].dataset.known || "{}"));
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    form.elements.key.value = newKey();
    const data = new FormData(form);
    data.delete("csrfmiddlewaretoken");
    const one = { key: data.get("key"), client: data.get("client"), day: data.get("happened_on") };
    write([...read(), { ...one, fields: [...data.entries()] }]);
    const day = form.elements.happened_on.value;
    form.reset();
    form.elements.happened_on.value = day;
    box.scrollIntoView({ block: "start" });
    sendAll();
  });
}

async function keepPage() {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(page.dataset.worker);
  await navigator.serviceWorker.ready;
  const parts = performance.getEntriesByType("resource").map((one) => one.name);
  const ours = parts.filter((one) => one.startsWith(`${location.origin}/static/`) || one.includes("/look/"));
  const store = await caches.open(STORE);
  await store.addAll([location.pathname, ...new Set(ours)]);
  page.querySelector("[data-field-ready]").hidden = false;
}

async function forget() {
  await caches.delete(STORE);
  const all = await navigator.serviceWorker.getRegistrations();
  await Promise.all(all.map((one) => one.unregister()));
  page.querySelector("[data-field-ready]").hidden = true;
}

if (page) {
  show(read());
  if (form) begin();
  document.querySelector("[data-field-send]").addEventListener("click", sendAll);
  document.querySelector("[data-field-forget]")?.addEventListener("click", forget);
  addEventListener("online", sendAll);
  keepPage().catch(() => {
    // Without a worker the open page still keeps its queue.
  });
  sendAll();
}
