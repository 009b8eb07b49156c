// Running timers: whole minutes, as the server wrote them, kept up to date. Not announced: role="timer" is silent.
// The latest shows in the tab's title, too.
const title = document.querySelector("title");
const words = title.textContent.replace(/^\d+ [^·]+ · /, "");

const unit = title.textContent.match(/^\d+ ([^·]+) · /)?.[1] ?? "min";

const show = () => {
  for (const timer of document.querySelectorAll("[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(timer.dataset.since)) / 60000));
    const place = timer.querySelector("[data-minutes]");
    if (place && place.textContent !== String(minutes)) place.textContent = String(minutes);
  }
  const since = title.dataset.titleSince;
  if (since) document.title = `${Math.max(0, Math.floor((Date.now() - Date.parse(since)) / 60000))} ${unit} · ${words}`;
};

show();
setInterval(show, 10000);
document.addEventListener("visibilitychange", show);
document.addEventListener("htmx:load", show);
