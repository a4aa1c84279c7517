"""The tools there are on the market, by the shipped list."""

from __future__ import annotations

from bot.detection.lists import nearest_topic, tools_by_topic
from bot.domain.catalogue import Tool, topic


def on_the_market(name: str) -> Tool | None:
    """The tool of the shipped list that a name means (by name, alias, domain, or a slip); None for an unknown one."""
    key = topic(name)
    listed = tools_by_topic()
    known = listed.get(key) or listed.get(nearest_topic(key) or "")
    return known.tool if known else None
