// Reads the page again every 30 seconds while it is looked at, and puts the new content in place.

const EVERY_MS = 30_000;

async function refresh() {
  if (document.hidden) return;
  const main = document.querySelector("main");
  try {
    const response = await fetch(location.href);
    if (!response.ok) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    main.replaceChildren(...page.querySelector("main").childNodes);
  } catch {
    // Out of reach: what is shown says its hour, and the next try comes by itself.
  }
}

setInterval(refresh, EVERY_MS);
document.addEventListener("visibilitychange", refresh);
