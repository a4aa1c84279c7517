"""The card of an answer that a language model wrote: every sentence with the number of its source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.messages import Card, Line, Section, Span, Strong, say
from bot.services.ask.ask import Source
from bot.services.ask.writing import Borne
from bot.services.intake.intake import shorten

QUOTE_MOST = 300  # characters of a passage under the answer
NOTE = "Only you can see this. A language model wrote it from these passages; what they say is what counts."


def written_card(quote: Card, written: Sequence[Borne]) -> Card:
    """The answer with its sources, each quoted; the buttons are the quote's."""
    sources = list(dict.fromkeys(one.source for one in written))
    text: list[Span] = []
    for one in written:
        text += [" " if text else "", one.text, f" [{sources.index(one.source) + 1}]"]
    lines = tuple(_line(number, source) for number, source in enumerate(sources, 1))
    return replace(quote, text=tuple(text), facts=(), sections=(Section("Sources", lines),), note=say(NOTE))


def _line(number: int, source: Source) -> Line:
    """Title, headings, owner, date, and the passage as it is written."""
    article, place = source.article, source.passage.place
    words = "[{number}] {title}{place} ({owner}, {day}): “{quote}”"
    day = f"{article.updated:%d %b %Y}".lstrip("0")
    return Line(
        say(
            words,
            number=str(number),
            title=Strong(article.title),
            place=f" › {place}" if place else "",
            owner=article.owner,
            day=day,
            quote=shorten(source.passage.text, QUOTE_MOST),
        )
    )
