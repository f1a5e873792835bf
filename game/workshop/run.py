"""`longlunch host`: opens or goes on with a session and serves it until it is stopped."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

import platformdirs
import segno
import uvicorn

from game.scenario.diagnostics import Diagnostic, LongLunchError
from game.scenario.load import load_scenario
from game.scenario.sources import tables
from game.scenario.translated import with_catalogues
from game.workshop.log import Draft
from game.workshop.patience import PatientProtocol
from game.workshop.server import Workshop, application
from game.workshop.service import Live, Service
from game.workshop.store import Source, Store
from game.workshop.words import say

PORT = 8765
_GOING_ON = 18 * 3600.0  # seconds: an unfinished session of the same tables is gone on with
_GRACE = 3  # seconds that requests may still take when the server ends


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says."""

    scenarios: tuple[str, ...] = ()
    port: int = PORT
    bind: str = ""
    window: bool = True
    store: str = ""
    certificate: Path | None = None
    key: Path | None = None
    new: bool = False
    title: str = ""
    seed: int = 1
    mode: str = "parallel"


def default_store() -> str:
    """The database in the user's data folder."""
    folder = Path(platformdirs.user_data_dir("longlunch", appauthor=False))
    folder.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{folder / 'workshop.sqlite3'}"


def host(options: Options) -> int:
    """Serve until interrupted; the exit status."""
    service = Service(Store(options.store or default_store()), time.time)
    service.store.erase_due(time.time())
    live = _session(service, options)
    with contextlib.closing(_socket(options)) as bound:
        return _serve(service, live, options, bound)


def _session(service: Service, options: Options) -> Live:
    names = options.scenarios or ("seoul",)
    loaded = [load_scenario(table) for name in names for table in tables(name).values()]
    sources = [Source(one.main, with_catalogues(one)) for one in loaded]
    title = options.title or loaded[0].scenario.title
    if not options.new:
        for kept in service.store.sessions():
            recent = time.time() - kept.created < _GOING_ON
            if recent and service.store.scenarios(kept.id) == sources and kept.title == title:
                live = service.open(kept)
                if live.room.stage != "over":
                    return live
                del service.lives[kept.id]
    plan = Draft("plan", {"seed": options.seed, "mode": options.mode})
    return service.open_new(title, sources, [plan])


def _socket(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.bind else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((options.bind or "0.0.0.0", options.port))
    except OSError as problem:
        found.close()
        raise LongLunchError(
            [
                Diagnostic(
                    "H002",
                    f"the server cannot listen there: {problem.strerror or problem}",
                    file=f"{options.bind or '0.0.0.0'}:{options.port}",
                    expected="an address of this machine and a free port",
                    fix="name another one with --port, 0 for any",
                )
            ]
        ) from None
    return found


def addresses(bind: str) -> list[str]:
    """Where phones can reach this machine, the likeliest first; no packet is sent for it."""
    if bind not in ("", "0.0.0.0", "::"):
        return [bind]
    found = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # a reserved address: only the route is looked up
        found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        for info in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET):
            found.append(str(info[4][0]))
    real = [a for a in dict.fromkeys(found) if not a.startswith("127.")]
    return real or ["127.0.0.1"]


def _serve(service: Service, live: Live, options: Options, bound: socket.socket) -> int:
    workshop = Workshop(service, live)
    workshop.secure = options.certificate is not None
    name = socket.gethostname()
    app = application(workshop, [name, f"{name}.local"])
    config = uvicorn.Config(
        app, log_level="error", access_log=False, timeout_graceful_shutdown=_GRACE,
        timeout_keep_alive=30, server_header=False, date_header=False, lifespan="off",
        ssl_certfile=options.certificate, ssl_keyfile=options.key, backlog=2048,
        http=PatientProtocol, ws="none",
    )  # fmt: skip
    server = uvicorn.Server(config)
    port = bound.getsockname()[1]
    scheme = "https" if options.certificate else "http"
    url = f"{scheme}://{addresses(options.bind)[0]}:{port}"
    live.address = url
    _announce(live, url, f"{url}{workshop.console.link('host')}")
    return asyncio.run(_until_stopped(service, live, server, bound))


def _announce(live: Live, url: str, console: str) -> None:
    join = f"{url}/j/{live.code}"
    print(say("host.join", url=url, code=live.code))
    print(say("host.console", url=console))
    if sys.stdout.isatty():
        segno.make(join, error="m").terminal(compact=True)
    print(say("host.plain_http") if url.startswith("http:") else say("host.tls"))
    print(say("host.stop"), flush=True)


async def _until_stopped(
    service: Service, live: Live, server: uvicorn.Server, bound: socket.socket
) -> int:
    clock = asyncio.create_task(_tick(service, live))
    weighing = asyncio.create_task(live.reviews.keep_going(service))
    interrupted: list[int] = []

    def stop(sig: int, frame: FrameType | None) -> None:
        """Streams say goodbye first: the server waits for them. A second signal does not wait."""
        server.force_exit = bool(interrupted)
        server.should_exit = True
        interrupted.append(sig)
        live.closing = True
        live.hub.wake()

    server.handle_exit = stop  # type: ignore[method-assign]
    await server.serve(sockets=[bound])
    clock.cancel()
    weighing.cancel()
    live.reviews.close()
    service.close()
    return 130 if signal.SIGINT in interrupted else 0


async def _tick(service: Service, live: Live) -> None:
    """The server's clock: closes votes whose time is up."""
    while True:
        await asyncio.sleep(0.2)
        with contextlib.suppress(Exception):
            await service.ring(live)
