// 翻屏: the element marked data-turn="<seconds>" opens the link marked data-next by itself; the button marked data-pause stops it.
(() => {
  const place = document.querySelector("[data-turn]");
  const next = place?.querySelector("[data-next]");
  if (!next) return;
  const button = place.querySelector("[data-pause]");
  const words = [button.textContent, button.dataset.word];
  let paused = sessionStorage.getItem("paused") === "yes";
  const tell = () => {
    button.textContent = words[paused ? 1 : 0];
    button.setAttribute("aria-pressed", paused);
  };
  button.hidden = false;
  tell();
  button.addEventListener("click", () => {
    paused = !paused;
    sessionStorage.setItem("paused", paused ? "yes" : "no");
    tell();
  });
  setInterval(() => paused || location.assign(next.href), Number(place.dataset.turn) * 1000);
})();
