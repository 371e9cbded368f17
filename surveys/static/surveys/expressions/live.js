/* Follows a page of questions as somebody answers: shows what is asked, hides what is not, works
   out and checks. The server follows it again: without this script, everything still works.

   What the page has to know is in #live-questions (surveys/responses/live.py). An expression that
   the browser cannot decide leaves things as the server showed them. */
(function () {
  "use strict";

  var language = window.maillage.expressions;
  var UNKNOWN = null;
  var DECLINED = "!declined";

  /* -- What was answered ------------------------------------------------------------------ */

  function Controls(form) {
    this.form = form;
  }

  Controls.prototype.named = function (name) {
    var found = this.form.elements[name];
    if (!found) return [];
    return found instanceof RadioNodeList ? Array.from(found) : [found];
  };

  /* What would be sent under this name. */
  Controls.prototype.sent = function (name) {
    return this.named(name)
      .filter(function (control) {
        return (control.type !== "radio" && control.type !== "checkbox") || control.checked;
      })
      .map(function (control) {
        return control.value;
      })
      .filter(function (value) {
        return value !== "";
      });
  };

  Controls.prototype.text = function (name) {
    return (this.sent(name)[0] || "").normalize("NFC").trim();
  };

  var READERS = {
    single: oneChoice,
    scale: oneChoice,
    multiple: function (controls, field, step) {
      return codesOf(inOrder(step, controls.sent(field)), step);
    },
    boolean: function (controls, field) {
      return controls.text(field);
    },
    rating: wholeNumber,
    integer: wholeNumber,
    decimal: function (controls, field) {
      return decimalNumber(controls.text(field));
    },
    date: day,
    time: hour,
    ranking: ranking,
    territory: function (controls, field) {
      var picked = controls.text(field);
      return !picked && controls.text(field + "-search") ? UNKNOWN : picked;
    },
    place: function (controls, field) {
      return controls.text(field + "-label");
    },
  };

  function oneChoice(controls, field, step) {
    var chosen = controls.sent(field);
    if (!chosen.length && controls.text(field + "-other")) return "other";
    return codesOf(chosen, step);
  }

  function inOrder(step, ids) {
    return Object.keys(step.choices).concat("other").filter(function (id) {
      return ids.indexOf(id) >= 0;
    });
  }

  function codesOf(ids, step) {
    return ids
      .map(function (id) {
        return id === "other" ? id : step.choices[id];
      })
      .filter(Boolean)
      .join(" ");
  }

  function digitsOf(text) {
    return text.replace(/\s/g, "").replace("\u2212", "-");
  }

  function wholeNumber(controls, field) {
    var digits = digitsOf(controls.text(field));
    if (!digits) return "";
    return /^[+-]?[0-9]+(?:[.,]0*)?$/.test(digits) ? Number(digits.replace(",", ".")) : UNKNOWN;
  }

  function decimalNumber(text) {
    var digits = digitsOf(text);
    if (!digits) return "";
    if (!/^[+-]?(?:[0-9]+(?:[.,][0-9]{0,6})?|[.,][0-9]{1,6})$/.test(digits)) return UNKNOWN;
    return Number(digits.replace(",", "."));
  }

  function day(controls, field) {
    var parts = ["_day", "_month", "_year"].map(function (part) {
      return controls.text(field + part);
    });
    if (!parts.join("")) return "";
    var written = parts[2] + "-" + parts[1].padStart(2, "0") + "-" + parts[0].padStart(2, "0");
    return isNaN(language.asNumber(written)) ? UNKNOWN : written;
  }

  function hour(controls, field) {
    var hours = controls.text(field + "_hour");
    var minutes = controls.text(field + "_minute");
    if (!hours && !minutes) return "";
    var written = hours.padStart(2, "0") + ":" + minutes.padStart(2, "0");
    return isNaN(language.asNumber(written)) ? UNKNOWN : written;
  }

  function ranking(controls, field, step) {
    var ranked = [];
    Object.keys(step.choices).forEach(function (id) {
      var rank = Number(controls.text(field + "-" + id));
      if (rank) ranked[rank] = id;
    });
    return codesOf(ranked.filter(Boolean), step);
  }

  function rowOfMatrix(controls, field, step, row) {
    return codesOf(inOrder(step, controls.sent(field + "-" + row)), step);
  }

  function isDeclined(controls, field) {
    return controls.text(field + "-declined") !== "" || controls.sent(field).indexOf(DECLINED) >= 0;
  }

  /* The answer to a question, to a row of it, or what was specified: as an expression sees it. */
  function answer(controls, step, name) {
    var field = "q-" + step.code;
    if (!step.isReadHere) return UNKNOWN;
    if (isDeclined(controls, field)) return "";
    if (name.isOther) return specified(controls, field);
    if (step.kind === "matrix") {
      return (name.row ? [name.row] : step.rows)
        .map(function (row) {
          return rowOfMatrix(controls, field, step, row);
        })
        .filter(Boolean)
        .join(" ");
    }
    var reader = READERS[step.kind];
    return reader ? reader(controls, field, step) : controls.text(field);
  }

  function specified(controls, field) {
    var chosen = controls.sent(field);
    return !chosen.length || chosen.indexOf("other") >= 0 ? controls.text(field + "-other") : "";
  }

  /* -- What follows ------------------------------------------------------------------------- */

  /* An expression of the page: its value, or what to do where the browser cannot tell. */
  function Rule(text) {
    try {
      this.expression = language.parse(text);
    } catch (error) {
      this.expression = null;
    }
  }

  Rule.prototype.value = function (around, unavailable) {
    try {
      return this.expression ? language.evaluate(this.expression, around) : unavailable;
    } catch (error) {
      if (error instanceof language.Unavailable) return unavailable;
      throw error;
    }
  };

  function ruleOf(text) {
    return text ? new Rule(text) : null;
  }

  function Followed(step) {
    this.step = step;
    this.conditions = step.conditions.map(ruleOf);
    this.calculation = ruleOf(step.calculation);
    this.check = ruleOf(step.check);
    this.isShown = true;
    this.own = "";
    this.computed = "";
  }

  Followed.prototype.follow = function (controls, around) {
    var step = this.step;
    var wasShown = this.isShown;
    this.isShown = this.conditions.every(function (condition) {
      return language.asBoolean(condition.value(around, wasShown));
    });
    this.computed = this.calculation && this.isShown ? stored(this.calculation.value(around, UNKNOWN)) : "";
    this.own = this.isShown && this.check ? answer(controls, step, {}) : "";
    var followed = this;
    step.names.forEach(function (name) {
      around.values.set(name.name, followed.isShown ? followed.answerTo(controls, name) : "");
    });
  };

  Followed.prototype.answerTo = function (controls, name) {
    if (this.step.kind === "computed") return this.computed;
    return this.step.isOnPage ? answer(controls, this.step, name) : name.value;
  };

  Followed.prototype.hasFailed = function (around) {
    if (!this.check || this.own === "" || this.own === UNKNOWN) return false;
    var values = new Map(around.values);
    values.set(".", this.own);
    return !language.asBoolean(this.check.value({ values: values, on: around.on }, true));
  };

  /* As it would be stored: nothing for what is no number. */
  function stored(value) {
    if (typeof value === "boolean") return language.asText(value);
    return typeof value === "number" && isNaN(value) ? "" : value;
  }

  /* -- What is seen --------------------------------------------------------------------------- */

  function Page(form, said) {
    this.form = form;
    this.controls = new Controls(form);
    this.said = said;
    this.seen = form.elements.seen;
    this.announcer = form.querySelector("[data-live]");
    this.steps = said.steps.map(function (step) {
      return new Followed(step);
    });
    this.onPage = this.steps.filter(function (followed) {
      return followed.step.isOnPage;
    });
    this.elements = new Map();
    form.querySelectorAll("[data-question]").forEach(function (element) {
      this.elements.set(element.dataset.question, element);
    }, this);
    this.onPage.forEach(function (followed) {
      var element = this.elements.get(followed.step.code);
      followed.isShown = !element || !element.hidden;
    }, this);
  }

  Page.prototype.update = function () {
    var around = { values: new Map(), on: this.said.on };
    this.steps.forEach(function (followed) {
      followed.follow(this.controls, around);
    }, this);
    this.around = around;
    var opened = this.show(true);
    var closed = this.show(false);
    this.showGroups();
    this.tellSeen();
    this.showComputed();
    this.announce(opened, closed);
    this.onPage.forEach(function (followed) {
      if (!followed.hasFailed(around)) this.tellCheck(followed, false);
    }, this);
  };

  /* Show or hide what has to be, and give back what that changed. */
  Page.prototype.show = function (isShown) {
    return this.onPage
      .filter(function (followed) {
        return followed.isShown === isShown;
      })
      .map(function (followed) {
        return this.elements.get(followed.step.code);
      }, this)
      .filter(function (element) {
        if (!element || element.hidden !== isShown) return false;
        element.hidden = !isShown;
        return true;
      });
  };

  Page.prototype.showGroups = function () {
    var elements = this.elements;
    Object.keys(this.said.groups).forEach(function (code) {
      var title = this.form.querySelector('[data-group="' + CSS.escape(code) + '"]');
      if (!title) return;
      title.hidden = !this.said.groups[code].some(function (question) {
        return elements.has(question) && !elements.get(question).hidden;
      });
    }, this);
    this.form.querySelectorAll(".matrix--questions").forEach(function (table) {
      table.hidden = !table.querySelector("[data-question]:not([hidden])");
    });
  };

  Page.prototype.tellSeen = function () {
    var codes = [];
    this.elements.forEach(function (element, code) {
      if (!element.hidden) codes.push(code);
    });
    if (this.seen) this.seen.value = codes.join(" ");
  };

  Page.prototype.showComputed = function () {
    this.onPage.forEach(function (followed) {
      var element = this.elements.get(followed.step.code);
      if (!followed.calculation || !element || followed.computed === UNKNOWN) return;
      var output = element.querySelector("output");
      var text = inWords(followed.computed, output.dataset.unit);
      if (output.textContent !== text) output.textContent = text;
    }, this);
  };

  /* A number as it is written in the language of the page, with all its decimals. */
  function inWords(value, unit) {
    if (value === "") return "–";
    if (typeof value !== "number") return value;
    var parts = language.asText(value).split(".");
    var format = new Intl.NumberFormat(document.documentElement.lang || undefined);
    var sign = parts[0] === "-0" ? "-" : "";
    var written = sign + format.format(Number(parts[0]));
    if (parts[1]) written += format.format(1.5).replace(/[^.,٫]/g, "") + parts[1];
    return unit ? written + "\u00a0" + unit : written;
  }

  /* Say what has just appeared or gone, to whoever does not see it; the focus stays. */
  Page.prototype.announce = function (opened, closed) {
    var said = this.announcer.dataset;
    var sentences = [];
    if (opened.length) sentences.push(said.opened + " " + opened.map(labelOf).join(", "));
    if (closed.length) sentences.push(said.closed + " " + closed.map(labelOf).join(", "));
    if (sentences.length) this.announcer.textContent = sentences.join(". ");
  };

  function labelOf(element) {
    var label = element.querySelector("legend, label, .matrix-label > span, .computed-label, p");
    return label ? label.firstChild.textContent.trim() : "";
  }

  /* -- Checks, told once an answer is left --------------------------------------------------- */

  Page.prototype.check = function (code) {
    this.onPage
      .filter(function (followed) {
        return followed.step.code === code;
      })
      .forEach(function (followed) {
        this.tellCheck(followed, followed.hasFailed(this.around));
      }, this);
  };

  Page.prototype.tellCheck = function (followed, hasFailed) {
    var element = this.elements.get(followed.step.code);
    var message = element && element.querySelector("[data-check]");
    if (!message) return;
    // The server has said it already, in the same words.
    if (hasFailed && element.querySelector(".errorlist")) return;
    if (message.hidden !== hasFailed) return;
    message.hidden = !hasFailed;
    element.classList.toggle("field--invalid", hasFailed);
    describe(element, message.id, hasFailed);
    if (hasFailed) this.announcer.textContent = message.textContent;
  };

  function describe(element, id, isDescribed) {
    var target = element.matches("fieldset, [role=radiogroup]") ? element : element.querySelector("input, select, textarea");
    if (!target) return;
    var ids = (target.getAttribute("aria-describedby") || "").split(/\s+/).filter(function (one) {
      return one && one !== id;
    });
    if (isDescribed) ids.push(id);
    if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
    else target.removeAttribute("aria-describedby");
  }

  /* -- Beginning ------------------------------------------------------------------------------- */

  function begin(form, said) {
    var page = new Page(form, said);
    var update = function () {
      page.update();
    };
    form.addEventListener("input", update);
    form.addEventListener("change", function (event) {
      page.update();
      var element = event.target.closest("[data-question]");
      if (element) page.check(element.dataset.question);
    });
    // What the browser had kept of the page comes back after it was built.
    window.addEventListener("pageshow", update);
    page.update();
    page.announcer.textContent = "";
  }

  var data = document.getElementById("live-questions");
  var live = document.querySelector("[data-live]");
  if (data && live) begin(live.closest("form"), JSON.parse(data.textContent));
})();
