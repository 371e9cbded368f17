/* The choices of a question, in Wagtail's editor: a line each. Enter begins the next one, a
   list that is pasted becomes as many. The form sends them as JSON, in one field. */
(() => {
  const newId = () =>
    crypto.randomUUID
      ? crypto.randomUUID()
      : [...crypto.getRandomValues(new Uint8Array(16))]
          .map((byte) => byte.toString(16).padStart(2, "0"))
          .join("");

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };

  const icon = (name) => {
    const holder = document.createElement("template");
    holder.innerHTML = `<svg class="icon icon-${name}" aria-hidden="true"><use href="#icon-${name}"></use></svg>`;
    return holder.content.firstChild;
  };

  const number = (written) => {
    const plain = written.replace(/\s/g, "").replace(",", ".");
    return plain && Number.isFinite(Number(plain)) ? Number(plain) : null;
  };

  const blank = (label = "") => ({ type: "item", id: newId(), value: { label } });

  class BoundChoices {
    constructor(words, placeholder, name, id, state) {
      this.words = words;
      this.idForLabel = null;
      this.sent = make("input", { type: "hidden", name, id });
      this.list = make("ol", { class: "choice-list" });
      const add = make("button", { type: "button", class: "button button-small button-secondary" });
      add.append(words.add);
      add.addEventListener("click", () => this.insert(blank(), this.list.children.length));
      this.toggle = make("button", {
        type: "button",
        class: "button button-small button-secondary",
        "aria-expanded": "false",
      });
      this.toggle.append(words.details);
      this.toggle.addEventListener("click", () => {
        const open = this.list.classList.toggle("choice-list--detailed");
        this.toggle.setAttribute("aria-expanded", String(open));
      });
      const actions = make("div", { class: "choice-list__actions" }, add, this.toggle);
      placeholder.replaceWith(make("div", {}, this.sent, this.list, actions));
      this.setState(state);
    }

    setState(items) {
      this.list.replaceChildren();
      const shown = [...(items || [])];
      while (shown.length < 2) shown.push(blank());
      shown.forEach((item) => this.list.append(this.row(item)));
      this.number();
      this.sent.value = JSON.stringify(this.getState());
    }

    getState() {
      return [...this.list.children].map(({ item, read }) => ({
        type: "item",
        id: item.id,
        value: { ...item.value, ...read() },
      }));
    }

    getValue() {
      return this.getState();
    }

    getTextLabel() {
      return this.getState()
        .map((item) => item.value.label)
        .filter(Boolean)
        .join(", ");
    }

    focus() {
      this.list.querySelector("input").focus();
    }

    setInvalid(invalid) {
      this.list.querySelectorAll(".choice-list__label").forEach((input) => {
        if (invalid) input.setAttribute("aria-invalid", "true");
        else input.removeAttribute("aria-invalid");
      });
    }

    row(item) {
      const { words } = this;
      const label = make("input", { type: "text", class: "choice-list__label", maxlength: 4000 });
      label.value = item.value.label || "";
      const code = make("input", { type: "text", class: "choice-list__code", maxlength: 255 });
      code.value = item.value.code || "";
      const details = make("div", { class: "choice-list__details" });
      details.append(make("label", {}, `${words.code} `, code));
      const score = make("input", { type: "text", class: "choice-list__score", inputmode: "decimal" });
      score.value = String(item.value.score ?? "").replace(".", ",");
      if (words.score) details.append(make("label", {}, `${words.score} `, score));
      const exclusive = make("input", { type: "checkbox" });
      exclusive.checked = Boolean(item.value.exclusive);
      if (words.exclusive) details.append(make("label", {}, exclusive, ` ${words.exclusive}`));

      const row = make("li", { class: "choice-list__row" }, label);
      const button = (name, glyph, action) => {
        const element = make("button", {
          type: "button",
          class: "button button--icon text-replace white",
          "data-choice-action": name,
        });
        element.append(icon(glyph));
        element.addEventListener("click", action);
        row.append(element);
      };
      button("up", "arrow-up", () => this.move(row, -1));
      button("down", "arrow-down", () => this.move(row, +1));
      button("remove", "bin", () => this.remove(row));
      row.append(details);

      label.addEventListener("keydown", (event) => this.onKey(event, row, label));
      label.addEventListener("paste", (event) => this.onPaste(event, row, label));
      row.addEventListener("input", () => this.changed());
      row.addEventListener("change", () => this.changed());
      row.item = item;
      row.read = () => ({
        label: label.value,
        code: code.value,
        ...(words.exclusive ? { exclusive: exclusive.checked } : {}),
        ...(words.score ? { score: number(score.value) } : {}),
      });
      return row;
    }

    onKey(event, row, label) {
      if (event.key === "Enter") {
        event.preventDefault();
        this.insert(blank(), [...this.list.children].indexOf(row) + 1);
      } else if (event.key === "Backspace" && !label.value && this.list.children.length > 2) {
        event.preventDefault();
        this.remove(row);
      }
    }

    onPaste(event, row, label) {
      const lines = event.clipboardData
        .getData("text")
        .split(/\r?\n/)
        .map((line) => line.replace(/^\s*[-•*]\s+/, "").trim())
        .filter(Boolean);
      if (lines.length < 2) return;
      event.preventDefault();
      if (!label.value) label.value = lines.shift();
      let at = [...this.list.children].indexOf(row) + 1;
      lines.forEach((line) => this.insert(blank(line), at++));
    }

    insert(item, index) {
      const row = this.row(item);
      this.list.insertBefore(row, this.list.children[index] || null);
      this.number();
      this.changed();
      row.querySelector("input").focus();
    }

    remove(row) {
      const near = row.previousElementSibling || row.nextElementSibling;
      row.remove();
      if (!near) this.list.append(this.row(blank()));
      this.number();
      this.changed();
      (near || this.list.firstElementChild).querySelector("input").focus();
    }

    move(row, step) {
      const other = step < 0 ? row.previousElementSibling : row.nextElementSibling;
      if (!other) return;
      if (step < 0) other.before(row);
      else other.after(row);
      this.number();
      this.changed();
      row.querySelector(`[data-choice-action=${step < 0 ? "up" : "down"}]`).focus();
    }

    /* Every control says which choice it is for. */
    number() {
      [...this.list.children].forEach((row, index) => {
        const name = `${this.words.choice} ${index + 1}`;
        row.querySelector(".choice-list__label").setAttribute("aria-label", name);
        row.querySelectorAll("[data-choice-action]").forEach((button) => {
          const says = `${this.words[button.dataset.choiceAction]} (${name})`;
          button.setAttribute("aria-label", says);
          button.title = says;
        });
      });
    }

    changed() {
      const value = JSON.stringify(this.getState());
      if (value === this.sent.value) return;
      this.sent.value = value;
      this.sent.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }

  class Choices {
    constructor(words) {
      this.words = words;
    }

    render(placeholder, name, id, state) {
      return new BoundChoices(this.words, placeholder, name, id, state);
    }
  }

  window.telepath.register("surveys.Choices", Choices);
})();
