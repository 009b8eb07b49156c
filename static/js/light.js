// The light and the text size that the reader chose, set before the first paint: a white flash at 3 a.m. wakes two.
// The server has set them already, but on pages that are the same bytes for everybody.
for (const name of ["light", "text"]) {
  const chosen = document.cookie.match(`(?:^|; )__Host-${name}=(\\w+)`)?.[1];
  if (chosen) document.documentElement.dataset[name] = chosen;
}
