// A break that was started: counts here, survives a reload, and says once when to look in. Nothing is sent from here.
const timer = document.querySelector("[data-break-timer]");
const [before, during] = ["[data-before]", "[data-during]"].map((part) => timer.querySelector(part));
const prompts = [...timer.querySelectorAll("[data-at]")];
let began = Number(sessionStorage.getItem("break") ?? 0);
let said = -1;

const show = () => {
  before.hidden = Boolean(began);
  during.hidden = !began;
  if (!began) return;
  const seconds = Math.max(0, (Date.now() - began) / 1000);
  timer.querySelector("[data-gone]").textContent = String(Math.floor(seconds / 60));
  timer.querySelector("progress").value = Math.min(900, seconds);
  const now = prompts.findLast((prompt) => seconds >= Number(prompt.dataset.at) * 60);
  for (const prompt of prompts) prompt.hidden = prompt !== now;
  const at = Number(now.dataset.at);
  if (at > said) document.getElementById("said").textContent = now.textContent;
  if (at > said && said >= 0) navigator.vibrate?.([200, 100, 200]);
  said = at;
};

const set = (time) => {
  began = time;
  said = -1;
  if (time) sessionStorage.setItem("break", String(time));
  else sessionStorage.removeItem("break");
  show();
};

const turn = (tapped, time, next) => timer.querySelector(tapped).addEventListener("click", () => {
  set(time());
  timer.querySelector(next).focus();
  document.dispatchEvent(new CustomEvent(time() ? "break:start" : "break:stop"));
});

turn("[data-start]", Date.now, "[data-stop]");
turn("[data-stop]", () => 0, "[data-start]");
document.addEventListener("visibilitychange", show);
setInterval(show, 1000);
show();
