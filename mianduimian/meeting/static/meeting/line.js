// 送达: how the line is and what still waits; the parts marked data-live are as the server's last answer shows them;
// what was typed against an older version stands beside the newer one until somebody decides.
(() => {
  const line = document.getElementById("line"), list = document.getElementById("pending");
  if (!line) return;
  const say = (event, detail) => document.dispatchEvent(new CustomEvent(`outbox:${event}`, { detail }));

  const row = (entry) => {
    const item = document.getElementById("pending-line").content.cloneNode(true);
    item.querySelector("[data-what]").textContent = new URLSearchParams(entry.body).get("question");
    item.querySelector("[data-why]").textContent = entry.why || "";
    item.querySelector("[data-take]").addEventListener("click", () => { say("drop", entry.key); say("taken", entry); });
    return item;
  };

  document.addEventListener("outbox:held", ({ detail: { word, entries } }) => {
    line.hidden = !word;
    line.dataset.word = word;
    line.textContent = word && line.dataset[word].replace("{n}", entries.length);
    list.hidden = !entries.length || word === "sending";
    list.replaceChildren(...entries.map(row));
  });

  document.addEventListener("outbox:answered", ({ detail: { page } }) => {
    for (const part of document.querySelectorAll("[data-live], #messages")) {
      const fresh = page.getElementById(part.id), at = [...part.querySelectorAll("a, button")].indexOf(document.activeElement);
      if (!fresh) continue;
      part.innerHTML = fresh.innerHTML;
      part.querySelectorAll("a, button")[at]?.focus(); // what was pressed keeps the focus
    }
    document.getElementById("conflicts").append(...page.querySelectorAll("[data-conflict]"));
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-drop]");
    if (!link || !link.closest("#conflicts")) return;
    event.preventDefault();
    say("drop", link.closest("form").elements.key.value);
    link.closest("[data-conflict]").remove();
  });
})();
