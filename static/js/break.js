// Behaviours of “I need a minute”.
import("./behaviours/country.js").catch(() => {});
import("./behaviours/break-timer.js").catch(() => {});

// A choice that was made on another page is open already.
const chosen = document.getElementById(location.hash.slice(1));
if (chosen instanceof HTMLDetailsElement) chosen.open = true;
