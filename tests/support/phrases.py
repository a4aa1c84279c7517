"""Messages the shipped detector is unsure about, found by asking it, so that the tests follow a retrained model."""

from __future__ import annotations

from datetime import date

from bot.detection.learned import make_detector
from bot.domain.detection import NEW_TOOL, Action, Heard, decide

# Tools that no other test opens a ticket for.
CANDIDATES = (
    ("Canva", "thinking about trying Canva for the banners"),
    ("Mailchimp", "Mailchimp could be an option for us"),
    ("Notion", "would Notion be something for our content plan?"),
    ("Notion", "Notion could be something for our content plan"),
    ("Loom", "thinking about trying Loom for the product videos"),
    ("Loom", "Loom could be an option for the product videos"),
    ("Trello", "we might want to try Trello for the calendar"),
    ("Buffer", "Buffer could be an option for the posts"),
    ("Webflow", "could Webflow be something for the landing pages?"),
    ("Webflow", "Webflow might be an option for the landing pages"),
    ("Pipedrive", "has anybody a view on Pipedrive for our leads? might be worth a try"),
    ("SurveyMonkey", "SurveyMonkey could be an option for the survey"),
    ("SurveyMonkey", "thinking about SurveyMonkey for the customer survey"),
)


def unsure_about_tools(count: int) -> list[tuple[str, str]]:
    """So many (tool, message) of which the author is asked. LookupError if the detector has become too sure."""
    detector = make_detector()
    found: list[tuple[str, str]] = []
    for tool, text in CANDIDATES:
        if any(tool == known for known, _ in found):
            continue
        detection = detector.detect(Heard(text, date(2026, 11, 23)))
        if decide(detection) is Action.ASK and detection.labels == (NEW_TOOL,) and detection.tools == (tool,):
            found.append((tool, text))
    if len(found) < count:
        raise LookupError(f"only {found} are asked about")
    return found[:count]
