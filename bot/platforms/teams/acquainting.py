"""What every activity tells by the way: where its conversation is reached, and who spoke there."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

from bot.platforms.teams.activities import BOTS, Heard
from bot.platforms.teams.kept import Kept
from bot.ports.places import CHANNEL, DIRECT, Acquaintance, Place

MOST = 5_000
GENERAL = "General"


class Notes:
    """Keeps what is new about conversations and people; used from any thread."""

    def __init__(self, kept: Kept, us: str) -> None:
        self._kept = kept
        self._us = us
        self._noted: OrderedDict[Place | Acquaintance, None] = OrderedDict()

    def take(self, heard: Heard) -> Sequence[str]:
        """Note the activity's place and person; all channels of its team that we know. Raises StoreUnavailable."""
        place = _place(heard)
        if place.service_url and self._is_new(place):
            self._kept.places.keep(place)
        person = _person(heard)
        if person.id and not person.id.startswith(BOTS) and self._is_new(person):
            self._kept.acquaintances.meet([person])
        if not place.team or heard.text("type").startswith(("message", "invoke")):
            return ()
        return [one.id for one in self._kept.places.channels(place.workspace, place.team)]

    def _is_new(self, told: Place | Acquaintance) -> bool:
        """Whether it is worth a write; it counts as noted from now on."""
        if told in self._noted:
            return False
        self._noted[told] = None
        while len(self._noted) > MOST:
            self._noted.popitem(last=False)
        return True


def _place(heard: Heard) -> Place:
    team = heard.text("channelData", "team", "id")
    name = heard.text("channelData", "channel", "name") or heard.text("conversation", "name")
    if heard.kind == CHANNEL and not name and heard.conversation == team:
        name = GENERAL
    person = heard.text("from", "id") if heard.kind == DIRECT else ""
    service = heard.text("serviceUrl")
    return Place(heard.workspace, heard.conversation, heard.kind, service, name, team, person)


def _person(heard: Heard) -> Acquaintance:
    zone = heard.text("localTimezone")
    return Acquaintance(
        heard.workspace, heard.text("from", "id"), heard.conversation, heard.text("from", "name"), zone=zone
    )
