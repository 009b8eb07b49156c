// Lamp and text size at the foot of the page: chosen once, kept on this device in a cookie that the server reads too.
const root = document.documentElement;
const YEAR = 31536000; // seconds

for (const form of document.querySelectorAll("[data-lights]")) {
  for (const input of form.querySelectorAll("input")) {
    input.checked = input.value === (root.dataset[input.name] ?? "");
    input.addEventListener("change", () => {
      if (input.value) root.dataset[input.name] = input.value;
      else delete root.dataset[input.name];
      document.cookie = `__Host-${input.name}=${input.value}; Path=/; Secure; SameSite=Lax; Max-Age=${input.value ? YEAR : 0}`;
    });
  }
  form.hidden = false;
}
