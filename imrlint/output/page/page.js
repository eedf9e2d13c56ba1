"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const rows = [...document.querySelectorAll("#findings tbody tr")];
  const letters = [...document.querySelectorAll(".letter")];
  const shown = document.querySelector("#shown");
  const entries = rows.map((row) => ({ row, words: row.textContent.toLowerCase() }));

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
    shown.textContent = all ? `${rows.length} ${rows.length === 1 ? "finding" : "findings"}` : `${count} of ${rows.length} findings`;
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("beforeprint", () => { for (const each of [...rows, ...letters]) each.hidden = false; });
  window.addEventListener("afterprint", apply);
  apply();
})();
