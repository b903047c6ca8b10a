// 存架: a form filled in without network stays on this telephone, its photographs too, and is sent when there is network.
// The form's token goes with it, so that what is sent twice is one. window.shelf: put(entry), get(key), send().
(() => {
  const note = document.getElementById("held");
  if (!note || !window.indexedDB) return;
  const settle = (asked, done, fail) => Object.assign(asked, { onsuccess: () => done(asked.result), onerror: () => fail(asked.error) });
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open("lookback", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("forms", { keyPath: "key" });
    settle(asked, done, fail);
  });
  const use = async (way, work) => {
    const asked = work((await opened).transaction("forms", way).objectStore("forms"));
    return new Promise((done, fail) => settle(asked, done, fail));
  };
  const put = (entry) => use("readwrite", (forms) => forms.put(entry));
  const get = (key) => use("readonly", (forms) => forms.get(key));
  const all = async () => (await use("readonly", (forms) => forms.getAll())).filter((entry) => entry.key.startsWith(`${note.dataset.who}:`));

  const tell = async (word) => {
    const entries = (await all()).filter((entry) => entry.ready || entry.why);
    const n = entries.filter((entry) => entry.ready).length, said = word || (n ? "waiting" : "");
    note.hidden = !said && !entries.length;
    note.querySelector("p").textContent = said && note.dataset[said].replace("{n}", n);
    note.querySelector("ul").replaceChildren(...entries.map((entry) => {
      const line = document.createElement("li");
      const link = Object.assign(document.createElement("a"), { href: entry.url, textContent: entry.title });
      line.append(link, ` ${entry.why || ""}`);
      return line;
    }));
  };

  const deliver = async (entry) => {
    const body = new FormData();
    for (const [name, value] of entry.fields) body.append(name, value);
    for (const file of entry.files) body.append("photos", file, file.name);
    const headers = { "X-CSRFToken": /csrftoken=([^;]+)/.exec(document.cookie)?.[1] || "" };
    const answer = await fetch(entry.url, { method: "POST", body, headers, signal: AbortSignal.timeout(60000) });
    if (answer.status >= 500 || answer.status === 429) throw new Error(answer.status);
    if (answer.url.includes("/accounts/login/")) return "login";
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const why = page.querySelector(".errors li") || page.querySelector("main .lead");
    await (answer.redirected ? use("readwrite", (forms) => forms.delete(entry.key)) : put({ ...entry, ready: false, why: why?.textContent.trim() || String(answer.status) }));
    if (answer.redirected && document.querySelector(`[data-onsite="${entry.key}"]`)) location.assign(answer.url);
    return answer.redirected ? "sent" : "";
  };

  let busy = false;
  const send = async () => {
    if (busy) return;
    busy = true;
    let word = "";
    for (const entry of await all()) if (entry.ready && word !== "lost") word = await deliver(entry).catch(() => "lost");
    busy = false;
    await tell(word);
  };
  Object.assign(window, { shelf: { put, get, send }, ononline: send });
  setInterval(() => navigator.onLine && send(), 15000);
  send();
})();
