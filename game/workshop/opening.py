"""Which session is served: the last one that was not finished, or a new one."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from game.analysis.settings import usage
from game.scenario.load import load_scenario
from game.scenario.sources import tables
from game.scenario.translated import in_language, with_catalogues
from game.workshop.alone import Alone
from game.workshop.options import GOING_ON, Options
from game.workshop.room.log import Draft
from game.workshop.room.plan import SHORT
from game.workshop.service import Live, Service
from game.workshop.store import Kept, Source

_USUAL = "seoul"


@dataclass(frozen=True, slots=True)
class Opened:
    """A session that is about to be served; `again` if it had begun before."""

    live: Live
    again: bool
    alone: Alone


def open_session(service: Service, options: Options) -> Opened:
    """Go on with the last unfinished session, of the scenarios that are named, or begin one.

    Raises what loading a scenario raises, StoreError, and HostError (H004).
    """
    loaded = [load_scenario(t) for name in options.scenarios for t in tables(name).values()]
    wanted = [Source(one.main, with_catalogues(one)) for one in loaded]
    for kept in [] if options.new else service.store.sessions():
        if time.time() - kept.created < GOING_ON and _fits(service, kept, wanted, options.title):
            alone = Alone(kept.id)
            live = service.open(kept)
            if live.room.stage != "over":
                if options.keep_until is not None:
                    service.store.keep_until(kept.id, options.keep_until)
                    live.kept = replace(kept, keep_until=options.keep_until)
                return Opened(live, True, alone)
            del service.lives[kept.id]
            alone.release()
    if not loaded:
        loaded = [load_scenario(_USUAL)]
        wanted = [Source(one.main, with_catalogues(one)) for one in loaded]
    if options.mode == "pairs" and len(wanted) < 2:
        raise usage(
            "two buyers to compare need two scenarios", "two scenarios with --mode pairs",
            "name both, such as toronto toronto-second",
        )  # fmt: skip
    mode = options.mode or ("parallel" if options.phones else "round")
    if not options.phones and mode != "round":
        raise usage(
            "without phones the room plays round the table", "--no-phones with --mode round",
            "leave --mode out, or --no-phones",
        )  # fmt: skip
    plan: dict[str, object] = {"seed": options.seed, "mode": mode, "phones": options.phones}
    if mode == "pairs":
        plan["short"] = SHORT  # two whole meetings are long; it can be set back
    live = service.open_new(
        options.title or in_language(loaded[0]).scenario.title,
        wanted,
        [Draft("plan", plan)],
        options.keep_until,
    )
    return Opened(live, False, Alone(live.kept.id))


def _fits(service: Service, kept: Kept, wanted: list[Source], title: str) -> bool:
    """Whether a session is of these scenarios and called so; of any, where none are named."""
    named = not title or kept.title == title
    return named and (not wanted or service.store.scenarios(kept.id) == wanted)
