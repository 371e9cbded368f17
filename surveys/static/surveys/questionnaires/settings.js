/* What is set of a question, a group or a section, in Wagtail's editor: one field, as JSON.
   What is asked of nearly every question is shown; the rest is made when it is opened, and a
   line says what is set. A question itself is drawn when its panel opens: until then, one
   field holds all of it. */
(() => {
  const { StructBlock, StructBlockDefinition } = window.wagtailStreamField.blocks;

  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (value !== null && value !== undefined) element.setAttribute(name, value);
    });
    element.append(...children);
    return element;
  };

  const isEmpty = (value) =>
    value === undefined ||
    value === null ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && !value.length);

  let counter = 0;
  const newId = (name) => `setting-${name}-${(counter += 1)}`;

  /* -- Every block on the page that has settings, to name questions and to rename them -- */

  const everyBlock = new Set();
  const order = (one, other) =>
    one.anchor.compareDocumentPosition(other.anchor) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
  const isThere = ({ anchor }) => {
    if (!anchor.isConnected) return false;
    for (
      let child = anchor.closest("[data-streamfield-child]");
      child;
      child = child.parentElement.closest("[data-streamfield-child]")
    ) {
      if (child.querySelector(":scope > input[name$='-deleted']")?.value) return false;
    }
    return true;
  };
  const blocksThere = () => {
    [...everyBlock].filter((one) => !one.anchor.isConnected).forEach((one) => everyBlock.delete(one));
    return [...everyBlock].filter(isThere).sort(order);
  };
  const MARKS = new Set(["section", "group", "group_end", "statement"]);
  const questionsThere = () => blocksThere().filter(({ kind }) => !MARKS.has(kind));

  const EXPRESSIONS = ["condition", "check", "calculation"];
  const renameIn = (text, old, code) =>
    text.replace(
      new RegExp(`(\\$\\{\\s*)${old.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}(?=\\s*[/}])`, "g"),
      `$1${code}`,
    );
  const renameEverywhere = (old, code) => {
    blocksThere().forEach((block) => {
      const settings = block.settings();
      EXPRESSIONS.filter((name) => settings[name]?.includes("${")).forEach((name) => {
        const text = renameIn(settings[name], old, code);
        if (text !== settings[name]) block.set(name, text);
      });
    });
  };

  /* As the server proposes them: lower case, without accent, of thirty characters at most. */
  const codeFrom = (label, first) => {
    const words =
      label
        .replace(/·e·?/g, "")
        .replace(/œ/g, "oe")
        .replace(/æ/g, "ae")
        .normalize("NFKD")
        .replace(/[\u0300-\u036f]/g, "")
        .toLowerCase()
        .match(/[a-z0-9]+/g) || [];
    let wanted = "";
    for (const word of words) {
      const longer = wanted ? `${wanted}_${word}` : word;
      if (longer.length > 30) break;
      wanted = longer;
    }
    wanted ||= (words[0] || "").slice(0, 30);
    if (first && !/^[a-z]/.test(wanted)) wanted = wanted ? `${first}_${wanted}` : first;
    return wanted || "choix";
  };
  const besides = (taken, wanted) => {
    let code = wanted;
    for (let number = 2; taken.has(code); number += 1) code = `${wanted}_${number}`;
    return code;
  };
  const freeCode = (label) =>
    besides(new Set(blocksThere().map((block) => block.settings().code)), codeFrom(label, "q"));

  /* Choices that were just typed have no code yet. */
  const withCodes = (choices) => {
    const taken = new Set(["other", ...choices.map(({ value }) => value.code)]);
    return choices.map((choice) => {
      if (choice.value.code || !choice.value.label) return choice;
      const code = besides(taken, codeFrom(choice.value.label, ""));
      taken.add(code);
      return { ...choice, value: { ...choice.value, code } };
    });
  };

  /* -- Controls ------------------------------------------------------------------------- */

  const labelled = (spec, control, { before = true } = {}) => {
    control.id ||= newId(spec.name);
    const label = make("label", { class: "w-field__label", for: control.id }, spec.label);
    const help = spec.help && make("div", { class: "help", id: `${control.id}-help` }, spec.help);
    if (help) control.setAttribute("aria-describedby", help.id);
    const parts = before ? [label, control] : [control, label];
    return make(
      "div",
      { class: `setting setting--${spec.type}`, "data-setting": spec.name },
      ...parts,
      ...(help ? [help] : []),
    );
  };

  const typed = (tag, spec, bound, attributes) => {
    const control = make(tag, { maxlength: 4000, autocomplete: "off", ...attributes });
    control.value = bound.value[spec.name] ?? "";
    control.addEventListener("input", () => bound.set(spec.name, control.value));
    const element = labelled(spec, control);
    element.refresh = () => {
      control.value = bound.value[spec.name] ?? "";
    };
    return element;
  };

  const CONTROLS = {
    line: (spec, bound) => typed("input", spec, bound, { type: "text" }),
    text: (spec, bound) => typed("textarea", spec, bound, { rows: 2 }),
    code(spec, bound) {
      const element = typed("input", spec, bound, { type: "text", maxlength: 255 });
      const input = element.querySelector("input");
      let before = input.value;
      input.addEventListener("focus", () => {
        before = input.value.trim();
      });
      input.addEventListener("change", () => {
        const now = input.value.trim();
        if (before && now && before !== now) renameEverywhere(before, now);
        before = now;
      });
      return element;
    },
    number(spec, bound) {
      const control = make("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
      const show = () => {
        control.value = String(bound.value[spec.name] ?? "").replace(".", ",");
      };
      show();
      control.addEventListener("input", () => {
        const written = control.value.replace(/\s/g, "").replace(",", ".");
        const valid = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(written);
        control.setCustomValidity(valid || !written ? "" : bound.words.not_a_number);
        bound.set(spec.name, valid ? Number(written) : null);
      });
      control.addEventListener("blur", () => control.reportValidity());
      const element = labelled(spec, control);
      element.refresh = show;
      return element;
    },
    flag(spec, bound) {
      const control = make("input", { type: "checkbox" });
      const on = "value" in spec ? spec.value : true;
      const key = spec.field || spec.name;
      const show = () => {
        control.checked = bound.value[key] === on;
      };
      show();
      control.addEventListener("change", () => bound.set(key, control.checked ? on : null));
      const element = labelled(spec, control, { before: false });
      element.refresh = show;
      return element;
    },
    choice(spec, bound) {
      const control = make("select");
      spec.options.forEach(([value, label]) => control.append(make("option", { value }, label)));
      const show = () => {
        const now = bound.value[spec.name] || spec.options[0][0];
        if (![...control.options].some(({ value }) => value === now)) {
          control.append(make("option", { value: now }, now));
        }
        control.value = now;
      };
      show();
      control.addEventListener("change", () => bound.set(spec.name, control.value));
      const element = labelled(spec, control);
      element.refresh = show;
      return element;
    },
    commitments(spec, bound) {
      const group = make("fieldset", { class: "setting", "data-setting": spec.name });
      group.append(make("legend", { class: "w-field__label" }, spec.label));
      const chosen = new Set(bound.value[spec.name] || []);
      const known = bound.commitments.map(([anchor]) => anchor);
      const gone = [...chosen].filter((anchor) => !known.includes(anchor));
      [...bound.commitments, ...gone.map((anchor) => [anchor, anchor])].forEach(([anchor, text]) => {
        const box = make("input", { type: "checkbox", value: anchor });
        box.checked = chosen.has(anchor);
        box.addEventListener("change", () => {
          if (box.checked) chosen.add(anchor);
          else chosen.delete(anchor);
          bound.set(spec.name, [...known, ...gone].filter((one) => chosen.has(one)));
        });
        group.append(make("label", { class: "setting__box" }, box, ` ${text}`));
      });
      if (spec.help) group.append(make("div", { class: "help" }, spec.help));
      return group;
    },
    expression(spec, bound) {
      const element = typed("textarea", spec, bound, { rows: 1, spellcheck: "false", class: "setting__expression" });
      if (window.surveysConditions && spec.picked) {
        window.surveysConditions.attach({
          element,
          spec,
          bound,
          words: bound.words,
          questionsThere,
          freeCode,
        });
      }
      return element;
    },
  };

  /* -- The field ------------------------------------------------------------------------ */

  class BoundSettings {
    constructor(definition, placeholder, prefix, state, error) {
      this.definition = definition;
      this.words = definition.catalogue.words;
      this.commitments = definition.catalogue.commitments;
      this.value = { ...(state || {}) };
      this.idForLabel = null;
      this.sent = make("input", { type: "hidden", name: prefix, id: prefix });
      this.shown = make("div", { class: "settings__shown" });
      this.controls = [];
      definition.shown.forEach((name) => this.add(this.shown, name));
      this.toggle = make(
        "button",
        { type: "button", class: "button button-small button-secondary", "aria-expanded": "false" },
        this.words.settings,
      );
      this.summary = make("span", { class: "settings__summary" });
      this.more = make("div", { class: "settings__more", hidden: "" });
      this.toggle.addEventListener("click", () => this.open(this.more.hidden));
      this.element = make("div", { class: "settings" });
      this.element.append(this.sent, this.shown);
      if (definition.more.length) {
        this.element.append(
          make("div", { class: "settings__bar" }, this.toggle, this.summary),
          this.more,
        );
      }
      placeholder.replaceWith(this.element);
      this.write();
      if (error) this.setError(error);
    }

    add(container, name) {
      const spec = { name, ...this.definition.catalogue.controls[name] };
      const control = CONTROLS[spec.type](spec, this);
      this.controls.push({ name: spec.field || name, control });
      container.append(control);
    }

    open(open) {
      if (open && !this.more.childElementCount) {
        this.definition.more.forEach((name) => this.add(this.more, name));
      }
      this.more.hidden = !open;
      this.toggle.setAttribute("aria-expanded", String(open));
    }

    set(name, value) {
      if (isEmpty(value)) delete this.value[name];
      else this.value[name] = value;
      this.write();
      this.sent.dispatchEvent(new Event("change", { bubbles: true }));
      this.element.dispatchEvent(new CustomEvent("surveys:setting", { bubbles: true, detail: { name } }));
    }

    refresh(name) {
      this.controls.filter((one) => one.name === name).forEach(({ control }) => control.refresh?.());
    }

    write() {
      this.sent.value = JSON.stringify(this.value);
      this.summary.textContent = this.definition.said(this.value);
    }

    setState(state) {
      this.value = { ...(typeof state === "string" ? JSON.parse(state) : state || {}) };
      this.controls.forEach(({ control }) => control.refresh?.());
      this.write();
    }

    getState() {
      return { ...this.value };
    }

    getValue() {
      return this.getState();
    }

    /* A copy is named by the server, or by whoever writes. */
    getDuplicatedState() {
      return this.getState();
    }

    getTextLabel() {
      return "";
    }

    setError(error) {
      this.element.querySelectorAll(":scope > .settings__error").forEach((one) => one.remove());
      if (!error) return;
      const messages = error.messages || [];
      const said = make("div", { class: "settings__error w-field__errors", role: "alert" });
      messages.forEach((message) =>
        said.append(make("p", { class: "error-message w-field--error" }, message)),
      );
      this.element.prepend(said);
      this.open(true);
    }

    focus() {
      this.element.querySelector("input:not([type=hidden]), textarea, select, button")?.focus();
    }
  }

  class SettingsDefinition {
    constructor(name, label, shown, more, catalogue) {
      Object.assign(this, { name, shown, more, catalogue });
      this.meta = { label, icon: "cog", required: false };
    }

    render(placeholder, prefix, state, error) {
      return new BoundSettings(this, placeholder, prefix, state, error);
    }

    /* "Code: besoins · Asked if ${age} > 17 · …" */
    said(value) {
      const { controls } = this.catalogue;
      return this.more
        .map((name) => ({ name, ...controls[name] }))
        .filter((spec) => !isEmpty(value[spec.field || spec.name]))
        .filter((spec) => !("value" in spec) || value[spec.field] === spec.value)
        .filter((spec) => !(spec.type === "choice" && value[spec.name] === spec.options[0][0]))
        .map((spec) => {
          const given = value[spec.name];
          const short = spec.short || spec.label;
          if (spec.type === "flag") return short;
          if (spec.type === "choice") {
            return (spec.options.find(([one]) => one === given) || [given, given])[1];
          }
          if (Array.isArray(given)) return `${short} : ${given.length}`;
          const text = String(given);
          return `${short} : ${text.length > 60 ? `${text.slice(0, 60)}…` : text}`;
        })
        .join(" · ");
    }
  }

  /* -- A question, drawn when its panel opens --------------------------------------------- */

  class DrawnBlock extends StructBlock {
    constructor(definition, placeholder, prefix, state, error) {
      super(definition, placeholder, prefix, state, error);
      const { settings } = this.childBlocks;
      if (definition.name === "scale") this.showPointsOfOnesOwn();
      everyBlock.add({
        anchor: settings.element,
        kind: definition.name,
        label: () => this.childBlocks.label?.getValue() || this.childBlocks.title?.getValue() || "",
        choices: () => this.childBlocks.choices?.getState() || [],
        giveCodes: () => {
          const { choices } = this.childBlocks;
          const now = choices?.getState() || [];
          if (now.some(({ value }) => value.label && !value.code)) choices.setState(withCodes(now));
        },
        rows: () => this.childBlocks.rows?.getState() || [],
        settings: () => settings.value,
        set: (name, value) => {
          settings.set(name, value);
          settings.refresh(name);
        },
      });
    }
  }

  Object.assign(DrawnBlock.prototype, {
    /* The points of a scale of ours are not typed: one's own begin from them. */
    showPointsOfOnesOwn() {
      const { settings, choices } = this.childBlocks;
      const holder = choices.element.closest("[data-contentpath=choices]");
      const { scales } = settings.definition.catalogue;
      let before = settings.value.scale || "agreement";
      const show = () => {
        const now = settings.value.scale || "agreement";
        const isBlank = !choices.getState().some(({ value }) => value.label || value.code);
        if (now === "own" && before !== "own" && isBlank) {
          const points = [...scales[before], ...(settings.value.not_concerned ? scales[""] : [])];
          const identity = settings.value.identity;
          choices.setState(
            points.map(([code, label]) => ({
              type: "item",
              id: crypto.randomUUID?.() || "",
              value: { label, code, identity: identity ? `${identity}.${code}` : "" },
            })),
          );
        }
        holder.hidden = now !== "own";
        before = now;
      };
      show();
      settings.element.addEventListener("surveys:setting", show);
    },
  });

  class WaitingBlock {
    constructor(definition, placeholder, prefix, state) {
      this.blockDef = definition;
      this.type = definition.name;
      this.prefix = prefix;
      this.state = state || {};
      this.sent = make("input", { type: "hidden", name: prefix });
      this.holder = make("div");
      this.element = make("div", {}, this.sent, this.holder);
      placeholder.replaceWith(this.element);
      this.write();
      this.known = {
        anchor: this.element,
        kind: this.type,
        label: () => this.state.label || this.state.title || "",
        choices: () => this.state.choices || [],
        rows: () => this.state.rows || [],
        settings: () => this.state.settings || {},
        set: (name, value) => {
          const settings = { ...this.state.settings, [name]: value };
          if (isEmpty(value)) delete settings[name];
          this.state = { ...this.state, settings };
          this.write();
        },
      };
      everyBlock.add(this.known);
    }

    write() {
      this.sent.value = JSON.stringify(this.state);
    }

    draw(error) {
      if (this.drawn) return this.drawn;
      everyBlock.delete(this.known);
      this.drawn = new DrawnBlock(this.blockDef, this.holder, this.prefix, this.state, error);
      this.sent.remove();
      return this.drawn;
    }

    get childBlocks() {
      return this.draw().childBlocks;
    }

    get container() {
      return this.drawn ? this.drawn.container : window.$(this.element);
    }

    setState(state) {
      if (this.drawn) this.drawn.setState(state);
      else {
        this.state = { ...this.state, ...state };
        this.write();
      }
    }

    setError(error) {
      if (error) this.draw().setError(error);
      else this.drawn?.setError(error);
    }

    getState() {
      return this.drawn ? this.drawn.getState() : this.state;
    }

    getDuplicatedState() {
      return this.drawn ? this.drawn.getDuplicatedState() : this.state;
    }

    getValue() {
      return this.drawn ? this.drawn.getValue() : this.state;
    }

    getTextLabel({ maxLength } = {}) {
      if (this.drawn) return this.drawn.getTextLabel({ maxLength });
      const label = this.state.label || this.state.title || "";
      return maxLength && label.length > maxLength ? `${label.slice(0, maxLength)}…` : label;
    }

    focus(options) {
      this.draw().focus(options);
    }
  }

  /* A panel with a name is a landmark: a hundred of them, called alike, lead nowhere. */
  const isNoLandmark = (placeholder) =>
    window.$(placeholder).closest("section").removeAttr("aria-labelledby");

  class QuestionBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, error) {
      isNoLandmark(placeholder);
      if (error || !QuestionBlockDefinition.opening) {
        return new DrawnBlock(this, placeholder, prefix, state, error);
      }
      const waiting = new WaitingBlock(this, placeholder, prefix, state);
      const toggle = waiting.element.closest("section")?.querySelector("[data-panel-toggle]");
      toggle?.addEventListener("wagtail:panel-toggle", ({ detail }) => {
        if (detail?.expanded !== false) waiting.draw();
      });
      return waiting;
    }
  }
  QuestionBlockDefinition.opening = false;

  class SectionBlockDefinition extends StructBlockDefinition {
    render(placeholder, prefix, state, error) {
      isNoLandmark(placeholder);
      const block = super.render(placeholder, prefix, state, error);
      const { settings, title } = block.childBlocks;
      everyBlock.add({
        anchor: settings.element,
        kind: this.name,
        label: () => title.getValue(),
        choices: () => [],
        rows: () => [],
        settings: () => settings.value,
        set: (name, value) => {
          settings.set(name, value);
          settings.refresh(name);
        },
      });
      return block;
    }
  }

  window.surveysQuestions = { QuestionBlockDefinition };
  window.telepath.register("surveys.Settings", SettingsDefinition);
  window.telepath.register("surveys.QuestionBlock", QuestionBlockDefinition);
  window.telepath.register("surveys.SectionBlock", SectionBlockDefinition);
  window.telepath.register(
    "surveys.Catalogue",
    class {
      constructor(words, controls, commitments, scales) {
        Object.assign(this, { words, controls, commitments, scales });
      }
    },
  );
})();
