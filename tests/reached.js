// Notes what the keyboard comes to: every time Tab is pressed, where the focus stood, and whether it could be seen there.
() => {
  const MOUSE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [onclick], [data-opens], [data-row], [data-key], [data-pause], [data-correct], [data-take], [data-box-back]";
  const name = (one) => `<${one.tagName.toLowerCase()}${one.id ? `#${one.id}` : ""} ${one.name || one.getAttribute("href") || one.className}> ${(one.innerText || one.value || "").trim().slice(0, 40)}`;
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && !one.closest("[inert]");
  const group = (one) => one.type === "radio" ? [...document.getElementsByName(one.name)].filter((twin) => twin.form === one.form) : [one];
  const rolls = (one) => {
    const { overflowX, overflowY } = getComputedStyle(one);
    return /auto|scroll/.test(overflowX) && one.scrollWidth > one.clientWidth + 1 || /auto|scroll/.test(overflowY) && one.scrollHeight > one.clientHeight + 1;
  };
  const seen = new Set(), wrong = new Set();
  const over = (one) => {
    const points = [...one.getClientRects()].flatMap(({ left, top, right, bottom }) => {
      const x = (Math.max(left, 0) + Math.min(right, innerWidth)) / 2, y = (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2;
      return left < innerWidth && right > 0 && top < innerHeight && bottom > 0 ? [[x, y], [Math.max(left, 0) + 3, y], [x, Math.min(bottom, innerHeight) - 3]] : [];
    });
    const hits = points.map(([x, y]) => document.elementFromPoint(x, y)).filter(Boolean);
    return hits.some((hit) => one.contains(hit) || hit.contains(one)) ? "" : hits.length ? `under ${name(hits[0])}` : "out of view";
  };
  const look = () => {
    const one = document.activeElement;
    if (!one || one === document.body || seen.has(one)) return;
    seen.add(one);
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one), where = over(one);
    if (outlineStyle === "none" || parseFloat(outlineWidth) < 1 || outlineColor === "rgba(0, 0, 0, 0)") wrong.add(`no mark of focus: ${name(one)}`);
    if (where) wrong.add(`focus is ${where}: ${name(one)}`);
  };
  addEventListener("keydown", look, true);
  const operable = [...document.querySelectorAll(MOUSE)].filter(shown);
  window.reached = {
    most: operable.length + 40,
    stands: () => { look(); return [seen.size, document.activeElement === document.body]; },
    told: () => {
      for (const one of [...document.querySelectorAll(MOUSE)].filter(shown)) if (!group(one).some((twin) => seen.has(twin))) wrong.add(`no Tab leads to ${name(one)}`);
      for (const one of document.querySelectorAll("body *")) {
        if (!shown(one) || one.matches("textarea, select, input, .unseen, .unseen *") || !rolls(one)) continue;
        if (!seen.has(one) && ![...seen].some((inner) => one.contains(inner))) wrong.add(`rolls but cannot be focused: ${name(one)}`);
      }
      return [...wrong];
    },
  };
}
