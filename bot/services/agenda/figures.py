"""The figures at the end of an agenda."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from bot.domain.events import What
from bot.domain.months import Period
from bot.domain.workspace import Channel
from bot.messages import Line, say
from bot.ports import UnitOfWork
from bot.services.sla.attainment import record_of
from bot.services.sla.attainment_words import short_notice_words, summary

COUNTED = {What.OPENED: "opened", What.RESOLVED: "closed", What.BREACHED: "times late"}
ONCE = {What.BREACHED: "time late"}


def figures_of(uow: UnitOfWork, channel: Channel, since: datetime, until: datetime) -> tuple[Line, ...]:
    """Lines of figures on a channel from `since` until before `until`; none if nothing was closed or late.

    What was in time is counted as in the monthly report.
    """
    happened = uow.log.happened(channel.workspace, channel.id, [*COUNTED, What.LATE_ON_ARRIVAL], since)
    counts = Counter(event.what for _, event in happened if event.at < until)
    if not counts[What.RESOLVED] and not counts[What.BREACHED]:
        return ()
    short = {ticket.number for ticket, event in happened if event.what is What.LATE_ON_ARRIVAL and event.at < until}
    told = ", ".join(
        [
            *(
                f"{counts[what]} {(ONCE if counts[what] == 1 else COUNTED).get(what, words)}"
                for what, words in COUNTED.items()
            ),
            *filter(None, [short_notice_words(len(short))]),
        ]
    )
    record = record_of(uow, channel, Period(since, until, channel.tz), until, alone=True)
    kept = (Line((summary(record),)),) if record.verdicts else ()
    return (Line(say("Tickets: {told}.", told=told)), *kept)
