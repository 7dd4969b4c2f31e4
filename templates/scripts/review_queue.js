// n and p walk through the cases; Enter opens the one in focus, as for any link; x, a and d choose and decide.
const cases = [...document.querySelectorAll("a.case")];
const boxes = [...document.querySelectorAll("input[name=case]")];
const decision = document.getElementById("decision");
document.querySelector(".keys").hidden = false;
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("select, textarea, input:not([type=checkbox])");
  if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = { n: 1, p: -1 }[event.key];
  const at = cases.findIndex((link) => link.closest("tr").contains(document.activeElement));
  if (step && cases.length) {
    cases[Math.min(Math.max(at + step, 0), cases.length - 1)].focus();
  } else if (event.key === "x" && boxes[at]) {
    boxes[at].checked = !boxes[at].checked;
  } else if (event.key === "a" && boxes.length) {
    const all = boxes.every((box) => box.checked);
    for (const box of boxes) box.checked = !all;
  } else if (event.key === "d" && decision && decision.form) {
    event.preventDefault();
    decision.focus();
  }
});
