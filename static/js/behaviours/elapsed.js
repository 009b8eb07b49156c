// Running timers: whole minutes, as the server wrote them, kept up to date. Not announced: role="timer" is silent.
const show = () => {
  for (const timer of document.querySelectorAll("[data-since]")) {
    const minutes = Math.max(0, Math.floor((Date.now() - Date.parse(timer.dataset.since)) / 60000));
    const place = timer.querySelector("[data-minutes]");
    if (place && place.textContent !== String(minutes)) place.textContent = String(minutes);
  }
};

setInterval(show, 10000);
document.addEventListener("visibilitychange", show);
document.addEventListener("htmx:load", show);
