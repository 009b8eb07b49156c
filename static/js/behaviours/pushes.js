// Pushes on this device: said as it is, and turned on or off by a tap. The browser asks for permission after the tap alone.
import { ask, end, isOn, keep, kept, supported } from "../push.js";

const section = document.querySelector("[data-push]");
const parts = [...section.querySelectorAll("[data-push-when]")];

const show = (state) => {
  for (const part of parts) part.hidden = !part.dataset.pushWhen.split(" ").includes(state);
};
const tell = (state) => {
  show(state);
  const words = parts.find((part) => !part.hidden && part.matches("p"));
  words?.focus(); // the button that was tapped may be gone
  document.getElementById("said").textContent = words?.textContent.trim() ?? "";
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
  const known = await ask();
  await end(known, kept()?.endpoint ?? "");
  return "off";
};
const onTap = (name, act) => {
  section.querySelector(`[data-push-${name}]`).addEventListener("click", async (event) => {
    const button = event.currentTarget;
    button.disabled = true;
    tell(await act().catch(() => "failed"));
    button.disabled = false;
  });
};

onTap("on", turnOn);
onTap("off", turnOff);
show(await stand().catch(() => "failed"));
