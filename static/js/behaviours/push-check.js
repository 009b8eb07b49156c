// At each visit, a browser that shows pushes makes sure that it still does: what expired or changed is replaced, and
// where the permission was taken back the site is told. It never asks for a permission.
const AGAIN = 12 * 3600 * 1000; // milliseconds, for a site that is never closed
const isTime = () => Date.now() - Number(sessionStorage.getItem("push-checked") ?? 0) > AGAIN;

if (isTime()) {
  const { ask, end, keep, kept, supported } = await import("../push.js");
  const own = kept();
  const known = await ask();
  if (known.person === own.person) {
    if (supported && Notification.permission === "granted") await keep(known, own.endpoint);
    else await end(known, own.endpoint);
  }
  sessionStorage.setItem("push-checked", Date.now());
}
