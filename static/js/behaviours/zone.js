// The time zone that the browser is in, chosen for the parent; the list stays theirs to change.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
for (const select of document.querySelectorAll("select[data-zone]")) {
  if (!document.querySelector(".errors") && [...select.options].some((option) => option.value === zone)) select.value = zone;
}
