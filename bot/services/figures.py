"""The figures at the end of an agenda."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.domain.events import What
from bot.domain.workspace import Channel
from bot.messages import Line, say
from bot.ports import UnitOfWork

COUNTED = {What.OPENED: "opened", What.RESOLVED: "closed", What.BREACHED: "times late"}


def figures_of(uow: UnitOfWork, channel: Channel, since: datetime, until: datetime) -> tuple[Line, ...]:
    """Lines of figures on a channel from `since` until before `until`; none if nothing was closed or late."""
    happened = uow.log.happened(channel.workspace, channel.id, list(COUNTED), since)
    counts = Counter(event.what for _, event in happened if event.at < until)
    if not counts[What.RESOLVED] and not counts[What.BREACHED]:
        return ()
    told = ", ".join(f"{counts[what]} {words}" for what, words in COUNTED.items())
    return (Line(say("Tickets: {told}.", told=told)),)
