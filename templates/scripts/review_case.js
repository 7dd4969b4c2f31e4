// d goes to the decision, q back to the queue.
document.querySelector(".keys").hidden = false;
document.addEventListener("keydown", (event) => {
  if (event.target.closest("input, select, textarea") || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "d") {
    event.preventDefault();
    document.getElementById("decision").focus();
  } else if (event.key === "q") {
    document.querySelector("nav.top .mark").click();
  }
});
