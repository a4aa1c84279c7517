"""The detector that needs no model: tables of cues, a list of tools, and rules for names, dates and amounts."""

import re

from bot.detection import entities, intent
from bot.detection.intent import Intent
from bot.detection.reading import Reading, read
from bot.domain.detection import CAMPAIGN, LABEL_FROM, NEW_TOOL, CampaignFacts, Detection, Heard

_SHORT = 160  # characters; a longer reply speaks for itself
_AGREES = re.compile(
    r"\b(?:approved|yes|yep|yeah|sure|ok|okay|go ahead|go for it|let.?s (?:do|go|take)|we (?:go|started|agreed|take|decided)|sign|do it|deal|confirmed|agreed|fine|"
    r"great|perfect|works|done|booked|moved to|will do|so we can|i.?ll ask|plug it|sounds good|genehmigt|passt|machen wir|d.accord|oui|vale|sí|sim|fechado|"
    r"sharp|according to|around)\b|✅|👍|\+1",
    re.IGNORECASE,
)
_DENIES = re.compile(
    r"\b(?:no|nope|nah|lol|not|never|next year|last year.?s|haha|good luck|nothing to do|same as every year|already have|found it|no worries|thanks,? got it|"
    r"don.?t|won.?t|they use it|we don.?t|cancel\w*|nein|non|budget is closed|works again)\b|😂|🤣",
    re.IGNORECASE,
)
_ORDINALS = {"first": 0, "1st": 0, "second": 1, "2nd": 1, "third": 2, "3rd": 2, "latter": -1, "last": -1, "former": 0}
_WHICH = re.compile(r"\bthe (" + "|".join(_ORDINALS) + r")(?: one)?\b", re.IGNORECASE)


class RuleDetector:
    """Detects by rules; holds no state but the shared lists."""

    def detect(self, heard: Heard) -> Detection:
        """What the message is taken for; any text will do, its first few thousand characters are read."""
        american = (heard.locale or "").replace("_", "-").lower() in ("en-us", "us")
        reading = read(heard.text, heard.sent_at, american)
        found = intent.score(reading)
        context = None
        if heard.thread_context:
            context = read(heard.thread_context, heard.sent_at, american)
            found = _in_thread(reading, found, context)
        return _detection(reading, found, context)


def _in_thread(reading: Reading, found: Intent, context: Reading) -> Intent:
    """A short reply takes its meaning from the thread: a yes keeps it, a no drops it."""
    if len(reading.text) > _SHORT:
        return found
    if _DENIES.search(reading.text) and not reading.dates:
        return Intent(0.0, 0.0, ("says no to the thread",))
    if not (_AGREES.search(reading.text) or reading.dates or reading.amounts):
        return found
    asked = intent.score(context)
    return Intent(
        max(found.new_tool, asked.new_tool),
        max(found.campaign, asked.campaign),
        (*found.why, "agrees to what the thread says", *asked.why),
    )


def _detection(reading: Reading, found: Intent, context: Reading | None) -> Detection:
    confidence = {NEW_TOOL: found.new_tool, CAMPAIGN: found.campaign}
    labels = tuple(label for label, sure in confidence.items() if sure >= LABEL_FROM)
    campaign: CampaignFacts | None = None
    if CAMPAIGN in labels:
        campaign = entities.facts(reading, context)
    tools = _tools(reading, context) if NEW_TOOL in labels else ()
    return Detection(labels, tools, campaign, confidence, found.why)


def _tools(reading: Reading, context: Reading | None) -> tuple[str, ...]:
    """The adopted names as written; a reply that names none takes them from its thread."""
    names = tuple(reading.plain.written(one.start, one.end) if _is_whole(reading, one.start, one.end, one.name) else one.name
                  for one in intent.chosen(reading))
    if names or context is None:
        return names
    asked = _tools(context, None)
    which = _WHICH.search(reading.text)
    if which and len(asked) > 1:
        at = _ORDINALS[which.group(1).lower()]
        return asked[at : at + 1] or asked[-1:] if at >= 0 else asked[-1:]
    return asked


def _is_whole(reading: Reading, start: int, end: int, name: str) -> bool:
    """Whether a name is the whole stretch it was found in, not the host in a longer address."""
    return reading.text[start:end] == name
