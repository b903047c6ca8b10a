// 现场核查: what is typed and photographed is on the shelf from the first letter; opened again, the form stands as it was left.
(() => {
  const form = document.querySelector("[data-onsite]");
  if (!form || !window.shelf) return;
  const field = form.elements, key = form.dataset.onsite;

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

  shelf.get(key).then((kept) => kept && restore(kept));
  form.addEventListener("input", () => shelf.put(entry(false)));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await shelf.put(entry(true));
    shelf.send();
  });
})();
