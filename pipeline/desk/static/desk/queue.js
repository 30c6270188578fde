"use strict";
/* The queue: the focus moves from item to item; the whole row opens one. */

const moving = $("#moving");

function rows() {
  return $$("#queue tbody tr");
}

/** Move the focus by `step` rows. */
function move(step) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const row = all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + step))];
  if (!row) return;
  $("a.title", row).focus();
  row.scrollIntoView({ block: "nearest" });
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
  const step = { [moving.dataset.next]: 1, [moving.dataset.previous]: -1, ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || event.key.startsWith("Arrow") && !document.activeElement.closest("#queue")) return;
  event.preventDefault();
  move(step);
});

addEventListener("click", (event) => {
  const row = event.target.closest("#queue tbody tr");
  if (row && !event.target.closest("a") && getSelection().isCollapsed) $("a.title", row).click();
});

/* What filters nothing stays out of the address. */
addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.id !== "filters") return;
  for (const [name, value] of [...event.detail.formData]) if (value === "") event.detail.formData.delete(name);
});
