// 会场大屏: asks twice a second what changed, keeps the last picture while the line is broken, and comes back by itself.
(() => {
  const board = document.getElementById("board");
  const lost = document.getElementById("lost");
  const clock = document.querySelector("[data-clock]");
  const full = document.querySelector("[data-full]");
  const EVERY = 500, PATIENCE = 4000;
  let tag = "", ahead = 0, heard = Date.now();

  const time = (at) => new Date(at + ahead).toLocaleTimeString("zh-CN", { timeZone: "Asia/Shanghai", hour12: false });
  const tell = (word) => {
    lost.hidden = !word;
    const text = word ? lost.dataset[word].replace("{at}", time(heard)) : "";
    if (lost.textContent !== text) lost.textContent = text;
  };

  const show = async (answer) => {
    if (answer.status === 200) {
      board.innerHTML = await answer.text();
      tag = answer.headers.get("ETag") || "";
    }
    const server = Date.parse(answer.headers.get("Date") || "");
    if (Math.abs(server - Date.now()) > 2000) ahead = server - Date.now();
    heard = Date.now();
    tell("");
  };

  const ask = async () => {
    const begun = Date.now(), stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), PATIENCE);
    const headers = tag ? { "If-None-Match": tag } : {};
    try {
      const answer = await fetch(board.dataset.ask, { headers, cache: "no-store", redirect: "manual", signal: stop.signal });
      if (answer.type === "opaqueredirect") tell("login");
      else if ([403, 404, 409].includes(answer.status)) tell("ended");
      else if (answer.status === 200 || answer.status === 304) await show(answer);
      else tell("lost");
    } catch {
      tell("lost");
    }
    clearTimeout(timer);
    setTimeout(ask, Math.max(50, EVERY - (Date.now() - begun)));
  };

  const tick = () => { clock.textContent = time(Date.now()).slice(0, 5); };
  full.hidden = !document.fullscreenEnabled;
  full.addEventListener("click", () => document.documentElement.requestFullscreen());
  document.addEventListener("visibilitychange", () => document.hidden || navigator.wakeLock?.request("screen").catch(() => {}));
  navigator.wakeLock?.request("screen").catch(() => {});
  setInterval(tick, 1000);
  tick();
  ask();
})();
