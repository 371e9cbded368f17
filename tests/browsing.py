"""A real browser for the journeys: Debian's Chromium, in French, that talks to nobody else."""

from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page

from intranet.accounts.models import User

CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ],
}
PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1280, "height": 800}


def sign_in(context: BrowserContext, user: User, base_url: str) -> None:
    """Give the browser the session of somebody who has logged in."""
    client = Client()
    client.force_login(user)
    context.add_cookies(
        [
            {
                "name": settings.SESSION_COOKIE_NAME,
                "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                "url": base_url,
            }
        ]
    )


END_ANIMATIONS = """() => document.getAnimations()
    .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    .forEach((one) => one.finish())"""


def accessibility_faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands, a line a fault."""
    from axe_playwright_python.sync_playwright import Axe

    # A message that is still fading in has not the colours that people read.
    page.evaluate(END_ANIMATIONS)
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['target']} {node.get('failureSummary', '')}"
        for violation in violations
        for node in violation["nodes"]
    ]


def overflows(page: Page) -> bool:
    """Whether the page has to be scrolled sideways."""
    return page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
    )
