"use strict";
/* Building the page. Data reaches the document as text nodes and attributes only, never as markup. */

const AXES = ["spin", "links", "claims", "quality"];
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** An element: `attributes` by name, `children` as nodes or strings (which become text nodes). */
function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== ""));
  return element;
}

/** The pages of the report, read when the first one is opened. */
const pages = (() => {
  let read = null;
  return () => (read ??= JSON.parse($("#data").textContent));
})();

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const typing = (target) => target instanceof HTMLInputElement && target.type === "search";
