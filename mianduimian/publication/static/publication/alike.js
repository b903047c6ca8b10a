// 有人说过: while a citizen types, the published appeals that say the same are shown; without scripts a button asks for them.
(() => {
  for (const form of document.querySelectorAll("form[data-alike]")) {
    const text = form.elements.text, shown = form.querySelector("#alike");
    const words = () => `${text.value} ${form.elements.place.value}`;
    let waiting, asked = words();
    for (const one of form.querySelectorAll(".no-script")) one.hidden = true;

    const look = async () => {
      if (words() === asked) return;
      asked = words();
      const typed = new FormData();
      for (const name of ["csrfmiddlewaretoken", "token", "text", "place", "joins"]) typed.append(name, new FormData(form).get(name) || "");
      try {
        const answer = await fetch(form.dataset.alike, { method: "POST", body: typed });
        if (answer.ok && asked === words()) shown.innerHTML = await answer.text();
      } catch {
        asked = ""; // the line is down: nothing is lost, it is asked again with the next letter
      }
    };
    text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 900);
    });
    for (const field of [text, form.elements.place]) field.addEventListener("change", look);
  }
})();
