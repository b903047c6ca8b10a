// 打印: the button marked data-print shows where scripts run and opens the printer's window.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
