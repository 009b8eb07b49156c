// Where somebody stopped: the last heading above the middle of the window, once they rest there; none after the end.
const form = document.querySelector("[data-place]");
const headings = [...document.querySelectorAll(".article__body > h2[id^='on-']")];
const end = document.querySelector("[data-end]");
const REST = 1500; // milliseconds without scrolling
let sent = null, resting = 0;

const above = (one, share) => one.getBoundingClientRect().top < innerHeight * share;
const place = () => (above(end, 0.9) ? "" : headings.findLast((heading) => above(heading, 0.5))?.id ?? null);

const send = () => {
  const anchor = place();
  if (anchor === null || anchor === sent) return;
  sent = anchor;
  const body = new URLSearchParams({ anchor, csrfmiddlewaretoken: form.querySelector("[name=csrfmiddlewaretoken]").value });
  fetch(form.action, { method: "POST", body, keepalive: true, redirect: "manual" }).catch(() => { sent = null; });
};

if (form && end) {
  addEventListener("scroll", () => { clearTimeout(resting); resting = setTimeout(send, REST); }, { passive: true });
  addEventListener("pagehide", send);
}
