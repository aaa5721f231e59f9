// The line to the hub that all pages of a browser share.
//
// A browser opens six lines to a host at most, so the page that has the lock opens one and tells the
// others. A page that nobody sees holds none. After each gap (it was hidden, the line was lost, it
// joined later) a page asks once what it missed; the line itself begins at the page's own position.

const NAME = "tidewaiter-live";
const AGAIN = 10_000; // milliseconds, after an answer that is no stream

// `page` has: position(), change(change), catchUp(), line(state) with "open", "lost" or "full".
export function follow(page) {
  const others = new BroadcastChannel(NAME);
  let source = null;
  let leave = null;
  let timer = 0;
  let state = "";

  function become(next) {
    state = next;
    if (!document.hidden) page.line(next);
  }

  function tell(next) {
    if (next === state) return;
    become(next);
    others.postMessage({ state: next });
  }

  function open() {
    source = new EventSource("/live?since=" + encodeURIComponent(page.position()));
    source.onmessage = (event) => {
      tell("open");
      const change = JSON.parse(event.data);
      page.change(change);
      others.postMessage({ change });
    };
    source.addEventListener("full", () => tell("full"));
    source.onerror = () => {
      if (state !== "full") tell("lost");
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(timer);
      timer = setTimeout(() => leave && open(), AGAIN);
    };
  }

  others.onmessage = (event) => {
    if (document.hidden) return;
    if (event.data.change) page.change(event.data.change);
    else if (event.data.ask && source && state) others.postMessage({ state });
    else if (event.data.state && !source) {
      become(event.data.state);
      if (event.data.state === "open") page.catchUp();
    }
  };

  // the page waits for its turn, and the line is its own until it leaves
  function watch() {
    if (leave) return;
    const waiting = new AbortController();
    let done = () => {};
    leave = () => {
      leave = null;
      waiting.abort();
      clearTimeout(timer);
      if (source) source.close();
      source = null;
      state = "";
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
    if (!document.hidden) watch();
    else if (leave) leave();
  }

  document.addEventListener("visibilitychange", look);
  addEventListener("pageshow", look);
  addEventListener("pagehide", () => leave && leave());
  look();
}
