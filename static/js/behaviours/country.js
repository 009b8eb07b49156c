// Whose numbers come first: what was chosen on this device, else its time zone, else its language. Nothing is sent.
const lines = document.querySelector("[data-lines]");
const countries = [...lines.querySelectorAll("[data-code]")];
const select = lines.querySelector("[data-country]");

const kept = () => { try { return localStorage.getItem("country"); } catch { return null; } };
const keep = (code) => { try { localStorage.setItem("country", code); } catch { /* for this page alone */ } };

const guessed = () => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const byZone = countries.find((country) => country.dataset.zones?.split(" ").includes(zone));
  const region = navigator.language?.split("-")[1];
  return (byZone ?? countries.find((country) => country.dataset.code && country.dataset.code === region))?.dataset.code ?? "";
};

const show = (code) => {
  select.value = code;
  lines.querySelector("[data-guessed]").textContent = select.selectedOptions[0].textContent;
  for (const country of countries) {
    const first = country.dataset.code === code;
    country.open = first;
    country.toggleAttribute("data-first", first);
  }
  lines.querySelector("[data-guess]").after(countries.find((country) => country.dataset.code === code));
  const number = countries.find((country) => country.dataset.code === code)?.dataset.emergency;
  for (const call of document.querySelectorAll("[data-call]")) {
    call.hidden = !number;
    call.querySelector("[data-call-link]").href = `tel:${number}`;
    call.querySelector("[data-call-number]").textContent = number ?? "";
  }
};

select.addEventListener("change", () => { keep(select.value); show(select.value); });
show(kept() ?? guessed());
lines.querySelector("[data-guess]").hidden = false;
