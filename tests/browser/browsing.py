"""A headless Chromium for tests that need a real browser; without one they are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import httpx
    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.workshop.served import Served

PHONE = {"width": 390, "height": 844}
LAPTOP = {"width": 1280, "height": 720}


def chromium() -> str | None:
    """The program, or None on a machine without it."""
    names = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser without a window; skips the test where there is none."""
    path = chromium()
    if path is None:
        pytest.skip("no browser")
    api = pytest.importorskip("playwright.sync_api", reason="no browser")
    with api.sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        try:
            yield made
        finally:
            made.close()


def join(context: BrowserContext, server: Served, name: str) -> Page:
    """A phone that has come in by the code on the wall."""
    page = context.new_page()
    page.goto(server.url)
    page.get_by_label("Code on the wall").fill(server.code.lower())
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Join").click()
    page.wait_for_url("**/play")
    return page


def console(context: BrowserContext, server: Served) -> Page:
    """The facilitator's console, by its link."""
    page = context.new_page()
    page.goto(server.url + server.console_link)
    return page


def enter(context: BrowserContext, url: str, client: httpx.Client) -> None:
    """Give a browser the cookies of a client."""
    for cookie in client.cookies.jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": url}])
