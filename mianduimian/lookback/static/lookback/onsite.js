// 现场核查: what is typed and photographed is on the shelf from the first letter; opened again, the form stands as it was left.
(() => {
  const form = document.querySelector("[data-onsite]");
  if (!form || !window.shelf) return;
  const field = form.elements, key = form.dataset.onsite;
  let handed = false;

  const entry = (ready) => ({
    key, ready, url: location.pathname, title: form.dataset.title, files: [...field.photos.files],
    fields: [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken"),
  });

  const restore = (kept) => {
    for (const one of form.querySelectorAll("input[type=checkbox]")) one.checked = kept.fields.some(([name]) => name === one.name);
    for (const [name, value] of kept.fields) {
      const twins = [...form.querySelectorAll(`[name="${name}"]`)];
      const choice = twins.find((one) => ["radio", "checkbox"].includes(one.type) && one.value === value);
      if (choice) choice.checked = true;
      else if (twins.length === 1 && twins[0].type !== "checkbox") twins[0].value = value;
    }
    if (!kept.files.length) return;
    const box = new DataTransfer();
    for (const file of kept.files) box.items.add(file);
    field.photos.files = box.files;
  };

  const lacks = () => {
    const box = form.querySelector("[data-missing]"), wrong = [...form.querySelectorAll(":is(input, textarea, select):invalid")];
    for (const one of form.querySelectorAll("[aria-invalid]")) one.removeAttribute("aria-invalid");
    for (const one of form.querySelectorAll(".field.wrong")) one.classList.remove("wrong");
    const places = [...new Set(wrong.map((one) => one.closest(".field")))];
    for (const one of wrong) one.setAttribute("aria-invalid", "true");
    for (const place of places) place.classList.add("wrong");
    box.querySelector("ul").replaceChildren(...places.map((place) => Object.assign(document.createElement("li"),
      { textContent: place.querySelector("legend, label").textContent.trim() })));
    box.hidden = !wrong.length;
    if (!wrong.length) return false;
    places[0].before(box); // the names stand where the first one is missing, in sight
    wrong[0].focus({ preventScroll: true });
    box.scrollIntoView({ block: "center" });
    return true;
  };

  addEventListener("beforeunload", (event) => {
    if (!navigator.onLine && !handed) event.preventDefault(); // without network it could not be opened again until there is some
  });
  shelf.get(key).then((kept) => kept && restore(kept));
  form.addEventListener("input", () => { handed = false; shelf.put(entry(false)); });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (lacks()) return;
    await shelf.put(entry(true));
    handed = true;
    shelf.send();
  });
})();
