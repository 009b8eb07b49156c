// Behaviours of an article, for somebody who is signed in.
import("./behaviours/place.js").catch(() => {});
