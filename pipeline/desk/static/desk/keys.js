"use strict";
/* Keys: a control that has data-key is pressed, followed or focused by it. Off while typing, and with Ctrl, Alt or Meta. */

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const PRESSED = ["checkbox", "radio", "button", "submit"];

function typing(target) {
  if (target.matches("textarea, select") || target.isContentEditable) return true;
  return target.matches("input") && !PRESSED.includes(target.type);
}

function shown(element) {
  return !element.disabled && element.getClientRects().length > 0;
}

/** Press a link, button or box; put the focus into a field. */
function use(element) {
  if (typing(element)) {
    element.focus();
    element.select?.();
  } else element.click();
}

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  const target = event.target instanceof Element ? event.target : document.body;
  if (typing(target)) {
    if (event.key === "Escape") target.blur();
    return;
  }
  if ($("dialog[open]") || event.key.length !== 1 || event.repeat && !"jk".includes(event.key)) return;
  const control = $$("[data-key]").find((element) => element.dataset.key === event.key && shown(element));
  if (!control) return;
  event.preventDefault();
  use(control);
});

addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.getElementById(opener.dataset.opens).showModal();
});

/* One press decides once: a second one on the same page would be about the next item. */
addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.target.hasAttribute("hx-post") || event.defaultPrevented) return;
  if (event.target.dataset.sent) event.preventDefault();
  event.target.dataset.sent = "1";
});
addEventListener("pageshow", () => { for (const form of $$("form[data-sent]")) delete form.dataset.sent; });
