// 返回: on a page that refuses, the button marked data-back returns to the form, where what was typed still stands.
(() => {
  for (const link of document.querySelectorAll("[data-back]")) {
    if (history.length < 2 || !document.referrer.startsWith(location.origin)) continue;
    link.addEventListener("click", (event) => {
      event.preventDefault();
      history.back();
    });
  }
})();
