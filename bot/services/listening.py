"""What the bot does with what it hears: a ticket at once, a private question to the author, or silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from bot.domain.catalogue import topic as topic_of
from bot.domain.detection import CAMPAIGN, NEW_TOOL, Action, Detection, Heard, Sensitivity, decide, opened_labels
from bot.domain.judgement import NO, YES
from bot.domain.kinds import QUESTION
from bot.domain.ticket import Intake, Place, Ticket
from bot.domain.workspace import Channel
from bot.messages import NOTHING, Button, Card, Reply, Request, Strong, Style, Text, say
from bot.ports import OpenQuestion, UnitOfWork
from bot.services.desk import Desk
from bot.services.intake import Opened, Wish, open_ticket, opened_words, shorten
from bot.services.judgements import judge_message, note, note_missed

COOLDOWNS = {
    "": timedelta(hours=4),
    "yes": timedelta(0),
    "no": timedelta(days=30),
    "later": timedelta(days=1),
    "mute": timedelta(days=36500),
}
KEPT = timedelta(days=1)
GONE = "That question is no longer open. If you want IT to look at it, type /itcheck new-tool or /itcheck campaign."
TICKET_REACTION = "ticket"
ANSWERS = ("yes", "no", "later", "mute")
MUTED = "(muted)"  # no name of a tool or campaign comes out as a topic with brackets


def whereabouts(desk: Desk, request: Request) -> tuple[Ticket | None, Channel | None]:
    """The ticket whose thread a message is in, and the channel it is in, as far as we know them."""
    with desk.look() as uow:
        channel = uow.workspaces.channel(request.workspace, request.conversation)
        if not request.thread:
            return None, channel
        return uow.tickets.in_thread(request.workspace, request.conversation, request.thread), channel


def opening_reaction(desk: Desk, request: Request) -> str:
    """The reaction that opens a ticket where the request comes from."""
    with desk.look() as uow:
        channel = uow.workspaces.channel(request.workspace, request.conversation)
    return channel.reaction if channel else TICKET_REACTION


def hear(desk: Desk, request: Request, channel: Channel) -> Reply:
    """A message in a marketing channel that is not part of a ticket's thread."""
    sensitivity = Sensitivity(channel.sensitivity)
    said = heard(request)
    detection = desk.detector.detect(said)
    if desk.second_opinion:
        detection = desk.second_opinion.weigh(request.workspace, said, detection, sensitivity)
    action = decide(detection, sensitivity)
    if action is Action.OPEN:
        sure = replace(detection, labels=opened_labels(detection, sensitivity))
        with desk.unit_of_work() as uow:
            for wish in wishes(request, sure, Intake.DETECTED):
                open_ticket(uow, wish)
            note(uow, request, sure, sure.labels, action)
        return NOTHING
    if action is Action.ASK:
        return _ask_author(desk, request, _leaning(detection))
    return NOTHING


def open_from_message(desk: Desk, request: Request, author: str, text: str, intake: Intake) -> tuple[Opened, ...]:
    """Somebody pointed at a message and wants a ticket for it; what is not detected becomes a question."""
    said = replace(request, actor=author, text=text)
    detection = desk.detector.detect(heard(said))
    with desk.unit_of_work() as uow:
        opened = tuple(open_ticket(uow, wish) for wish in wishes(said, detection, intake))
        if intake in {Intake.SHORTCUT, Intake.REACTION}:
            for one in opened:
                note_missed(uow, said, detection, one.ticket.kind)
    return opened


def offer_ticket(desk: Desk, request: Request) -> Reply:
    """A direct message: say what we would do, and do it when they agree, since the channel will see it."""
    detection = desk.detector.detect(heard(request))
    question = _question(request, detection, desk.at())
    with desk.unit_of_work() as uow:
        uow.questions.ask(question)
        listening = uow.workspaces.listening(request.workspace)
    where = f"#{listening[0].name}" if listening and listening[0].name else "the marketing channel"
    text = say(
        "Shall I open a ticket for “{title}” in {where}? IT answers there, where your team can see it.",
        title=shorten(_title(request, detection), 80),
        where=where,
    )
    return Reply(card=Card(text=text, buttons=_answers(question, ("yes", "no"))))


def answer_question(desk: Desk, request: Request) -> Reply:
    """The author answered a private question: open a ticket, or keep quiet for a while."""
    answer, _, question_id = request.value.partition(":")
    with desk.unit_of_work() as uow:
        question = uow.questions.get(request.workspace, question_id)
        if question is None or question.answer or question.person != request.actor or answer not in ANSWERS:
            return Reply(card=Card(text=say(GONE)), replaces=True)
        uow.questions.answer(question, answer, request.at)
        if answer in {YES, NO} and not question.request.is_direct:
            judge_message(uow, question.request, question.detection.labels, answer, request.at)
        if answer == "mute":
            _mute(uow, question, request.at)
        if answer != "yes":
            return Reply(card=Card(text=_quiet_words(answer)), replaces=True)
        asked = question.request
        intake = Intake.MENTION if asked.is_direct else Intake.DETECTED
        opened = [open_ticket(uow, wish) for wish in wishes(asked, question.detection, intake)]
    return Reply(card=opened_words(opened[0]), replaces=True)


