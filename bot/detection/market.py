"""The tools there are on the market, by the shipped list, with the policy's category of each."""

from __future__ import annotations

from dataclasses import replace

from bot.detection.lists import nearest_topic, table, tools_by_topic
from bot.domain.catalogue import Tool, topic


def on_the_market(name: str) -> Tool | None:
    """The tool of the shipped list that a name means (by name, alias, domain, or a slip); None for an unknown one."""
    key = topic(name)
    listed = tools_by_topic()
    known = listed.get(key) or listed.get(nearest_topic(key) or "")
    if known is None:
        return None
    use = known.tool.category
    return replace(known.tool, category=table("categories").get(use, ""), use=use)
