// Values under the pointer. Without this script the browser shows the same words as tooltips, and all numbers stand in the tables.
(function () {
  "use strict";
  var tip = null, guide = null;
  function clear() {
    if (tip) { tip.remove(); tip = null; }
    if (guide) { guide.remove(); guide = null; }
  }
  function show(hit) {
    clear();
    var words = hit.getAttribute("data-words"), box = hit.getBoundingClientRect();
    if (hit.classList.contains("hit")) {
      guide = document.createElementNS("http://www.w3.org/2000/svg", "line");
      var x = +hit.getAttribute("x") + +hit.getAttribute("width") / 2, y = +hit.getAttribute("y");
      guide.setAttribute("class", "guide");
      guide.setAttribute("x1", x); guide.setAttribute("x2", x);
      guide.setAttribute("y1", y); guide.setAttribute("y2", y + +hit.getAttribute("height"));
      hit.parentNode.insertBefore(guide, hit.parentNode.querySelector(".hit"));
    }
    tip = document.createElement("div");
    tip.className = "tip";
    tip.textContent = words;
    document.body.appendChild(tip);
    var middle = box.left + box.width / 2, wide = tip.offsetWidth, room = document.documentElement.clientWidth;
    tip.style.left = Math.max(6, Math.min(middle - wide / 2, room - wide - 6)) + window.scrollX + "px";
    tip.style.top = Math.max(6, box.top - tip.offsetHeight - 6) + window.scrollY + "px";
  }
  document.querySelectorAll(".hit, .flow").forEach(function (hit) {
    var title = hit.querySelector("title");
    if (!title) { return; }
    hit.setAttribute("data-words", title.textContent);
    title.remove();
    hit.addEventListener("pointerenter", function () { show(hit); });
    hit.addEventListener("pointerleave", clear);
  });
  document.addEventListener("scroll", clear, { passive: true });
  window.addEventListener("hashchange", open);
  function open() {
    var at = location.hash && document.getElementById(location.hash.slice(1)), around = at && at.closest("details");
    if (around && !around.open) { around.open = true; at.scrollIntoView(); }
  }
  open();
}());
