"""A server in a process of its own, for tests that end it, starve it or shout at it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx


class Served:
    """`longlunch host` on a free port of the loopback."""

    def __init__(
        self, store: Path, *arguments: str, port: int = 0, env: Mapping[str, str] = os.environ
    ) -> None:
        self.store, self.env = store, env
        self.port = port or _free()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [
            sys.executable, "-m", "game.cli", "host", *(arguments or ("osaka",)), "--no-window",
            "--bind", "127.0.0.1", "--port", str(self.port), "--store", f"sqlite:///{store}",
        ]  # fmt: skip
        self.process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
            env={**env, "PYTHONUNBUFFERED": "1"},
        )  # fmt: skip
        assert self.process.stdout is not None
        self.said = ""
        for line in self.process.stdout:
            self.said += line
            if found := re.search(r"the code ([A-Z0-9]{6})", line):
                self.code = found[1]
            if found := re.search(r"http://\S+(/open/\w+)", line):
                self.console_link = found[1]
                break
        else:
            raise AssertionError(f"the server did not start: {self.said}")
        self._wait()

    def _wait(self) -> None:
        for _ in range(200):
            try:
                httpx.get(f"{self.url}/ping")
            except httpx.TransportError:
                time.sleep(0.05)
            else:
                return
        raise AssertionError("the server does not answer")

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self._ended(10)

    def stop(self) -> int:
        """As closing the window would; its exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self._ended(15)

    def _ended(self, seconds: float) -> int:
        status = self.process.wait(seconds)
        assert self.process.stdout is not None
        self.process.stdout.close()
        return status

    def again(self) -> Served:
        """The same command once more, on the same port and store."""
        return Served(self.store, port=self.port, env=self.env)

    def join(self, name: str) -> httpx.Client:
        """A browser that has joined under a name."""
        client = httpx.Client(base_url=self.url)
        page = client.get("/").text
        found = re.search(r'name="nonce" value="(\w+)"', page)
        assert found is not None
        form = {"code": self.code, "name": name, "nonce": found[1]}
        answer = client.post("/join", data=form)
        assert answer.status_code == 303, answer.text
        return client

    def console(self) -> httpx.Client:
        """A facilitator's browser; the link works once a start."""
        client = httpx.Client(base_url=self.url)
        assert client.get(self.console_link).headers["location"] == "/console"
        return client


def acted(client: httpx.Client, path: str, **form: object) -> httpx.Response:
    """A form as the page's script sends it."""
    return client.post(path, data=form, headers={"x-longlunch": "1"})


@contextmanager
def served(store: Path, *arguments: str) -> Iterator[Served]:
    """A server that is ended whatever happens."""
    server = Served(store, *arguments)
    try:
        yield server
    finally:
        if server.process.poll() is None:
            server.kill()


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
