// 发件箱: what is to be recorded stays on this machine until the server has it, and is sent again under the same key until then.
// Listens: "outbox:put" {id, url, body} is kept and sent, "outbox:now" {url, body} is sent once, "outbox:drop" key is forgotten.
// Says: "outbox:held" {word, entries} what waits and how the line is, "outbox:answered" {page} what the server shows.
(() => {
  const box = document.querySelector("[data-box]");
  if (!box) return;
  const name = `outbox:${box.dataset.box}:`;
  const say = (event, detail) => document.dispatchEvent(new CustomEvent(`outbox:${event}`, { detail }));
  const put = ({ key, ...entry }) => localStorage.setItem(name + key, JSON.stringify(entry));
  const held = () => Object.keys(localStorage).filter((one) => one.startsWith(name))
    .map((one) => ({ key: one.slice(name.length), ...JSON.parse(localStorage.getItem(one)) }))
    .sort((one, other) => one.at - other.at);
  const waiting = () => held().find((entry) => entry.why === undefined);
  let busy = false, broken = "", mended = false;

  const tell = (state = broken) => {
    mended = !state && (mended || Boolean(broken));
    broken = state;
    const entries = held();
    const word = broken || (waiting() ? "sending" : entries.length ? "refused" : mended ? "sent" : "");
    say("held", { word, entries });
  };

  const send = async ({ url, body }) => {
    const headers = { "X-CSRFToken": /csrftoken=([^;]+)/.exec(document.cookie)?.[1] || "" };
    const signal = AbortSignal.timeout(10000);
    const answer = await fetch(url, { method: "POST", body: new URLSearchParams(body), headers, signal });
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const login = answer.status === 403 || answer.url.includes("/accounts/login/");
    return { page, login, done: answer.ok && answer.redirected };
  };

  const deliver = async (entry) => {
    const answer = await send(entry);
    if (answer.login) return "login";
    if (answer.done) localStorage.removeItem(name + entry.key);
    else put({ ...entry, why: (answer.page.querySelector(".errors li, main .lead, main p")?.textContent || "").trim() });
    say("answered", answer);
    return "";
  };

  const run = async () => {
    if (busy) return;
    busy = true;
    if (broken && !waiting() && navigator.onLine) tell("");
    for (let entry, state = ""; !state && (entry = waiting());) tell(state = await deliver(entry).catch(() => "lost"));
    busy = false;
  };

  const once = (detail) => send(detail).then((answer) => answer.login ? tell("login") : say("answered", answer), () => tell("lost"));
  document.addEventListener("outbox:put", ({ detail: { id, ...entry } }) => { put({ ...entry, key: id, at: Date.now() }); tell(); run(); });
  document.addEventListener("outbox:now", ({ detail }) => once(detail));
  document.addEventListener("outbox:drop", ({ detail }) => { localStorage.removeItem(name + detail); tell(); });
  addEventListener("online", run);
  addEventListener("offline", () => tell("lost"));
  setInterval(run, 2000);
  addEventListener("DOMContentLoaded", () => { tell(""); run(); });
})();
