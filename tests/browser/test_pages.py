"""The workshop in a real browser: coming in, playing, sleeping and coming back, voting, access."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.browsing import LAPTOP, PHONE, console, join
from tests.workshop.served import Served, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.long
_PATIENCE = 30_000.0  # ms: a busy machine is no fault


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    with served(tmp_path / "rooms.db", "osaka") as found:
        yield found


def device(chrome: Browser, size: dict[str, int], **options: Any) -> BrowserContext:
    context = chrome.new_context(
        viewport={"width": size["width"], "height": size["height"]}, reduced_motion="reduce",
        locale="en", **options,
    )  # fmt: skip
    context.set_default_timeout(_PATIENCE)
    return context


def do(page: Page, name: str, **fields: object) -> None:
    """Send one of the console's forms from its page, as its script would."""
    status = page.evaluate(
        """async ([name, fields]) => (await fetch("/console/do/" + name, {
            method: "POST", body: new URLSearchParams(fields), headers: {"X-Longlunch": "1"},
        })).status""",
        [name, {key: str(value) for key, value in fields.items()}],
    )
    assert status == 200, name


def choose(page: Page) -> str:
    """Choose the first move of the hand and press the button, which names it; its notation."""
    page.locator(".deck .move").first.click()
    chosen = page.locator("input[name=action]:checked")
    label, action = chosen.get_attribute("data-label"), chosen.get_attribute("value")
    assert label and action
    button = page.locator("[data-say]")
    assert label in button.inner_text()
    button.click()
    return action


def ply(page: Page) -> str:
    return page.locator("form[data-choose] input[name=ply]").first.input_value()


def await_ply(page: Page, expected: int) -> None:
    page.locator(f"form[data-choose] input[name=ply][value='{expected}']").wait_for(
        state="attached"
    )


def sleep(page: Page, asleep: bool) -> None:
    """As a phone whose screen goes dark, or comes on again."""
    page.evaluate(
        """(asleep) => {
            Object.defineProperty(document, "hidden", {get: () => asleep, configurable: true});
            document.dispatchEvent(new Event("visibilitychange"));
        }""",
        asleep,
    )


def test_a_phone_plays_a_meeting_to_its_end_sleeps_and_returns(
    chrome: Browser, server: Served
) -> None:
    host = console(device(chrome, LAPTOP), server)
    phone_context = device(chrome, PHONE)
    phone = join(phone_context, server, "Ana")
    faults: list[str] = []
    phone.on("pageerror", lambda error: faults.append(str(error)))
    phone.on("console", lambda line: faults.append(line.text) if "Policy" in line.text else None)
    phone.get_by_text("It begins in a moment").wait_for()
    do(host, "start")
    await_ply(phone, 0)
    heard = ""
    for count in range(60):
        if count == 3:  # the same person at the same seat, on another page
            sleep(phone, True)
            second = phone_context.new_page()
            second.goto(server.url)
            assert second.url.endswith("/play")
            choose(second)
            await_ply(second, count + 1)
            second.close()
            assert ply(phone) == str(count)  # asleep: nothing is sent to it
            sleep(phone, False)
            await_ply(phone, count + 1)
            continue
        if count == 5:
            phone_context.set_offline(True)
            phone.locator("#lost").wait_for(state="visible")
            phone_context.set_offline(False)
            phone.locator("#lost").wait_for(state="hidden")
        choose(phone)
        phone.locator(
            f"form[data-choose] input[name=ply][value='{count + 1}'], .ended"
        ).first.wait_for(state="attached")
        heard = phone.locator("#told").inner_text() or heard
        if phone.locator(".ended").count():
            break
    assert count > 5
    assert phone.locator(".ended h2").inner_text()
    assert heard  # a screen reader was told what the buyer said
    assert phone.locator("form[data-choose]").count() == 0
    assert faults == []


