// 快捷键: an element marked data-key="a" is pressed by that key, a field is entered, when nobody is typing; Escape leaves a field.
// j and k walk the boxes marked data-row; data-opens="id" opens a dialog; [data-keys-switch] turns single keys off on this device.
(() => {
  const off = () => localStorage.getItem("keys") === "off";
  const field = (one) => one.matches?.("textarea, select, input:not([type=checkbox]):not([type=radio])");
  const there = (one) => !one.disabled && one.getClientRects().length > 0;
  const all = (what) => [...document.querySelectorAll(what)].filter(there);

  const press = (key) => {
    const one = all("[data-key]").find((other) => other.dataset.key === key);
    if (!one) return false;
    one.focus();
    if (field(one)) one.select?.();
    else one.click();
    return true;
  };

  const walk = (step) => {
    const rows = all("[data-row]");
    const at = rows.indexOf(document.activeElement);
    const next = rows[at < 0 ? (step > 0 ? 0 : rows.length - 1) : at + step];
    next?.focus();
    next?.closest("li")?.scrollIntoView({ block: "nearest" });
    return Boolean(next);
  };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || document.querySelector("dialog[open]")) return;
    if (key === "Enter" && target.matches("select[data-enter]")) {
      event.preventDefault();
      return target.form.requestSubmit();
    }
    if (key === "Escape" && field(target)) return document.querySelector("[data-home]")?.focus();
    if (field(target) || off()) return;
    if (key === "j" || key === "k" ? walk(key === "j" ? 1 : -1) : press(key)) event.preventDefault();
  });

  for (const opener of document.querySelectorAll("[data-opens]")) {
    opener.hidden = false;
    opener.addEventListener("click", () => document.getElementById(opener.dataset.opens).showModal());
  }
  for (const choice of document.querySelectorAll("[data-keys-switch]")) {
    choice.checked = !off();
    choice.addEventListener("change", () => localStorage.setItem("keys", choice.checked ? "on" : "off"));
  }
})();
