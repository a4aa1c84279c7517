"""The facts of a campaign: name, channels, day and audience."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

from bot.detection import audience, dates, feasts, mainday
from bot.detection.lists import table
from bot.detection.reading import Reading, quotes
from bot.detection.titles import tells_apart
from bot.domain.detection import CampaignFacts

_QUOTED = re.compile(r"[\"“„«](?P<name>[^\"“”„«»\n]{3,60})[\"”“»]")
_NOUNS = (
    r"campaign|kampagne|campaña|campanha|sale|launch|relaunch|promo|promotion|giveaway|raffle|sweepstakes?|contest|webinar|conference|"
    r"collection|challenge|quiz|microsite|mailing|newsletter|blast|mail|drop|collab|opening|fair|festival|presale|survey|roadshow|deal|deals|"
    r"calendar|countdown|event|week|takeover|rebrand|report|recall|update|spots?|flight|open day|donation drive"
)
_PHRASE = re.compile(
    rf"\b(?P<name>(?:(?!(?:the|our|a|an|we|will|for|is|are|to|of|on|in|at|and|this|that|your|my|next|last|new|send|sending|please|big|with|from|by|be|"
    rf"starts?|launch|run|running|doing|do|plan|planning|dropping|start|starting|de|la|le|der|die|das|den|unser|unsere|fyi|reminder|can|can't)\b)"
    rf"[\w'’&%+-]+ ){{0,3}}(?:{_NOUNS}))\b",
    re.IGNORECASE,
)


def facts(reading: Reading, context: Reading | None = None) -> CampaignFacts:
    """What a message says of its campaign; its thread, then what it quotes, fill the gaps."""
    found = _dated(_stated(reading, context), mainday.main(reading, context))
    quoted = quotes(reading) if found.iso_date is None or found.audience is None else None
    if quoted:
        found = _filled(found, _dated(_stated(quoted, None), mainday.main(quoted)))
    return found if found.date_text else _at_a_time(found, reading)


def _stated(reading: Reading, context: Reading | None) -> CampaignFacts:
    """The facts but for the day."""
    reach = audience.main(reading.text, list(reading.amounts))
    found = CampaignFacts(
        name=name(reading),
        audience=reach.value if reach else None,
        audience_text=_written(reading, reach.start, reach.end) if reach else None,
        channel=channels(reading.text),
    )
    if context is None:
        return found
    asked = _stated(context, None)
    if reach and reach.sure == audience.PLAIN and asked.audience is not None:
        found = replace(found, audience=None, audience_text=None)
    return _filled(found, asked)


def _dated(facts: CampaignFacts, day: mainday.Candidate | None) -> CampaignFacts:
    if day is None:
        return facts
    return replace(facts, date_text=_written(day.reading, day.found.start, day.found.end), iso_date=day.found.day)


def _at_a_time(facts: CampaignFacts, reading: Reading) -> CampaignFacts:
    """A time of day and no date anywhere is a time of today."""
    clock = dates.CLOCK.search(reading.text)
    if clock is None:
        return facts
    return replace(facts, date_text=_written(reading, *clock.span()), iso_date=reading.sent_at)


def name(reading: Reading) -> str | None:
    """What the campaign is called: what stands in quotes, else a noun phrase of a campaign, else a feast."""
    quoted = next(_telling(_QUOTED, reading), None)
    if quoted:
        return _written(reading, *quoted.span("name"))
    phrases = sorted(_telling(_PHRASE, reading), key=lambda match: -len(match.group("name").split()))
    feast = feasts.search(reading.text)
    if phrases and (len(phrases[0].group("name").split()) > 1 or not feast):
        return _written(reading, *phrases[0].span("name"))
    return _written(reading, *feast.span()) if feast else None


def _telling(pattern: re.Pattern[str], reading: Reading) -> Iterator[re.Match[str]]:
    """Where a pattern finds a name that is more than what any campaign is called."""
    return (found for found in pattern.finditer(reading.text) if tells_apart(found.group("name")))


def channels(text: str) -> tuple[str, ...]:
    """The channels a text speaks of, in a fixed order."""
    found = tuple(channel for channel, pattern in _patterns().items() if pattern.search(text))
    return tuple(channel for channel in found if channel != "social" or "paid_social" not in found)


def _filled(found: CampaignFacts, more: CampaignFacts) -> CampaignFacts:
    """The facts, what is missing taken from elsewhere; the name rather from there, a reply is short of it."""
    dated = found.iso_date or not more.iso_date
    return CampaignFacts(
        name=more.name or found.name,
        date_text=found.date_text if dated else more.date_text,
        iso_date=found.iso_date if dated else more.iso_date,
        audience=found.audience if found.audience is not None else more.audience,
        audience_text=found.audience_text or more.audience_text,
        channel=tuple(dict.fromkeys(found.channel + more.channel)),
    )


def _written(reading: Reading, start: int, end: int) -> str:
    return reading.plain.written(start, end)


@lru_cache(maxsize=1)
def _patterns() -> Mapping[str, re.Pattern[str]]:
    return MappingProxyType(
        {
            channel: re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)", re.IGNORECASE)
            for channel, words in table("campaign")["channels"].items()
        }
    )
