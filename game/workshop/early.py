"""Listening before the rest of the program is there.

When a server was started again after a crash, two hundred phones try to come back all the time. One
that is refused tries again half a second later; one that is let into the queue is answered as soon
as the program has been read in.
"""

from __future__ import annotations

import socket
import time

from game.scenario.diagnostics import LongLunchError
from game.workshop.options import GOING_ON, Options, default_store
from game.workshop.places import listening
from game.workshop.store import Store

QUEUE = 2048  # connections that wait to be accepted


def early(options: Options) -> socket.socket | None:
    """A socket that listens already, if the session that will go on is one for phones.

    Never for one without phones, which opens nothing to the network; whatever is wrong is left to
    be told by those whose business it is.
    """
    if not options.phones or options.new:
        return None
    try:
        store = Store(options.store or default_store())
        try:
            awaited = _with_phones(store)
        finally:
            store.close()
        if not awaited:
            return None
        door = listening(options.bind, options.port)
    except LongLunchError:
        return None
    door.listen(QUEUE)
    return door


def _with_phones(store: Store) -> bool:
    """Whether there are sessions to go on with, and all of them are for phones."""
    found = [one for one in store.sessions() if time.time() - one.created < GOING_ON]
    for kept in found:
        phones = True
        for record in store.read(kept.id):
            if record.kind == "plan":
                phones = record.data.get("phones", phones)
        if not phones:
            return False
    return bool(found)
