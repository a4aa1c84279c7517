"""The channels of a campaign as people type them, each with its part of the audience where they give one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from bot.domain.amounts import amount_of
from bot.domain.campaign_words import share_of
from bot.domain.channels import CHANNELS, CampaignChannel
from bot.domain.errors import Invalid

_BETWEEN = re.compile(r"[;/&+]|(?<!\d),|,(?!\d)|\band\b|\bund\b")  # a comma between digits is part of a number
_PART = r"(?:~|about )?\d[\d.,' ]*?\s*(?:%|percent|per cent|[a-z]*)"
_AFTER = re.compile(rf"^(.+?)\s*[:=(–-]?\s*({_PART})\)?$", re.IGNORECASE)
_BEFORE = re.compile(rf"^({_PART})\s+(?:by|via|through|on|over)?\s*(\D.*)$", re.IGNORECASE)
_SHARE = re.compile(r"(?:%|percent|per cent)$", re.IGNORECASE)
_CHANNEL_WORDS = {
    "e-mail": "email", "mail": "email", "mailing": "email", "newsletter": "email", "e-mails": "email",
    "b2b e-mail": "email_b2b", "b2b email": "email_b2b", "email b2b": "email_b2b", "text message": "sms",
    "text messages": "sms", "app": "push", "app push": "push", "push notification": "push",
    "push notifications": "push", "browser push": "web_push", "social ads": "paid_social", "meta ads": "paid_social",
    "facebook ads": "paid_social", "sea": "search", "google ads": "search", "banner": "display",
    "banner ads": "display", "video": "display", "television": "tv", "audio": "radio", "influencers": "influencer",
    "creators": "influencer", "social media": "social", "instagram": "social", "livestream": "live",
    "live shopping": "live", "webinar": "webcast", "pr": "press", "affiliates": "affiliate", "ooh": "out_of_home",
    "billboard": "out_of_home", "billboards": "out_of_home", "print": "direct_mail", "flyer": "direct_mail",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """What one channel reaches: so many people, or a share (0 to 1) of the audience."""

    people: int | None = None
    share: float | None = None

    def of(self, audience: int) -> int:
        """In people, where the campaign reaches so many."""
        return round((self.share or 0.0) * audience) if self.people is None else self.people


def channels_in(words: str) -> tuple[CampaignChannel, ...]:
    """The channels some words name, each once, in their order; what is none of them is left out."""
    return tuple(_named(words))


def known_channels(words: str) -> tuple[CampaignChannel, ...]:
    """The same; raises Invalid where none is known, and for a part that is none."""
    found = _named(words)
    if not found:
        names = ", ".join(one.name for one in CHANNELS)
        raise Invalid(f"I don't know the channel “{words[:40]}”. There are: {names}.")
    for part in filter(None, found.values()):
        _part_of(part)
    return tuple(found)


def parts_in(words: str) -> tuple[Part | None, ...]:
    """Of each of the channels some words name, in their order, the part they give it; None where they give none."""
    return tuple(_readable(part) if part else None for part in _named(words).values())


def _named(words: str) -> dict[CampaignChannel, str]:
    """The channels with the words of their parts."""
    found: dict[CampaignChannel, str] = {}
    for one in _BETWEEN.split(words.replace("_", " ")):
        name, part = _apart(" ".join(one.split()).lower())
        if name in _known():
            found.setdefault(_known()[name], part)
    return found


@cache
def _known() -> dict[str, CampaignChannel]:
    keys = {one.key: one for one in CHANNELS}
    known = {name: one for one in CHANNELS for name in (one.key.replace("_", " "), one.name.lower())}
    return known | {word: keys[key] for word, key in _CHANNEL_WORDS.items()}


def _apart(words: str) -> tuple[str, str]:
    """A channel's words without its part, and the part."""
    if words in _known():
        return words, ""
    if match := _AFTER.match(words):
        return match[1].strip(), match[2].strip()
    if match := _BEFORE.match(words):
        return match[2].strip(), match[1].strip()
    return words, ""


def _part_of(words: str) -> Part:
    """Raises Invalid for what is neither people nor a share, and for nobody."""
    part = Part(share=share_of(words)) if _SHARE.search(words) else Part(people=amount_of(words))
    if not (part.share or part.people):
        raise Invalid(f"“{words[:40]}” of a channel reaches nobody. Leave the channel out, or its number.")
    return part


def _readable(words: str) -> Part | None:
    try:
        return _part_of(words)
    except Invalid:
        return None
