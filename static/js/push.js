// This browser and pushes: what it tells /inbox/push/ of itself. It keeps two things: its own address, and a mark of
// whose it is, so that somebody else who signs in here is not pushed to unasked.
const ADDRESS = "/inbox/push/";

export const supported = "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;
export const kept = () => JSON.parse(localStorage.getItem("push") ?? "null");

const post = async (address, token, said) => {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token };
  const answer = await fetch(address, { method: "POST", redirect: "error", headers, body: JSON.stringify(said) });
  if (!answer.ok) throw new Error(String(answer.status));
};
const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
const mark = async (endpoint) => {
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint));
  return [...new Uint8Array(hash)].map((one) => one.toString(16).padStart(2, "0")).join("");
};
const isTiedTo = (subscription, key) => {
  const own = subscription.options?.applicationServerKey;
  return !own || text(own) === key;
};

// What the site knows: its key, whose page this is, and the marks of their browsers.
export const ask = async () => {
  const answer = await fetch(ADDRESS, { redirect: "error" });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
};

export const isOn = async (known) => {
  const subscription = await (await navigator.serviceWorker.ready).pushManager.getSubscription();
  return Boolean(subscription) && known.browsers.includes(await mark(subscription.endpoint));
};

// Subscribes where permission was given; one that the site does not know, or of an older key, is made anew.
export const keep = async (known, was = "") => {
  const manager = (await navigator.serviceWorker.ready).pushManager;
  let subscription = await manager.getSubscription();
  if (subscription && !(isTiedTo(subscription, known.key) && known.browsers.includes(await mark(subscription.endpoint)))) {
    await subscription.unsubscribe();
    subscription = null;
  }
  subscription ??= await manager.subscribe({ userVisibleOnly: true, applicationServerKey: bytes(known.key) });
  await post(ADDRESS, known.token, { ...subscription.toJSON(), was });
  localStorage.setItem("push", JSON.stringify({ endpoint: subscription.endpoint, person: known.person }));
};

// The site forgets this browser, and the browser the site.
export const end = async (known, endpoint) => {
  await post(`${ADDRESS}end/`, known.token, { endpoint });
  localStorage.removeItem("push");
  const subscription = supported && (await (await navigator.serviceWorker.ready).pushManager.getSubscription());
  if (subscription) await subscription.unsubscribe();
};
