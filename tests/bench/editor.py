"""The editor with a hundred questions, in a real browser: to open it, and to save what changed."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test.testcases import LiveServerThread
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, expect, sync_playwright

from intranet.accounts.models import User
from surveys.questionnaires.admin import viewset
from surveys.questionnaires.definition import Choice, Definition, Question, Section
from surveys.questionnaires.operations import draft_from_definition
from tests.bench.work import KINDS
from tests.browsing import CHROMIUM, LAPTOP, sign_in

QUESTIONS = 100
SECTION = 10
PATIENCE = 60_000


def question(number: int) -> Question:
    kind = KINDS[number % len(KINDS)]
    codes = [f"c{rank}" for rank in range(1, 6)] if kind in {"single", "multiple"} else []
    return Question(
        id=f"q{number}",
        code=f"q{number}",
        kind=kind,
        label={"fr": f"Que pensez-vous du point numéro {number} ?"},
        hint={"fr": "Une réponse suffit."},
        condition=f"${{q{number - 1}}} != ''" if number % 10 == 9 else "",
        choices=tuple(Choice(f"q{number}.{code}", code, {"fr": f"Choix {code}"}) for code in codes),
    )


class Editor:
    def __init__(self) -> None:
        self.editor = User.objects.create_superuser("edition@example.org", "un-long-mot-de-passe")
        asked = [question(number) for number in range(QUESTIONS)]
        sections = [
            Section(
                id=f"s{start}",
                title={"fr": f"Rubrique {start // SECTION + 1}"},
                questions=tuple(asked[start : start + SECTION]),
            )
            for start in range(0, QUESTIONS, SECTION)
        ]
        questionnaire = draft_from_definition(
            slug="cent-questions",
            definition=Definition(title={"fr": "Cent questions"}, sections=tuple(sections)),
            by=self.editor,
            at=timezone.now(),
        )
        self.path = reverse(viewset.get_url_name("edit"), args=[questionnaire.pk])
        expect.set_options(timeout=PATIENCE)

    @contextmanager
    def browser(self) -> Iterator[Page]:
        """A browser, and a server of its own."""
        server = LiveServerThread("localhost", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(**CHROMIUM)
            site = f"http://localhost:{server.port}"
            context = browser.new_context(viewport=LAPTOP, locale="fr-FR", base_url=site)
            sign_in(context, self.editor, site)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            yield page
            browser.close()
        server.terminate()

    def open(self, page: Page) -> float:
        """The seconds until the last question does what it is asked."""
        began = time.perf_counter()
        page.goto(self.path)
        self._use(page)
        return time.perf_counter() - began

    def save(self, page: Page) -> float:
        """The seconds from the button until it is said to be saved, and the page is of use."""
        title = f"Cent questions, {time.time()}"
        page.locator("#id_title").fill(title)
        began = time.perf_counter()
        # By their classes: to look for a role, the browser reads thousands of elements.
        page.locator("button.action-save:not([name])").click()
        expect(page.locator(".messages .success")).to_contain_text(title)
        self._use(page)
        return time.perf_counter() - began

    def _use(self, page: Page) -> None:
        """Open the last question, or close it."""
        last = page.locator("[name='sections-9-value-questions-9-order']").locator("xpath=..")
        toggle = last.locator("[data-panel-toggle]").first
        before = toggle.get_attribute("aria-expanded") or ""
        toggle.click()
        expect(toggle).not_to_have_attribute("aria-expanded", before)
