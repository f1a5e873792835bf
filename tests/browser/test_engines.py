"""A phone in Firefox and in WebKit: it comes in, hears at once what is new, and plays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.browser.engines import NAMES, Engine, await_true, engine
from tests.workshop.served import acted, served

pytestmark = pytest.mark.long

_LISTEN = """
    window.faults = [];
    addEventListener("error", (e) => faults.push(e.message));
    addEventListener("unhandledrejection", (e) => faults.push(String(e.reason)));
    document.addEventListener("securitypolicyviolation", (e) => faults.push(e.violatedDirective));
"""
_ASKED = "return performance.getEntriesByType('resource').map((e) => new URL(e.name).pathname)"


@pytest.fixture(params=NAMES)
def page(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    folder = tmp_path / "profile"
    folder.mkdir()
    with engine(request.param, folder) as found:
        yield found


def _is_at(ply: int) -> str:
    return f"document.querySelector('form[data-choose] input[name=ply][value=\"{ply}\"]')"


def test_a_phone_comes_in_hears_what_is_new_and_plays(page: Engine, tmp_path: Path) -> None:
    with served(tmp_path / "rooms.db", "osaka") as server, closing(server.console()) as host:
        page.go(server.url)
        page.type("#code", server.code.lower())
        page.type("#name", "Ana")
        page.click("form button.strong")
        await_true(page, "location.pathname === '/play'")
        page.js(_LISTEN)
        acted(host, "/console/do/start")
        await_true(page, _is_at(0))
        for ply in range(3):
            page.js("document.querySelector('.deck').scrollIntoView()")
            page.click(".deck .move input")
            page.click("[data-say]")
            await_true(page, _is_at(ply + 1))
        await_true(page, "document.querySelector('img[data-scene]')?.naturalWidth")

        # A word to everybody comes in above what is read, and the focus is elsewhere on the page.
        page.js("document.querySelector('.own input').focus({preventScroll: true})")
        page.js("document.querySelector('.scene-part').scrollIntoView()")
        before = page.js("return document.querySelector('.scene-part').getBoundingClientRect().top")
        acted(host, "/console/do/tell", text="Five more minutes")
        acted(host, "/console/do/ask", kind="state", table="s1.1")
        await_true(page, "document.querySelector('.asked')")
        assert "Five more minutes" in page.js("return document.body.textContent")
        await_true(page, "new Promise((done) => setTimeout(() => done(true), 300))")
        after = page.js("return document.querySelector('.scene-part').getBoundingClientRect().top")
        assert abs(after - before) < 3

        assert not any(path.startswith("/poll") for path in page.js(_ASKED))  # the stream is read
        assert page.js("return faults") == []
