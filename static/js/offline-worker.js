/* The service worker of a page that works without a network. It keeps the page, its scripts and styles; NAME, VERSION and
   KEPT stand before it (app/web/offline.py). With a network the page is always the newest. */
const CACHE = `${NAME}-${VERSION}`;
const PATIENCE = 4000;
const FOUND = { ignoreSearch: true, ignoreVary: true };

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(KEPT)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith(`${NAME}-`) && name !== CACHE) await caches.delete(name);
    await self.clients.claim();
  })());
});

async function keep(path) {
  const response = await fetch(path, { cache: "no-store" });
  if (response.ok) await (await caches.open(CACHE)).put(path, response);
}

self.addEventListener("message", (event) => {
  if (event.data.keep) event.waitUntil(keep(event.data.keep).catch(() => {}));
});

/* What the server answers, also a refusal; what was kept only where it does not answer in time. */
async function page(request) {
  const kept = await (await caches.open(CACHE)).match(request, FOUND);
  try {
    return await fetch(request, kept ? { signal: AbortSignal.timeout(PATIENCE) } : {});
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (KEPT.includes(pathname)) event.respondWith(caches.match(request, FOUND).then((kept) => kept ?? fetch(request)));
  else if (request.mode === "navigate") event.respondWith(page(request));
});
