// Stores static files, the break page and the offline page, as anybody sees them; nothing that a signed-in page says.
const CACHE = "{{ name }}";
const FILES = {{ files|safe }};
const BREAK = "{{ break_url }}", OFFLINE = "{{ offline_url }}";
const PATIENCE = 3000; // milliseconds for the network before the kept page is shown

const anonymous = (url) => new Request(url, { credentials: "omit", cache: "reload" });
const kept = (path) => caches.open(CACHE).then((cache) => cache.match(path));

self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll([...FILES, BREAK, OFFLINE].map(anonymous))));
});

self.addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => self.clients.claim()));
});

const breakPage = async (request) => {
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(() => kept(BREAK));
  const fresh = fetch(request).then((answer) => (answer.ok ? answer : kept(BREAK))).catch(() => kept(BREAK));
  return (await Promise.race([fresh, late])) ?? fresh;
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (FILES.includes(url.pathname)) event.respondWith(kept(url.pathname).then((file) => file ?? fetch(request)));
  else if (request.mode !== "navigate") return;
  else if (url.pathname === BREAK) event.respondWith(breakPage(request));
  else event.respondWith(fetch(request).catch(() => kept(OFFLINE)));
});
