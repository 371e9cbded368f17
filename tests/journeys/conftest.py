"""What the journeys share: browsers that are watched, and people who log in at the door."""

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, expect

from surveys.demo.network import PASSWORD
from tests.browsing import LAPTOP, PHONE, accessibility_faults, overflows

# A busy machine takes its time.
expect.set_options(timeout=20_000)

# What axe finds in what Wagtail draws itself: the rule, a part of the selector, and why.
WAGTAILS_OWN = [
    # The rich text editor is not tied to the label above it.
    ("aria-input-field-name", ".notranslate"),
    ("aria-input-field-name", 'div[aria-describedby="placeholder'),
    # The panels of two blocks of one kind have the same name.
    ("landmark-unique", "[data-streamfield-child"),
    # The list of the panels, beside the form, scrolls without the keyboard.
    ("scrollable-region-focusable", ".w-minimap__list"),
]


class Witness:
    """Notes what no page may do: complain, fail, or speak to another host; looks when asked to.

    Everything is told at the end, so that one run says all there is to mend.
    """

    def __init__(self, base_url: str) -> None:
        self.host = urlsplit(base_url).netloc
        self.faults: list[str] = []
        self.looked_at: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(f"error: {error.error}"))
        context.on("request", self._follow)

    def _hear(self, message: ConsoleMessage) -> None:
        # What breaks the Content-Security-Policy is said here, as an error.
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.page.url if message.page else ''}: {message.text}")

    def _follow(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme not in {"data", "blob", "about"} and url.netloc != self.host:
            self.faults.append(f"asked another host: {request.url}")

    def look(self, page: Page) -> None:
        """Note what axe finds, and whether the page overflows, here and on a small screen."""
        expect(page.get_by_role("main")).to_be_visible()
        page.wait_for_load_state()
        where = urlsplit(page.url).path
        known = WAGTAILS_OWN if where.startswith("/admin/") else []
        self.looked_at.append(where)
        self.faults += [
            f"{where}: {fault}"
            for fault in accessibility_faults(page)
            if not any(fault.startswith(f"{rule}:") and part in fault for rule, part in known)
        ]
        size = page.viewport_size
        # The editor is used on a laptop.
        for screen in [size] if where.startswith("/admin/") else [PHONE, size]:
            page.set_viewport_size(screen)
            if overflows(page):
                self.faults.append(f"{where}: overflows at {screen}")

    def has_nothing_to_say(self) -> bool:
        assert self.looked_at
        return not self.faults or pytest.fail("\n\n".join(self.faults))


@pytest.fixture
def witness(site) -> Witness:
    return Witness(site.url)


@pytest.fixture
def open_browser(browser, browser_context_args, witness, site):
    """Opens a browser of its own, on a small screen or not, and watches it."""
    contexts = []

    def take(viewport: dict[str, int]) -> Page:
        context = browser.new_context(
            **{
                **browser_context_args,
                "viewport": viewport,
                "has_touch": viewport == PHONE,
                "base_url": site.url,
            }
        )
        contexts.append(context)
        witness.watch(context)
        return context.new_page()

    yield take
    for context in contexts:
        context.close()


@pytest.fixture
def logged_in(open_browser, witness):
    """Opens the site and logs in at its door, with a password."""

    def enter(email: str, viewport: dict[str, int] = LAPTOP) -> Page:
        page = open_browser(viewport)
        page.goto("/")
        if viewport == PHONE:
            page.get_by_text("Menu", exact=True).click()
        page.get_by_role("link", name="Se connecter").locator("visible=true").click()
        witness.look(page)
        page.get_by_label("Adresse électronique").fill(email)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        return page

    return enter
