// After a swap focus stays where it was (htmx keeps it by id), or moves to what the answer marked as its result.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = document.getElementById(event.detail.target?.id);
  const marked = part?.querySelector("[data-result]");
  if (marked) marked.focus();
  else if (!document.activeElement || document.activeElement === document.body) document.getElementById("main")?.focus();
});
