// The list renews itself when the hub says that something arrived; the rail says whether it can.
//
// A browser opens six lines to a host at most, so all its pages share one line to the hub: the page
// that has the lock opens it and tells the others. A page that nobody sees holds none.
"use strict";
(() => {
  const list = document.querySelector("[data-live]");
  const line = document.querySelector("#line");
  if (!list) return;
  const NAME = "tidewaiter-live";
  const others = new BroadcastChannel(NAME);
  let shown = list.dataset.version;
  let wanted = shown;
  let busy = false;
  let source = null;
  let leave = null;

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

  function hear(version) {
    if (document.hidden) return;
    if (version === null) {
      if (!line.classList.contains("lost")) say("● No line to the hub since " + clock(), true);
      return;
    }
    say("✓ Live: new arrivals appear by themselves", false);
    wanted = version;
    renew();
  }

  function tell(version) {
    hear(version);
    others.postMessage({ version });
  }

  function open() {
    source = new EventSource("/live");
    source.onmessage = (event) => tell(event.data);
    source.onerror = () => tell(null);
  }

  others.onmessage = (event) => {
    if ("version" in event.data) hear(event.data.version);
    else if (source && source.readyState === EventSource.OPEN) others.postMessage({ version: wanted });
  };

  // the page waits for its turn, and the line is its own until it leaves
  function watch() {
    if (leave) return;
    const waiting = new AbortController();
    let done = () => {};
    leave = () => {
      leave = null;
      waiting.abort();
      if (source) source.close();
      source = null;
      done();
    };
    if (!navigator.locks) {
      open(); // a browser gives no locks to pages that came without TLS from another machine
      return;
    }
    const turn = () => new Promise((resolve) => {
      done = resolve;
      open();
    });
    navigator.locks.request(NAME, { signal: waiting.signal }, turn).catch(() => {});
    others.postMessage({ ask: true });
  }

  function look() {
    if (document.hidden) {
      if (leave) leave();
    } else {
      watch();
    }
  }

  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  addEventListener("pagehide", () => {
    if (leave) leave();
  });
  look();
})();
