// The list renews itself when the hub says that something arrived.
"use strict";
(() => {
  const list = document.querySelector("[data-live]");
  if (!list) return;
  let shown = list.dataset.version;
  let wanted = shown;
  let busy = false;

  async function renew() {
    if (busy) return;
    busy = true;
    try {
      while (shown !== wanted) {
        const version = wanted;
        const answer = await fetch(list.dataset.live, { cache: "no-store" });
        if (!answer.ok) break;
        const before = new Set([...list.querySelectorAll("[data-record]")].map((r) => r.dataset.record));
        // the text comes from the hub's own template, in which every value is escaped
        list.innerHTML = await answer.text();
        for (const row of list.querySelectorAll("[data-record]"))
          if (!before.has(row.dataset.record)) row.classList.add("new");
        shown = version;
      }
    } catch {
      // the line is gone; the event source calls again
    } finally {
      busy = false;
    }
  }

  const source = new EventSource("/live");
  source.onmessage = (event) => {
    wanted = event.data;
    renew();
  };
  addEventListener("pagehide", () => source.close());
})();
