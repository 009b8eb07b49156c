// The light that the reader chose, set before the first paint: a white flash at 3 a.m. wakes two.
(() => {
  try {
    const light = localStorage.getItem("light");
    if (light) document.documentElement.dataset.light = light;
  } catch { /* storage is refused: the device's own scheme stands */ }
})();
