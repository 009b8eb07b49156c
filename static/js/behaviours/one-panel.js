// One of the three lines, and nothing else: its panel stands first until it is closed again.
const page = document.querySelector(".break");
const panels = [...document.querySelectorAll(".choices__one")];

const show = (opened) => {
  page.classList.toggle("break--one", panels.some((panel) => panel.open));
  if (opened) opened.scrollIntoView({ block: "start" });
};

for (const panel of panels) panel.addEventListener("toggle", () => show(panel.open && panel));
// A choice that was made on another page is open already.
const chosen = () => panels.find((panel) => `#${panel.id}` === location.hash);
const follow = () => { if (chosen()) chosen().open = true; };
addEventListener("hashchange", follow);
follow();
