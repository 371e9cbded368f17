/* Copies the text of a field. Without this file the field can be selected and copied by hand. */
"use strict";

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const status = document.querySelector("[data-copy-status]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      document.execCommand("copy");
    }
    status.textContent = "";
    status.textContent = button.dataset.copied;
    button.textContent = button.dataset.copied;
  });
}
