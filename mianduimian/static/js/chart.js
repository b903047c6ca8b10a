// A figure marked data-chart="bar|line|stack" draws the table whose id stands in data-table; the table stays as its readable text.
// First column: categories. Other columns: one series each; a cell's data-value wins over its text. data-mark: a line at that category.
// data-meaning of a head: good or bad, shown in the colour of a light.
(() => {
  const colours = ["#b3261e", "#1b4d84", "#8a6d1d", "#17643a", "#6b5b95", "#5a6170"];
  const meanings = { good: "#17643a", bad: "#b3261e" };
  const shapes = ["circle", "triangle", "rect", "diamond", "roundRect", "pin"];
  const number = (cell) => {
    const text = (cell?.dataset.value ?? cell?.textContent ?? "").trim().replace(/[,，%％]/g, "").replace("−", "-");
    return text === "" || Number.isNaN(Number(text)) ? null : Number(text);
  };

  const read = (table) => {
    const heads = [...table.querySelectorAll("thead tr:last-child > *")].slice(1);
    const rows = [...table.querySelectorAll("tbody tr")].map((row) => [...row.children]);
    return {
      categories: rows.map((cells) => cells[0].textContent.trim()),
      series: heads.flatMap((head, index) => head.dataset.chart === "no" ? [] :
        [{ name: head.textContent.trim(), color: meanings[head.dataset.meaning], data: rows.map((cells) => number(cells[index + 1])) }]),
    };
  };

  const options = (figure, { categories, series }, font) => {
    const { chart, mark, markWord, unit } = figure.dataset;
    const line = mark ? { silent: true, symbol: "none", lineStyle: { color: "#1d2129", type: "dashed" },
      label: { formatter: markWord || mark, color: "#1d2129" }, data: [{ xAxis: mark }] } : undefined;
    return {
      color: colours, textStyle: { fontFamily: font, fontSize: 14 }, animation: false,
      aria: { enabled: true, decal: { show: chart !== "line" && series.length > 1 } },
      grid: { left: 8, right: 16, top: series.length > 1 ? 44 : 28, bottom: 8, containLabel: true },
      legend: series.length > 1 ? { top: 0, textStyle: { fontSize: 14 } } : undefined,
      tooltip: { trigger: "axis", renderMode: "richText" },
      xAxis: { type: "category", data: categories, axisLabel: { color: "#565d6b", hideOverlap: true } },
      yAxis: { type: "value", name: unit, axisLabel: { color: "#565d6b" }, splitLine: { lineStyle: { color: "#e2ddd4" } } },
      series: series.map((one, index) => ({ ...one, type: chart === "line" ? "line" : "bar", stack: chart === "stack" ? "all" : undefined,
        symbol: shapes[index % shapes.length], symbolSize: 8, barMaxWidth: 36, markLine: index ? undefined : line })),
    };
  };

  for (const figure of document.querySelectorAll("figure[data-chart]")) {
    const table = document.getElementById(figure.dataset.table);
    const place = figure.querySelector(".chart");
    if (!table || !place) continue;
    const chart = echarts.init(place, null, { renderer: "canvas" });
    chart.setOption(options(figure, read(table), getComputedStyle(document.body).fontFamily));
    new ResizeObserver(() => chart.resize()).observe(place);
  }
})();
