"use strict";
(() => {
  const form = document.querySelector("form.filters");
  const shown = document.querySelector("#shown");
  const rows = [...document.querySelectorAll("main tbody tr")].map((row) => ({ row, words: row.textContent.toLowerCase() }));

  function matches({ row, words }, filters) {
    return Object.entries(filters).every(([key, value]) => {
      if (!value) return true;
      if (key === "words") return value.toLowerCase().split(/\s+/).filter(Boolean).every((word) => words.includes(word));
      const own = row.dataset[key];
      if (own === undefined) return true;
      return key === "letters" ? Number(own) >= Number(value) : own === value;
    });
  }

  function apply() {
    const filters = Object.fromEntries(new FormData(form));
    let count = 0;
    for (const entry of rows) {
      const visible = matches(entry, filters);
      entry.row.hidden = !visible;
      count += visible;
    }
    for (const section of document.querySelectorAll("main section")) section.hidden = !section.querySelector("tbody tr:not([hidden])");
    shown.textContent = count === rows.length ? `${rows.length} rows` : `${count} of ${rows.length} rows`;
  }

  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
