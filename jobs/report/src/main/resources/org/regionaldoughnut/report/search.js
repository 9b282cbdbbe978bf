(function () {
  "use strict";
  var form = document.querySelector("form.search");
  if (!form) { return; }
  var input = form.querySelector("input");
  var found = document.getElementById("search-found");
  var items = Array.prototype.slice.call(document.querySelectorAll("[data-search]"));
  var fold = function (text) { return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, ""); };
  items.forEach(function (item) { item.words = fold(item.textContent + " " + item.getAttribute("data-search")); });
  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  input.addEventListener("input", function () {
    var wanted = fold(input.value.trim()).split(/\s+/);
    var names = {};
    items.forEach(function (item) {
      var hit = wanted.every(function (word) { return item.words.indexOf(word) >= 0; });
      item.hidden = !hit;
      var name = item.querySelector("bdi, a, strong");
      if (hit) { names[name ? name.textContent : item.words] = true; }
    });
    var count = Object.keys(names).length;
    found.textContent = input.value.trim() === "" ? ""
      : count === 0 ? found.getAttribute("data-none") : found.getAttribute("data-found").replace("{0}", count);
  });
})();
