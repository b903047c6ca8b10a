// The button marked data-print opens the printer's window.
document.querySelector("[data-print]")?.addEventListener("click", () => print());
