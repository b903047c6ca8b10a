// 有人说过: while a citizen types, the published appeals that say the same are shown; without scripts a button asks for them.
(() => {
  for (const form of document.querySelectorAll("form[data-alike]")) {
    const text = form.elements.text, shown = form.querySelector("#alike");
    let waiting, asked = text.value;
    for (const one of form.querySelectorAll(".no-script")) one.hidden = true;

    const look = async () => {
      if (text.value === asked) return;
      asked = text.value;
      const typed = new FormData();
      for (const name of ["csrfmiddlewaretoken", "text", "joins"]) typed.append(name, new FormData(form).get(name) || "");
      try {
        const answer = await fetch(form.dataset.alike, { method: "POST", body: typed });
        if (answer.ok && typed.get("text") === text.value) shown.innerHTML = await answer.text();
      } catch {
        asked = ""; // the line is down: nothing is lost, it is asked again with the next letter
      }
    };
    text.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 900);
    });
    text.addEventListener("change", look);
  }
})();
