// A form marked data-keep remembers what was typed (in this tab only) until the server has accepted it.
// data-keep="<key>" names the memory; nothing secret is kept: passwords, files and hidden fields are left out.
(() => {
  const kept = (form) => `keep:${form.dataset.keep || location.pathname}`;
  const fields = (form) => [...form.elements].filter(
    (field) => field.name && !["password", "file", "hidden", "submit", "button"].includes(field.type));

  const save = (form) => {
    const typed = fields(form).map((field) =>
      ["checkbox", "radio"].includes(field.type) ? [field.name, field.value, field.checked] : [field.name, field.value]);
    sessionStorage.setItem(kept(form), JSON.stringify(typed));
  };

  const restore = (form) => {
    const typed = JSON.parse(sessionStorage.getItem(kept(form)) || "[]");
    for (const [name, value, checked] of typed) {
      const twins = fields(form).filter((field) => field.name === name);
      const field = checked === undefined ? twins[0] : twins.find((one) => one.value === value);
      if (!field) continue;
      if (checked !== undefined) field.checked = checked;
      else if (!field.value) field.value = value;
    }
  };

  // A page that answers with data-accepted="<key>" says that the words have arrived.
  for (const done of document.querySelectorAll("[data-accepted]")) sessionStorage.removeItem(`keep:${done.dataset.accepted}`);
  for (const form of document.querySelectorAll("form[data-keep]")) {
    restore(form);
    form.addEventListener("input", () => save(form));
  }
})();
