// Behaviours of every page. Each is its own file; one that fails takes no other down.
import("./behaviours/lights.js").catch(() => {});
import("./behaviours/worker.js").catch(() => {});
// A timer that runs shows on every page.
if (document.querySelector("[data-since], [data-title-since]")) import("./behaviours/elapsed.js").catch(() => {});
