// Shows pushes, and keeps nothing of them. Stores static files, the break page and the offline page, as anybody sees them; nothing that a signed-in page says.
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

// --- pushes: what they may say was decided by the server; here nothing is added ---
const NEUTRAL = {{ neutral|safe }}, INBOX = "/inbox/";
const here = (path) => {
  const url = new URL(String(path ?? INBOX), self.location.origin);
  return url.origin === self.location.origin ? url.pathname : INBOX;
};
const words = (value, otherwise) => (typeof value === "string" && value ? value : otherwise);

self.addEventListener("push", (event) => {
  let said = {};
  try { said = Object(event.data.json()); } catch { /* a browser wants something shown for every push */ }
  const actions = (Array.isArray(said.actions) ? said.actions : []).slice(0, self.Notification?.maxActions ?? 2);
  const options = { body: words(said.body, ""), tag: words(said.tag, "message"), actions, data: { url: here(said.url) } };
  event.waitUntil(self.registration.showNotification(words(said.title, NEUTRAL), options));
});

// A message's own link needs nobody signed in, so no cookie goes along.
const post = (url) => fetch(url, { method: "POST", credentials: "omit", keepalive: true });
const open = async (url) => {
  if (url.startsWith(`${INBOX}link/`)) await post(`${url}seen/`).catch(() => {});
  const windows = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
  const there = windows.find((one) => new URL(one.url).pathname === url);
  return there ? there.focus() : self.clients.openWindow(url);
};
const answer = async (url, step) => {
  const said = await post(`${url}${step}/`).catch(() => null);
  if (!said?.ok) await self.clients.openWindow(`${url}${step}/`); // no network: the page with its button
};

self.addEventListener("notificationclick", (event) => {
  const url = here(event.notification.data?.url);
  event.notification.close();
  event.waitUntil(event.action ? answer(url, event.action) : open(url));
});
