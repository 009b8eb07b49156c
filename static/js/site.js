// Behaviours of every page. Each is its own file; one that fails takes no other down.
import("./behaviours/lights.js").catch(() => {});
import("./behaviours/worker.js").catch(() => {});
