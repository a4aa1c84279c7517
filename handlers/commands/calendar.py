"""`/itcheck calendar`: what is planned and what does not go together; `calendar add [freeze]`: one more entry;
`calendar link`: the same in people's own calendars; `calendar report [month]`: how early IT was involved.
"""

from __future__ import annotations

from bot.domain.errors import Invalid
from bot.messages import Reply, Request
from bot.services.calendar.calendar import show_calendar
from bot.services.calendar.calendar_form import entry_form
from bot.services.calendar.feeds import link_card
from bot.services.campaigns.involvement import involvement_report
from bot.services.desk import Desk

ADD, LINK, REPORT = "add", "link", "report"
HOW = "Type /itcheck calendar to see it, calendar add, calendar link to follow it elsewhere, or calendar report."


def opens_form(request: Request) -> bool:
    """To add an entry."""
    return request.text.strip().lower().split(" ")[0] == ADD


def handle(desk: Desk, request: Request) -> Reply:
    """The next weeks, or the form."""
    if opens_form(request):
        return Reply(form=entry_form(desk, request, request.text.strip().lower().partition(" ")[2].strip()))
    word, _, rest = request.text.strip().lower().partition(" ")
    if word == LINK:
        return Reply(card=link_card(desk, request, rest.strip()))
    if word == REPORT:
        return Reply(card=involvement_report(desk, request, rest))
    if word:
        raise Invalid(HOW)
    return Reply(card=show_calendar(desk, request))
