// Behaviours of the journal's pages.
import("./behaviours/elapsed.js").catch(() => {});
import("./behaviours/turns.js").catch(() => {});
import("./behaviours/trouble.js").catch(() => {});
import("./behaviours/focus.js").catch(() => {});
