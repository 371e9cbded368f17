/* Conditions written by choosing: a question, a comparison, a value, in as many lines as
   needed, all of which have to hold, or one. They are kept as a text; a text that lists cannot
   show stays a text. */
(() => {
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    element.append(...children);
    return element;
  };

  /* -- From a text to lines, and back ----------------------------------------------------- */

  const WHO = String.raw`(?:\$\{\s*([^\s{}]+)\s*\}|(\.))`;
  const TEXT = String.raw`(?:'([^']*)'|"([^"]*)")`;
  const NUMBER = String.raw`(-?\d+(?:\.\d+)?)`;
  const whole = (source) => new RegExp(`^\\s*${source}\\s*$`);
  const ANSWERED = whole(`${WHO}\\s*(!=|=)\\s*(?:''|"")`);
  const COMPARED = whole(`${WHO}\\s*(=|!=|<=|>=|<|>)\\s*(?:${TEXT}|${NUMBER})`);
  const SELECTED = whole(`(not\\s*\\(\\s*)?selected\\s*\\(\\s*${WHO}\\s*,\\s*${TEXT}\\s*\\)(\\s*\\))?`);

  const named = (code, own) => (own ? "." : code);

  const lineOf = (term) => {
    let found = term.match(ANSWERED);
    if (found) {
      return { question: named(found[1], found[2]), operator: found[3] === "=" ? "empty" : "given", value: "" };
    }
    found = term.match(COMPARED);
    if (found) {
      const value = found[4] ?? found[5] ?? found[6];
      const isText = found[6] === undefined;
      return { question: named(found[1], found[2]), operator: found[3], value, isText };
    }
    found = term.match(SELECTED);
    if (found && Boolean(found[1]) === Boolean(found[6])) {
      return {
        question: named(found[2], found[3]),
        operator: found[1] ? "has_not" : "has",
        value: found[4] ?? found[5],
        isText: true,
      };
    }
    return null;
  };

  /* Cut at a word that stands outside quotation marks and parentheses. */
  const cut = (text, word) => {
    const parts = [];
    let depth = 0;
    let quote = "";
    let from = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (quote) quote = character === quote ? "" : quote;
      else if (character === "'" || character === '"') quote = character;
      else if ("({".includes(character)) depth += 1;
      else if (")}".includes(character)) depth -= 1;
      else if (
        !depth &&
        text.startsWith(word, at) &&
        /\s|\)/.test(text[at - 1] || "") &&
        /\s|\(/.test(text[at + word.length] || "")
      ) {
        parts.push(text.slice(from, at));
        from = at + word.length;
        at = from - 1;
      }
    }
    return [...parts, text.slice(from)];
  };

  /* The lines of a text, or null if lines cannot say it. */
  const read = (text) => {
    if (!text.trim()) return { match: "and", lines: [] };
    const either = cut(text, "or");
    const both = cut(text, "and");
    if (either.length > 1 && both.length > 1) return null;
    const lines = (either.length > 1 ? either : both).map(lineOf);
    return lines.includes(null) ? null : { match: either.length > 1 ? "or" : "and", lines };
  };

  const quoted = (value) => (value.includes("'") ? `"${value.replace(/"/g, "")}"` : `'${value}'`);

  const written = ({ question, operator, value, isText }) => {
    const who = question === "." ? "." : `\${${question}}`;
    if (operator === "given") return `${who} != ''`;
    if (operator === "empty") return `${who} = ''`;
    if (operator === "has") return `selected(${who}, ${quoted(value)})`;
    if (operator === "has_not") return `not(selected(${who}, ${quoted(value)}))`;
    return `${who} ${operator} ${isText ? quoted(value) : value}`;
  };

  const isWhole = ({ question, operator, value }) =>
    Boolean(question) && (["given", "empty"].includes(operator) || value !== "");

  const write = ({ match, lines }) => lines.filter(isWhole).map(written).join(` ${match} `);

  /* -- What may be asked of a question ---------------------------------------------------- */

  const EQUAL = [["=", "is"], ["!=", "is_not"]];
  const ORDER = [["<", "less"], ["<=", "at_most"], [">", "more"], [">=", "at_least"]];
  const AT_ALL = [["given", "answered"], ["empty", "not_answered"]];
  const OPERATORS = {
    single: [...EQUAL, ...AT_ALL],
    scale: [...EQUAL, ...AT_ALL],
    boolean: [...EQUAL, ...AT_ALL],
    multiple: [["has", "has"], ["has_not", "has_not"], ...AT_ALL],
    ranking: AT_ALL,
    rating: [...EQUAL, ...ORDER, ...AT_ALL],
    integer: [...EQUAL, ...ORDER, ...AT_ALL],
    decimal: [...EQUAL, ...ORDER, ...AT_ALL],
    computed: [...EQUAL, ...ORDER, ...AT_ALL],
    date: [...EQUAL, ...ORDER, ...AT_ALL],
    time: [...EQUAL, ...ORDER, ...AT_ALL],
    file: AT_ALL,
    place: AT_ALL,
  };
  const NUMBERS = new Set(["rating", "integer", "decimal", "computed"]);
  const INPUTS = { date: "date", time: "time" };
  const operatorsOf = (question) => OPERATORS[question?.kind] || [...EQUAL, ...AT_ALL];

  /* -- The lists ---------------------------------------------------------------------------- */

  class Conditions {
    constructor({ element, spec, bound, words, questionsThere, freeCode }) {
      Object.assign(this, { element, spec, bound, words, questionsThere, freeCode });
      this.text = element.querySelector("textarea");
      this.toggle = make("button", {
        type: "button",
        class: "button button-small button-secondary",
        "aria-expanded": "false",
      });
      this.toggle.append(words.pick);
      this.body = make("div", { class: "conditions", hidden: "" });
      element.append(this.toggle, this.body);
      this.toggle.addEventListener("click", () => this.open(this.body.hidden));
      this.text.addEventListener("input", () => {
        if (!this.body.hidden) this.draw();
      });
      const { refresh } = element;
      element.refresh = () => {
        refresh();
        if (!this.body.hidden && !this.body.contains(document.activeElement)) this.draw();
      };
    }

    open(open) {
      this.body.hidden = !open;
      this.toggle.setAttribute("aria-expanded", String(open));
      if (!open) return;
      this.draw();
      this.body.querySelector("select")?.focus();
    }

    draw() {
      this.state = read(this.text.value);
      if (!this.state) {
        this.body.replaceChildren(make("p", { class: "help" }, this.words.as_text));
        return;
      }
      if (!this.state.lines.length) this.state.lines.push(this.blank());
      const match = make("select", { "aria-label": this.words.match });
      match.append(
        make("option", { value: "and" }, this.words.all),
        make("option", { value: "or" }, this.words.any),
      );
      match.value = this.state.match;
      match.addEventListener("change", () => {
        this.state.match = match.value;
        this.save();
      });
      this.rows = make("div");
      this.state.lines.forEach((line) => this.rows.append(this.row(line)));
      const add = make("button", { type: "button", class: "button button-small button-secondary" });
      add.append(this.words.add);
      add.addEventListener("click", () => {
        const line = this.blank();
        this.state.lines.push(line);
        const row = this.row(line);
        this.rows.append(row);
        row.querySelector("select").focus();
      });
      this.body.replaceChildren(make("div", { class: "conditions__row" }, match), this.rows, add);
    }

    blank() {
      return this.spec.own
        ? { question: ".", operator: "=", value: "" }
        : { question: "", operator: "=", value: "" };
    }

    /* Every question of the page but this one; of a check, first its own answer. */
    questions() {
      const own = this.questionsThere().find(({ anchor }) => anchor.contains(this.element));
      const others = this.questionsThere().filter((one) => one !== own);
      return { own, others };
    }

    known(line) {
      const { own, others } = this.questions();
      return line.question === "."
        ? own
        : others.find((one) => one.settings().code === line.question);
    }

    /* What stands after a list is made again when another line of it is chosen. The list itself
       stays: it remembers what is being typed to find that line. */
    row(line) {
      const row = make("div", { class: "conditions__row" });
      const remove = make(
        "button",
        { type: "button", class: "button button-small button-secondary no" },
        this.words.remove,
      );
      remove.addEventListener("click", () => {
        this.state.lines.splice(this.state.lines.indexOf(line), 1);
        row.remove();
        this.save();
        this.toggle.focus();
      });
      const follow = (list, parts) => {
        while (list.nextSibling) list.nextSibling.remove();
        row.append(...parts, remove);
      };
      const value = () => [this.value(line)].filter(Boolean);
      const operators = () => {
        const list = this.operatorList(line, () => follow(list, value()));
        return [list, ...value()];
      };
      const questions = this.questionList(line, () => follow(questions, operators()));
      row.append(questions, ...operators(), remove);
      return row;
    }

    questionList(line, changed) {
      const list = make("select", { "aria-label": this.words.question });
      const { others } = this.questions();
      list.append(make("option", { value: "" }, this.words.choose));
      if (this.spec.own) list.append(make("option", { value: "." }, this.words.own));
      others.forEach((one, index) => {
        const { code } = one.settings();
        const option = make("option", { value: code || `#${index}` }, one.label() || code || "…");
        option.question = one;
        list.append(option);
      });
      if (line.question && ![...list.options].some(({ value }) => value === line.question)) {
        list.append(make("option", { value: line.question }, line.question));
      }
      list.value = line.question;
      list.addEventListener("change", () => {
        const chosen = list.selectedOptions[0].question;
        // An expression names questions by code: one that has none is given one.
        if (chosen && !chosen.settings().code) chosen.set("code", this.freeCode(chosen.label()));
        line.question = chosen ? chosen.settings().code : list.value;
        line.value = "";
        [[line.operator]] = operatorsOf(this.known(line));
        changed();
        this.save();
      });
      return list;
    }

    operatorList(line, changed) {
      const list = make("select", { "aria-label": this.words.operator });
      const operators = [...operatorsOf(this.known(line))];
      if (!operators.some(([operator]) => operator === line.operator)) {
        const word = [...EQUAL, ...ORDER, ...AT_ALL, ["has", "has"], ["has_not", "has_not"]];
        operators.push(word.find(([operator]) => operator === line.operator));
      }
      operators.forEach(([operator, word]) =>
        list.append(make("option", { value: operator }, this.words[word])),
      );
      list.value = line.operator;
      list.addEventListener("change", () => {
        line.operator = list.value;
        changed();
        this.save();
      });
      return list;
    }

    value(line) {
      if (["given", "empty"].includes(line.operator)) return null;
      const question = this.known(line);
      const options = this.options(question);
      const control = options
        ? make("select", { "aria-label": this.words.value })
        : make("input", {
            type: INPUTS[question?.kind] || "text",
            "aria-label": this.words.value,
            autocomplete: "off",
            ...(NUMBERS.has(question?.kind) ? { inputmode: "decimal" } : {}),
          });
      if (options) {
        control.append(make("option", { value: "" }, this.words.choose));
        options.forEach(([code, label]) => control.append(make("option", { value: code }, label)));
        if (line.value && !options.some(([code]) => code === line.value)) {
          control.append(make("option", { value: line.value }, line.value));
        }
      }
      control.value = line.value;
      control.addEventListener("input", () => {
        const number = control.value.replace(/\s/g, "").replace(",", ".");
        const isNumber = NUMBERS.has(question?.kind) && /^-?\d+(\.\d+)?$/.test(number);
        if (NUMBERS.has(question?.kind) && !isNumber && control.value) {
          control.setCustomValidity(this.words.not_a_number);
          control.reportValidity();
          line.value = "";
        } else {
          control.setCustomValidity("");
          line.value = isNumber ? number : control.value;
        }
        line.isText = !isNumber;
        this.save();
      });
      return control;
    }

    options(question) {
      if (!question) return null;
      if (question.kind === "boolean") return [["true", this.words.yes], ["false", this.words.no]];
      if (!["single", "multiple", "scale"].includes(question.kind)) return null;
      const settings = question.settings();
      if (question.kind === "scale" && settings.scale !== "own") {
        const { scales } = this.bound.definition.catalogue;
        return [
          ...scales[settings.scale || "agreement"],
          ...(settings.not_concerned ? scales[""] : []),
        ];
      }
      question.giveCodes?.();
      const options = question
        .choices()
        .filter(({ value }) => value.code)
        .map(({ value }) => [value.code, value.label]);
      return settings.has_other ? [...options, ["other", this.words.other]] : options;
    }

    save() {
      const text = write(this.state);
      this.text.value = text;
      this.bound.set(this.spec.name, text);
    }
  }

  window.surveysConditions = {
    attach: (parts) => new Conditions(parts),
    read,
    write,
  };
})();
