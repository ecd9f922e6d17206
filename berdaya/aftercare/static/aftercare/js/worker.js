// Answers for the fieldwork page alone: from the network if there is one, else as it was kept.
// What it keeps has no name in it, and is forgotten after three days or once the session is over.
const STORE = "berdaya-fieldwork";
const DAYS = 3 * 24 * 60 * 60 * 1000;
const PATIENCE = 5000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (["style", "script", "font", "image"].includes(request.destination)) {
    event.respondWith(part(request));
  }
});

async function page(request) {
  const store = await caches.open(STORE);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(PATIENCE) });
    if (answer.ok && !answer.redirected && answer.type === "basic") {
      await store.put(new URL(request.url).pathname, answer.clone());
    } else if (answer.redirected || answer.type === "opaqueredirect") {
      await caches.delete(STORE);
    }
    return answer;
  } catch (error) {
    const kept = await store.match(new URL(request.url).pathname);
    const at = Date.parse(kept?.headers.get("date") || "");
    if (kept && Date.now() - at < DAYS) return kept;
    await caches.delete(STORE);
    throw error;
  }
}

async function part(request) {
  const kept = await (await caches.open(STORE)).match(request);
  return kept || fetch(request);
}
