// Behaviours of every page. Each is its own file; one that fails takes no other down.
import("./behaviours/lights.js").catch(() => {});
import("./behaviours/worker.js").catch(() => {});
// A timer that runs shows on every page.
if (document.querySelector("[data-since], [data-title-since]")) import("./behaviours/elapsed.js").catch(() => {});
// Pushes: the choice on its page; elsewhere only a browser that was allowed them looks whether they still stand. Last,
// because a browser that keeps nothing throws when it is asked what it keeps.
if (document.querySelector("[data-push]")) import("./behaviours/pushes.js").catch(() => {});
else if (!document.body.classList.contains("page--open") && localStorage.getItem("push")) import("./behaviours/push-check.js").catch(() => {});
