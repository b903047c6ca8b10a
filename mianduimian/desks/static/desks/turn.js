// 翻屏: the element marked data-turn="<seconds>" opens the link marked data-next by itself; the button marked data-pause, or the
// space bar, stops it; the arrow keys turn by hand. Who asked the machine for less motion has it stand still until they say so.
(() => {
  const place = document.querySelector("[data-turn]");
  const next = place?.querySelector("[data-next]");
  if (!next) return;
  const before = place.querySelector("[data-before]");
  const button = place.querySelector("[data-pause]");
  const words = [button.textContent, button.dataset.word];
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const told = sessionStorage.getItem("paused");
  let paused = told ? told === "yes" : still.matches;
  const tell = () => {
    button.textContent = words[paused ? 1 : 0];
    place.dataset.paused = paused;
  };
  const turn = () => {
    paused = !paused;
    sessionStorage.setItem("paused", paused ? "yes" : "no");
    tell();
  };
  button.hidden = false;
  tell();
  button.addEventListener("click", turn);
  still.addEventListener("change", () => { if (!told) { paused = still.matches; tell(); } });
  addEventListener("keydown", (event) => {
    const roll = event.target.closest("[role=region]"); // its own arrows move it, where it is wider than the screen
    if (event.ctrlKey || event.altKey || event.metaKey || roll && roll.scrollWidth > roll.clientWidth) return;
    if (event.key === "ArrowRight") location.assign(next.href);
    else if (event.key === "ArrowLeft" && before) location.assign(before.href);
    else if (event.key === " " && !event.target.closest("button, a")) { event.preventDefault(); turn(); }
  });
  setInterval(() => paused || document.hidden || location.assign(next.href), Number(place.dataset.turn) * 1000);
})();
