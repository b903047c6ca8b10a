// 照片: before they are sent, large photographs are made smaller on the telephone (data-shrink: longest side in pixels).
(() => {
  const smaller = async (file, side) => {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = side / Math.max(picture.width, picture.height);
    if (scale >= 1 && file.size < 500000) return file;
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * Math.min(scale, 1));
    canvas.height = Math.round(picture.height * Math.min(scale, 1));
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
  };

  for (const input of document.querySelectorAll("[data-shrink]")) {
    if (!("createImageBitmap" in window) || !("DataTransfer" in window)) continue;
    input.addEventListener("change", async () => {
      const kept = new DataTransfer();
      for (const file of input.files) kept.items.add(await smaller(file, Number(input.dataset.shrink)).catch(() => file));
      input.files = kept.files;
    });
  }
})();
