/* The table of pages: links, sorting, filters. */

const SCREENFUL = 200; // rows laid out at a time: a thousand take a browser a second for each sort

const table = {
  body: $("#pages tbody"),
  rows: $$("#pages tbody tr"),
  limit: SCREENFUL,

  /** Rows that the filter lets through, in their present order; those past the limit too. */
  found() {
    return this.rows.filter((row) => row.fits);
  },

  setUp() {
    this.body.classList.add("live");
    for (const row of this.rows) {
      const title = $(".title", row);
      const link = el("a", { class: "title", href: `#page-${row.dataset.page}`, dir: "auto" }, ...title.childNodes);
      title.replaceWith(link);
      row.words = row.textContent.toLowerCase();
    }
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row && !event.target.closest("a") && getSelection().isCollapsed) location.hash = `page-${row.dataset.page}`;
    });
    for (const header of $$("#pages thead th")) {
      const button = el("button", { type: "button" }, header.textContent);
      header.replaceChildren(button);
      button.addEventListener("click", () => this.sort(header));
    }
    for (const choice of $$("input[name=verdict]")) choice.addEventListener("change", () => this.filter());
    for (const choice of $$("input[name=verdict]")) {
      const of = this.rows.filter((row) => !choice.value || row.dataset.verdict === choice.value).length;
      choice.nextElementSibling.append(el("small", {}, of.toLocaleString("en")));
    }
    $("#search").addEventListener("input", () => this.filter());
    $("#more").addEventListener("click", () => {
      this.limit += SCREENFUL;
      this.show();
    });
    $("#toolbar").hidden = $("#keys").hidden = false;
    this.filter();
  },

  /** Sort by a column; numbers start with the highest, text with A; a second press turns the order round. */
  sort(header) {
    const numeric = header.dataset.sort === "number";
    const before = header.getAttribute("aria-sort");
    const order = before ? (before === "ascending" ? "descending" : "ascending") : numeric ? "descending" : "ascending";
    for (const other of $$("#pages thead th")) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", order);
    const key = (row) => {
      const cell = row.cells[header.cellIndex];
      return numeric ? Number(cell.dataset.key ?? cell.textContent) : $(".title", cell).textContent;
    };
    const keyed = this.rows.map((row) => [key(row), row]);
    const sign = order === "ascending" ? 1 : -1;
    const text = new Intl.Collator("en", { numeric: true });
    keyed.sort(([a], [b]) => sign * (numeric ? a - b : text.compare(a, b)));
    this.rows = keyed.map(([, row]) => row);
    this.limit = SCREENFUL;
    this.show();
    this.body.append(...this.rows);
  },

  filter() {
    const verdict = $("input[name=verdict]:checked").value;
    const words = $("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const row of this.rows) {
      row.fits = (!verdict || row.dataset.verdict === verdict) && words.every((word) => row.words.includes(word));
    }
    this.limit = SCREENFUL;
    this.show();
    const found = this.found().length;
    const all = count(this.rows.length, "page");
    $("#status").textContent = found === this.rows.length ? all : `${found.toLocaleString("en")} of ${all}`;
    $("#nothing").hidden = found > 0 || this.rows.length === 0;
  },

  /** Hide what the filter or the limit leaves out, and offer the rest. */
  show() {
    let shown = 0;
    for (const row of this.rows) row.hidden = !row.fits || ++shown > this.limit;
    $("#more").hidden = shown <= this.limit;
    $("#more").textContent = `Show ${Math.min(SCREENFUL, shown - this.limit)} more`;
  },

  /** Raise the limit until `row` is shown. */
  reveal(row) {
    while (row.fits && row.hidden) {
      this.limit += SCREENFUL;
      this.show();
    }
  },

  /** Move the focus by `step` rows. */
  move(step) {
    const shown = this.found().filter((row) => !row.hidden);
    const at = shown.findIndex((row) => row.contains(document.activeElement));
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + step))];
    if (!next) return;
    $(".title", next).focus();
    next.scrollIntoView({ block: "nearest" });
  },
};
