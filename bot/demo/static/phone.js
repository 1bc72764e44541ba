// The demo phones: each one shows a number's conversation, kept fresh, and sends what is typed.

const EVERY_MS = 1000;
const LOST = "La page n'a pas pu joindre le serveur. Nouvel essai dans un instant.";

const main = document.querySelector("main");
const { zone, messages: messagesUrl, send: sendUrl } = main.dataset;
const hour = new Intl.DateTimeFormat("fr-FR", { timeZone: zone, hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("fr-FR", { timeZone: zone, weekday: "long", day: "numeric", month: "long" });

let opened = 0;

function openPhone(number) {
  const phone = document.getElementById("phone").content.cloneNode(true).firstElementChild;
  const part = (selector) => phone.querySelector(selector);
  const sender = part("[name=sender]"), typed = part("[name=typed]"), recipient = part("[name=recipient]");
  const thread = part(".thread"), list = part("ol"), refusal = part(".refusal"), input = part("[name=text]");
  const bubbles = new Map();
  let mark = "";

  const name = `Téléphone ${++opened}`;
  part("h2").textContent = name;
  thread.setAttribute("aria-label", `Messages, ${name}`);
  if (number && !choose(number)) {
    sender.value = "";
    typed.value = number;
  }

  const writer = () => sender.value || typed.value;

  function choose(number) {
    sender.value = number;
    return sender.value === number;
  }

  function adopt(number, label) {
    if (!choose(number)) {
      sender.lastElementChild.before(new Option(label, number));
      choose(number);
    }
    part(".typed").hidden = true;
    tellAddress();
  }

  // Another number, another conversation: nothing of the former may stay on the screen.
  function startOver() {
    bubbles.clear();
    list.replaceChildren();
    mark = "";
    refusal.textContent = "";
    thread.setAttribute("aria-live", "off");
    part(".typed").hidden = Boolean(sender.value);
    part(".empty").hidden = false;
    part(".typing").hidden = true;
    showOptions([]);
    tellAddress();
  }

  async function refresh() {
    const asked = writer();
    if (!asked) return;
    const query = new URLSearchParams({ phone: asked, after: mark });
    const answer = await call(`${messagesUrl}?${query}`);
    if (asked !== writer()) return;
    if (answer.error) return refuse(answer.error);
    if (refusal.textContent === LOST) refuse("");
    if (!sender.value) adopt(answer.phone, answer.name);
    mark = answer.mark;
    if (answer.messages) show(answer.messages);
    thread.setAttribute("aria-live", "polite");
  }

  function show(messages) {
    const atBottom = thread.scrollHeight - thread.scrollTop - thread.clientHeight < 60;
    let before = null;
    messages.forEach((message, index) => {
      const bubble = bubbles.get(message.id) ?? newBubble(message);
      bubbles.set(message.id, bubble);
      settle(bubble, message, messages[index - 1]);
      const place = before ? before.nextElementSibling : list.firstElementChild;
      if (place !== bubble) list.insertBefore(bubble, place);
      before = bubble;
    });
    const last = messages.at(-1);
    part(".empty").hidden = messages.length > 0;
    part(".typing").hidden = !last?.waiting;
    showOptions(openOptions(messages));
    if (atBottom) thread.scrollTop = thread.scrollHeight;
  }

  function showOptions(options) {
    const group = part(".options");
    const said = options.join("\n");
    if (group.dataset.said === said) return;
    group.dataset.said = said;
    group.hidden = options.length === 0;
    group.replaceChildren(...options.map((option, index) => {
      const button = document.createElement("button");
      const digit = document.createElement("b");
      digit.textContent = index + 1;
      button.type = "button";
      button.append(digit, ` ${option}`);
      button.addEventListener("click", () => { send(String(index + 1)); input.focus(); });
      return button;
    }));
  }

  async function send(text) {
    const body = JSON.stringify({ sender: writer(), recipient: recipient.value, text });
    const headers = { "Content-Type": "application/json" };
    const answer = await call(sendUrl, { method: "POST", headers, body });
    refuse(answer.error ?? "");
    if (answer.error) return false;
    thread.scrollTop = thread.scrollHeight;
    await refresh();
    return true;
  }

  function refuse(sentence) {
    if (refusal.textContent !== sentence) refusal.textContent = sentence;
  }

  sender.addEventListener("change", () => {
    startOver();
    if (sender.value) refresh();
    else typed.focus();
  });
  typed.addEventListener("change", () => { startOver(); refresh(); });
  part("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = input.value;
    if (await send(text) && input.value === text) input.value = "";
  });
  part(".close").addEventListener("click", () => {
    phone.remove();
    tellAddress();
    main.focus();
  });

  async function keepFresh() {
    if (!phone.isConnected) return;
    if (!document.hidden && (sender.value || mark)) await refresh();
    setTimeout(keepFresh, EVERY_MS);
  }

  main.append(phone);
  startOver();
  refresh().then(() => setTimeout(keepFresh, EVERY_MS));
  return phone;
}

// The options of the latest question that nothing was answered to.
function openOptions(messages) {
  const sinceAnswer = messages.slice(messages.findLastIndex((message) => message.way === "sent") + 1);
  return sinceAnswer.findLast((message) => message.options.length)?.options ?? [];
}

function newBubble(message) {
  const bubble = document.getElementById("bubble").content.cloneNode(true).firstElementChild;
  bubble.className = message.way;
  bubble.querySelector(".text").textContent = message.text;
  return bubble;
}

function settle(bubble, message, previous) {
  const at = new Date(message.at), part = (selector) => bubble.querySelector(selector);
  const time = part("time"), date = day.format(at);
  time.dateTime = message.at;
  write(time, hour.format(at).replace(":", " h "));
  write(part(".day"), date);
  part(".day").hidden = Boolean(previous) && day.format(new Date(previous.at)) === date;
  const billed = message.segments && `${message.segments} segment${message.segments > 1 ? "s" : ""}`;
  write(part(".fate"), [billed, message.state].filter(Boolean).map((fact) => ` · ${fact}`).join(""));
  bubble.classList.toggle("failed", message.failed);
}

// Text that did not change is left alone: screen readers announce whatever is written.
function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

async function call(url, options) {
  try {
    const response = await fetch(url, options);
    return await response.json();
  } catch {
    return { error: LOST };
  }
}

// The address names the numbers shown: reloading, or sharing it, opens the same phones.
function tellAddress() {
  const numbers = [...document.querySelectorAll("[name=sender]")].map((sender) => sender.value).filter(Boolean);
  const query = new URLSearchParams(numbers.map((number) => ["qui", number]));
  history.replaceState(null, "", `?${query}`);
  const closes = document.querySelectorAll(".close");
  closes.forEach((close) => { close.hidden = closes.length < 2; });
}

function numbersOfTheAddress() {
  const asked = new URLSearchParams(location.search).getAll("qui");
  return asked.length ? asked : freeNumbers().slice(0, 2);
}

function freeNumbers() {
  const shown = new Set([...document.querySelectorAll("[name=sender]")].map((sender) => sender.value));
  const known = document.getElementById("phone").content.querySelectorAll("[name=sender] option");
  return [...known].map((option) => option.value).filter((number) => number && !shown.has(number));
}

document.getElementById("add").addEventListener("click", () => {
  const phone = openPhone(freeNumbers()[0] ?? "");
  phone.scrollIntoView({ block: "nearest", inline: "nearest" });
  phone.querySelector("[name=sender]").focus();
});
numbersOfTheAddress().forEach(openPhone);
