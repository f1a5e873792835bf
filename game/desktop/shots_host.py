"""Pictures of hosting a workshop, with a server that says what a real one would and is none."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from game.desktop.hosting import Address, Hosting, Soon, Told
from game.desktop.pilot import Pilot
from game.desktop.screens.host import HostScreen
from game.desktop.shots_studio import Studio
from game.desktop.words import say

State = Callable[[Studio], Pilot]
_HOME = Address("http://192.168.178.24:8765", "wlan0", True)
_CABLE = Address("http://10.20.30.40:8765", "eth0", True)
_TUNNEL = Address("http://10.8.0.2:8765", "tun0", False)


def told(
    *addresses: Address, again: bool = False, phones: bool = True, title: str = "The noodle press"
) -> Told:
    """What a server would say of a session; it is reached at the first address."""
    url = addresses[0].url
    return Told(
        title=title, again=again, phones=phones, url=url, join=f"{url}/j/K7MQ3D", code="K7MQ3D",
        addresses=addresses, console=f"{url}/open/c", stage=f"{url}/open/s",
    )  # fmt: skip


def _hosted(*says: Told, complains: str | None = None) -> State:
    """Hosting was begun, and the server said so much."""

    class Quiet(Hosting):
        def __init__(
            self, soon: Soon, news: Callable[[Told], object], gone: Callable[[str], object]
        ) -> None:
            super().__init__(soon, news, gone, ())

        def begin(self, scenarios: Sequence[str], *more: str) -> None:
            for one in says:
                self._tell(one)
            if complains is not None:
                why = complains
                self._soon(lambda: self._gone(why))

    def make(studio: Studio) -> Pilot:
        pilot = studio.show(HostScreen(make=Quiet))
        pilot.click("begin")
        return studio.rest(pilot)

    return make


def _choosing(mode: str) -> State:
    def make(studio: Studio) -> Pilot:
        screen = HostScreen()
        pilot = studio.show(screen)
        screen.play_as(mode)
        return studio.rest(pilot)

    return make


def _asked(studio: Studio) -> Pilot:
    pilot = _hosted(told(_HOME))(studio)
    pilot.click("leave")
    return studio.rest(pilot)


def _refused(studio: Studio) -> Pilot:
    return _hosted(complains=say("host.ended_by_itself"))(studio)


HOST: dict[str, tuple[State, bool]] = {
    "host-choose": (_choosing("round"), False),
    "host-choose-pairs": (_choosing("pairs"), False),
    "host-starting": (_hosted(), False),
    "host-serving": (_hosted(told(_HOME)), False),
    "host-networks": (_hosted(told(_HOME, _CABLE, _TUNNEL, again=True)), False),
    "host-alone": (_hosted(told(Address("http://127.0.0.1:8765", "", True), phones=False)), False),
    "host-refused": (_refused, False),
    "host-end": (_asked, False),
}
