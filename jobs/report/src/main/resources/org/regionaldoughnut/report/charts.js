(function () {
  "use strict";
  var language = document.documentElement.lang;
  var figure = new Intl.NumberFormat(language, { maximumSignificantDigits: 4 });
  var colour = function (element, name) { return getComputedStyle(element).getPropertyValue(name).trim(); };
  var stroke = function (element) {
    var list = element.classList;
    return colour(element, list.contains("over") ? "--over" : list.contains("short") ? "--short" : "--plain");
  };
  var write = function (chart, value) { return value == null ? "–" : figure.format(value); };
  var axes = function (element) {
    var axis = { stroke: colour(element, "--soft"), grid: { stroke: colour(element, "--line"), width: 1 },
      ticks: { show: false }, font: "11px system-ui, sans-serif" };
    return [
      Object.assign({}, axis, { grid: { show: false }, values: function (chart, years) {
        return years.map(function (year) { return year % 1 === 0 ? String(year) : ""; }); } }),
      Object.assign({}, axis, { size: 52, values: function (chart, values) {
        return values.map(function (value) { return figure.format(value); }); } })
    ];
  };
  var shown = [];
  var place = function (element, options, data) {
    var drawing = element.querySelector("svg");
    var box = document.createElement("div");
    box.className = "live";
    box.setAttribute("aria-hidden", "true");
    drawing.after(box);
    options.width = Math.max(200, box.clientWidth || element.clientWidth);
    element.classList.add("is-live");
    var chart = new uPlot(options, data, box);
    shown.push({ chart: chart, element: element, height: options.height });
  };

  document.querySelectorAll(".trend[data-points]").forEach(function (element) {
    var points = element.getAttribute("data-points").split(";").map(function (point) { return point.split(":").map(Number); });
    var years = points.map(function (point) { return point[0]; });
    var data = [years, points.map(function (point) { return point[1]; })];
    var series = [{ label: "", value: function (chart, year) { return year == null ? "–" : String(year); } },
      { label: "", stroke: stroke(element), width: 2, points: { show: true, size: 6, fill: stroke(element) }, value: write }];
    var target = element.getAttribute("data-target");
    if (target !== "") {
      data.push(years.map(function () { return Number(target); }));
      series.push({ label: "", stroke: colour(element, "--ink"), width: 1, dash: [5, 4], points: { show: false }, value: write });
    }
    var sentence = element.querySelector(".sentence");
    var said = sentence.textContent;
    place(element, { height: 130, series: series, axes: axes(element), scales: { x: { time: false } }, padding: [10, 20, 0, 0],
      cursor: { sync: { key: "years" }, drag: { x: false, y: false } }, legend: { show: false },
      hooks: { setCursor: [function (chart) {
        var at = chart.cursor.idx;
        sentence.textContent = at == null ? said : data[0][at] + ": " + figure.format(data[1][at]) + " " + element.getAttribute("data-unit");
      }] } }, data);
  });

  document.querySelectorAll(".series-box[data-series]").forEach(function (element) {
    var given = JSON.parse(element.getAttribute("data-series"));
    var data = [given.x].concat(given.lines.map(function (line) { return line.y; }));
    var hint = document.createElement("p");
    hint.className = "hint";
    var series = [{}].concat(given.lines.map(function (line) {
      return { label: line.name, stroke: stroke(element), width: 1.5, points: { show: false }, spanGaps: true, value: write };
    }));
    place(element, { height: 340, series: series, axes: axes(element), scales: { x: { time: false } },
      legend: { show: false }, focus: { alpha: 0.15 }, cursor: { focus: { prox: 30 }, drag: { x: false, y: false } },
      hooks: { setSeries: [function (chart, index) { chart.near = index; }], setCursor: [function (chart) {
        var near = chart.near, at = chart.cursor.idx;
        hint.textContent = near == null || at == null || data[near][at] == null ? "\u00a0"
          : given.lines[near - 1].name + ", " + given.x[at] + ": " + figure.format(data[near][at]) + " " + element.getAttribute("data-unit");
      }] } }, data);
    hint.textContent = "\u00a0";
    hint.setAttribute("aria-hidden", "true");
    element.appendChild(hint);
  });

  var waiting = 0;
  window.addEventListener("resize", function () {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(function () {
      shown.forEach(function (one) { one.chart.setSize({ width: Math.max(200, one.element.clientWidth), height: one.height }); });
    });
  });
})();
