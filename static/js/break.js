// Behaviours of “I need a minute”.
import("./behaviours/country.js").catch(() => {});
import("./behaviours/break-timer.js").catch(() => {});
import("./behaviours/break-mine.js").catch(() => {});
import("./behaviours/one-panel.js").catch(() => {});
