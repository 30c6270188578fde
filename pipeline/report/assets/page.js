/* The page view: one page's text with its evidence in place. */

const SUPPORT = { none: "No support", vague: "Vague", named: "Source named", cited: "Source cited" };
const WHERE = { title: "in the title", page: "not in the text" };
const LISTED = 30;

const view = {
  index: null,
  evidenceAt: -1,

  open(index) {
    const page = pages()[index];
    if (!page) return this.shut();
    tip.hide();
    this.index = index;
    this.evidenceAt = -1;
    $("#overview").hidden = true;
    const root = $("#page");
    root.replaceChildren(this.bar(), el("article", { class: "sheet" }, front(page), reading(page), evidenceList(page)));
    root.hidden = false;
    scrollTo(0, 0);
    document.title = `${page.titleText || page.source} – Unspun report`;
    $("h1", root).focus({ preventScroll: true });
  },

  shut() {
    if (this.index === null) return;
    const row = table.rows.find((r) => Number(r.dataset.page) === this.index);
    tip.hide();
    this.index = null;
    $("#page").replaceChildren();
    $("#page").hidden = true;
    $("#overview").hidden = false;
    document.title = this.title;
    if (!row) return;
    table.reveal(row);
    $(".title", row).focus();
    row.scrollIntoView({ block: "center" });
  },

  title: document.title,

  bar() {
    const order = table.found().map((row) => Number(row.dataset.page));
    const at = order.indexOf(this.index);
    const button = (words, key, act, disabled = false) => {
      const made = el("button", { type: "button", disabled }, words, el("kbd", {}, key));
      made.addEventListener("click", act);
      return made;
    };
    return el("nav", { class: "bar", "aria-label": "Report" }, el("div", {},
      button("All pages", "Esc", () => { location.hash = ""; }),
      button("Previous", "k", () => this.step(-1), at <= 0),
      button("Next", "j", () => this.step(1), at >= order.length - 1),
      button("Next evidence", "e", () => this.nextEvidence(1)),
      el("span", { class: "where" }, at < 0 ? "" : `${(at + 1).toLocaleString("en")} of ${order.length.toLocaleString("en")}`)));
  },

  step(by) {
    const order = table.found().map((row) => Number(row.dataset.page));
    const next = order[order.indexOf(this.index) + by];
    if (next !== undefined) location.hash = `page-${next}`;
  },

  /** Go to the next mark in the order of the text. */
  nextEvidence(by) {
    const marks = $$("#page mark[tabindex='0']");
    if (!marks.length) return;
    const from = this.evidenceAt < 0 && by < 0 ? 0 : this.evidenceAt;
    this.evidenceAt = (from + by + marks.length) % marks.length;
    this.goTo(marks[this.evidenceAt]);
  },

  /** Go to the mark of one piece of evidence, by its rank. */
  jump(rank) {
    const marks = $$("#page mark[tabindex='0']");
    const at = marks.findIndex((mark) => mark.ranks.includes(rank));
    if (at < 0) return;
    this.evidenceAt = at;
    this.goTo(marks[at]);
  },

  goTo(mark) {
    for (const other of $$("#page .now")) other.classList.remove("now");
    mark.classList.add("now");
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    mark.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    mark.focus({ preventScroll: true });
    for (const rank of mark.ranks) $(`#evidence-${rank}`)?.classList.add("now");
    $(`#evidence-${mark.ranks[0]}`)?.scrollIntoView({ block: "nearest" });
  },
};

function front(page) {
  const score = (axis) => {
    const fill = el("div", { class: "fill" });
    fill.style.width = `${page.scores[axis] * 100}%`; // the object model, not a style attribute: the policy forbids those
    return el("div", { class: axis }, el("dt", {}, axis[0].toUpperCase() + axis.slice(1)),
      el("dd", { class: "num" }, page.scores[axis].toFixed(2)), el("dd", { class: "track", "aria-hidden": "true" }, fill));
  };
  return el("header", { class: "front" },
    el("p", { class: "stamp" }, el("span", { class: `verdict ${page.verdict}` }, page.verdict.toUpperCase()),
      el("span", {}, `Risk ${page.risk.toFixed(2)}`), el("span", { class: "muted" }, `Language: ${page.language}`)),
    el("h1", { tabindex: "-1", dir: "auto" }, page.title.length ? marked(page, page.title) : "Untitled page"),
    el("p", { class: "source" }, page.source),
    page.error ? el("p", { class: "notice" }, `One rule failed on this page: ${page.error}`) : null,
    el("ul", { class: "reasons" }, page.reasons.map((reason) => el("li", { dir: "auto" }, reason))),
    el("dl", { class: "scores" }, AXES.map(score)));
}

/**
 * Segments as text and marks. The narrowest evidence gives a mark its look, another axis adds its line below; a
 * label follows the last segment of each piece of evidence. Only where evidence begins is there a stop for Tab and e.
 */
