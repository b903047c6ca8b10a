// What a reader stumbles over on the page that is shown: a list of [what, where], empty when nothing is broken.
() => {
  const CJK = "\\u2e80-\\u9fff\\uf900-\\ufaff\\uff00-\\uffef";
  const TOKEN = new RegExp(`[^\\s${CJK}]+`, "g");
  const DATE = /(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])/g;
  const WORD = /[A-Za-z][A-Za-z’']+|\d+/g;
  const found = [], style = (one) => getComputedStyle(one);
  const tell = (what, one, text) => found.push([what, `<${one.tagName.toLowerCase()} class="${one.className}">${text.trim().slice(0, 60)}`]);
  for (const one of document.querySelectorAll("*")) if (one.scrollLeft) one.scrollLeft = 0;

  const clipped = (one) => [...ancestors(one)].some((up) => style(up).clipPath === "inset(50%)");
  const unseen = (one) => !one.checkVisibility() || one.closest(".skip, script, option, select, textarea, svg") || clipped(one);
  const ancestors = function* (one) { for (let up = one; up && up !== document.body; up = up.parentElement) yield up; };
  const block = (one) => [...ancestors(one)].find((up) => !/^(inline|contents)$/.test(style(up).display)) || document.body;
  const scroller = (one) => [...ancestors(one)].find((up) => up !== one && /auto|scroll/.test(style(up).overflowX));
  const hiders = (one) => [...ancestors(one)].filter((up) => /hidden|clip/.test(style(up).overflowX + style(up).overflowY) && !/inline$/.test(style(up).display));
  const apart = (a, b) => a.left > b.right - 2 || a.right < b.left + 2 || a.top > b.bottom - 2 || a.bottom < b.top + 2;
  const beyond = (a, b) => Math.max(a.right - b.right, b.left - a.left, a.bottom - b.bottom, b.top - a.top);
  const dotted = (one) => style(one).textOverflow === "ellipsis" || style(one).webkitLineClamp !== "none";
  const within = (box) => box.clientWidth - parseFloat(style(box).paddingLeft) - parseFloat(style(box).paddingRight);
  const rects = (node, from, to) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    return [...range.getClientRects()].filter((rect) => rect.width > 0.5);
  };
  const middle = (rect) => (rect.top + rect.bottom) / 2;
  const beside = (one, other) => Math.abs(middle(one) - middle(other)) < Math.max(one.height, other.height) / 2;
  const lines = (all) => all.reduce((first, rect) => first.some((one) => beside(one, rect)) ? first : [...first, rect], []);
  const inside = (match, tokens) => tokens.find((one) => one.index <= match.index && match.index + match[0].length <= one.index + one[0].length);

  const spots = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const blocks = new Map();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data, one = node.parentElement;
    if (!text.trim() || unseen(one)) continue;
    const all = rects(node, 0, text.length);
    if (!all.length) continue;
    const box = block(one), room = within(box);
    blocks.set(box, [...(blocks.get(box) || []), ...all]);
    const tokens = [...text.matchAll(TOKEN)];
    for (const pattern of [WORD, DATE]) for (const match of text.matchAll(pattern)) {
      const parts = rects(node, match.index, match.index + match[0].length);
      if (lines(parts).length < 2) continue;
      if (pattern === DATE && text.trim().length > 24) continue; // within a sentence it may
      const token = inside(match, tokens);
      const length = token ? rects(node, token.index, token.index + token[0].length).reduce((sum, rect) => sum + rect.width, 0) : 0;
      if (pattern === WORD && token && token[0] !== match[0] && length > room) continue;
      tell(pattern === DATE ? "a date is split" : "a word is split", one, `${match[0]} | ${text.trim()}`);
    }
    const roll = scroller(one), frame = roll?.getBoundingClientRect(), lids = hiders(one).map((lid) => [lid, lid.getBoundingClientRect()]);
    for (const rect of all) {
      if (lids.some(([, edge]) => apart(rect, edge))) continue;
      if (lids.some(([lid, edge]) => beyond(rect, edge) > 0.25 * rect.height && !dotted(lid))) tell("cut off", one, text);
      if (!roll && (rect.right > document.documentElement.clientWidth + 1 || rect.left < -1)) tell("outside of the page", one, text);
      if (frame && (rect.left > frame.right - 2 || rect.right < frame.left + 2)) continue;
      spots.push({ rect, one, text });
    }
  }

  for (const [box, all] of blocks) {
    const size = parseFloat(style(box).fontSize), room = within(box), high = lines(all).length;
    const short = all.reduce((sum, rect) => sum + rect.width, 0) < 2.2 * size * high && !box.querySelector("br, img, svg, input");
    if (room > 0 && (room < 3 * size && high > 2 || high > 1 && short)) tell("a sliver", box, box.innerText);
  }

  for (const one of document.querySelectorAll("main :is(input, select, textarea)")) {
    const rect = one.getBoundingClientRect();
    if (rect.width > 2 && !unseen(one.parentElement)) spots.push({ rect, one, text: one.name });
  }
  spots.sort((one, other) => one.rect.top - other.rect.top);
  spots.forEach((first, at) => {
    for (let next = at + 1; next < spots.length && spots[next].rect.top < first.rect.bottom; next += 1) {
      const second = spots[next], a = first.rect, b = second.rect;
      if (first.one.contains(second.one) || second.one.contains(first.one)) continue;
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left), high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 3 && high > 0.4 * Math.min(a.height, b.height)) tell("one upon another", first.one, `${first.text.trim().slice(0, 25)} / ${second.text.trim().slice(0, 25)}`);
    }
  });
  return [...new Map(found.map((one) => [one.join(), one])).values()];
}
