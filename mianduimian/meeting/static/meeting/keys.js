// 快捷键: Ctrl+Enter records, F2 calls up to the hall's screen, Esc leaves a correction.
(() => {
  const form = document.getElementById("capture");
  document.addEventListener("keydown", (event) => {
    const here = event.target.closest?.("[data-conflict] form") || form;
    const calls = form.querySelector("[data-call-up]"), stop = form.querySelector("[data-stop]");
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) here.requestSubmit();
    else if (event.key === "F2") calls.click();
    else if (event.key === "Escape" && !stop.hidden) stop.click();
    else return;
    event.preventDefault();
  });
})();
