// Pushes on this device: said as it is, and switched by a tap. The browser asks for permission after the tap alone.
import { ask, end, isOn, keep, kept, supported } from "../push.js";

const section = document.querySelector("[data-push]");
const parts = [...section.querySelectorAll("[data-push-when]")];
const button = section.querySelector("[data-push-switch]");
const words = () => parts.find((part) => !part.hidden && part.matches("p"));

const show = (state) => {
  for (const part of parts) part.hidden = !part.dataset.pushWhen.split(" ").includes(state);
  button.hidden = !["on", "off", "failed"].includes(state);
  button.setAttribute("aria-checked", state === "on");
};

const stand = async () => {
  if (!supported) return "unsupported";
  const known = await ask();
  const isMine = kept()?.person === known.person;
  if (Notification.permission !== "granted") {
    if (isMine) await end(known, kept().endpoint);
    return Notification.permission === "denied" ? "denied" : "off";
  }
  if (isMine) await keep(known, kept().endpoint);
  return isMine && (await isOn(await ask())) ? "on" : "off";
};
const turnOn = async () => {
  const permission = await Notification.requestPermission();
  if (permission !== "granted") return permission === "denied" ? "denied" : "off";
  await keep(await ask(), kept()?.endpoint);
  return "on";
};
const turnOff = async () => {
  await end(await ask(), kept()?.endpoint ?? "");
  return "off";
};

button.addEventListener("click", async () => {
  const act = button.getAttribute("aria-checked") === "true" ? turnOff : turnOn;
  button.setAttribute("aria-busy", "true");
  show(await act().catch(() => "failed"));
  button.removeAttribute("aria-busy");
  if (button.hidden) words().focus();
  document.getElementById("said").textContent = words().textContent.trim();
});
show(await stand().catch(() => "failed"));