def forget_questions(desk: Desk) -> bool:
    """Wipe the messages of private questions that nobody answered within a day."""
    with desk.unit_of_work() as uow:
        uow.questions.forget(desk.at() - KEPT)
    return False


def heard(request: Request) -> Heard:
    """A request as the detector wants it."""
    return Heard(text=request.text, sent_at=request.at.date())


def wishes(request: Request, detection: Detection, intake: Intake) -> list[Wish]:
    """The tickets a message asks for: one of each detected kind, else a question."""
    kinds = detection.labels or (QUESTION.key,)
    return [_wish(request, detection, kind, intake) for kind in kinds]


def _wish(request: Request, detection: Detection, kind: str, intake: Intake) -> Wish:
    root = "" if request.is_direct else request.thread or request.message
    return Wish(
        workspace=request.workspace,
        kind=kind,
        title=_title(request, replace(detection, labels=(kind,))),
        requester=request.actor,
        place=Place(request.conversation, root, request.message) if root else Place(""),
        at=request.at,
        intake=intake,
        facts=_facts(detection, kind),
        text=request.text,
        files=request.files,
    )


def _title(request: Request, detection: Detection) -> str:
    labels = detection.labels
    if NEW_TOOL in labels and detection.tools:
        return ", ".join(detection.tools)
    if CAMPAIGN in labels and detection.campaign and detection.campaign.name:
        return detection.campaign.name
    return shorten(request.text)


def _facts(detection: Detection, kind: str) -> Mapping[str, str]:
    found = detection.campaign
    if kind != CAMPAIGN or found is None:
        return {}
    facts = {
        "start": found.iso_date.isoformat() if found.iso_date else "",
        "audience": str(found.audience) if found.audience is not None else "",
        "channel": ", ".join(word.replace("_", " ") for word in found.channel),
    }
    return {key: value for key, value in facts.items() if value}


def _leaning(detection: Detection) -> Detection:
    """The detection with at least its likeliest label, for asking about."""
    if detection.labels:
        return detection
    likeliest = max((NEW_TOOL, CAMPAIGN), key=lambda label: detection.confidence.get(label, 0.0))
    return replace(detection, labels=(likeliest,))


def _ask_author(desk: Desk, request: Request, detection: Detection) -> Reply:
    question = _question(request, detection, desk.at())
    with desk.unit_of_work() as uow:
        if _is_cooling(uow, question):
            return NOTHING
        uow.questions.ask(question)
        note(uow, request, detection, detection.labels, Action.ASK)
    text = say("Just between us: {understood} Shall I bring IT in?", understood=_understood(request, detection))
    return Reply(card=Card(text=text, buttons=_answers(question, ANSWERS), note=say("Only you can see this.")))


def _is_cooling(uow: UnitOfWork, question: OpenQuestion) -> bool:
    """True if they want to be left alone: with this topic, with all, or while another question is open."""
    last = partial(uow.questions.last, question.workspace, question.person)
    newest = last("")
    before = [last(topic) for topic in (question.topic, MUTED) if topic]
    before.append(newest if newest and not newest.answer else None)
    return any(question.asked_at - (one.answered_at or one.asked_at) < COOLDOWNS[one.answer] for one in before if one)


def _mute(uow: UnitOfWork, question: OpenQuestion, at: datetime) -> None:
    """Remembered under a topic of its own, so that no later question hides it."""
    muted = replace(question, id=f"mute:{question.id}", topic=MUTED)
    uow.questions.ask(muted)
    uow.questions.answer(muted, "mute", at)


def _question(request: Request, detection: Detection, now: datetime) -> OpenQuestion:
    return OpenQuestion(
        workspace=request.workspace,
        id=request.key,
        person=request.actor,
        topic=topic_of(_title(request, detection))[:200],
        request=request,
        detection=detection,
        asked_at=now,
    )


def _understood(request: Request, detection: Detection) -> Text:
    title = Strong(shorten(_title(request, detection), 80))
    if NEW_TOOL in detection.labels:
        return say("it sounds as if {tool} may be a new tool.", tool=title)
    return say("it sounds as if a campaign is coming up ({campaign}).", campaign=title)


def _answers(question: OpenQuestion, offered: tuple[str, ...]) -> tuple[Button, ...]:
    words = {"yes": "Yes, open a ticket", "no": "No", "later": "Not now", "mute": "Don't ask me again"}
    return tuple(
        Button(
            words[answer],
            "question",
            f"{answer}:{question.id}",
            Style.PRIMARY if answer == "yes" else Style.PLAIN,
        )
        for answer in offered
    )


def _quiet_words(answer: str) -> Text:
    if answer == "mute":
        return say("Fine, I won't ask you again. You can always type /itcheck new-tool.")
    if answer == "later":
        return say("All right, not now.")
    return say("Thanks, noted. Nothing was opened.")
