// n and p walk through the cases; Enter opens the one in focus, as for any link.
const cases = [...document.querySelectorAll("a.case")];
document.querySelector(".keys").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { n: 1, p: -1 }[event.key];
  if (!step || !cases.length) return;
  const at = cases.indexOf(document.activeElement);
  cases[Math.min(Math.max(at + step, 0), cases.length - 1)].focus();
});
