"""Firefox and WebKit without a window, driven by what they bring along themselves.

Firefox listens to Marionette on a socket, WebKitGTK has a WebDriver of its own: neither needs
anything from a package index. A test is skipped where an engine is not installed.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO, Protocol

import httpx
import pytest

NAMES = ("firefox", "webkit")
_FIREFOX = ("firefox-esr", "firefox")
_WEBKIT = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"  # Debian's and Ubuntu's place
_START, _PATIENCE = 60.0, 30.0  # seconds: a busy machine is no fault
_BY = "css selector"
_PREFERENCES = {
    "ui.prefersReducedMotion": 1, "intl.accept_languages": "en", "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False, "browser.shell.checkDefaultBrowser": False,
}  # fmt: skip


class Engine(Protocol):
    """A page in some browser."""

    def go(self, url: str) -> None: ...
    def js(self, body: str, *arguments: object) -> Any: ...
    def click(self, css: str) -> None: ...
    def type(self, css: str, text: str) -> None: ...


def await_true(page: Engine, expression: str) -> Any:
    """What an expression is once it is something; fails when it does not become so."""
    until = time.monotonic() + _PATIENCE
    while not (found := page.js(f"return {expression}")):
        assert time.monotonic() < until, expression
        time.sleep(0.05)
    return found


@contextmanager
def engine(name: str, folder: Path) -> Iterator[Engine]:
    """A browser of that name with nothing in it; `folder` takes what it writes."""
    with _firefox(folder) if name == "firefox" else _webkit(folder) as found:
        yield found


class Firefox:
    """Firefox over Marionette: `length:[0, id, command, parameters]` each way."""

    def __init__(self, connection: socket.socket, answers: BinaryIO) -> None:
        self._connection, self._answers = connection, answers
        self._count = 0
        self._read()  # it says hello
        self.do("NewSession", capabilities={})

    def do(self, command: str, **parameters: object) -> Any:
        self._count += 1
        text = json.dumps([0, self._count, f"WebDriver:{command}", parameters]).encode()
        self._connection.sendall(b"%d:%b" % (len(text), text))
        _, _, problem, answer = self._read()
        assert problem is None, problem
        return answer

    def _read(self) -> Any:
        length = b""
        while (byte := self._answers.read(1)) != b":":
            assert byte, "Firefox has gone"
            length += byte
        return json.loads(self._answers.read(int(length)))

    def go(self, url: str) -> None:
        self.do("Navigate", url=url)

    def js(self, body: str, *arguments: object) -> Any:
        return self.do("ExecuteScript", script=body, args=arguments)["value"]

    def click(self, css: str) -> None:
        self.do("ElementClick", id=self._find(css))

    def type(self, css: str, text: str) -> None:
        self.do("ElementSendKeys", id=self._find(css), text=text)

    def _find(self, css: str) -> str:
        (found,) = self.do("FindElement", using=_BY, value=css)["value"].values()
        return str(found)


class WebKit:
    """WebKitGTK over its WebDriver."""

    def __init__(self, driver: httpx.Client, program: str) -> None:
        self._driver = driver
        options = {"webkitgtk:browserOptions": {"binary": program, "args": ["--automation"]}}
        made = self._do("/session", capabilities={"alwaysMatch": options})
        self._at = f"/session/{made['sessionId']}"

    def _do(self, path: str, **parameters: object) -> Any:
        answer = self._driver.post(path, json=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()["value"]

    def go(self, url: str) -> None:
        self._do(f"{self._at}/url", url=url)

    def js(self, body: str, *arguments: object) -> Any:
        return self._do(f"{self._at}/execute/sync", script=body, args=arguments)

    def click(self, css: str) -> None:
        self._do(f"{self._at}/element/{self._find(css)}/click")

    def type(self, css: str, text: str) -> None:
        self._do(f"{self._at}/element/{self._find(css)}/value", text=text)

    def _find(self, css: str) -> str:
        (found,) = self._do(f"{self._at}/element", using=_BY, value=css).values()
        return str(found)

    def quit(self) -> None:
        self._driver.delete(self._at)


@contextmanager
def _firefox(folder: Path) -> Iterator[Firefox]:
    program = next((path for name in _FIREFOX if (path := shutil.which(name))), None)
    if program is None:
        pytest.skip("no Firefox")
    port = _free()
    wanted = {**_PREFERENCES, "marionette.port": port}
    lines = [f"user_pref({json.dumps(key)}, {json.dumps(wanted[key])});\n" for key in wanted]
    (folder / "user.js").write_text("".join(lines), encoding="utf-8")
    command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
    with (
        _running(command, {"HOME": str(folder)}) as process,
        _reached(process, port) as connection,
        connection.makefile("rb") as answers,
    ):
        yield Firefox(connection, answers)


@contextmanager
def _webkit(folder: Path) -> Iterator[WebKit]:
    driver, screen = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    program = next(Path("/").glob(_WEBKIT[1:]), None)
    if driver is None or program is None or screen is None:
        pytest.skip("no WebKit, or no Xvfb to show it on")
    port = _free()
    reads, writes = os.pipe()
    command = [screen, "-displayfd", str(writes), "-nolisten", "tcp"]
    with _running(command, {}, passed=writes):
        os.close(writes)
        with os.fdopen(reads) as said:
            display = f":{said.readline().strip()}"
        own = {"DISPLAY": display, "HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
        with _running([driver, f"--port={port}"], own) as process:
            _reached(process, port).close()
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=_START) as client:
                page = WebKit(client, str(program))
                try:
                    yield page
                finally:
                    page.quit()


@contextmanager
def _running(
    command: list[str], own: dict[str, str], passed: int | None = None
) -> Iterator[subprocess.Popen[bytes]]:
    """A program that is ended whatever happens."""
    process = subprocess.Popen(
        command, env={**os.environ, **own}, pass_fds=() if passed is None else (passed,),
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _reached(process: subprocess.Popen[bytes], port: int) -> socket.socket:
    """A connection to a program that has just been started."""
    until = time.monotonic() + _START
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=_START)
        except OSError:
            assert process.poll() is None, "it ended"
            assert time.monotonic() < until, "it does not listen"
            time.sleep(0.1)


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
