"""The twin of the expressions, in a browser, on an empty page."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from surveys.questionnaires import expressions

STATIC = Path(expressions.__file__).parents[2] / "static/surveys/expressions"

RESULTS = """
([cases, on]) => cases.map(([text, values]) => {
  const language = window.maillage.expressions;
  try {
    const around = {values: new Map(Object.entries(values)), on};
    return language.evaluate(language.parse(text), around);
  } catch (error) {
    if (!(error instanceof language.ExpressionError)) return {crash: String(error)};
    const said = {error: error.reason, position: error.position};
    return Object.keys(error.params).length ? {...said, params: error.params} : said;
  }
}).map(found => Number.isNaN(found) ? null : found)
"""


def open_twin(page: Page) -> None:
    page.goto("about:blank")
    for name in ("re2js.js", "expressions.js"):
        page.add_script_tag(path=str(STATIC / name))


def results_in_browser(page: Page, cases: list[tuple[str, dict]], on: str) -> list[Any]:
    """What every expression is worth there; None for what is no number."""
    return page.evaluate(RESULTS, [[list(case) for case in cases], on])
