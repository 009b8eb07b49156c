// The four lamps at the foot of the page: chosen once, kept on this device.
const root = document.documentElement;

for (const form of document.querySelectorAll("[data-lights]")) {
  for (const input of form.querySelectorAll("[data-light-choice]")) {
    input.checked = input.value === (root.dataset.light ?? "");
    input.addEventListener("change", () => {
      if (input.value) root.dataset.light = input.value;
      else delete root.dataset.light;
      try { localStorage.setItem("light", input.value); } catch { /* kept for this page alone */ }
    });
  }
  form.hidden = false;
}
