"use strict";
/* The article: from card to mark and back, which axes are marked, judging a finding by key, letting the item go. */

const OFF = "desk-axes-off";

/** Scroll the list of evidence, and only it, until `card` is in view; where the list has no scroll of its own, nothing. */
function reveal(card) {
  const list = $(".evidence");
  if (getComputedStyle(list).overflowY !== "auto") return;
  const [inside, around, head] = [card.getBoundingClientRect(), list.getBoundingClientRect(), $("h2", list).offsetHeight];
  if (inside.top < around.top + head) list.scrollTop += inside.top - around.top - head;
  else if (inside.bottom > around.bottom) list.scrollTop += Math.min(inside.bottom - around.bottom, inside.top - around.top - head);
}

const evidence = {
  now: -1,
  marks: (rank) => $$("mark[data-ranks]").filter((mark) => mark.dataset.ranks.split(" ").includes(String(rank))),
  cards: () => $$("#cards > .card").filter((card) => card.getClientRects().length),

  /** Show a finding: its card lit, its first mark in view and in focus; without a mark, its card in focus. */
  show(rank, focus = true) {
    const card = $(`#card-${rank}`);
    if (!card) return;
    this.now = rank;
    for (const other of $$(".card.now, mark.now")) other.classList.remove("now");
    card.classList.add("now");
    const marks = this.marks(rank);
    for (const mark of marks) mark.classList.add("now");
    reveal(card);
    if (!focus) return;
    const target = marks.find((mark) => mark.tabIndex === 0) ?? marks[0] ?? $(".what", card);
    target.scrollIntoView({ block: "center" });
    target.focus({ preventScroll: true });
  },

  /** The next of the cards that are shown, strongest first, round to the first again. */
  next(step) {
    const cards = this.cards();
    if (!cards.length) return;
    const at = cards.findIndex((card) => Number(card.dataset.rank) === this.now);
    this.show(Number(cards[(at + step + cards.length) % cards.length].dataset.rank));
  },

  judge(label) {
    const card = $(`#card-${this.now}`) ?? this.cards()[0];
    if (card) $(`.judge [value^="${label} "]`, card)?.click();
  },
};

addEventListener("click", (event) => {
  const target = event.target instanceof Element ? event.target : null;
  const mark = target?.closest("mark[data-ranks]");
  const what = target?.closest("button.what");
  if (target?.closest("#next-evidence")) evidence.next(1);
  else if (mark) evidence.show(Number(mark.dataset.ranks.split(" ")[0]), false);
  else if (what) evidence.show(Number(what.closest(".card").dataset.rank));
});

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || $("dialog[open]")) return;
  const { right, wrong, fine } = $(".evidence").dataset;
  const label = { [right]: "right", [wrong]: "wrong", [fine]: "fine" }[event.key];
  const key = $("#next-evidence")?.dataset.key;
  if (event.key === "Enter" && event.target.matches("mark")) event.target.click();
  else if (key && event.key === key.toUpperCase() && key !== key.toUpperCase()) evidence.next(-1);
  else if (label && event.key.length === 1) evidence.judge(label);
  else return;
  event.preventDefault();
});

/* Which axes are marked: remembered in this browser. */
function toggles() {
  return $$(".toggle input");
}
function applyToggles() {
  for (const box of toggles()) $("#main").classList.toggle(`hide-${box.value}`, !box.checked);
}
function readToggles() {
  const off = (localStorage.getItem(OFF) ?? "").split(" ");
  for (const box of toggles()) box.checked = !off.includes(box.value);
  applyToggles();
}
addEventListener("change", (event) => {
  if (!event.target.closest(".toggle")) return;
  localStorage.setItem(OFF, toggles().filter((box) => !box.checked).map((box) => box.value).join(" "));
  applyToggles();
});
readToggles();

/* A finding was judged: the page came anew, and the place in the list stays. */
const kept = { page: 0, list: 0 };
addEventListener("htmx:beforeSwap", (event) => {
  if (event.target.id !== "main") return;
  tip.hide();
  const button = event.detail.requestConfig.triggeringEvent?.submitter;
  const card = button?.closest("#cards > .card");
  if (card && !button.value.startsWith("fine ") && event.detail.xhr.status < 400) {
    // right or wrong changes one card; only "fine here" changes the marks
    event.detail.target = card;
    event.detail.selectOverride = `#${card.id}`;
    return;
  }
  kept.page = scrollY;
  kept.list = $(".evidence").scrollTop;
});
addEventListener("htmx:afterSettle", (event) => {
  if (event.target.matches(".card")) {
    event.target.classList.toggle("now", event.target.dataset.rank === String(evidence.now));
    if (document.activeElement === document.body) $(".what", event.target).focus({ preventScroll: true });
  }
  if (event.target.id !== "main") return;
  applyToggles();
  scrollTo(0, kept.page);
  $(".evidence").scrollTop = kept.list;
  if (evidence.now >= 0) evidence.show(evidence.now, false);
});

/* The item is let go when its page is left; a page that is killed keeps it until the lease lapses. */
addEventListener("pagehide", () => {
  const lease = $("#lease[data-until]");
  if (!lease) return;
  const said = new FormData();
  said.append("csrfmiddlewaretoken", $("[name=csrfmiddlewaretoken]").value);
  said.append("until", lease.dataset.until);
  navigator.sendBeacon(lease.dataset.release, said);
});
/* Looked at again, after another tab or a sleep: take it again at once, or see who has it. */
addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && $("#lease")) htmx.trigger("#lease", "again");
});
/* Shown again from the browser's memory: take the item again, and see what became of it. */
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

/* The note grows with what is written; Ctrl+Enter in it leaves it for the buttons. */
addEventListener("input", (event) => {
  if (!event.target.matches(".dock textarea")) return;
  event.target.rows = Math.min(6, event.target.value.split("\n").length);
});
