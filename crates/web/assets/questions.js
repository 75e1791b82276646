// Decisions by keyboard. The page works the same without: radios, a reason, a button.
"use strict";
(function () {
  var all = Array.prototype.slice.call(document.querySelectorAll(".question"));
  var keys = document.querySelector(".keys");
  if (keys) { keys.hidden = false; }
  var at = 0;
  function go(to) {
    if (!all.length) { return; }
    at = Math.max(0, Math.min(all.length - 1, to));
    all[at].focus();
    all[at].scrollIntoView({ block: "start" });
  }
  function choose(radio) {
    if (!radio) { return; }
    radio.checked = true;
    all[at].querySelector("input[name=reason]").focus();
  }
  // The question that holds the focus is the one meant.
  document.addEventListener("focusin", function (event) {
    var inside = event.target.closest(".question");
    if (inside) { at = all.indexOf(inside); }
  });
  document.addEventListener("keydown", function (event) {
    var field = event.target.closest("input[type=text], select, textarea");
    if (field || event.ctrlKey || event.altKey || event.metaKey) {
      if (field && event.key === "Escape") { go(at); }
      return;
    }
    // Arrows inside a group of radios choose there, as everywhere.
    if (event.target.type === "radio" && event.key.indexOf("Arrow") === 0) { return; }
    var radios = all.length ? all[at].querySelectorAll("input[name=answer]") : [];
    var undo = document.querySelector("[data-undo]");
    if (event.key === "ArrowRight") { go(document.activeElement === all[at] ? at + 1 : at); }
    else if (event.key === "ArrowLeft") { go(at - 1); }
    else if (event.key === "s") { choose(radios[0]); }
    else if (event.key === "d") { choose(radios[radios.length - 1]); }
    else if (/^[1-9]$/.test(event.key) && Number(event.key) < radios.length) { choose(radios[Number(event.key) - 1]); }
    else if (event.key === "u" && undo) { undo.requestSubmit(undo.querySelector("button")); }
    else { return; }
    event.preventDefault();
  });
}());
