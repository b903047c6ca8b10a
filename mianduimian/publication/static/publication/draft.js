// 草稿: a form marked data-draft="<key>" is kept on this telephone until the server has taken it in; it is sent only by the person.
// Names, numbers and files are left out; a draft of more than a week is thrown away. data-accepted="<key>" says: it has arrived.
(() => {
  const WEEK = 7 * 24 * 3600 * 1000;
  const KEPT = ["text", "place", "region", "spot"];
  const key = (name) => `draft:${name}`;
  for (const done of document.querySelectorAll("[data-accepted]")) localStorage.removeItem(key(done.dataset.accepted));

  for (const form of document.querySelectorAll("form[data-draft]")) {
    const name = key(form.dataset.draft), line = form.querySelector("[data-told]");
    const tell = (words) => {
      line.textContent = words;
      line.hidden = !words;
    };
    const fields = KEPT.map((one) => form.elements[one]).filter(Boolean);
    const save = () => {
      const typed = Object.fromEntries(fields.map((field) => [field.name, field.value]));
      if (typed.text || typed.place) localStorage.setItem(name, JSON.stringify({ at: Date.now(), typed }));
      else localStorage.removeItem(name);
    };
    const restore = () => {
      const kept = JSON.parse(localStorage.getItem(name) || "null");
      if (!kept || Date.now() - kept.at > WEEK) return localStorage.removeItem(name);
      const empty = fields.filter((field) => !field.value && kept.typed[field.name]);
      for (const field of empty) field.value = kept.typed[field.name];
      if (empty.length) {
        tell(form.dataset.kept);
        form.elements.text.dispatchEvent(new Event("change"));
      }
    };

    addEventListener("DOMContentLoaded", restore);
    form.addEventListener("input", save);
    form.addEventListener("submit", (event) => {
      save();
      if (navigator.onLine) return;
      event.preventDefault();
      tell(form.dataset.line);
      line.scrollIntoView({ block: "center" });
    });
    addEventListener("online", () => tell(form.dataset.back));
    addEventListener("offline", () => tell(form.dataset.line));
  }
})();
