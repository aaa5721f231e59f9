// The list renews itself when the hub says that something arrived; the rail says whether it can.
"use strict";
(() => {
  const list = document.querySelector("[data-live]");
  const line = document.querySelector("#line");
  if (!list) return;
  let shown = list.dataset.version;
  let wanted = shown;
  let busy = false;

  const records = () => [...list.querySelectorAll("[data-record]")];
  const clock = () => new Date().toISOString().slice(11, 16) + " UTC";

  function say(words, lost) {
    line.hidden = false;
    line.textContent = words;
    line.classList.toggle("lost", lost);
  }

  // whoever reads the list by keyboard stays where they were
  function focused() {
    const row = list.contains(document.activeElement) && document.activeElement.closest("[data-record]");
    return row ? row.dataset.record : null;
  }

  function fill(text) {
    const before = new Set(records().map((row) => row.dataset.record));
    const at = focused();
    // the text comes from the hub's own template, in which every value is escaped
    list.innerHTML = text;
    for (const row of records()) {
      if (!before.has(row.dataset.record)) row.classList.add("new");
      if (row.dataset.record === at) row.querySelector("a").focus({ preventScroll: true });
    }
  }

  async function renew() {
    if (busy) return;
    busy = true;
    try {
      while (shown !== wanted) {
        const version = wanted;
        const answer = await fetch(list.dataset.live, { cache: "no-store" });
        if (!answer.ok) break;
        fill(await answer.text());
        shown = version;
      }
    } catch {
      // the line is gone; the event source calls again
    } finally {
      busy = false;
    }
  }

  const source = new EventSource("/live");
  source.onopen = () => say("✓ Live: new arrivals appear by themselves", false);
  source.onerror = () => {
    if (!line.classList.contains("lost")) say("● No line to the hub since " + clock(), true);
  };
  source.onmessage = (event) => {
    wanted = event.data;
    renew();
  };
  addEventListener("pagehide", () => source.close());
})();
