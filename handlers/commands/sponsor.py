"""`/itcheck sponsor`: large tickets and who sponsors them; `sponsor IT-4`: name one; `sponsor size 10,000 100k`."""

from __future__ import annotations

from bot.messages import Reply, Request
from bot.services.desk import Desk
from bot.services.roadmap.sponsor_wanted import name_form, resize, sponsors_card

SIZE = "size"


def opens_form(request: Request) -> bool:
    """With a ticket."""
    word = request.text.strip().lower()
    return bool(word) and word.split()[0] != SIZE


def handle(desk: Desk, request: Request) -> Reply:
    """The list, the form, or another size."""
    if opens_form(request):
        return Reply(form=name_form(desk, request, request.text.strip()))
    words = request.text.strip()[len(SIZE) :]
    return Reply(card=resize(desk, request, words) if request.text.strip() else sponsors_card(desk, request))
