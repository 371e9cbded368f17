// The page comes back to the text that was being translated; what is typed is not left by mistake.
(() => {
  const form = document.getElementById("translation");
  const at = form?.elements.namedItem("at");
  if (!at) return;

  let isTyped = false;
  form.addEventListener("input", (event) => {
    isTyped = true;
    const line = event.target.closest(".translation__line");
    if (line) at.value = line.querySelector("textarea").id;
  });
  form.addEventListener("submit", () => {
    isTyped = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isTyped) event.preventDefault();
  });

  const here = document.getElementById(window.location.hash.slice(1));
  if (here instanceof HTMLTextAreaElement) here.focus();
})();
