/* The language of conditions, checks and computed values, in the browser.

   Twin of the Python package surveys.questionnaires.expressions, whose docstring holds every
   rule: the same texts are read, the same faults found at the same character, the same values
   given. Change one, change both. Written for browsers of 2018 on. */
(function () {
  "use strict";

  var LONGEST = 10000;
  var DEEPEST = 100;
  var LONGEST_PATTERN = 1000;
  var LONGEST_TEXT = 20000;
  var MANY = 1000;
  var LEVELS = [["or"], ["and"], ["=", "!="], ["<", "<=", ">", ">="], ["+", "-"], ["*", "div", "mod"]];
  var LEVEL_OF = new Map();
  LEVELS.forEach(function (operators, level) {
    operators.forEach(function (operator) {
      LEVEL_OF.set(operator, level);
    });
  });
  var TAKES = new Map([
    ["selected", [2, 2]],
    ["count-selected", [1, 1]],
    ["not", [1, 1]],
    ["true", [0, 0]],
    ["false", [0, 0]],
    ["if", [3, 3]],
    ["coalesce", [1, MANY]],
    ["number", [1, 1]],
    ["int", [1, 1]],
    ["round", [1, 2]],
    ["sum", [1, MANY]],
    ["string-length", [1, 1]],
    ["concat", [1, MANY]],
    ["regex", [2, 2]],
    ["today", [0, 0]],
    ["date", [1, 1]],
  ]);
  var SPACE = " \\t\\r\\n\\f\\v\\u00a0\\u2009\\u200b\\u202f\\ufeff";
  var KINDS = [
    ["space", "[" + SPACE + "]+"],
    ["reference", "\\$\\{[" + SPACE + "]*([^" + SPACE + "{}/]+)(?:/([^" + SPACE + "{}/]+))?[" + SPACE + "]*\\}"],
    ["number", "[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+"],
    ["name", "[A-Za-z_][A-Za-z0-9_.:\\-]*"],
    ["symbol", "<=|>=|!=|[=<>+\\-*(),.]"],
    ["text", "'[^']*'|\"[^\"]*\"|[‘’][^’]*’|[“”][^”]*”"],
  ].map(function (kind) {
    return { name: kind[0], pattern: new RegExp(kind[1], "uy") };
  });

  function ExpressionError(reason, position, params) {
    this.reason = reason;
    this.position = position;
    this.params = params || {};
  }

  /* -- Reading -------------------------------------------------------------------------- */

  function characters(text) {
    return Array.from(text);
  }

  function beginning(text, length) {
    return characters(text).slice(0, length).join("");
  }

  /* Positions count characters, as in Python, not the halves of an emoji. */
  function tokensOf(text) {
    var length = characters(text).length;
    if (length > LONGEST) throw new ExpressionError("too_long", LONGEST, { maximum: LONGEST, length: length });
    var tokens = [];
    var at = 0;
    var position = 0;
    while (at < text.length) {
      var token = tokenAt(text, at);
      if (token === null) throw unreadable(text, at, position);
      token.position = position;
      at = token.end;
      position += characters(token.text).length;
      if (token.kind !== "space") tokens.push(token);
    }
    tokens.push({ kind: "end", text: "", position: length });
    return tokens;
  }

  function tokenAt(text, at) {
    for (var index = 0; index < KINDS.length; index += 1) {
      var kind = KINDS[index];
      kind.pattern.lastIndex = at;
      var found = kind.pattern.exec(text);
      if (found) {
        var token = { kind: kind.name, text: found[0], end: at + found[0].length };
        if (kind.name === "reference") token.name = found[2] ? found[1] + "/" + found[2] : found[1];
        if (kind.name === "name" && LEVEL_OF.has(found[0])) token.kind = "symbol";
        return token;
      }
    }
    return null;
  }

  function unreadable(text, at, position) {
    var character = String.fromCodePoint(text.codePointAt(at));
    if ("'\"‘’“”".indexOf(character) >= 0) return new ExpressionError("unfinished_text", position);
    if (character === "$") return new ExpressionError("unfinished_reference", position);
    return new ExpressionError("unexpected", position, { found: character });
  }

  function Parser(tokens) {
    this.tokens = tokens;
    this.at = 0;
    this.depth = 0;
  }

  Parser.prototype.next = function () {
    return this.tokens[this.at];
  };

  Parser.prototype.take = function () {
    this.at += 1;
    return this.tokens[this.at - 1];
  };

  Parser.prototype.nextIs = function (symbol) {
    return this.next().kind === "symbol" && this.next().text === symbol;
  };

  Parser.prototype.unexpected = function (token) {
    return new ExpressionError("unexpected", token.position, { found: beginning(token.text, 40) });
  };

  Parser.prototype.whole = function () {
    if (this.next().kind === "end") throw new ExpressionError("empty", 0);
    var expression = this.expression(0);
    if (this.next().kind !== "end") throw this.unexpected(this.next());
    return expression;
  };

  Parser.prototype.levelOfNext = function () {
    var token = this.next();
    return token.kind === "symbol" && LEVEL_OF.has(token.text) ? LEVEL_OF.get(token.text) : -1;
  };

  Parser.prototype.goDown = function () {
    this.depth += 1;
    if (this.depth > DEEPEST) throw new ExpressionError("too_deep", this.next().position, { maximum: DEEPEST });
  };

  Parser.prototype.expression = function (lowest) {
    this.goDown();
    var left = this.operand();
    for (var level = this.levelOfNext(); level >= lowest; level = this.levelOfNext()) {
      var rest = [];
      while (this.levelOfNext() === level) {
        var operator = this.take().text;
        rest.push([operator, this.expression(level + 1)]);
      }
      left = { is: "operation", first: left, rest: rest };
    }
    this.depth -= 1;
    return left;
  };

  Parser.prototype.operand = function () {
    var token = this.take();
    if (token.kind === "number") return number(token);
    if (token.kind === "text") return { is: "constant", value: token.text.slice(1, -1), position: token.position };
    if (token.kind === "reference") return { is: "reference", name: token.name };
    if (token.kind === "name") return this.call(token);
    if (token.text === ".") return { is: "reference", name: "." };
    if (token.text === "-") {
      this.goDown();
      var operand = this.operand();
      this.depth -= 1;
      return { is: "negation", operand: operand };
    }
    if (token.text === "(") {
      var inside = this.expression(0);
      this.close(token);
      return inside;
    }
    if (token.kind === "end") throw new ExpressionError("unfinished", token.position);
    throw this.unexpected(token);
  };

  function number(token) {
    var value = Number(token.text);
    if (!isFinite(value)) throw new ExpressionError("number_too_large", token.position);
    return { is: "constant", value: value };
  }

  Parser.prototype.close = function (opening) {
    if (this.next().kind === "end") throw new ExpressionError("unclosed", opening.position);
    if (!this.nextIs(")")) throw this.unexpected(this.next());
    this.take();
  };

  Parser.prototype.call = function (name) {
    if (!this.nextIs("(")) throw this.unexpected(name);
    if (!TAKES.has(name.text)) {
      throw new ExpressionError("unknown_function", name.position, { name: beginning(name.text, 40) });
    }
    var given = this.parts(this.take());
    var takes = TAKES.get(name.text);
    if (given.length < takes[0] || given.length > takes[1]) {
      throw new ExpressionError("arguments", name.position, {
        name: name.text,
        minimum: takes[0],
        maximum: takes[1],
        count: given.length,
      });
    }
    if (name.text === "regex") requirePattern(given[1], name);
    return { is: "call", name: name.text, parts: given };
  };

  function requirePattern(argument, name) {
    if (argument.is !== "constant" || typeof argument.value !== "string") {
      throw new ExpressionError("pattern_not_written", name.position);
    }
    if (window.RE2JS && !isPattern(argument.value)) {
      throw new ExpressionError("bad_pattern", argument.position, { pattern: beginning(argument.value, 200) });
    }
  }

  Parser.prototype.parts = function (opening) {
    var found = [];
    if (!this.nextIs(")")) {
      found.push(this.expression(0));
      while (this.nextIs(",")) {
        this.take();
        found.push(this.expression(0));
      }
    }
    this.close(opening);
    return found;
  };

  function parse(text) {
    return new Parser(tokensOf(text)).whole();
  }

  /* -- Of one type and another ------------------------------------------------------------ */

  var DAY = 86400000;
  var EARLIEST_DAY = -719162;
  var FARTHEST_DAY = 2932896;

  function trimmed(text) {
    return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, "");
  }

  /* Adding zero makes 0 of -0. */
  function finite(value) {
    return isFinite(value) ? value + 0 : NaN;
  }

  function asNumber(value) {
    if (typeof value === "boolean") return value ? 1 : 0;
    if (typeof value === "number") return finite(value);
    var text = trimmed(value);
    if (/^-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$/.test(text)) return finite(Number(text));
    var found = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(text);
    if (found) return daysTo(Number(found[1]), Number(found[2]), Number(found[3]));
    found = /^([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?$/.exec(text);
    if (found) return partOfDay(Number(found[1]), Number(found[2]), Number(found[3] || 0));
    return NaN;
  }

  function daysTo(year, month, day) {
    var moment = new Date(0);
    moment.setUTCFullYear(year, month - 1, day);
    var exists = year > 0 && moment.getUTCMonth() === month - 1 && moment.getUTCDate() === day;
    return exists ? moment.getTime() / DAY : NaN;
  }

  function partOfDay(hours, minutes, seconds) {
    if (hours > 23 || minutes > 59 || seconds > 59) return NaN;
    return (hours * 3600 + minutes * 60 + seconds) / 86400;
  }

  function asText(value) {
    if (typeof value === "boolean") return value ? "true" : "false";
    if (typeof value === "string") return value;
    var found = finite(value);
    return isNaN(found) ? "" : inFull(String(found));
  }

  /* A number as JavaScript writes it, without exponent. */
  function inFull(written) {
    var parts = /^(-?)([0-9]+)(?:\.([0-9]+))?e([+-][0-9]+)$/.exec(written);
    if (!parts) return written;
    var decimals = parts[3] || "";
    var digits = parts[2] + decimals;
    var point = parts[2].length + Number(parts[4]);
    if (point <= 0) return parts[1] + "0." + "0".repeat(-point) + digits;
    return parts[1] + digits + "0".repeat(point - digits.length);
  }

  function asBoolean(value) {
    if (typeof value === "boolean") return value;
    if (typeof value === "string") return value !== "" && value !== "false";
    return value !== 0 && isFinite(value);
  }

  function hasValue(value) {
    return typeof value === "string" ? value !== "" : typeof value === "boolean" || isFinite(value);
  }

  function codes(value) {
    return asText(value)
      .split(/[ \t\r\n]+/)
      .filter(function (code) {
        return code !== "";
      });
  }

  /* -- Operators ---------------------------------------------------------------------------- */

  function equal(left, right) {
    if (typeof left === "boolean" || typeof right === "boolean") return asBoolean(left) === asBoolean(right);
    if (typeof left === "string" && typeof right === "string") return left === right;
    if (!hasValue(left) || !hasValue(right)) return hasValue(left) === hasValue(right);
    return asNumber(left) === asNumber(right);
  }

  var OPERATORS = {
    "=": equal,
    "!=": function (left, right) {
      return !equal(left, right);
    },
    "<": function (left, right) {
      return asNumber(left) < asNumber(right);
    },
    "<=": function (left, right) {
      return asNumber(left) <= asNumber(right);
    },
    ">": function (left, right) {
      return asNumber(left) > asNumber(right);
    },
    ">=": function (left, right) {
      return asNumber(left) >= asNumber(right);
    },
    "+": function (left, right) {
      return finite(asNumber(left) + asNumber(right));
    },
    "-": function (left, right) {
      return finite(asNumber(left) - asNumber(right));
    },
    "*": function (left, right) {
      return finite(asNumber(left) * asNumber(right));
    },
    div: function (left, right) {
      return finite(asNumber(left) / asNumber(right));
    },
    mod: function (left, right) {
      return finite(asNumber(left) % asNumber(right));
    },
  };

  /* -- Functions ---------------------------------------------------------------------------- */

  function whole(value) {
    return finite(Math.trunc(asNumber(value)));
  }

  function rounded(value, decimals) {
    var given = asNumber(value);
    var places = decimals === undefined ? 0 : whole(decimals);
    if (isNaN(given) || isNaN(places)) return NaN;
    var shift = Math.max(-20, Math.min(20, places));
    var moved = shifted(given, shift);
    if (!isFinite(moved)) return given;
    var below = Math.floor(moved);
    return finite(shifted(moved - below >= 0.5 ? below + 1 : below, -shift));
  }

  /* The decimal point, moved in what is written: 2.675 becomes 267.5. */
  function shifted(value, places) {
    var parts = String(value).split("e");
    return Number(parts[0] + "e" + (Number(parts[1] || 0) + places));
  }

  function sum(values) {
    var total = 0;
    var isEmpty = true;
    values.forEach(function (value) {
      (typeof value === "string" ? codes(value) : [value]).forEach(function (term) {
        var found = asNumber(term);
        if (isNaN(found)) return;
        total += found;
        isEmpty = false;
      });
    });
    return isEmpty ? NaN : finite(total);
  }

  function dateOf(value) {
    var days = Math.floor(asNumber(value));
    if (!(days >= EARLIEST_DAY && days <= FARTHEST_DAY)) return "";
    var moment = new Date(days * DAY);
    var padded = function (part, length) {
      return String(part).padStart(length, "0");
    };
    return [
      padded(moment.getUTCFullYear(), 4),
      padded(moment.getUTCMonth() + 1, 2),
      padded(moment.getUTCDate(), 2),
    ].join("-");
  }

  /* Patterns that were read before: the browser reads one once. */
  var patterns = new Map();

  function matches(text, pattern) {
    if (!window.RE2JS) throw new Unavailable();
    if (characters(text).length > LONGEST_TEXT) return false;
    return compiled(pattern).matches(text);
  }

  function compiled(pattern) {
    if (!patterns.has(pattern)) patterns.set(pattern, window.RE2JS.RE2JS.compile(pattern));
    return patterns.get(pattern);
  }

  function isPattern(pattern) {
    if (characters(pattern).length > LONGEST_PATTERN) return false;
    try {
      compiled(pattern);
    } catch (error) {
      return false;
    }
    return true;
  }

  /* What this browser cannot decide: the server will. */
  function Unavailable() {}

  var FUNCTIONS = {
    selected: function (given) {
      return codes(given[0]).indexOf(trimmed(asText(given[1]))) >= 0;
    },
    "count-selected": function (given) {
      return codes(given[0]).length;
    },
    not: function (given) {
      return !asBoolean(given[0]);
    },
    true: function () {
      return true;
    },
    false: function () {
      return false;
    },
    number: function (given) {
      return asNumber(given[0]);
    },
    int: function (given) {
      return whole(given[0]);
    },
    round: function (given) {
      return rounded(given[0], given[1]);
    },
    sum: sum,
    "string-length": function (given) {
      return characters(asText(given[0])).length;
    },
    concat: function (given) {
      return given.map(asText).join("");
    },
    regex: function (given) {
      return matches(asText(given[0]), given[1]);
    },
    today: function (given, around) {
      return around.on;
    },
    date: function (given) {
      return dateOf(given[0]);
    },
  };

  /* -- Whole expressions ---------------------------------------------------------------------- */

  /* `around` is {values: a Map of names, on: today as YYYY-MM-DD}; null is what the browser cannot
     tell, and makes the expression unavailable. */
  function evaluate(expression, around) {
    switch (expression.is) {
      case "constant":
        return expression.value;
      case "reference":
        return valueOf(expression.name, around.values);
      case "negation":
        return finite(-asNumber(evaluate(expression.operand, around)));
      case "operation":
        return evaluateOperation(expression, around);
      default:
        return evaluateCall(expression, around);
    }
  }

  function valueOf(name, values) {
    var value = values.has(name) ? values.get(name) : "";
    if (value === null) throw new Unavailable();
    return value;
  }

  function evaluateOperation(expression, around) {
    var name = expression.rest[0][0];
    if (name === "and" || name === "or") return evaluateLogic(expression, around, name === "or");
    return expression.rest.reduce(function (found, part) {
      return OPERATORS[part[0]](found, evaluate(part[1], around));
    }, evaluate(expression.first, around));
  }

  function evaluateLogic(expression, around, decisive) {
    var isDecisive = function (operand) {
      return asBoolean(evaluate(operand, around)) === decisive;
    };
    var decided =
      isDecisive(expression.first) ||
      expression.rest.some(function (part) {
        return isDecisive(part[1]);
      });
    return decided ? decisive : !decisive;
  }

  function evaluateCall(expression, around) {
    var parts = expression.parts;
    if (expression.name === "if") {
      return evaluate(asBoolean(evaluate(parts[0], around)) ? parts[1] : parts[2], around);
    }
    if (expression.name === "coalesce") {
      for (var index = 0; index < parts.length; index += 1) {
        var found = evaluate(parts[index], around);
        if (hasValue(found)) return found;
      }
      return "";
    }
    var given = parts.map(function (part) {
      return evaluate(part, around);
    });
    return FUNCTIONS[expression.name](given, around);
  }

  window.maillage = window.maillage || {};
  window.maillage.expressions = {
    ExpressionError: ExpressionError,
    Unavailable: Unavailable,
    asBoolean: asBoolean,
    asNumber: asNumber,
    asText: asText,
    evaluate: evaluate,
    parse: parse,
  };
})();
