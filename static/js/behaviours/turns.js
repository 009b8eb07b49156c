// Play: one tap, one turn, one more arc, at once. What is sent is the number itself, so no tap counts twice.
const MOST_ARCS = 26;

const show = (form, turns) => {
  form.querySelector("[data-number]").textContent = String(turns);
  const arcs = Array.from({ length: Math.min(turns, MOST_ARCS) }, () =>
    Object.assign(document.createElement("span"), { className: "turn" }));
  form.querySelector("[data-turns]").replaceChildren(...arcs);
};

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-turn]");
  const form = button?.closest("[data-turns-form]");
  if (!form || !window.htmx) return;
  event.preventDefault();
  const sent = form.querySelector("[data-turns-sent]");
  const turns = Math.min(999, Math.max(0, Number(sent.value) + Number(button.dataset.turn)));
  sent.disabled = false;
  for (const one of form.querySelectorAll("[data-turn]")) one.removeAttribute("name"); // without scripts they carry the number
  sent.value = String(turns);
  show(form, turns);
  navigator.vibrate?.(12);
  window.htmx.trigger(form, "turn");
});
