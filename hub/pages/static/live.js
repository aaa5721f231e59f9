// The list of arrivals renews itself, and never moves under the reader's hand.
//
// Rows that change are replaced where they are. New rows appear on top when the reader is at the top
// and neither selects, points nor has the focus in the list; else they wait behind a button.
import { follow } from "./line.js";

const list = document.querySelector("[data-live]");
const HELD = 40; // rows that a page has; more of them are taken off at the end
const AT_REST = 1_500; // milliseconds since the pointer last moved over the list

const find = (id) => document.querySelector("#" + id);
const clock = () => new Date().toISOString().slice(11, 16) + " UTC";

function start() {
  const limits = JSON.parse(list.dataset.limits);
  const limited = Object.keys(limits).length > 0;
  const button = find("waiting");
  const pause = find("pause");
  const waiting = new Map(); // the newest of each record that waits
  let unknown = 0; // rows that wait and were only counted
  let renewal = false; // the whole list is to be read when the reader takes what waits
  let paused = "";
  let state = "";
  let since = "";
  let pointed = -AT_REST;
  let work = Promise.resolve(); // one change after another, also those that are fetched

  const rows = () => [...list.querySelectorAll("[data-record]")];
  const row = (record) => rows().find((each) => each.dataset.record === record);
  const parsed = (html) => {
    const made = document.createElement("template");
    made.innerHTML = html; // from the hub's own template, in which every value is escaped
    return made.content;
  };

  function selected(element) {
    const selection = getSelection();
    return selection && !selection.isCollapsed && selection.containsNode(element, true);
  }

  function busy() {
    return scrollY > list.offsetTop || list.contains(document.activeElement) || selected(list)
      || performance.now() - pointed < AT_REST;
  }

  function say() {
    const line = find("line");
    find("switch").hidden = false;
    const lost = state === "lost" || state === "full";
    line.classList.toggle("lost", lost);
    const count = [...waiting.keys()].filter((record) => !row(record)).length + unknown;
    if (state === "lost") line.textContent = "● No line to the hub since " + since;
    else if (state === "full") line.textContent = "● Not live: too many have this list open; it asks again by itself";
    else if (paused) line.textContent = `Ⅱ Paused since ${paused}, ${count} arrived`;
    else line.textContent = "✓ Live: new arrivals appear by themselves";
    pause.textContent = paused ? "Go on" : "Pause";
    button.hidden = count === 0;
    button.textContent = `${unknown >= HELD ? "more than " : ""}${count} new ▲ (N)`;
  }

  // headings follow the rows, which come and go one by one
  function days() {
    for (const each of list.querySelectorAll(".day")) each.remove();
    let before = "";
    for (const each of rows()) {
      if (each.dataset.day === before) continue;
      before = each.dataset.day;
      const heading = parsed('<li class="day"><h2></h2><span class="mute">arrived, by UTC</span></li>');
      heading.querySelector("h2").textContent = before;
      each.before(heading);
    }
  }

  function replace(old, html) {
    const fresh = parsed(html).firstElementChild;
    const focused = old.contains(document.activeElement);
    if (old.classList.contains("new")) fresh.classList.add("new");
    old.replaceWith(fresh);
    if (focused) fresh.querySelector("a").focus({ preventScroll: true });
  }

  function insert(change) {
    const fresh = parsed(change.html).firstElementChild;
    fresh.classList.add("new");
    const after = rows().find((each) => Number(each.dataset.arrival) < change.arrival);
    if (after) after.before(fresh);
    else find("rows").append(fresh);
    list.querySelector(".empty")?.remove();
  }

  function trim() {
    const all = rows();
    if (all.length <= HELD) return;
    for (const each of all.slice(HELD)) each.remove();
    const more = find("more");
    const link = more.querySelector("a") || document.createElement("a");
    const query = more.dataset.query;
    link.className = "button";
    link.textContent = "Earlier arrivals";
    link.href = `/?before=${all[HELD - 1].dataset.arrival}${query ? "&" + query : ""}`;
    more.replaceChildren(link);
    more.hidden = false;
  }

  // whether a new row is one that the limits ask for; only the hub knows all numbers of a record
  function matches(change) {
    const { first_day: first = -Infinity, last_day: last = Infinity } = limits;
    return ["post", "status", "pack"].every((name) => !limits[name] || limits[name] === change[name])
      && first <= change.day && change.day <= last;
  }

  function apply(change) {
    const counts = find("counts");
    if (change.head && !limited && !paused) counts.innerHTML = change.head;
    if (change.all) return renew();
    let fresh = false;
    for (const each of change.rows) {
      const shown = row(each.record);
      if (shown && (paused || selected(shown))) waiting.set(each.record, each);
      else if (shown) replace(shown, each.html);
      else if (matches(each) && isNewer(each)) {
        waiting.set(each.record, each);
        fresh = true;
      }
    }
    if (fresh && limited && !limits.number) counts.dataset.old = "true";
    if (fresh && limits.number) {
      for (const each of change.rows) waiting.delete(each.record);
      return renew();
    }
    settle();
    return null;
  }

  function isNewer(change) {
    const last = rows().at(-1);
    return !last || find("more").hidden || change.arrival > Number(last.dataset.arrival);
  }

  function settle() {
    if (!paused && !busy()) take();
    say();
  }

  function take() {
    if (renewal) {
      work = work.then(() => renew(true));
      return;
    }
    if (waiting.size === 0) return;
    for (const each of [...waiting.values()].sort((a, b) => a.arrival - b.arrival)) {
      const shown = row(each.record);
      if (shown) replace(shown, each.html);
      else insert(each);
    }
    waiting.clear();
    if (!busy() || scrollY === 0) trim();
    days();
    if (find("counts").dataset.old) work = work.then(() => renew(true));
  }

  // read the whole list: now, or count what is new and wait
  async function renew(now = false) {
    try {
      const answer = await fetch(list.dataset.live, { cache: "no-store" });
      if (!answer.ok) return;
      const content = parsed(await answer.text());
      const before = new Set(rows().map((each) => each.dataset.record));
      const fresh = [...content.querySelectorAll("[data-record]")].filter((each) => !before.has(each.dataset.record));
      if (paused || (!now && busy() && fresh.length)) {
        for (const each of fresh) waiting.delete(each.dataset.record);
        unknown = fresh.length;
        renewal = true;
        return;
      }
      const at = list.contains(document.activeElement) && document.activeElement.closest("[data-record]")?.dataset.record;
      for (const each of fresh) if (before.size) each.classList.add("new");
      list.replaceChildren(content);
      if (at) row(at)?.querySelector("a").focus({ preventScroll: true });
      waiting.clear();
      unknown = 0;
      renewal = false;
    } catch {
      // the line is gone; what is missing is asked for when it is back
    } finally {
      say();
    }
  }

  function accept() {
    if (list.contains(document.activeElement)) document.activeElement.blur();
    getSelection()?.removeAllRanges();
    scrollTo({ top: 0 });
    take();
    say();
  }

  function toggle() {
    paused = paused ? "" : clock();
    if (!paused) take();
    say();
  }

  async function missed() {
    try {
      const answer = await fetch("/changes?since=" + encodeURIComponent(list.dataset.version), { cache: "no-store" });
      if (answer.ok) await received(await answer.json());
    } catch {
      // as above
    }
  }

  async function received(change) {
    await apply(change);
    list.dataset.version = change.id;
  }

  button.addEventListener("click", accept);
  pause.addEventListener("click", toggle);
  list.addEventListener("pointermove", () => {
    pointed = performance.now();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
    if (event.key === "n" && !button.hidden) accept();
    if (event.key === "p") toggle();
  });
  for (const [target, name] of [[document, "selectionchange"], [list, "focusout"], [window, "scrollend"]]) {
    target.addEventListener(name, () => setTimeout(() => (waiting.size || renewal) && settle()));
  }
  setInterval(() => (waiting.size || renewal) && !document.hidden && settle(), AT_REST);

  follow({
    position: () => list.dataset.version,
    change: (change) => {
      work = work.then(() => received(change));
    },
    catchUp: () => {
      work = work.then(missed);
    },
    line: (next) => {
      if (next !== "open" && state !== next) since = clock();
      state = next;
      say();
    },
  });
}

if (list) start();
