"""Forms as browsers send them: small, in time, and whole, or none at all."""

from __future__ import annotations

import asyncio
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from game.workshop.guard import MOST_BODY

_SLOW = 10.0  # seconds a form may take to arrive
_MOST_FIELDS = 200
Form = dict[str, str]


async def read_form(request: Request) -> Form:
    """The fields of a form; empty for one that is too large, too slow or breaks off."""
    body = b""
    try:
        async with asyncio.timeout(_SLOW):
            async for piece in request.stream():
                body += piece
                if len(body) > MOST_BODY:
                    return {}
    except (TimeoutError, ClientDisconnect):
        return {}
    try:
        text = body.decode("utf-8")
        return dict(
            parse_qsl(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS, errors="strict")
        )
    except ValueError:
        return {}


def whole(form: Form, name: str) -> int:
    """A field that is a whole number from 0; raises ValueError for anything else."""
    text = form.get(name, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 9:
        raise ValueError(name)
    return int(text)


def composed(form: Form) -> str:
    """The action of a form: the pressed one, or an offer put together from its issues."""
    if form.get("action") != "compose":
        return form.get("action", "")[:400]
    chosen = {k[6:]: v for k, v in form.items() if k.startswith("issue.")}
    return "propose:" + ";".join(f"{issue}={option}" for issue, option in chosen.items())
