// Drawing boxes on a picture: what is drawn becomes a line of four numbers in the field (thousandths: left, top, width, height),
// and what is typed in the field is drawn. Without this script the field alone does it.
(() => {
  const field = document.querySelector("[data-boxes]");
  const picture = document.querySelector("[data-boxing] img");
  if (!field || !picture) return;
  const canvas = document.createElement("canvas");
  canvas.setAttribute("aria-hidden", "true");
  picture.after(canvas);
  const pen = canvas.getContext("2d");
  let begun = null;

  const boxes = () => field.value.split("\n").map((line) => line.trim().split(/[\s,，]+/).map(Number))
    .filter((box) => box.length === 4 && box.every((number) => number >= 0));

  const paint = (extra) => {
    canvas.width = picture.clientWidth;
    canvas.height = picture.clientHeight;
    pen.fillStyle = "#282828";
    for (const [x, y, w, h] of extra ? [...boxes(), extra] : boxes()) {
      pen.fillRect(x * canvas.width / 1000, y * canvas.height / 1000, w * canvas.width / 1000, h * canvas.height / 1000);
    }
  };

  const spot = (event) => {
    const frame = canvas.getBoundingClientRect();
    const within = (value, length) => Math.max(0, Math.min(1000, Math.round(value / length * 1000)));
    return [within(event.clientX - frame.left, frame.width), within(event.clientY - frame.top, frame.height)];
  };

  const box = ([x, y], [u, v]) => [Math.min(x, u), Math.min(y, v), Math.abs(u - x), Math.abs(v - y)];

  canvas.addEventListener("pointerdown", (event) => {
    begun = spot(event);
    canvas.setPointerCapture(event.pointerId);
  });
  canvas.addEventListener("pointermove", (event) => begun && paint(box(begun, spot(event))));
  canvas.addEventListener("pointerup", (event) => {
    const drawn = begun && box(begun, spot(event));
    begun = null;
    if (drawn && drawn[2] > 3 && drawn[3] > 3) field.value = [field.value.trim(), drawn.join(" ")].filter(Boolean).join("\n");
    paint();
  });
  document.querySelector("[data-box-back]")?.addEventListener("click", () => {
    field.value = field.value.trim().split("\n").slice(0, -1).join("\n");
    paint();
  });
  field.addEventListener("input", () => paint());
  addEventListener("resize", () => paint());
  if (picture.complete) paint();
  picture.addEventListener("load", () => paint());
})();
