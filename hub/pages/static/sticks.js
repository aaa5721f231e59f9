// Sends the chosen bundles one by one, and shows what came of each.
"use strict";
(() => {
  const files = document.querySelector("#files");
  const results = document.querySelector("#results");
  if (!files) return;

  function line(parent, kind, words) {
    const made = document.createElement(kind);
    made.textContent = words;
    parent.append(made);
    return made;
  }

  function show(item, result) {
    item.replaceChildren();
    line(item, "p", `${item.dataset.file}: ${result.text}`);
    for (const fault of result.faults || []) line(item, "p", fault).className = "lost";
    if (!result.device) return;
    const answer = line(line(item, "p", ""), "a", "The hub's answer for the stick");
    answer.className = "button";
    answer.href = `/sticks/answers/${result.device}.json`;
    answer.download = `${result.device}.json`;
  }

  async function send(file) {
    const item = document.createElement("li");
    item.className = "card";
    item.dataset.file = file.name;
    line(item, "p", `${file.name}: is being read …`);
    results.append(item);
    try {
      const answer = await fetch("/sticks", { method: "PUT", body: file });
      show(item, answer.ok ? await answer.json() : { text: await answer.text() });
    } catch {
      show(item, { text: "the hub did not answer; choose it again, nothing is taken twice" });
    }
  }

  files.addEventListener("change", async () => {
    const chosen = [...files.files];
    files.disabled = true;
    for (const file of chosen) await send(file);
    files.value = "";
    files.disabled = false;
  });
})();
