"""`longlunch host`: opens or goes on with a session and serves it until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

import uvicorn

from game.workshop.announce import Announcement, announce, show_console, tell_address
from game.workshop.complaints import said_aside
from game.workshop.early import QUEUE
from game.workshop.forget import erase_due
from game.workshop.limits import let_many_in
from game.workshop.opening import Opened, open_session
from game.workshop.options import Options, default_store
from game.workshop.pages import read_in
from game.workshop.patience import PatientProtocol
from game.workshop.places import Place, listening, places
from game.workshop.server import Workshop, application
from game.workshop.service import Live, Service
from game.workshop.store import Store, Traces
from game.workshop.words import say

_GRACE = 3  # seconds that requests may still take when the server ends
_LOOPBACK = "127.0.0.1"
_SWITCH = 0.0005  # seconds
_SELDOM = 50_000  # objects made between two looks for rubbish


def host(options: Options, door: socket.socket | None = None) -> int:
    """Serve until interrupted; the exit status. Raises what keeps it from being served.

    `door` is a socket that phones wait at already.
    """
    let_many_in()
    service = Service(Store(options.store or default_store()), time.time)
    try:
        gone, told = erase_due(service.store, time.time())
        for kept in gone:
            print(say("host.erased", title=kept.title), file=sys.stderr)
        for problem in told:
            if isinstance(problem, Traces):  # one that is served is told of by its own server
                print(problem.diagnostics[0].message, file=sys.stderr)
        opened = open_session(service, options)
        phones = options.phones and opened.live.room.plan.phones
        bind = options.bind if phones else _LOOPBACK
        with opened.alone:
            if door is not None and not phones:
                door.close()
                door = None
            door = door or listening(bind, options.port)
            return _Serving(service, opened, options, bind, door).run()
    finally:
        if door is not None:
            door.close()
        service.close()


class _Serving:
    """A server and what belongs to it while it runs."""

    def __init__(
        self, service: Service, opened: Opened, options: Options, bind: str, bound: socket.socket
    ) -> None:
        self.service, self.live, self.options, self.bound = service, opened.live, options, bound
        self.workshop = Workshop(service, self.live)
        self.workshop.secure = options.certificate is not None
        self.told = self._announcement(opened, bind)
        self.live.address = self.told.url
        self.server = uvicorn.Server(self._config())
        self.server.handle_exit = self._signalled  # type: ignore[method-assign]
        self.signals: list[int] = []

    def _announcement(self, opened: Opened, bind: str) -> Announcement:
        options = self.options
        found = places(bind)
        if options.address:
            found = [
                Place(options.address, ""),
                *(p for p in found if p.address != options.address),
            ]
        scheme = "https" if options.certificate else "http"
        port = int(self.bound.getsockname()[1])
        phones = options.phones and self.live.room.plan.phones
        # A certificate is for the name that phones use; without one this machine's own will do.
        near = _LOOPBACK if scheme == "http" and bind in ("", "0.0.0.0", "::") else ""
        told = Announcement(self.live, opened.again, phones, scheme, port, found, near)
        told.make_links(self.workshop.console.link)
        return told

    def _config(self) -> uvicorn.Config:
        name, options = socket.gethostname(), self.options
        app = application(self.workshop, [name, f"{name}.local", options.address])
        return uvicorn.Config(
            app, log_level="error", access_log=False, timeout_graceful_shutdown=_GRACE,
            timeout_keep_alive=30, server_header=False, date_header=False, lifespan="off",
            ssl_certfile=options.certificate, ssl_keyfile=options.key, backlog=QUEUE,
            http=PatientProtocol, ws="none", log_config=None,
        )  # fmt: skip

    def run(self) -> int:
        """Serve until it is stopped; the exit status."""
        with said_aside(), asyncio.Runner(loop_factory=_loop_factory()) as runner:
            return runner.run(self._until_stopped())

    async def _until_stopped(self) -> int:
        # What is there now stays: a collector that looks through all of it again and again would
        # hold up a move for longer than anything else does.
        gc.collect()
        gc.freeze()
        gc.set_threshold(_SELDOM, 20, 50)
        # The thread that writes needs the interpreter several times for a commit, and a busy loop
        # would keep it from that for five milliseconds each.
        sys.setswitchinterval(_SWITCH)
        beside = [asyncio.create_task(_tick(self.service, self.live)),
                  asyncio.create_task(self.live.reviews.keep_going(self.service)),
                  asyncio.create_task(self.workshop.parts.warm()),
                  asyncio.create_task(self._when_started())]  # fmt: skip
        await self.server.serve(sockets=[self.bound])
        for task in beside:
            task.cancel()
        self.live.reviews.close()
        if not self.options.as_json:
            print(say("host.ended"), flush=True)
        return 130 if signal.SIGINT in self.signals else 0

    async def _when_started(self) -> None:
        """Announce it once it answers, and listen to who sits in front of it."""
        while not self.server.started:
            await asyncio.sleep(0.01)
        announce(self.told, self.options.as_json)
        if self.options.window:
            show_console(self.told.console)
        typed = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
        if self.options.attended or (typed and len(self.told.places) > 1):
            loop = asyncio.get_running_loop()
            orders = threading.Thread(target=_read_orders, args=(loop, self._order), daemon=True)
            orders.start()
        await read_in()

    def _order(self, line: str | None) -> None:
        """The number of an address that phones are to be told, or `links` for new ones of the
        console and the stage; None at the end of the input."""
        if line is None:
            if self.options.attended:
                self.stop()
        elif line == "links" and self.options.as_json:
            self.told.make_links(self.workshop.console.link)
            announce(self.told, as_json=True)
        elif line.isascii() and line.isdigit() and 0 < int(line) <= len(self.told.places):
            self.told.chosen = int(line) - 1
            self.live.address = self.told.url
            self.workshop.parts.forget()
            self.live.hub.start_over(self.live.hub.versions)
            if self.options.as_json:
                announce(self.told, as_json=True)
            else:
                tell_address(self.told)

    def stop(self) -> None:
        """Streams say goodbye first: the server waits for them."""
        self.server.should_exit = True
        self.live.closing = True
        self.live.hub.wake()

    def _signalled(self, sig: int, frame: FrameType | None) -> None:
        """A second signal does not wait."""
        self.server.force_exit = bool(self.signals)
        self.signals.append(sig)
        self.stop()


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop
    except ImportError:  # Windows
        return asyncio.new_event_loop
    return uvloop.new_event_loop


def _read_orders(loop: asyncio.AbstractEventLoop, order: Callable[[str | None], object]) -> None:
    """Hand on the lines of standard input. Unbuffered: a thread that waits for a line inside a
    buffer would not let the interpreter end."""
    rest = b""
    while True:
        try:
            read = os.read(0, 4096)
        except OSError:
            read = b""
        lines = (rest + read).split(b"\n")
        rest = lines.pop()[-200:]
        with contextlib.suppress(RuntimeError):  # the loop has ended
            for line in lines:
                loop.call_soon_threadsafe(order, line.decode("utf-8", "replace").strip())
            if not read:
                loop.call_soon_threadsafe(order, None)
        if not read:
            return


async def _tick(service: Service, live: Live) -> None:
    """The server's clock: closes votes whose time is up."""
    while True:
        await asyncio.sleep(0.2)
        with contextlib.suppress(Exception):
            await service.ring(live)
