"""The language of a page: what a phone chose, else what its browser asks for.

The console and the stage speak the program's language, which is the facilitator's.
"""

from __future__ import annotations

from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from game.scenario import language
from game.workshop.guard import App, Message, Receive, Scope, Send

COOKIE = "longlunch-lang"
_YEAR = 365 * 86400
_HOSTS = ("/console", "/stage", "/open/", "/live/console", "/live/stage", "/poll/console",
          "/poll/stage")  # fmt: skip
_MOST_ASKED = 20  # languages of a browser that are looked at


def asked(accepts: str) -> str | None:
    """The language of ours that an Accept-Language header likes best; None for none."""
    wishes: list[tuple[float, int, str]] = []
    for place, piece in enumerate(accepts.split(",")[:_MOST_ASKED]):
        tag, _, weight = piece.strip().partition(";q=")
        try:
            liked = float(weight) if weight else 1.0
        except ValueError:
            continue
        lower, dash, region = tag.partition("-")
        wishes.append((-liked, place, lower.lower() + dash + region))
    for _, _, tag in sorted(wish for wish in wishes if wish[0] < 0):
        found = language.nearest(tag) if language.is_tag(tag) else None
        if found is not None:
            return found
    return None


def chosen(text: str) -> str | None:
    """A language of the interface by its tag; None for anything else."""
    return text if text and text in language.available() else None


class Tongue:
    """Answers every request in the language of whoever asks; `?lang=de` chooses one for good."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(_HOSTS):
            await self.app(scope, receive, send)
            return
        headers = {
            name: value.decode("latin-1")
            for name, value in scope["headers"]
            if name in (b"cookie", b"accept-language")
        }
        new = chosen(_lang(scope["query_string"].decode("latin-1")))
        tag = new or _kept(headers.get(b"cookie", "")) or asked(headers.get(b"accept-language", ""))

        async def keeping(message: Message) -> None:
            if new and message["type"] == "http.response.start":
                cookie = f"{COOKIE}={new}; Max-Age={_YEAR}; Path=/; HttpOnly; SameSite=Strict"
                message["headers"] = [*message["headers"], (b"set-cookie", cookie.encode())]
            await send(message)

        with language.speaking(tag or language.current()):
            await self.app(scope, receive, keeping)


def _lang(query: str) -> str:
    """What a query says of the language; "" where it has more fields than any of ours."""
    try:
        return parse_qs(query, max_num_fields=50).get("lang", [""])[0]
    except ValueError:
        return ""


def _kept(cookies: str) -> str | None:
    try:
        found = SimpleCookie(cookies).get(COOKIE)
    except CookieError:
        return None
    return None if found is None else chosen(found.value)
