// Lamp and text size at the foot of the page: chosen once, kept on this device in a cookie that the server reads too.
const root = document.documentElement;
const YEAR = 31536000; // seconds
const chosen = (name) => document.cookie.match(`(?:^|; )__Host-${name}=(\\w+)`)?.[1] ?? "";
const isLate = () => new Date().getHours() >= 21 || new Date().getHours() < 7;

for (const form of document.querySelectorAll("[data-lights]")) {
  for (const input of form.querySelectorAll("input")) {
    input.checked = input.value === chosen(input.name);
    input.addEventListener("change", () => {
      if (input.value) root.dataset[input.name] = input.value;
      else if (input.name === "light" && isLate()) root.dataset.light = "night";
      else delete root.dataset[input.name];
      document.cookie = `__Host-${input.name}=${input.value}; Path=/; Secure; SameSite=Lax; Max-Age=${input.value ? YEAR : 0}`;
    });
  }
  form.hidden = false;
}
