"""Tries the folder as somebody who has nothing else: python packaging/try_folder.py FOLDER

The folder is copied to where nothing may be written, under a name with a space and an umlaut, and
its program runs without an environment, from another place, with another home and no Python to be
found. It plays, reviews, simulates in several processes, checks a pack, hosts a workshop that a
phone joins and that survives a kill, weighs what a room has played, and opens its window where
there is an Xvfb to open one on.
Prints a line for each; ends with 1 at the first that fails. Nothing may have changed in the folder.
"""

from __future__ import annotations

import contextlib
import csv
import http.cookiejar
import io
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
WINDOWS = sys.platform == "win32"


class Tried:
    """A copy of the folder, and a home that is new."""

    def __init__(self, folder: Path, place: Path) -> None:
        self.folder = place / "zu prüfen" / "Long Lunch"
        shutil.copytree(folder, self.folder, symlinks=True)
        self.home, self.elsewhere = place / "home", place / "elsewhere"
        for made in (self.home, self.elsewhere):
            made.mkdir()
        for path in [self.folder, *self.folder.rglob("*")]:
            if not path.is_symlink():
                path.chmod(path.stat().st_mode & ~0o222)
        self.before = self.state()
        self.program = self.folder / ("longlunch.exe" if WINDOWS else "longlunch")

    @property
    def environment(self) -> dict[str, str]:
        if WINDOWS:  # which does not start anything without these
            system = {k: os.environ[k] for k in ("SYSTEMROOT", "TEMP")}
            return {**system, "LOCALAPPDATA": str(self.home), "USERPROFILE": str(self.home)}
        return {"HOME": str(self.home), "PATH": str(self.elsewhere)}

    def state(self) -> dict[str, tuple[int, int]]:
        """Every file of the folder with its size and time."""
        files = [p for p in self.folder.rglob("*") if p.is_file()]
        return {str(p): (p.stat().st_size, p.stat().st_mtime_ns) for p in files}

    def run(self, *words: str, told: str = "", status: int = 0) -> str:
        """What the program prints."""
        done = subprocess.run(
            [self.program, *words], input=told, capture_output=True, text=True, encoding="utf-8",
            env=self.environment, cwd=self.elsewhere, timeout=120,
        )  # fmt: skip
        assert done.returncode == status, f"{words}: {done.returncode}\n{done.stderr[-2000:]}"
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    def start(self, words: Sequence[str], **more: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [self.program, *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            env=self.environment | more, cwd=self.elsewhere,
        )  # fmt: skip


def says_its_version(tried: Tried) -> None:
    assert re.fullmatch(r"longlunch \d+\.\d+\.\d+\S*", tried.run("--version").strip())


def plays_to_the_end_and_reviews(tried: Tried) -> None:
    game = str(tried.elsewhere / "game.lunch.json")
    played = tried.run("play", "--text", "osaka", "--seed", "3", "--save", game, told="1\n" * 80)
    assert len(played.splitlines()) > 40
    found = json.loads(tried.run("review", game, "--json", "--no-save"))
    assert found["format"] == "longlunch.review/1"
    tried.run("review", game, "--no-save", "--html", "game.html")
    assert "<svg" in (tried.elsewhere / "game.html").read_text(encoding="utf-8")


def simulates_in_several_processes(tried: Tried) -> None:
    words = ("simulate", "seoul", "--policy", "rapport", "--runs", "30000", "--json")
    together = tried.run(*words, "--jobs", "2")
    assert together == tried.run(*words, "--jobs", "1")


def checks_a_scenario_and_a_pack(tried: Tried) -> None:
    tried.run("check", "seoul", "osaka")
    tried.run("new", "salt-pans", "--yes")
    tried.run("check", "salt-pans.yaml")
    pack = tried.elsewhere / "pack"
    shutil.copytree(ROOT / "tests" / "scenarios" / "packs" / "quayside", pack)
    tried.run("check", str(pack))
    wrong = ROOT / "tests" / "scenarios" / "bad" / "m001.yaml"
    tried.run("check", str(wrong), status=1)


def draws_its_screens(tried: Tried) -> None:
    found = json.loads(tried.run("shots", "shots", "--only", "home-empty.paper-100*", "--json"))
    assert found["ok"] and found["shots"]


def hosts_a_workshop(tried: Tried) -> None:
    words = ["host", "osaka", "--bind", "127.0.0.1", "--no-window", "--json", "--attended"]
    with _ended(tried.start(words)) as server:
        told = _told(server)
        browser = _joined(told)
        page = _get(browser, f"{told['url']}/play")
        assert "Mona" in page or "You are in" in page, page[:500]
        for link in set(re.findall(r'(?:href|src)="(/files/[^"]+)"', page)):
            assert _get(browser, told["url"] + link)
        drawn = _get(browser, f"{told['url']}/qr.svg")
        assert "<svg" in drawn and "http://www.w3.org/2000/svg" in drawn, drawn[:200]
        server.kill()
        server.wait(10)
    with _ended(tried.start([*words, "--port", told["url"].rpartition(":")[2]])) as server:
        again = _told(server)
        assert again["again"] and again["code"] == told["code"]
        assert "Mona" in _get(browser, f"{told['url']}/play") or "You are in" in page
        assert server.stdin is not None
        server.stdin.close()
        assert server.wait(10) == 0


def weighs_what_a_room_has_played(tried: Tried) -> None:
    """Simulated people play; a process of the server's finds out what their moves were worth."""
    words = ["host", "osaka", "--bind", "127.0.0.1", "--no-window", "--json", "--attended", "--new"]
    with _ended(tried.start(words)) as server:
        told = _told(server)
        console = _browser()
        _get(console, told["console"])
        bots = tried.start(
            ["bots", "2", told["join"], "--think", "0.02", "--until", "played", "--seconds", "60"]
        )
        with _ended(bots):
            _until(lambda: ">2<" in _get(console, f"{told['url']}/console"), 30)
            _post(console, f"{told['url']}/console/do/start")
            assert bots.wait(90) == 0
        _post(console, f"{told['url']}/console/do/stage", to="debrief")
        moves = f"{told['url']}/console/export/moves.csv"
        _until(lambda: _all_weighed(_get(console, moves)), 120)
        assert "Report of the room" in _get(console, f"{told['url']}/console/report")


def _all_weighed(moves: str) -> bool:
    rows = list(csv.DictReader(io.StringIO(moves.lstrip("\ufeff"))))
    return bool(rows) and all(row["worth"] for row in rows if row["kind"] == "action")


def opens_its_window(tried: Tried) -> None:
    xvfb = shutil.which("Xvfb")
    if xvfb is None:
        print("     no Xvfb here: the window was not tried")
        return
    drawn = tried.elsewhere / "screen"
    drawn.mkdir()
    read, write = os.pipe()
    display = subprocess.Popen(
        [xvfb, "-displayfd", str(write), "-screen", "0", "1280x720x24", "-fbdir", str(drawn)],
        pass_fds=(write,), stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        number = os.read(read, 20).decode().strip()
        more = {"DISPLAY": f":{number}", "SDL_FRAMEBUFFER_ACCELERATION": "0"}
        with _ended(
            subprocess.Popen(
                [tried.program], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                env=tried.environment | more, cwd=tried.elsewhere,
            )
        ) as game:  # fmt: skip
            until = time.monotonic() + 30
            while _colours(drawn / "Xvfb_screen0") < 100:
                assert game.poll() is None, "the window has closed by itself"
                assert time.monotonic() < until, "nothing was drawn"
                time.sleep(0.25)
            time.sleep(2.0)  # until portraits are there too
            if len(sys.argv) > 2:
                shutil.copy(drawn / "Xvfb_screen0", sys.argv[2])
            game.send_signal(signal.SIGTERM)
            game.wait(10)
    finally:
        display.terminate()
        display.wait(10)
        os.close(read)


def _colours(screen: Path) -> int:
    """How many colours are on a screen that Xvfb keeps as an X window dump."""
    if not screen.exists():
        return 0
    data = screen.read_bytes()
    head, *_ = struct.unpack(">I", data[:4])
    colours = struct.unpack(">25I", data[:100])[19]
    pixels = memoryview(data)[head + 12 * colours :]
    return len(set(pixels[: len(pixels) // 4 * 4].cast("I")[::97]))


@contextlib.contextmanager
def _ended(process: subprocess.Popen[Any]) -> Iterator[subprocess.Popen[Any]]:
    """A process that does not outlive its test."""
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(10)
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()


def _told(server: subprocess.Popen[str]) -> dict[str, Any]:
    assert server.stdout is not None
    line = server.stdout.readline()
    assert line, "the server has ended"
    found: dict[str, Any] = json.loads(line)
    return found


def _joined(told: dict[str, Any]) -> urllib.request.OpenerDirector:
    browser = _browser()
    found = re.search(r'name="nonce" value="(\w+)"', _get(browser, told["join"]))
    assert found is not None
    form = {"code": told["code"], "name": "Mona", "nonce": found[1]}
    assert _post(browser, f"{told['url']}/join", **form).endswith("/play")
    return browser


def _browser() -> urllib.request.OpenerDirector:
    cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    return urllib.request.build_opener(cookies)


def _post(browser: urllib.request.OpenerDirector, url: str, **form: str) -> str:
    """Where a form leads."""
    with browser.open(url, urllib.parse.urlencode(form).encode(), timeout=20) as answer:
        return str(answer.url)


def _until(so: Callable[[], bool], seconds: float) -> None:
    end = time.monotonic() + seconds
    while not so():
        assert time.monotonic() < end, "that took too long"
        time.sleep(0.5)


def _get(browser: urllib.request.OpenerDirector, url: str) -> str:
    with browser.open(url, timeout=20) as answer:
        return str(answer.read().decode("utf-8", "replace"))


def untouched(tried: Tried) -> None:
    assert tried.state() == tried.before, "something was written into the folder"


TRIALS = (
    says_its_version, plays_to_the_end_and_reviews, simulates_in_several_processes,
    checks_a_scenario_and_a_pack, draws_its_screens, hosts_a_workshop,
    weighs_what_a_room_has_played, opens_its_window, untouched,
)  # fmt: skip


def main(folder: Path) -> int:
    """Try everything; the exit status."""
    with tempfile.TemporaryDirectory() as place:
        tried = Tried(folder, Path(place))
        try:
            for trial in TRIALS:
                trial(tried)
                print(f"ok   {trial.__name__.replace('_', ' ')}", flush=True)
        except (AssertionError, OSError, ValueError, subprocess.SubprocessError) as problem:
            where = traceback.extract_tb(problem.__traceback__)[-1]
            what = f"{problem} ({where.line}, line {where.lineno})"
            print(f"FAIL {trial.__name__.replace('_', ' ')}: {what}", file=sys.stderr)
            return 1
        finally:
            for path in [tried.folder, *tried.folder.rglob("*")]:
                if path.is_dir() and not path.is_symlink():
                    path.chmod(0o755)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
