"""How sure we are that a message adopts a tool or announces a campaign, by rules with points.

Points are added up from the tables `new_tool.toml` and `campaign.toml`; SURE and EVEN turn them into a confidence:
1 point is just worth a question, 1.9 points a ticket. Whoever replaces this module keeps `score`."""

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.detection import frames
from bot.detection.lists import table
from bot.detection.literals import small
from bot.detection.mentions import Kind, Mention
from bot.detection.reading import Reading

SURE = 3.0  # steepness of the confidence over points
EVEN = 0.83  # points of a confidence of a half
_BIAS = -0.95  # an activity with a day and nothing else is just worth a question
_LEAST, _MOST = -6.0, 6.0
_BY_KIND = {Kind.KNOWN: 0.2, Kind.UNKNOWN: 0.0, Kind.WORD: -0.7, Kind.LOWER: -0.7, Kind.ORDINARY: -0.7}
_LISTED_WORD = -0.1  # a capital, an ordinary word, and a tool of the list: Later, Front, Notion


@dataclass(frozen=True)
class Intent:
    """Confidence (0 to 1) that a message adopts a tool, that it announces a campaign, and the reasons."""

    new_tool: float
    campaign: float
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cue:
    """A group of patterns that count once: its points, reason and, for campaigns, its role."""

    why: str
    weight: float
    role: str
    patterns: tuple[re.Pattern[str], ...]

    def hits(self, low: str) -> bool:
        """Whether any pattern is found in a text in lower case."""
        return any(pattern.search(low) for pattern in self.patterns)


def score(reading: Reading) -> Intent:
    """The confidence for both labels."""
    tool_points, tool_why = _tool_points(reading)
    campaign_points, campaign_why = _campaign_points(reading)
    if tool_points >= 1 and not reading.amounts:  # the day a pilot starts is no campaign's day
        campaign_points -= 0.8
    why = (tool_why if tool_points >= 0.5 else []) + (campaign_why if campaign_points >= 0.5 else [])
    return Intent(_confidence(tool_points), _confidence(campaign_points), tuple(dict.fromkeys(why)))


def cues_of(label: str) -> tuple[Cue, ...]:
    """The cues that speak for a label."""
    return _cues(label, "cues")


def _tool_points(reading: Reading) -> tuple[float, list[str]]:
    text = reading.marked.text.lower()
    points, why = _frame_points(reading, frames.chosen(reading.roles))
    cues = _cues("new_tool", "cues")
    named = points > 0.6
    fired = [cue for cue in cues if (cue.weight > 1) != named and cue.hits(text)]
    if not (named or fired):
        return 0.0, []
    fired += [] if named else [cue for cue in cues if cue.weight < 1 and cue.hits(text)]
    guards = [cue for cue in _cues("new_tool", "guards") if cue.hits(text)]
    points += sum(cue.weight for cue in fired) + _guarded(guards) - _developer_talk(reading.text)
    return points, why + [cue.why for cue in fired + guards]


def _frame_points(reading: Reading, names: list[Mention]) -> tuple[float, list[str]]:
    """Points of the frames: the best one, a little for each other kind, less where no name is left."""
    best: dict[str, float] = {frame.why: frame.weight for frame in reading.roles.frames if frame.weight > 0}
    if not best:
        return 0.0, []
    weights = sorted(best.values(), reverse=True)
    points = weights[0] + 0.2 * min(len(weights) - 1, 2)
    points = points + max(_weight(name) for name in names) if names else points * 0.3
    return points, [*best, *(f"names {name.name}" for name in names[:3])]


def _weight(name: Mention) -> float:
    return _LISTED_WORD if name.kind is Kind.WORD and name.listed else _BY_KIND[name.kind]


def _campaign_points(reading: Reading) -> tuple[float, list[str]]:
    text = reading.text.lower()
    days = [found for found in reading.dates if found.day and found.day >= reading.sent_at]
    vague = [found for found in reading.dates if found.day is None]
    if not (days or vague or reading.amounts):
        return 0.0, []
    fired = _best_by_role(cue for cue in _cues("campaign", "cues") if cue.hits(text))
    if "activity" not in fired:
        return 0.0, []
    points = sum(cue.weight for cue in fired.values()) + _BIAS
    points += 1.0 if days else 0.3 if vague else 0.0
    points += 0.7 if reading.amounts else 0.0
    guards = [cue for cue in _cues("campaign", "guards") if cue.hits(text)]
    points += _guarded(guards) - _developer_talk(text)
    seen = ["names a day"] * bool(days) + ["names an audience"] * bool(reading.amounts)
    return points, [cue.why for cue in fired.values()] + seen + [cue.why for cue in guards]


def _best_by_role(cues: Iterable[Cue]) -> Mapping[str, Cue]:
    best: dict[str, Cue] = {}
    for cue in cues:
        if cue.role not in best or cue.weight > best[cue.role].weight:
            best[cue.role] = cue
    return best


def _guarded(guards: list[Cue]) -> float:
    """What the guards take away: the two heaviest."""
    return sum(sorted(cue.weight for cue in guards)[:2])


def _developer_talk(text: str) -> float:
    """Points taken away because the words are those of programmers, not of marketing."""
    return min(2.4, 0.6 * len({word.lower() for word in _developers().findall(text)}))


@lru_cache(maxsize=1)
def _developers() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(table('new_tool')['developers'])})\b", re.IGNORECASE)


def _confidence(points: float) -> float:
    return 1 / (1 + math.exp(-SURE * (max(_LEAST, min(_MOST, points)) - EVEN)))


@lru_cache(maxsize=4)
def _cues(name: str, part: str) -> tuple[Cue, ...]:
    return tuple(_cue(group) for group in table(name)[part])


def _cue(group: Mapping[str, Any]) -> Cue:
    patterns = tuple(re.compile(small(frames.expand(pattern))) for pattern in group["patterns"])
    return Cue(group["why"], group["weight"], group.get("role", ""), patterns)
