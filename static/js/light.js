// The light and the text size that the reader chose, set before the first paint: a white flash at 3 a.m. wakes two.
// The server has set them already, but on pages that are the same bytes for everybody. Where nothing was chosen, it is
// night from nine in the evening to seven in the morning.
const chosen = (name) => document.cookie.match(`(?:^|; )__Host-${name}=(\\w+)`)?.[1];
const hour = new Date().getHours();

if (chosen("text")) document.documentElement.dataset.text = chosen("text");
if (chosen("light")) document.documentElement.dataset.light = chosen("light");
else if (hour >= 21 || hour < 7) document.documentElement.dataset.light = "night";
else delete document.documentElement.dataset.light;
