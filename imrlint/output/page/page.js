"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const rows = [...document.querySelectorAll("#findings tbody tr")];
  const letters = [...document.querySelectorAll(".letter")];
  const ranked = [...document.querySelectorAll(".ranking tbody tr")];
  const shown = document.querySelector("#shown");
  const entries = rows.map((row) => ({ row, words: row.textContent.toLowerCase() }));

  // ---- Search and filters

  function apply() {
    const filters = Object.fromEntries(new FormData(form));
    const words = filters.words.toLowerCase().split(/\s+/).filter(Boolean);
    const visible = new Set();
    let count = 0;
    for (const { row, words: text } of entries) {
      const matches = ["severity", "importance", "rule", "family", "specialty", "month"].every((key) => !filters[key] || row.dataset[key] === filters[key])
        && words.every((word) => text.includes(word));
      row.hidden = !matches;
      if (matches) { count += 1; visible.add(row.dataset.letter); }
    }
    const all = count === rows.length;
    for (const letter of letters) letter.hidden = !all && !visible.has(letter.id);
    for (const row of ranked) row.hidden = !all && !visible.has(row.dataset.letter);
    shown.textContent = all ? `${rows.length} ${rows.length === 1 ? "finding" : "findings"}` : `${count} of ${rows.length} findings`;
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();

  // ---- From a finding to its words, and back

  function center(box, target) {
    const inside = target.getBoundingClientRect().top - box.getBoundingClientRect().top;
    box.scrollTop += inside - box.clientHeight / 2;
    box.scrollIntoView({ block: "nearest" });
    const top = target.getBoundingClientRect().top;
    if (top < 0 || top > innerHeight - 20) target.scrollIntoView({ block: "center" });
  }

  function show(id) {
    const target = document.getElementById(id);
    if (!target) return;
    for (const each of document.querySelectorAll(".here")) each.classList.remove("here");
    target.closest("details")?.setAttribute("open", "");
    const marks = [...document.querySelectorAll(`[data-of~="${CSS.escape(id)}"]`)];
    for (const each of target.matches("li") ? [target] : marks) each.classList.add("here");
    const box = target.closest(".paper pre, .findings");
    if (box) center(box, marks[0] ?? target); else target.scrollIntoView();
  }

  function go(id) {
    if (location.hash !== `#${id}`) history.pushState(null, "", `#${id}`);
    show(id);
  }

  document.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || String(getSelection())) return;
    const link = event.target.closest("a");
    if (link && !link.hash) return;
    if (link?.classList.contains("skip")) return;
    const finding = event.target.closest(".findings li");
    const mark = event.target.closest("mark");
    const id = link ? link.hash.slice(1) : finding ? `at-${finding.id}` : mark ? mark.dataset.of.split(" ")[0].slice(3) : "";
    if (!document.getElementById(id)) return;
    event.preventDefault();
    go(id);
  });
  for (const name of ["popstate", "hashchange"]) addEventListener(name, () => show(location.hash.slice(1)));
  if (location.hash) show(location.hash.slice(1));
})();
