// 今天: a wide table marked data-now begins where today is, behind its first column, which stays.
(() => {
  for (const place of document.querySelectorAll("[data-now]")) {
    const today = place.querySelector("th.today");
    const first = place.querySelector("th");
    if (today) place.scrollLeft = today.offsetLeft - first.offsetWidth - today.offsetWidth;
  }
})();