def test_a_page_that_follows_no_room_asks_for_nothing_more(chrome: Browser, server: Served) -> None:
    """Two hundred people who type the code in must not be two hundred who ask for what is not."""
    page, asked, faults = device(chrome, PHONE).new_page(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(server.url, wait_until="networkidle")
    known = len(asked)
    page.wait_for_timeout(2500)
    assert asked[known:] == [] and faults == []


def test_a_code_for_another_device_can_be_seen(chrome: Browser, server: Served) -> None:
    host = console(device(chrome, LAPTOP), server)
    host.evaluate(
        """() => { const form = document.createElement("form"); form.method = "post";
            form.action = "/console/link"; form.innerHTML = '<input name="role" value="stage">';
            document.body.append(form); form.submit(); }"""
    )
    drawn = host.locator(".qr-sheet svg")
    drawn.wait_for()
    box = drawn.bounding_box()
    assert box is not None and box["width"] > 150 and box["height"] == pytest.approx(box["width"])
    dark = host.evaluate(
        """async (svg) => { const image = new Image();
            image.src = "data:image/svg+xml," + encodeURIComponent(svg); await image.decode();
            const canvas = new OffscreenCanvas(200, 200), pen = canvas.getContext("2d");
            pen.drawImage(image, 0, 0, 200, 200);
            const data = pen.getImageData(0, 0, 200, 200).data;
            let dark = 0; for (let k = 3; k < data.length; k += 4) dark += data[k] > 127;
            return dark / 40000; }""",
        drawn.evaluate(
            "e => { e.setAttribute('xmlns', 'http://www.w3.org/2000/svg'); return e.outerHTML; }"
        ),
    )
    assert 0.25 < dark < 0.75


def test_the_focus_stays_at_the_hand_and_comes_back_after_a_pause(
    chrome: Browser, server: Served
) -> None:
    host = console(device(chrome, LAPTOP), server)
    phone = join(device(chrome, PHONE), server, "Ana")
    do(host, "start")
    await_ply(phone, 0)
    phone.locator(".deck input").first.press("Space")
    phone.locator("[data-say]").press("Space")
    await_ply(phone, 1)
    own = "document.activeElement.id"
    chosen = phone.locator(".deck input").first.get_attribute("id")
    assert phone.evaluate(own) == chosen  # by keys one is at the new hand, not at the top
    do(host, "pause", on="yes")
    phone.get_by_role("alertdialog").wait_for()
    assert phone.evaluate("document.activeElement.matches('[data-veil]')")
    do(host, "tell", text="Look up")
    phone.get_by_text("Look up").last.wait_for()
    do(host, "pause", on="no")
    phone.get_by_role("alertdialog").wait_for(state="detached")
    assert phone.evaluate(own) == chosen


def test_two_phones_vote_and_what_wins_is_played_on_console_and_stage(
    chrome: Browser, server: Served
) -> None:
    desk = device(chrome, LAPTOP)
    host = console(desk, server)
    do(host, "plan", mode="round")
    one, two = (join(device(chrome, PHONE), server, name) for name in ("Ana", "Ben"))
    do(host, "start")
    wall = desk.new_page()
    wall.goto(server.url + "/stage")
    assert wall.locator(".code").inner_text().replace(" ", "") == server.code
    assert wall.locator("img[src='/qr.svg']").is_visible()
    for phone in (one, two):
        await_ply(phone, 0)
    action = choose(one)
    wall.get_by_text("1 of 2 have voted").wait_for()
    assert wall.locator(".options .figures").count() == 0  # no share before the vote is closed
    assert choose(two) == action
    wall.get_by_text("2 of 2 have voted").wait_for()
    do(host, "ballot", table="s1.1", ply=0, on="no")
    wall.get_by_text("100 %").wait_for()
    do(host, "decide", table="s1.1", ply=0, action=action)
    for phone in (one, two):
        await_ply(phone, 1)
    wall.get_by_text("0 of 2 have voted").wait_for()
    do(host, "lock", on="yes")
    wall.locator(".code").wait_for(state="detached")
    do(host, "pause", on="yes")
    one.get_by_role("alertdialog").wait_for()
    do(host, "pause", on="no")
    one.get_by_role("alertdialog").wait_for(state="detached")


def test_eight_pages_of_one_browser_stay_in_step(chrome: Browser, server: Served) -> None:
    together = device(chrome, LAPTOP)
    host = console(together, server)
    wall = together.new_page()
    wall.goto(server.url + "/stage")
    first = join(together, server, "Ana")
    phones = [first, *(together.new_page() for _ in range(5))]
    for phone in phones[1:]:
        phone.goto(server.url + "/play")
    do(host, "start")
    for phone in phones:
        await_ply(phone, 0)
    wall.locator(".seat").wait_for()
    do(host, "tell", text="Five more minutes")
    for page in (wall, *phones):
        page.get_by_text("Five more minutes").first.wait_for()


def test_after_a_restart_a_page_is_back_by_itself(chrome: Browser, server: Served) -> None:
    host = console(device(chrome, LAPTOP), server)
    phone = join(device(chrome, PHONE), server, "Ana")
    do(host, "start")
    await_ply(phone, 0)
    server.kill()
    phone.locator("#lost").wait_for(state="visible")
    again = server.again()
    try:
        phone.locator("#lost").wait_for(state="hidden")
        choose(phone)
        await_ply(phone, 1)
    finally:
        again.kill()


def test_forms_do_without_a_script(chrome: Browser, server: Served) -> None:
    host = console(device(chrome, LAPTOP), server)
    phone = join(device(chrome, PHONE, java_script_enabled=False), server, "Ana")
    do(host, "start")
    phone.goto(server.url + "/play")
    phone.locator(".deck .move").first.click()
    phone.locator("[data-say]").click()
    assert ply(phone) == "1"
    phone.get_by_role("link", name="Deutsch").click()
    assert phone.locator("html").get_attribute("lang") == "de"


SMALLEST = """() => {
    const found = [];
    const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const holder = walk.currentNode.parentElement, words = walk.currentNode.data.trim();
        const box = holder.getBoundingClientRect();
        if (!words || box.width < 3 || box.height < 3) continue;
        const svg = holder.closest("svg");
        if (svg && holder.tagName !== "text") continue;
        const zoom = svg ? svg.getBoundingClientRect().width / svg.viewBox.baseVal.width : 1;
        found.push([zoom * parseFloat(getComputedStyle(holder).fontSize), words]);
    }
    return found.sort((a, b) => a[0] - b[0])[0];
}"""


@pytest.mark.parametrize("mode", ["parallel", "round"])
def test_the_last_row_can_read_the_stage(chrome: Browser, server: Served, mode: str) -> None:
    """Nothing is set below 24 px at 1280x720, whatever is revealed."""
    desk = device(chrome, LAPTOP)
    host = console(desk, server)
    do(host, "plan", mode=mode)
    phone = join(device(chrome, PHONE), server, "Ana")
    wall = desk.new_page()
    wall.goto(server.url + "/stage")
    wall.locator(".code").wait_for()
    smallest = {"lobby": wall.evaluate(SMALLEST)}
    do(host, "start")
    await_ply(phone, 0)
    for count in range(6):
        first = phone.locator(".deck input").first.get_attribute("value")
        if mode == "round":
            second = phone.locator(".deck input").nth(1).get_attribute("value")
            hands = {f"count.{first}": 3, f"count.{second}": 2}
            do(host, "count", table="s1.1", ply=count, **hands)
            do(host, "decide", table="s1.1", ply=count, action=first)
        else:
            choose(phone)
        await_ply(phone, count + 1)
    wall.locator(".seat, .said").first.wait_for()
    smallest["playing"] = wall.evaluate(SMALLEST)
    for layer in ("trust", "thoughts", "circles", "position"):
        do(host, "reveal", layer=layer, on="yes")
    wall.locator(".drawn svg").first.wait_for()
    smallest["revealed"] = wall.evaluate(SMALLEST)
    do(host, "ask", kind="read", table="s1.1")
    wall.locator(".predicted").wait_for()
    smallest["asked"] = wall.evaluate(SMALLEST)
    do(host, "close", question="q1")
    wall.get_by_text("nobody answered").wait_for()
    smallest["told"] = wall.evaluate(SMALLEST)
    if mode == "round":  # where seats play, one alone cannot split
        do(host, "stage", to="debrief")
        do(host, "slide", slide=0, on="no")
        do(host, "predict", slide=0, number=2)
        wall.get_by_text("which move was worth most here?").wait_for()
        smallest["looking back"] = wall.evaluate(SMALLEST)
        assert not wall.locator(".scene, .side").locator("visible=true").count()
        do(host, "show", question="q2")
        wall.locator(".predicted .true").first.wait_for()
        smallest["weighed"] = wall.evaluate(SMALLEST)
    assert {where: found for where, found in smallest.items() if found[0] < 24} == {}
    high, seen = wall.evaluate("[document.documentElement.scrollHeight, innerHeight]")
    assert high <= seen + 1  # nobody scrolls a wall


@pytest.mark.parametrize("look", ["light", "dark"])
def test_nothing_serious_stands_in_the_way_of_anybody(
    chrome: Browser, server: Served, look: str
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no browser").Axe()
    desk = device(chrome, LAPTOP, color_scheme=look)
    host = console(desk, server)
    phone = join(device(chrome, PHONE, color_scheme=look), server, "Ana")
    front = device(chrome, PHONE, color_scheme=look).new_page()
    front.goto(server.url)
    wall = desk.new_page()
    wall.goto(server.url + "/stage")
    found = [fault for page in (front, phone, wall, host) for fault in _faults(axe, page)]
    do(host, "start")
    await_ply(phone, 0)
    for layer in ("trust", "circles", "position"):
        do(host, "reveal", layer=layer, on="yes")
    do(host, "ask", kind="state", table="s1.1")
    phone.locator(".asked").wait_for()
    phone.evaluate("for (const more of document.querySelectorAll('details')) more.open = true")
    wall.locator(".predicted").wait_for()
    for page in (phone, wall, host):
        found += _faults(axe, page)
    do(host, "stage", to="over")
    phone.goto(server.url + "/report")
    host.goto(server.url + "/console/report")
    for page in (phone, host):
        found += _faults(axe, page)
    assert found == []


def _faults(axe: Any, page: Page) -> list[str]:
    """Serious and critical faults of a page, each in a line."""
    return [
        f"{page.url}: {fault['id']}: {node['html'][:140]} {node['failureSummary'][:200]}"
        for fault in axe.run(page).response["violations"]
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]
