"""What a detected message wishes for: the tickets it would become, with their titles and facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.domain.campaign_words import counts_visits, site_in, time_in
from bot.domain.detection import CAMPAIGN, NEW_TOOL, CampaignFacts, Detection, Heard
from bot.domain.kinds import QUESTION
from bot.domain.ticket import Intake, Place
from bot.messages import Request
from bot.services.intake.intake import Wish, shorten
from bot.services.intake.judgements import THREAD

EVERYBODY_COMES = "100 %"  # of a reach that counts the visitors themselves


def heard(request: Request) -> Heard:
    """A request as the detector wants it."""
    return Heard(request.text, request.at.date(), thread_context=request.context.get(THREAD) or None)


def wishes(request: Request, detection: Detection, intake: Intake) -> list[Wish]:
    """The tickets a message asks for: one of each detected kind, else a question."""
    kinds = detection.labels or (QUESTION.key,)
    return [_wish(request, detection, kind, intake) for kind in kinds]


def _wish(request: Request, detection: Detection, kind: str, intake: Intake) -> Wish:
    root = "" if request.is_direct else request.thread or request.message
    return Wish(
        workspace=request.workspace,
        kind=kind,
        title=title_of(request, replace(detection, labels=(kind,))),
        requester=request.actor,
        place=Place(request.conversation, root, request.message) if root else Place(""),
        at=request.at,
        intake=intake,
        facts=facts_of(detection, kind, request.text),
        text=request.text,
        files=request.files,
    )


def title_of(request: Request, detection: Detection) -> str:
    """What a ticket for it is called: the tools, the campaign, else the words of the message."""
    labels = detection.labels
    if NEW_TOOL in labels and detection.tools:
        return ", ".join(detection.tools)
    if CAMPAIGN in labels and detection.campaign and detection.campaign.name:
        return detection.campaign.name
    return shorten(request.text)


def facts_of(detection: Detection, kind: str, text: str = "") -> Mapping[str, str]:
    """What a message, `text`, says of a campaign, as the answers of its form.

    An address beside a tool may be the tool's, so it is taken for the site only where no tool is talked about.
    """
    found = detection.campaign
    if kind != CAMPAIGN or found is None:
        return {}
    at, is_alone = time_in(text), NEW_TOOL not in detection.labels
    told = {
        "time": f"{at:%H:%M}" if at and found.iso_date else "",
        "page": site_in(text) if is_alone else "",
        "click_rate": EVERYBODY_COMES if counts_visits(text, found.audience_text or "") else "",
    }
    return {**{key: value for key, value in told.items() if value}, **campaign_facts(found)}


def campaign_facts(found: CampaignFacts) -> Mapping[str, str]:
    """What is known of a campaign, as the answers of its form."""
    facts = {
        "start": found.iso_date.isoformat() if found.iso_date else "",
        "audience": str(found.audience) if found.audience is not None else "",
        "channel": ", ".join(word.replace("_", " ") for word in found.channel),
        "time": f"{at:%H:%M}" if (at := time_in(found.date_text or "")) else "",
    }
    return {key: value for key, value in facts.items() if value}
