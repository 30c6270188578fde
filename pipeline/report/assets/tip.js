/* The explanation of a mark, on hover and on keyboard focus; Esc closes it, the pointer may enter it. */

const tip = {
  element: $("#tip"),
  mark: null,
  leaving: 0,

  show(mark) {
    clearTimeout(this.leaving);
    if (this.mark === mark) return;
    this.hide();
    this.mark = mark;
    this.element.replaceChildren(...mark.evidence.map((item) => el("div", { class: `card ${item.axis}` }, card(item, mark.evidence.length > 1))));
    this.element.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    this.place(mark);
  },

  /** Under the mark's first line, or above it where there is no room; never past the window's edge. */
  place(mark) {
    const at = mark.getClientRects()[0];
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const below = at.bottom + height + 16 < innerHeight || at.top < height + 60;
    const lines = mark.getClientRects();
    const top = below ? lines[lines.length - 1].bottom + 8 : at.top - height - 8;
    this.element.style.left = `${scrollX + Math.max(16, Math.min(at.left, document.documentElement.clientWidth - width - 16))}px`;
    this.element.style.top = `${scrollY + top}px`;
  },

  hide() {
    clearTimeout(this.leaving);
    this.mark?.removeAttribute("aria-describedby");
    this.mark = null;
    this.element.hidden = true;
  },

  setUp() {
    const later = () => { this.leaving = setTimeout(() => this.hide(), 200); };
    $("#page").addEventListener("mouseover", (event) => {
      const mark = event.target.closest("mark");
      if (mark) this.show(mark);
    });
    $("#page").addEventListener("mouseout", (event) => { if (event.target.closest("mark")) later(); });
    $("#page").addEventListener("focusin", (event) => { if (event.target.matches("mark")) this.show(event.target); });
    $("#page").addEventListener("focusout", (event) => { if (event.target.matches("mark")) this.hide(); });
    $("#page").addEventListener("click", (event) => { const mark = event.target.closest("mark"); if (mark) view.goTo(mark); });
    this.element.addEventListener("mouseenter", () => clearTimeout(this.leaving));
    this.element.addEventListener("mouseleave", later);
  },
};
