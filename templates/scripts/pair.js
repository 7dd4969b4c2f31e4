"use strict";
(() => {
  const rows = [...document.querySelectorAll(".row.changed")];
  document.querySelectorAll(".keys").forEach((hint) => { hint.hidden = rows.length === 0; });
  let at = -1;
  const go = (step) => {
    if (!rows.length) return;
    const held = rows.indexOf(document.activeElement);
    at = ((held < 0 ? at : held) + step + rows.length) % rows.length;
    rows[at].focus();
    history.replaceState(null, "", "#" + rows[at].id);
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input,select,textarea")) return;
    if (event.key === "n") go(1);
    if (event.key === "p") go(at < 0 && !rows.includes(document.activeElement) ? 0 : -1);
  });
})();