function marked(page, segments) {
  let before = [];
  return segments.flatMap(([text, ranks, ending]) => {
    const begins = ranks.some((rank) => !before.includes(rank));
    before = ranks;
    if (!ranks.length) return [text];
    const items = ranks.map((rank) => page.evidence[rank]);
    const narrow = items.reduce((a, b) => (b.quote.length < a.quote.length ? b : a));
    const also = items.find((item) => item.axis !== narrow.axis);
    const mark = el("mark", {
      class: `${narrow.axis}${also ? ` also-${also.axis}` : ""}`, tabindex: begins ? "0" : "-1", role: "button",
      "aria-label": `${text} (${items.map((item) => item.name).join(", ")})`,
    }, text);
    mark.ranks = ranks;
    mark.evidence = items;
    return [mark, ...ending.map((rank) => el("span", { class: `label ${page.evidence[rank].axis}`, "aria-hidden": "true" }, page.evidence[rank].rule))];
  });
}

function reading(page) {
  const tags = { heading: "h3", quote: "blockquote" };
  const blocks = page.blocks.map(([kind, segments]) => el(tags[kind] ?? "p", { class: kind, dir: "auto" }, marked(page, segments)));
  return el("div", { class: "reading" },
    el("div", { class: "text", lang: page.language }, blocks.length ? blocks : el("p", { class: "muted" }, "No text was left after cleaning.")),
    ledger(page), linkList(page), removedList(page), plainList("Notes on reading the page", page.notes));
}

function ledger(page) {
  if (!page.claims.length) return null;
  return el("section", {}, el("h2", {}, `Health claims (${page.claims.length})`), el("table", { class: "ledger" },
    el("thead", {}, el("tr", {}, ["Support", "Type", "Claim"].map((name) => el("th", { scope: "col" }, name)))),
    el("tbody", {}, page.claims.map((claim) => el("tr", {},
      el("td", { class: `fixed support-${claim.support}` }, SUPPORT[claim.support]), el("td", { class: "fixed" }, claim.type),
      el("td", { dir: "auto" }, claim.quote, claim.source ? el("span", { class: "muted" }, ` (${claim.source})`) : null))))));
}

function linkList(page) {
  if (!page.links.length) return null;
  return el("details", {}, el("summary", {}, `Links, as text (${page.links.length})`), el("table", { class: "ledger" },
    el("tbody", {}, page.links.map(([text, href, what]) => el("tr", {},
      el("td", { dir: "auto" }, text), el("td", { class: "plain" }, href), el("td", { class: "muted" }, what))))));
}

function removedList(page) {
  if (!page.removed.length) return null;
  const total = page.removed.reduce((sum, [, texts]) => sum + texts.length, 0);
  return el("details", {}, el("summary", {}, `Removed from the page (${total})`), page.removed.map(([reason, texts]) =>
    el("div", {}, el("h3", {}, reason), texts.map((text) => el("p", { class: "muted", dir: "auto" }, text)))));
}

function plainList(name, lines) {
  return lines.length ? el("details", {}, el("summary", {}, `${name} (${lines.length})`), lines.map((line) => el("p", {}, line))) : null;
}

/** One piece of evidence with its explanation; `head` is what surrounds the quote in the list, a button. */
function card(item, quote) {
  const found = item.suggestions.flatMap((word, i) => [i ? ", " : "", el("b", {}, word)]);
  return [
    el("span", { class: "head" }, el("b", {}, item.rule), el("span", {}, item.name), el("span", { class: "num" }, item.strength.toFixed(2))),
    quote ? el("span", { class: "quote", dir: "auto" }, item.quote) : null,
    el("p", { class: "message" }, item.message),
    found.length ? el("p", { class: "suggest" }, "Perhaps: ", found) : null,
  ];
}

function evidenceList(page) {
  const listed = page.evidence.slice(0, LISTED).map((item, rank) => {
    const [head, quote, ...rest] = card(item, true);
    const place = WHERE[item.where] ? el("p", { class: "suggest" }, `(${WHERE[item.where]})`) : null;
    const entry = el("li", { class: `card ${item.axis}`, id: `evidence-${rank}` });
    if (item.where === "page") return entry.append(head, quote, place, ...rest.filter(Boolean)), entry;
    const button = el("button", { type: "button", "aria-label": `Show in the text: ${item.name}, ${item.quote}` }, head, quote);
    button.addEventListener("click", () => view.jump(rank));
    entry.append(button, ...[place, ...rest].filter(Boolean));
    return entry;
  });
  const rest = page.evidenceTotal - listed.length;
  return el("aside", { class: "evidence", "aria-label": "Evidence" },
    el("h2", {}, `Evidence, strongest first (${page.evidenceTotal})`), el("ol", {}, listed),
    rest > 0 ? el("p", { class: "muted" }, `${count(rest, "weaker piece")} of evidence not listed; ${page.unmarked ? `all but the weakest ${page.unmarked} are` : "those in the text are"} marked there.`) : null);
}
