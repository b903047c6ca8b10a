// 定位: the button marked data-spot="<id of a field>" fills in where the telephone is; it shows only where that can work.
(() => {
  for (const button of document.querySelectorAll("[data-spot]")) {
    if (!navigator.geolocation || !isSecureContext) continue;
    const field = document.getElementById(button.dataset.spot), told = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", () => {
      told.textContent = button.dataset.asking;
      navigator.geolocation.getCurrentPosition(
        ({ coords }) => {
          field.value = `${coords.latitude.toFixed(4)},${coords.longitude.toFixed(4)}`;
          told.textContent = button.dataset.found;
        },
        () => { told.textContent = button.dataset.failed; },
        { enableHighAccuracy: true, timeout: 15000 });
    });
  }
})();
