// Keeps “I need a minute” for when there is no network (see /sw.js). Without support the page is as good as before.
const register = () => navigator.serviceWorker.register("/sw.js").catch(() => {});

if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") register();
  else addEventListener("load", register);
}
