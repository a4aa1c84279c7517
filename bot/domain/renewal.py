"""When a contract has to be looked at: counted back from the day by which notice must be given."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.catalogue import Tool, ToolStatus

STAGES = (120, 90, 60)  # days before notice is due
PAID = (ToolStatus.APPROVED, ToolStatus.TRIAL, ToolStatus.IN_REVIEW, ToolStatus.RETIRING, ToolStatus.UNKNOWN)


def notice_deadline(tool: Tool) -> date | None:
    """The last day to give notice; None if it is not known when the contract renews."""
    return tool.renews_on - timedelta(days=tool.notice_days) if tool.renews_on else None


def reminder_stage(tool: Tool, today: date) -> int | None:
    """Which reminder is due: the last one whose day has come. None before the first, and once notice is too late."""
    deadline = notice_deadline(tool)
    if deadline is None or tool.status not in PAID or deadline < today:
        return None
    left = (deadline - today).days
    return min((stage for stage in STAGES if left <= stage), default=None)
