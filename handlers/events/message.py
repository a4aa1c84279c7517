"""A message in a channel the bot is in, or to the bot itself."""

from __future__ import annotations

from bot.messages import NOTHING, Reply, Request
from bot.services.desk import Desk
from bot.services.intake.listening import hear, whereabouts
from bot.services.tickets.conversation import hear_in_thread
from handlers.events.mention import Handler, answer_mention


def handler(show_help: Handler) -> Handler:
    """The handler of messages; `show_help` answers those who only call us."""

    def handle(desk: Desk, request: Request) -> Reply:
        ticket, channel = whereabouts(desk, request)
        if ticket is not None:
            return Reply(card=hear_in_thread(desk, request, ticket))
        if request.calls_us or request.is_direct:
            return answer_mention(desk, request, show_help)
        if channel is not None and channel.listening:
            return hear(desk, request, channel)
        return NOTHING

    return handle
