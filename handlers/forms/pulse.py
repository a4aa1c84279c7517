"""The submitted line of the pulse."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.pulse import MOST_LINE
from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.pulse.pulse import add_line


def handle(desk: Desk, request: Request) -> Reply:
    """Keep it without its author."""
    return Reply(card=add_line(desk, request))


def check(request: Request) -> Mapping[str, str]:
    """What is wrong, before it is sealed."""
    words = " ".join(request.values.get("line", "").split())
    fits = words and len(words) <= MOST_LINE
    return {} if fits else {"line": f"Please write a line of at most {MOST_LINE} characters."}
