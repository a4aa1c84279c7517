"""Messages the shipped detector is unsure about, found by asking it, so that the tests follow a retrained model."""

from __future__ import annotations

from datetime import date

from bot.detection.learned import make_detector
from bot.domain.detection import NEW_TOOL, Action, Heard, decide

CANDIDATES = (
    ("Canva", "thinking about trying Canva for the banners"),
    ("Mailchimp", "Mailchimp could be an option for us"),
    ("Notion", "would Notion be something for our content plan?"),
    ("Miro", "could Miro be something for our workshops?"),
    ("Loom", "thinking about trying Loom for the product videos"),
    ("Typeform", "Typeform could be an option for the survey"),
    ("Trello", "we might want to try Trello for the calendar"),
)


def unsure_about_tools(count: int) -> list[tuple[str, str]]:
    """So many (tool, message) of which the author is asked. LookupError if the detector has become too sure."""
    detector = make_detector()
    found = []
    for tool, text in CANDIDATES:
        detection = detector.detect(Heard(text, date(2026, 11, 23)))
        if decide(detection) is Action.ASK and detection.labels == (NEW_TOOL,) and detection.tools == (tool,):
            found.append((tool, text))
    if len(found) < count:
        raise LookupError(f"only {found} are asked about")
    return found[:count]
