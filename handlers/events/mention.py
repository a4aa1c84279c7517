"""“@IT Liaison …” in a channel, or a direct message: a command in words, or a request."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.domain.ticket import Intake
from bot.messages import NOTHING, Card, Reply, Request, say
from bot.services.ask.anonymous import refuse_named
from bot.services.ask.answers import quoted
from bot.services.ask.lookups import looked_up
from bot.services.desk import Desk
from bot.services.intake.intake import opened_words
from bot.services.intake.listening import open_from_message
from bot.services.intake.questions import offer_ticket
from handlers.commands import listing, status

Handler = Callable[[Desk, Request], Reply]
LOOK_UPS: dict[str, Handler] = {"status": status.handle, "list": listing.handle}
GREETINGS = frozenset({"", "help", "hi", "hi there", "hello", "hello there", "hey", "good morning"})
THANKS = frozenset(
    {"thanks", "thank you", "thanks a lot", "many thanks", "thx", "ty", "cheers", "great", "cool", "perfect", "ok"}
    | {"okay", "danke", "merci", "gracias", "obrigado", "obrigada"}
)
_NO_WORD = re.compile(r":[a-z0-9_+-]+:|[^\w ]+")


def answer_mention(desk: Desk, request: Request, show_help: Handler) -> Reply:
    """A look-up, help, thanks or a sure answer in words; else a ticket, in a direct message only after asking."""
    typed = request.text.strip().removeprefix("/itcheck").strip()
    refuse_named(request)
    bare = " ".join(_NO_WORD.sub(" ", typed.lower()).split())
    if bare in GREETINGS:
        return show_help(desk, request)
    if bare in THANKS:
        return Reply(card=Card(text=say("You're welcome.")))
    word, _, rest = typed.partition(" ")
    word = word.lower().strip("!.,?")
    if word in LOOK_UPS:
        return LOOK_UPS[word](desk, replace(request, text=rest.strip()))
    if "?" in typed and (answer := looked_up(desk, request, typed) or quoted(desk, request, typed)):
        return Reply(card=answer)
    if request.is_direct:
        return offer_ticket(desk, request)
    opened = open_from_message(desk, request, request.actor, request.text, Intake.MENTION)
    return NOTHING if opened[0].is_new else Reply(card=opened_words(opened[0]))
