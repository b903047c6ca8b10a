// 记录台: the words being typed are kept on this machine; a correction is typed in the same form, what was begun before waits aside.
(() => {
  const form = document.getElementById("capture");
  if (!form) return;
  const draft = `draft:${document.querySelector("[data-box]").dataset.box}`;
  const heading = document.querySelector("[data-heading]"), stop = form.querySelector("[data-stop]"), home = form.action;
  const hints = JSON.parse(document.getElementById("hints").textContent), words = [heading.textContent, heading.dataset.edit];
  const field = form.elements;
  const say = (event, detail) => document.dispatchEvent(new CustomEvent(`outbox:${event}`, { detail }));
  const body = (of) => { const said = new URLSearchParams(new FormData(of)); said.delete("csrfmiddlewaretoken"); return said.toString(); };
  const typed = () => [...form.querySelectorAll("textarea, input:not([type=hidden])")].some((one) => one.value);

  const keep = () => {
    field["promise-due_on"].required = field["promise-text"].value !== "";
    localStorage.setItem(draft, JSON.stringify({ url: form.action, body: body(form) }));
  };
  const fill = (url, given) => {
    for (const one of field) if (one.name && one.name !== "csrfmiddlewaretoken") one.value = "";
    for (const [name, value] of new URLSearchParams(given)) if (field[name]) field[name].value = value;
    field.key.value ||= crypto.getRandomValues(new Uint32Array(3)).join("-");
    form.action = url;
    heading.textContent = words[Number(url !== home)];
    stop.hidden = url === home;
    keep();
  };

  let aside = ""; // what was being typed when a correction began
  const start = (url, given) => {
    if (typed() && form.action === home) aside = body(form);
    fill(url, given);
    field.question.focus();
  };
  const done = () => { fill(home, aside); aside = ""; field.appeal.focus(); };
  const call = (of) => say("now", { url: form.dataset.call, body: body(of) });

  document.addEventListener("submit", (event) => {
    const of = event.target, calls = of.getAttribute("action") === form.dataset.call || event.submitter?.dataset.callUp === "";
    if (!calls && !of.matches("[data-outbox]")) return;
    event.preventDefault();
    if (calls) return call(of);
    say("put", { id: of.elements.key.value, url: of.action, body: body(of) });
    if (of === form) done(); else of.closest("[data-conflict]").remove();
  }, true);
  document.addEventListener("outbox:taken", ({ detail }) => start(detail.url, detail.body));
  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-correct]");
    if (!link) return;
    event.preventDefault();
    start(link.href, JSON.parse(link.closest("article").querySelector("script").textContent));
  });
  stop.addEventListener("click", done);
  field.appeal.addEventListener("change", () => {
    const unit = field.answered_by;
    if (!unit.value || Object.values(hints).includes(unit.value)) unit.value = hints[field.appeal.value] || "";
  });
  form.addEventListener("input", keep);
  const kept = JSON.parse(localStorage.getItem(draft) || "null");
  if (kept && !typed()) fill(kept.url, kept.body);
  keep();
})();
