"use strict";
(() => {
  const form = document.querySelector(".filters");
  if (!form) return;
  const rows = [...document.querySelectorAll("tr[data-kind]")];
  const shown = form.querySelector("output");
  const filter = () => {
    const wanted = [...form.querySelectorAll("select")].filter((select) => select.value);
    let count = 0;
    for (const row of rows) {
      const fits = wanted.every((select) => row.dataset[select.dataset.filter] === select.value);
      row.hidden = !fits;
      count += fits;
    }
    shown.textContent = count + " of " + rows.length + " shown";
  };
  form.hidden = false;
  form.addEventListener("change", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
})();
