"use strict";
/* Copy a text, where the browser lets us. */

for (const button of $$("[data-copies]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copies);
    try {
      await navigator.clipboard.writeText(field.value);
      $("#copied").textContent = "Copied.";
    } catch {
      field.select();
      $("#copied").textContent = "The browser does not let us: press Ctrl+C.";
    }
  });
}
