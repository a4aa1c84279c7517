"""What a language model may change about a detection: little, and never more than the message itself bears out."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.domain.detection import (
    CAMPAIGN,
    LABEL_FROM,
    LABELS,
    NEW_TOOL,
    THRESHOLDS,
    CampaignFacts,
    Detection,
    Heard,
    Sensitivity,
    Thresholds,
)

BELOW = 0.10  # how far under the threshold of asking a message still counts as uncertain
MOST_MOVE = 0.15  # how far an answer moves the confidence of a label
JUST_UNDER = 0.01
MOST_TOOLS = 6
LONGEST = 80  # characters of a name or date


class Verdict(StrEnum):
    """What the model says of one label."""

    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Opinion:
    """A model's answer: a verdict by label, and words it says stand in the message; nothing of it is trusted yet."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    tools: tuple[str, ...] = ()
    campaign_name: str = ""
    date_text: str = ""
    audience_text: str = ""


# Reads the words of a date or an audience as the rules do, from the day they were written.
FactsReader = Callable[[str, date], CampaignFacts]


def read_nothing(words: str, sent_at: date) -> CampaignFacts:
    """A reader that finds no facts."""
    return CampaignFacts()


def is_uncertain(detection: Detection, sensitivity: Sensitivity = Sensitivity.NORMAL) -> bool:
    """True from a little under the threshold of asking up to the one of opening."""
    surest = max(detection.confidence.values(), default=0.0)
    limits = THRESHOLDS[sensitivity]
    return limits.ask - BELOW <= surest < limits.open


def merge(
    detection: Detection, opinion: Opinion, heard: Heard, seen: str, read: FactsReader, limits: Thresholds
) -> Detection:
    """The detection with what of the opinion holds; `seen` is the text the model was shown, masked.

    A verdict moves the confidence of its label by MOST_MOVE at most, and from below the threshold of asking never
    to the one of opening: nothing is opened that the detector did not lean to by itself. Names and dates count only
    if they stand in the message word for word; days and audiences are read from those words by `read`, never taken
    from the model. What the model could not see, or left out of a campaign's facts, stays as it was.
    """
    confidence = {label: _moved(detection, opinion, label, limits) for label in LABELS}
    labels = tuple(label for label in LABELS if _holds(label, detection, opinion, confidence[label]))
    dropped = set(detection.labels) - set(labels)
    return replace(
        detection,
        labels=labels,
        tools=() if NEW_TOOL in dropped else _tools(detection, opinion, heard, seen),
        campaign=None if CAMPAIGN in dropped else _facts(detection, opinion, heard, read),
        confidence=confidence,
        why=(*detection.why, *_reasons(opinion)),
    )


def stands_in(words: str, text: str) -> bool:
    """True if the text has these words, whole and exactly as they are written."""
    return bool(words.strip()) and re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text) is not None


def _verdict(opinion: Opinion, label: str) -> Verdict:
    return opinion.verdicts.get(label, Verdict.UNSURE)


def _moved(detection: Detection, opinion: Opinion, label: str, limits: Thresholds) -> float:
    before = detection.confidence.get(label, 0.0)
    step = {Verdict.YES: MOST_MOVE, Verdict.NO: -MOST_MOVE, Verdict.UNSURE: 0.0}[_verdict(opinion, label)]
    after = min(1.0, max(0.0, before + step))
    return min(after, max(before, limits.open - JUST_UNDER)) if before < limits.ask else after


def _holds(label: str, detection: Detection, opinion: Opinion, sure: float) -> bool:
    """A label goes only with a no, and comes only with a yes; else it is as it was."""
    had, verdict = label in detection.labels, _verdict(opinion, label)
    if verdict is Verdict.NO:
        return had and sure >= LABEL_FROM
    return had or (verdict is Verdict.YES and sure >= LABEL_FROM)


def _tools(detection: Detection, opinion: Opinion, heard: Heard, seen: str) -> tuple[str, ...]:
    """The names both know, and those only the model found; the detector's own if nothing else is left."""
    if _verdict(opinion, NEW_TOOL) is not Verdict.YES:
        return detection.tools
    said = {name.casefold() for name in opinion.tools}
    kept = [name for name in detection.tools if name.casefold() in said or not stands_in(name, seen)]
    known = {name.casefold() for name in detection.tools}
    found = [name for name in opinion.tools if name.casefold() not in known and _looks_like_a_name(name)]
    new = [name for name in dict.fromkeys(found) if stands_in(name, seen) and stands_in(name, heard.text)]
    return (*kept, *new[: max(0, MOST_TOOLS - len(kept))]) or detection.tools


def _looks_like_a_name(words: str) -> bool:
    """Short, of one line, without signs of an address, and with something that tells a name from a common word."""
    plain = len(words) <= LONGEST / 2 and len(words.split()) <= 4 and not re.search(r"[\n\r@<>\[\]{}|\"]", words)
    return plain and len(words) > 1 and any(letter.isupper() for letter in words)


def _facts(detection: Detection, opinion: Opinion, heard: Heard, read: FactsReader) -> CampaignFacts | None:
    if _verdict(opinion, CAMPAIGN) is not Verdict.YES:
        return detection.campaign
    facts = detection.campaign or CampaignFacts()
    if _is_quoted(opinion.campaign_name, heard):
        facts = replace(facts, name=opinion.campaign_name)
    if _is_quoted(opinion.date_text, heard) and (day := read(opinion.date_text, heard.sent_at).iso_date):
        facts = replace(facts, date_text=opinion.date_text, iso_date=day)
    if _is_quoted(opinion.audience_text, heard) and (reach := read(opinion.audience_text, heard.sent_at).audience):
        facts = replace(facts, audience=reach, audience_text=opinion.audience_text)
    return facts if detection.campaign or facts != CampaignFacts() else None


def _is_quoted(words: str, heard: Heard) -> bool:
    return len(words) <= LONGEST and "\n" not in words and stands_in(words, heard.text)


def _reasons(opinion: Opinion) -> tuple[str, ...]:
    names = {NEW_TOOL: "a new tool", CAMPAIGN: "a campaign"}
    verdicts = ((names[label], _verdict(opinion, label)) for label in LABELS)
    return tuple(f"second opinion on {name}: {said}" for name, said in verdicts if said is not Verdict.UNSURE)
