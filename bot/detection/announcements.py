"""Plain announcements of a few words: a tool that is there now, a campaign that starts. The models, which learned from
longer messages, lean towards them and are not sure; their author is asked."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from bot.detection import dates
from bot.detection.frames import expand, negated
from bot.detection.lists import table
from bot.detection.names import mark
from bot.detection.view import View
from bot.domain.detection import CAMPAIGN, NEW_TOOL

SURE = 0.8  # how sure it is then, at least: a normal channel asks
LEAST_TOOL, LEAST_CAMPAIGN = 0.15, 0.01  # how sure the models have to be that it is one: strict words need little more
_LONG = 160  # characters; a longer message says more than that


def announced(view: View, tool: float, campaign: float, sent_at: date) -> tuple[str, ...]:
    """The labels that a short message announces plainly, where the models find them likely enough (0 to 1)."""
    if len(view.text) > _LONG:
        return ()
    found = (NEW_TOOL,) if tool >= LEAST_TOOL and _tells_of_a_tool(view.text) else ()
    return (*found, CAMPAIGN) if campaign >= LEAST_CAMPAIGN and _tells_of_a_campaign(view.text, sent_at) else found


def _tells_of_a_tool(text: str) -> bool:
    marked = mark(text)
    if not marked.mentions or _ways("old").search(marked.text):
        return False
    ways = (_ways("english"), _ways("others"))
    return any(not negated(marked.text, found.start()) for way in ways for found in way.finditer(marked.text))


def _tells_of_a_campaign(text: str, sent_at: date) -> bool:
    low = text.lower()
    if not any(part in low for part in table("announcements")["glance"]):
        return False
    if not _ways("campaigns").search(text) or _ways("old").search(text):
        return False
    return any(found.day and found.day >= sent_at for found in dates.find(text, sent_at))


@lru_cache(maxsize=4)
def _ways(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(expand(way) for way in table("announcements")[kind]), re.IGNORECASE)
