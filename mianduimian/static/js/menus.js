// 菜单: an opened part marked data-menu closes when the focus goes elsewhere, and by Escape, which leads back to what opened it.
(() => {
  for (const menu of document.querySelectorAll("[data-menu]")) {
    menu.addEventListener("focusout", ({ relatedTarget }) => {
      if (relatedTarget && !menu.contains(relatedTarget)) menu.open = false;
    });
    menu.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }
})();
