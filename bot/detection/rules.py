"""The detector that needs no model: tables of cues, a list of tools, and rules for names, dates and amounts."""

import re
from functools import lru_cache

from bot.detection import entities, frames, intent
from bot.detection.intent import Intent
from bot.detection.lists import table
from bot.detection.mentions import Mention
from bot.detection.reading import Reading, read
from bot.detection.telling import telling_words
from bot.detection.view import CONTEXT
from bot.domain.detection import CAMPAIGN, LABEL_FROM, NEW_TOOL, WROTE, Detection, Heard

_SHORT = 160  # characters; a longer reply speaks for itself
_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "latter": -1, "last": -1, "former": 0}
_WHICH = re.compile(r"\bthe (" + "|".join(_ORDINALS) + r")(?: one)?\b", re.IGNORECASE)


class RuleDetector:
    """Detects by rules; holds no state but the shared lists."""

    def detect(self, heard: Heard) -> Detection:
        """What the message is taken for; any text will do, its first few thousand characters are read."""
        reading, context = readings(heard)
        found = intent.score(reading)
        if context:
            found = _in_thread(reading, found, context)
        return describe(reading, found, context)

    def leans_on_thread(self, heard: Heard) -> bool:
        """Whether a reply says little alone and could take its meaning from its thread."""
        return leans_on_thread(heard)


def leans_on_thread(heard: Heard) -> bool:
    """A short reply that agrees, chooses, or names a day or an amount; told without reading the thread."""
    if len(heard.text) > _SHORT:
        return False
    if _says("yes", heard.text) or _WHICH.search(heard.text):
        return True
    reading = read(heard.text, heard.sent_at)
    return bool(reading.dates or reading.amounts or reading.marked.mentions)


def readings(heard: Heard) -> tuple[Reading, Reading | None]:
    """The message and the thread before it, as far as there is one."""
    american = (heard.locale or "").replace("_", "-").lower() in ("en-us", "us")
    reading = read(heard.text, heard.sent_at, american)
    before = (heard.thread_context or "")[-CONTEXT:]
    return reading, read(before, heard.sent_at, american) if before else None


def describe(reading: Reading, found: Intent, context: Reading | None) -> Detection:
    """The labels that are sure enough, with the names and facts that belong to them."""
    confidence = {NEW_TOOL: found.new_tool, CAMPAIGN: found.campaign}
    labels = tuple(label for label, sure in confidence.items() if sure >= LABEL_FROM)
    campaign = entities.facts(reading, context) if CAMPAIGN in labels else None
    tools = _tools(reading, context) if NEW_TOOL in labels else ()
    why = (*found.why, WROTE + words) if labels and (words := telling_words(reading, labels)) else found.why
    return Detection(labels, tools, campaign, confidence, why)


def _in_thread(reading: Reading, found: Intent, context: Reading) -> Intent:
    """A short reply takes its meaning from the thread: a yes keeps it, a no drops it."""
    if len(reading.text) > _SHORT:
        return found
    if _says("no", reading.text) and not any(found.day for found in reading.dates):
        return Intent(0.0, 0.0, ("says no to the thread",))
    if not (_says("yes", reading.text) or reading.dates or reading.amounts):
        return found
    asked = intent.score(context)
    return Intent(
        max(found.new_tool, asked.new_tool),
        max(found.campaign, asked.campaign),
        (*found.why, "agrees to what the thread says", *asked.why),
    )


def _tools(reading: Reading, context: Reading | None) -> tuple[str, ...]:
    """The adopted names as written; a reply that names none takes them from its thread."""
    names = tuple(written(reading, mention) for mention in frames.likely(reading.marked, reading.roles))
    if names or context is None:
        return names
    asked = _tools(context, None)
    which = _WHICH.search(reading.text)
    if which and len(asked) > 1:
        at = _ORDINALS[which.group(1).lower()]
        return asked[at : at + 1] or asked[-1:] if at >= 0 else asked[-1:]
    return asked


def written(reading: Reading, mention: Mention) -> str:
    """The name as written; of a longer address only the name in it."""
    if reading.text[mention.start : mention.end] != mention.name:
        return mention.name
    return reading.plain.written(mention.start, mention.end)


def _says(what: str, text: str) -> bool:
    return bool(_replies(what).search(text))


@lru_cache(maxsize=2)
def _replies(what: str) -> re.Pattern[str]:
    """The pattern for a yes or a no."""
    words, signs = table("replies")[what], table("replies")[what + "_signs"]
    return re.compile(rf"\b(?:{'|'.join(words)})\b|{'|'.join(signs)}", re.IGNORECASE)
