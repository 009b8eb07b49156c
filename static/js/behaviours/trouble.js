// A tap that could not be saved says so, and stays on the page to be tapped again.
const say = () => {
  const words = document.querySelector("template[data-not-saved]");
  const said = document.getElementById("said");
  if (!words || !said) return;
  document.querySelector(".flash--trouble")?.remove();
  document.querySelector("main")?.prepend(words.content.cloneNode(true));
  said.textContent = document.querySelector(".flash--trouble")?.textContent.trim() ?? "";
};

for (const event of ["htmx:sendError", "htmx:responseError", "htmx:timeout"]) document.addEventListener(event, say);
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) document.querySelector(".flash--trouble")?.remove();
});
