"use strict";
/* The explanation of a mark, on hover, focus and tap: a copy of its cards. Esc closes it, the pointer may enter it. */

const tip = {
  mark: null,
  leaving: 0,
  get element() { return $("#tip"); },

  show(mark) {
    clearTimeout(this.leaving);
    if (this.mark === mark) return;
    this.hide();
    this.mark = mark;
    this.element.replaceChildren(...mark.dataset.ranks.split(" ").map((rank) => {
      const copy = $(`#card-${rank}`).cloneNode(true);
      for (const element of [copy, ...$$("[id]", copy)]) element.removeAttribute("id");
      for (const form of $$("form", copy)) form.remove();
      const what = $(".what", copy);
      what.replaceWith(...what.childNodes);
      const card = document.createElement("div");
      card.className = copy.className;
      card.append(...copy.childNodes);
      return card;
    }));
    this.element.hidden = false;
    mark.setAttribute("aria-describedby", "tip");
    this.place(mark);
  },

  /** Under the mark's last line, or above its first where there is no room; never past the window's edge. */
  place(mark) {
    const lines = mark.getClientRects();
    const at = lines[0];
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const dock = $(".dock")?.offsetHeight ?? 0;
    const below = lines[lines.length - 1].bottom + height + 16 < innerHeight - dock || at.top < height + 60;
    const top = below ? lines[lines.length - 1].bottom + 8 : at.top - height - 8;
    this.element.style.left = `${scrollX + Math.max(16, Math.min(at.left, document.documentElement.clientWidth - width - 16))}px`;
    this.element.style.top = `${scrollY + top}px`;
  },

  hide() {
    clearTimeout(this.leaving);
    this.mark?.removeAttribute("aria-describedby");
    this.mark = null;
    if (this.element) this.element.hidden = true;
  },
};

const markOf = (event) => (event.target instanceof Element ? event.target.closest("mark[data-ranks]") : null);
const later = () => { tip.leaving = setTimeout(() => tip.hide(), 200); };
addEventListener("mouseover", (event) => {
  const mark = markOf(event);
  if (mark) tip.show(mark);
  else if (event.target instanceof Element && event.target.closest("#tip")) clearTimeout(tip.leaving);
});
addEventListener("mouseout", (event) => {
  if (markOf(event) || event.target instanceof Element && event.target.closest("#tip")) later();
});
addEventListener("focusin", (event) => { const mark = markOf(event); if (mark) tip.show(mark); });
addEventListener("focusout", (event) => { if (markOf(event)) tip.hide(); });
addEventListener("keydown", (event) => { if (event.key === "Escape" && tip.mark) tip.hide(); });
addEventListener("scroll", () => { if (tip.mark) tip.place(tip.mark); }, { passive: true });
