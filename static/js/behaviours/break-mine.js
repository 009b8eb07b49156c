// What a signed-in parent has of their own on this page: asked for while there is a network, shown, kept nowhere.
const { mineSource } = document.querySelector("[data-mine-source]").dataset;
const slots = [...document.querySelectorAll("[data-mine]")];
const lost = document.querySelector("[data-mine-lost]");
const began = () => Number(sessionStorage.getItem("break") ?? 0);

const put = (parts) => {
  for (const slot of slots) {
    const part = parts?.querySelector(`[data-part="${slot.dataset.mine}"]`);
    slot.replaceChildren(...(part?.childNodes ?? []));
    slot.hidden = !part?.hasAttribute("data-full");
    if (slot.dataset.mine === "people" && !slot.hidden) slot.closest("details").open = true;
  }
};

const ask = async (url, options) => {
  const answer = await fetch(url, { cache: "no-store", headers: { "HX-Request": "true" }, ...options });
  if (answer.redirected || answer.status > 204) throw new Error(answer.statusText);
  const parts = document.createElement("template");
  parts.innerHTML = await answer.text();
  put(parts.content);
  document.querySelector("[data-mine] [data-result]")?.focus();
  document.getElementById("said").textContent = document.querySelector("[data-mine] [data-said]")?.textContent ?? "";
};

// Without a network there is nobody to ask, and the console stays quiet.
const load = () => { if (navigator.onLine) ask(mineSource).catch(() => put()); };

const send = (form, button) => {
  const said = new FormData(form, button);
  if (began()) said.set("gone", Math.floor((Date.now() - began()) / 1000));
  said.set("trigger", new URLSearchParams(location.search).get("for") ?? "asked");
  lost.hidden = true;
  ask(form.action, { method: "POST", body: said }).catch(() => { lost.hidden = false; });
};

const start = document.getElementsByClassName("mine__start"), back = document.getElementsByClassName("mine__back");
const isWanted = () => start[0]?.querySelector(":checked");

document.addEventListener("break:start", () => { if (isWanted()) send(start[0]); });
document.addEventListener("break:stop", () => { if (back[0]) send(back[0]); });
// Ticked while the break goes on: from now on, without another tap.
document.addEventListener("change", (event) => { if (event.target.form === start[0] && start[0] && began() && isWanted()) send(start[0]); });
document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-mine]")) return;
  event.preventDefault();
  send(event.target, event.submitter);
});
// Not even in what the browser keeps for its back button.
addEventListener("pagehide", () => put());
addEventListener("pageshow", (event) => { if (event.persisted) load(); });
addEventListener("online", load);
load();
