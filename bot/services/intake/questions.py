"""The private question to an author: asked once, answered by a button, wiped after a day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import partial

from bot.domain.catalogue import topic as topic_of
from bot.domain.detection import CAMPAIGN, NEW_TOOL, WROTE, Action, CampaignFacts, Detection
from bot.domain.errors import LiaisonError
from bot.domain.judgement import NO, YES
from bot.domain.ticket import Intake
from bot.messages import NOTHING, Button, Card, Reply, Request, Strong, Style, Text, say
from bot.ports import OpenQuestion, UnitOfWork
from bot.services.desk import Desk
from bot.services.intake.intake import open_ticket, opened_words, shorten
from bot.services.intake.judgements import judge_message, note
from bot.services.intake.wishes import heard, title_of, wishes

COOLDOWNS = {
    "": timedelta(hours=4),
    "yes": timedelta(0),
    "no": timedelta(days=30),
    "later": timedelta(days=1),
    "mute": timedelta(days=36500),
}
KEPT = timedelta(days=1)
GONE = "That question is no longer open. If you want IT to look at it, type /itcheck new-tool or /itcheck campaign."
DELETED = "That message was deleted, so nothing was opened."
ANSWERS = ("yes", "no", "later", "mute")
MUTED = "(muted)"  # no name of a tool or campaign comes out as a topic with brackets
QUOTED_MOST = 70  # characters of the message that a question quotes


def ask_author(desk: Desk, request: Request, detection: Detection) -> Reply:
    """Ask the author of a message, once, whether it is what it seems; silence where they want to be left alone."""
    detection = _leaning(detection)
    question = _question(request, detection, desk.at())
    with desk.unit_of_work() as uow:
        if _is_cooling(uow, question):
            return NOTHING
        uow.questions.ask(question)
        note(uow, request, detection, detection.labels, Action.ASK)
    text = say("Just between us: {understood} Shall I bring IT in?", understood=_understood(request, detection))
    return Reply(card=Card(text=text, buttons=_answers(question, ANSWERS), note=say("Only you can see this.")))


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
        title=shorten(title_of(request, detection), 80),
        where=where,
    )
    return Reply(card=Card(text=text, buttons=_answers(question, ("yes", "no"))))


def answer_question(desk: Desk, request: Request) -> Reply:
    """The author answered a private question: open a ticket, or keep quiet for a while."""
    answer, _, question_id = request.value.partition(":")
    now = _as_it_stands(desk, request.workspace, question_id) if answer == "yes" else None
    with desk.unit_of_work() as uow:
        question = uow.questions.get(request.workspace, question_id)
        if question is None or question.answer or question.person != request.actor or answer not in ANSWERS:
            return Reply(card=Card(text=say(GONE)), replaces=True)
        uow.questions.answer(question, answer, request.at)
        if answer in {YES, NO} and not question.request.is_direct:
            judge_message(uow, question.request, question.detection.labels, answer, request.at)
        if answer == "mute":
            _mute(uow, question, request.at)
        if answer != "yes" or now is None:
            return Reply(card=Card(text=say(DELETED) if answer == "yes" else _quiet_words(answer)), replaces=True)
        intake = Intake.MENTION if now.request.is_direct else Intake.DETECTED
        opened = [open_ticket(uow, wish, desk.market) for wish in wishes(now.request, now.detection, intake)]
    return Reply(card=opened_words(opened[0]), replaces=True)


def _as_it_stands(desk: Desk, workspace: str, question_id: str) -> OpenQuestion | None:
    """The question with its message as the chat has it now; None if it was deleted.

    Where the chat does not answer, and in a direct conversation, as it was when we asked.
    """
    with desk.look() as uow:
        question = uow.questions.get(workspace, question_id)
    if question is None or question.answer or question.request.is_direct:
        return question
    request = question.request
    try:
        said = desk.directory.message(workspace, request.conversation, request.message)
    except LiaisonError:
        return question
    if said is None or said.text == request.text:
        return question if said else None
    request = replace(request, text=said.text)
    detection = desk.detector.detect(heard(request))
    return replace(question, request=request, detection=detection if detection.labels else question.detection)


def forget_questions(desk: Desk) -> bool:
    """Wipe the messages of private questions that nobody answered within a day."""
    with desk.unit_of_work() as uow:
        uow.questions.forget(desk.at() - KEPT)
    return False


def _leaning(detection: Detection) -> Detection:
    """The detection with at least its likeliest label, for asking about."""
    if detection.labels:
        return detection
    likeliest = max((NEW_TOOL, CAMPAIGN), key=lambda label: detection.confidence.get(label, 0.0))
    return replace(detection, labels=(likeliest,))


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
        topic=topic_of(title_of(request, detection))[:200],
        request=request,
        detection=detection,
        asked_at=now,
    )


def _understood(request: Request, detection: Detection) -> Text:
    """What the message sounds like, and the words of it that say so: one line."""
    sounds: list[Text] = []
    if NEW_TOOL in detection.labels:
        sounds.append(("a new tool", *_named(", ".join(detection.tools))))
    if CAMPAIGN in detection.labels:
        sounds.append(("a campaign", *_named(_campaign_words(detection.campaign))))
    both: Text = (*sounds[0], " and ", *sounds[1]) if len(sounds) > 1 else sounds[0]
    return say("this sounds like {what}: you wrote “{quote}”.", what=both, quote=_quote(request, detection))


def _named(words: str) -> Text:
    return (" (", Strong(shorten(words, 80)), ")") if words else ()


def _campaign_words(found: CampaignFacts | None) -> str:
    """A campaign as it was understood: `Spring Sale, Thu 24 Dec, 400,000 people`."""
    if found is None:
        return ""
    parts = (
        found.name or "",
        _day_words(found.iso_date) if found.iso_date else found.date_text or "",
        f"{found.audience:,} people" if found.audience is not None else "",
    )
    return ", ".join(part for part in parts if part)


def _day_words(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _quote(request: Request, detection: Detection) -> str:
    """The words of the message that say it most: those the detector names, else how it begins."""
    named = (why.removeprefix(WROTE) for why in detection.why if why.startswith(WROTE))
    return shorten(next(named, request.text), QUOTED_MOST)


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
