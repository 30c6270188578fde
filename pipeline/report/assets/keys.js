/* Keys and addresses: what moves the reader about. */

const onTable = {
  j: () => table.move(1), ArrowDown: () => table.move(1),
  k: () => table.move(-1), ArrowUp: () => table.move(-1),
  "/": () => $("#search").focus(),
};
const onPage = {
  j: () => view.step(1), ArrowRight: () => view.step(1),
  k: () => view.step(-1), ArrowLeft: () => view.step(-1),
  e: () => view.nextEvidence(1), E: () => view.nextEvidence(-1),
  Enter: () => { if (tip.mark) view.goTo(tip.mark); },
  Escape: () => { if (tip.mark) tip.hide(); else location.hash = ""; },
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (typing(event.target)) {
    if (event.key === "Escape" || event.key === "Enter") event.target.blur();
    return;
  }
  if (event.target.type === "radio" && event.key.startsWith("Arrow")) return;
  if (event.key === "Enter" && !(view.index !== null && event.target.tagName === "MARK")) return;
  const act = (view.index === null ? onTable : onPage)[event.key];
  if (!act) return;
  event.preventDefault();
  act();
});

function route() {
  const wanted = /^#page-(\d+)$/.exec(location.hash);
  if (wanted) view.open(Number(wanted[1]));
  else view.shut();
}

table.setUp();
tip.setUp();
addEventListener("hashchange", route);
addEventListener("DOMContentLoaded", route); // the data stands behind the script, so that the table need not wait for it
