// Keeps the page fresh and sends its forms without leaving it. Without this script, the same forms reload the page.

const EVERY_MS = 1000;

const lost = document.querySelector(".lost");
const drawn = new Map([...document.querySelectorAll("[data-live]")].map((part) => [part.id, part.innerHTML]));
let asked = 0;
let shown = 0;
let sending = 0;

// Puts the changed parts of the page in place, as the server draws it now; true when it did what was asked.
async function show(url, options) {
  const turn = ++asked;
  try {
    const response = await fetch(url, options);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const isOurs = page.getElementById("telephones") !== null;
    lost.hidden = isOurs;
    // What was asked before may come after: it is no longer so.
    if (isOurs && turn > shown) {
      shown = turn;
      // What was refused stays said until something else is done.
      const parts = options ? "[data-live]" : "[data-live]:not([role=alert])";
      document.querySelectorAll(parts).forEach((part) => renew(part, page.getElementById(part.id)));
    }
    return response.ok;
  } catch {
    lost.hidden = false;
    return false;
  }
}

// What the server drew is compared, not what is there: an hour being typed is left alone.
function renew(part, fresh) {
  if (!fresh || drawn.get(part.id) === fresh.innerHTML) return;
  drawn.set(part.id, fresh.innerHTML);
  const focused = part.contains(document.activeElement) ? document.activeElement.id : "";
  if (part.matches("ol")) renewItems(part, fresh);
  else part.replaceChildren(...fresh.childNodes);
  if (focused && document.activeElement.id !== focused) document.getElementById(focused)?.focus();
}

// A message that did not change is left alone: screen readers announce whatever is written.
function renewItems(list, fresh) {
  const items = [...fresh.children].map((item) => {
    const known = document.getElementById(item.id);
    return known && known.outerHTML === item.outerHTML ? known : item;
  });
  [...list.childNodes].filter((child) => !items.includes(child)).forEach((child) => child.remove());
  items.forEach((item, place) => {
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target, text = form.querySelector("input[name=texte]"), typed = text?.value;
  if (form.method !== "post") return;
  event.preventDefault();
  const body = new FormData(form, event.submitter);
  if (text) text.value = "";
  sending++;
  const isDone = await show(form.action, { method: "POST", body });
  sending--;
  if (!isDone && text && !text.value) text.value = typed;
});

async function keepFresh() {
  // What is asked while something is being sent would come before it and take its place.
  if (!document.hidden && !sending) await show(location.href);
  setTimeout(keepFresh, EVERY_MS);
}

setTimeout(keepFresh, EVERY_MS);
