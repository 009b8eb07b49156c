// After a swap focus stays where it was (htmx keeps it by id); where that control is gone it moves to the result.
document.addEventListener("htmx:afterSettle", (event) => {
  const lost = !document.activeElement || document.activeElement === document.body;
  if (!lost || !event.detail.target?.isConnected && !document.getElementById(event.detail.target?.id)) return;
  const part = document.getElementById(event.detail.target.id);
  (part?.querySelector("#result, #flash a, #soothing input") ?? document.getElementById("main"))?.focus();
});
