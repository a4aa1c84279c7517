"""What the forms of a campaign know beforehand: its parts as they were typed, and what is usual for its channel."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.domain.campaign_words import addresses_in, bare_address, span_words
from bot.domain.channel_words import channels_in, parts_in
from bot.domain.detection import CampaignFacts
from bot.domain.reach import reached
from bot.domain.sharpening import Lesson, sharpened
from bot.services.intake.wishes import campaign_facts

_EDGES = re.compile(
    r"^(?:\W|(?:on|to|by|via|for|with|at|from|and|the|people|recipients|customers|subscribers)\b)+"
    r"|(?:\W|\b(?:on|to|by|via|for|with|at|from|and|the|people|recipients|customers|subscribers))+$",
    re.IGNORECASE,
)


def typed_facts(words: str, found: CampaignFacts) -> Mapping[str, str]:
    """Name, day, time, reach, channels and landing address of a campaign typed in one line.

    A name alone stays as it was typed.
    """
    addresses = addresses_in(words)
    known = {**campaign_facts(found), **({"page": bare_address(addresses[0])} if addresses else {})}
    rest = words
    for address in addresses:
        rest = rest.replace(address, ",")
    name = found.name or _name_in(rest, found)
    return {**known, "name": name} if known and name else known


def usual_words(facts: Mapping[str, str], lessons: Sequence[Lesson] = ()) -> Mapping[str, str]:
    """What is reckoned with where nothing is said, by field, with its source; `lessons` are those of look backs."""
    channels = channels_in(facts.get("channel", ""))
    if not channels:
        return {}
    main = sharpened(channels[0], lessons)
    hints = {
        "click_rate": f"Usual for {main.name}: {percent(main.response)} of the {main.audience} ({main.source}). "
        + main.asks,
        "conversion": f"Usual: {percent(main.conversion)} ({main.conversion_source})",
    }
    if facts.get("audience", "").isdigit():
        people, *_ = reached(int(facts["audience"]), parts_in(facts["channel"]))
        hints["window"] = f"Usual for {main.name}: {span_words(main.window_for(people))}"
    return hints


def percent(share: float) -> str:
    """A share as people read it: `1.7 %`."""
    return f"{share * 100:.3g} %"


def _name_in(words: str, found: CampaignFacts) -> str:
    """What is left of the words once the day, the reach and the channels are taken out."""
    for part in (found.date_text, found.audience_text):
        words = words.replace(part, " , ") if part else words
    parts = [one for one in words.split(",") if not channels_in(_bare(one))]
    kept = [" ".join(word for word in one.split() if not channels_in(word)) for one in parts]
    return next((bare for one in kept if (bare := _bare(one))), "")


def _bare(words: str) -> str:
    return " ".join(_EDGES.sub("", words.strip()).split())
