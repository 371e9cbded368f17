/* "Save the draft" does not draw the page again, which takes seconds with a hundred questions:
   what was written is sent as the screen sends it by itself, and the page stays. */
(() => {
  const REVISION = "data-w-autosave-revision-id-value";
  const savesByItself = (form) =>
    form.matches("[data-controller~='w-autosave']") &&
    form.getAttribute("data-w-autosave-active-value") !== "false";

  /* What the page shows is what was saved last, by the screen itself too. */
  document.addEventListener("w-autosave:success", ({ target: form, detail: { response } }) => {
    const { loaded_revision_id: id, loaded_revision_created_at: moment } = form.elements;
    if (!id || !moment || !response.revision_id) return;
    id.value = response.revision_id;
    moment.value = response.revision_created_at;
  });

  const say = (text) =>
    document.dispatchEvent(
      new CustomEvent("w-messages:add", { detail: { clear: true, text, type: "success" } }),
    );

  const save = (form, button) => {
    let isSent = false;
    const begin = () => {
      isSent = true;
    };
    const end = ({ type, detail }) => {
      if (!isSent) return;
      document.removeEventListener("w-autosave:success", end);
      document.removeEventListener("w-autosave:error", end);
      form.setAttribute(REVISION, "0");
      button.setAttribute("data-w-progress-loading-value", "false");
      if (type === "w-autosave:success") say(detail.response.message);
      else if (detail.type === "validation_error") {
        // Sent as ever, the page comes back with what has to be put right, where it is.
        form.removeAttribute("data-saves-in-place");
        form.requestSubmit(button);
      }
    };
    document.addEventListener("w-autosave:save", begin, { once: true });
    document.addEventListener("w-autosave:success", end);
    document.addEventListener("w-autosave:error", end);
    // What somebody asked to save has a line of its own in the history.
    form.setAttribute(REVISION, "0");
    form.dispatchEvent(new CustomEvent("w-unsaved:add"));
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelector("#w-editor-form")?.setAttribute("data-saves-in-place", "");
  });
  document.addEventListener(
    "submit",
    (event) => {
      const { target: form, submitter: button } = event;
      if (!form.matches("[data-saves-in-place]") || !savesByItself(form)) return;
      // Those that publish have a name.
      if (!button?.matches(".action-save:not([name])")) return;
      event.preventDefault();
      event.stopPropagation();
      save(form, button);
    },
    true,
  );
})();
