// Passkeys and hardware keys: what the server asks goes to the key, what the key says into the form.
const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

function told(credential, names) {
  const response = {};
  for (const name of names) {
    if (credential.response[name]) response[name] = text(credential.response[name]);
  }
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  });
}

async function create({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    user: { ...publicKey.user, id: bytes(publicKey.user.id) },
    excludeCredentials: listed(publicKey.excludeCredentials),
  };
  return told(await navigator.credentials.create({ publicKey: asked }), ["clientDataJSON", "attestationObject"]);
}

async function get({ publicKey }) {
  const asked = {
    ...publicKey,
    challenge: bytes(publicKey.challenge),
    allowCredentials: listed(publicKey.allowCredentials),
  };
  const names = ["clientDataJSON", "authenticatorData", "signature", "userHandle"];
  return told(await navigator.credentials.get({ publicKey: asked }), names);
}

async function trying(form, work) {
  const said = form.querySelector("[data-key-said]");
  said.textContent = "";
  try {
    await work();
    HTMLFormElement.prototype.submit.call(form);
  } catch {
    said.textContent = said.dataset.words;
  }
}

const able = Boolean(window.PublicKeyCredential && navigator.credentials);

// A new key.
const fresh = document.querySelector("form[data-key-new]");
if (fresh && able) {
  fresh.addEventListener("submit", (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
    trying(fresh, async () => {
      fresh.elements.credential.value = await create(JSON.parse(fresh.dataset.options));
    });
  });
}

// One's own key as proof.
const part = document.querySelector("[data-key]");
if (part && able) {
  const form = part.closest("form");
  const way = form.querySelector("[data-key-way]");
  const box = form.querySelector("#bukti");
  const ask = () =>
    trying(form, async () => {
      box.value = await get(JSON.parse(part.dataset.options));
      way.checked = true;
    });
  part.hidden = false;
  part.querySelector("[data-key-use]").addEventListener("click", ask);
  form.addEventListener("submit", (event) => {
    if (box.value || (way.type === "radio" && !way.checked)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask();
  });
}

// Somebody's key at the unit's PC; the radio button knows where the question is.
const pc = document.querySelector("form[data-switch]");
if (pc) {
  const button = pc.querySelector("[data-key-use]");
  const box = pc.querySelector("[data-pin]");
  const chosen = () => pc.querySelector("[name=staff]:checked");
  const show = () => {
    button.hidden = !(able && chosen()?.dataset.keyUrl);
  };
  pc.addEventListener("change", (event) => {
    if (event.target.name !== "staff") return;
    show();
  });
  pc.addEventListener("click", (event) => {
    // A mouse picks the person and types the PIN; the arrow keys go on walking.
    if (event.target.name === "staff" && event.detail > 0) box.focus();
  });
  // Six digits are a PIN: no Enter needed.
  box.addEventListener("input", () => {
    if (/^\d{6}$/.test(box.value) && chosen()) pc.requestSubmit();
  });
  button.addEventListener("click", () =>
    trying(pc, async () => {
      const answer = await fetch(chosen().dataset.keyUrl, { headers: { Accept: "application/json" } });
      box.maxLength = 100_000;
      box.value = await get(await answer.json());
      pc.elements.proof_kind.value = "key";
    }),
  );
  show();
}
