// 大字: the link marked data-large switches large text on and off and remembers it on this device; without scripts it loads ?large=1.
(() => {
  const page = document.documentElement;
  if (localStorage.getItem("large") === "yes") page.classList.add("large");
  addEventListener("DOMContentLoaded", () => {
    for (const link of document.querySelectorAll("[data-large]")) {
      link.setAttribute("role", "button");
      const tell = () => link.setAttribute("aria-pressed", page.classList.contains("large"));
      tell();
      link.addEventListener("click", (event) => {
        event.preventDefault();
        localStorage.setItem("large", page.classList.toggle("large") ? "yes" : "no");
        tell();
      });
    }
  });
})();
