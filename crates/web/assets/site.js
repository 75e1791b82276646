// Enhancement only: every page works without it.
"use strict";
(function () {
  // After a refused form the reader starts at the list of what is to be changed.
  var faults = document.querySelector(".error-summary[tabindex]");
  if (faults) { faults.focus(); }

  // A page that shows work in progress asks again by itself instead of by a meta refresh, and
  // changes only the figures, so that a screen reader is not sent back to the top.
  function ask(live) {
    fetch(location.href, { credentials: "same-origin" }).then(function (answer) {
      if (answer.redirected || !answer.ok) { location.replace(answer.redirected ? answer.url : location.href); return null; }
      return answer.text();
    }).then(function (text) {
      if (text === null) { return; }
      var next = new DOMParser().parseFromString(text, "text/html").getElementById("live");
      if (!next) { location.reload(); return; }
      live.replaceChildren.apply(live, Array.prototype.slice.call(next.childNodes));
      wait(live);
    }).catch(function () { wait(live); });
  }
  function wait(live) {
    setTimeout(function () { ask(live); }, Number(live.dataset.refresh) * 1000);
  }
  var live = document.querySelector("[data-refresh]");
  if (live) { wait(live); }
}());
