// One click does one thing: a POST form that is on its way cannot be sent a second time; data-once="no" leaves a form alone.
(() => {
  const buttons = (form) => form.querySelectorAll("button:not([type=button]), input[type=submit]");
  const free = (form) => {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
    for (const button of buttons(form)) button.removeAttribute("aria-disabled");
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.dataset.once === "no") return;
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    form.setAttribute("aria-busy", "true");
    for (const button of buttons(form)) button.setAttribute("aria-disabled", "true");
    setTimeout(() => free(form), 8000);
  });
  addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(free));
})();
