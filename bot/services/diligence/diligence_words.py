"""Due diligence in words: what an answer says, how a tool stands, what is open and with whom."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.answers import VENDOR, Given, Standing
from bot.domain.diligence import Answer, Asker, Level, Question, Tier
from bot.domain.ticket import Ticket
from bot.messages import Fact, Mention, Text, say

LEVEL_WORDS = {
    Level.YES: "yes",
    Level.EVIDENCED: "yes, shown",
    Level.PARTLY: "partly",
    Level.NO: "no",
    Level.UNKNOWN: "not known",
    Level.NOT_APPLICABLE: "does not apply",
}
TIER_WORDS = {Tier.LOW: "low", Tier.MEDIUM: "medium", Tier.HIGH: "high"}
ASKER_WORDS = {Asker.MARKETER: "the requester", Asker.IT: "IT", Asker.VENDOR: "the vendor"}
NAMED_MOST = 5
OPEN_AT_HIGH_RISK = "Due diligence: {score}, and the risk that is left is high so far"
DISPUTED = "The requester says that it sees customers' data; the review says that it does not."


@dataclass(frozen=True, slots=True)
class Summary:
    """How a tool stands, in plain words: its score, its risks, what speaks against it, what is open, every answer."""

    score: str
    tier: str
    residual: str
    by_criterion: tuple[tuple[str, str], ...]
    against: tuple[str, ...]
    open: tuple[str, ...]
    answers: tuple[str, ...]


def summarised(standing: Standing) -> Summary:
    """A standing as a summary."""
    names = {one.key: one.name for one in standing.criteria}
    asked = {one.key: one for one in standing.asked}
    return Summary(
        score=score_words(standing),
        tier=TIER_WORDS[standing.tier],
        residual=risk_words(standing),
        by_criterion=tuple((names[key], criterion_words(standing, key)) for key in standing.score.by_criterion),
        against=spoken_against(standing),
        open=tuple(f"{one.text} (with {ASKER_WORDS[one.asker]})" for one in standing.score.open),
        answers=tuple(answer_words(asked[key], given) for key, given in standing.answers.items() if key in asked),
    )


def score_words(standing: Standing) -> str:
    """`Score 78 %` once all is answered, till then how far one has come: what is open would count as a no."""
    found = standing.score
    if not found.open:
        return f"Score {found.percent:.0f} %"
    return f"{len(standing.asked) - len(found.open)} of {len(standing.asked)} questions answered"


def risk_words(standing: Standing) -> str:
    """What is left of the risk; till all is answered, what is open counts as a no."""
    is_sure = standing.score.knock_outs or not standing.score.open
    return f"{TIER_WORDS[standing.residual]}{'' if is_sure else ' so far'}"


def criterion_words(standing: Standing, key: str) -> str:
    """`67 %` for a criterion, with how much is answered while something is open."""
    asked = [one for one in standing.asked if one.criterion == key and one.scored]
    done = [one for one in asked if one not in standing.score.open]
    if not done:
        return "nothing answered yet"
    rest = f", {len(done)} of {len(asked)} answered" if len(done) < len(asked) else ""
    return f"{standing.score.by_criterion[key]:.0f} %{rest}"


def against(standing: Standing) -> tuple[str, ...]:
    """What knocks the tool out, each with what was said."""
    return tuple(
        f"{one.text} — {LEVEL_WORDS[standing.answers[one.key].answer.level]}" for one in standing.score.knock_outs
    )


def spoken_against(standing: Standing) -> tuple[str, ...]:
    """What a yes must say a reason in spite of: knock-outs, else answers that are missing where the risk is high."""
    if standing.score.knock_outs or not standing.score.open or standing.residual is not Tier.HIGH:
        return against(standing)
    return (OPEN_AT_HIGH_RISK.format(score=score_words(standing)),)


def answer_words(question: Question, given: Given) -> str:
    """One answer on a line, with its date and what it rests on."""
    answer = given.answer
    more = text_of(answer)
    return f"{question.text} {LEVEL_WORDS[answer.level]}{f' ({more})' if more else ''}, {answer.on:%d.%m.%Y}"


def text_of(answer: Answer) -> str:
    """What somebody wrote to an answer: what shows it, else the remark."""
    return answer.evidence if answer.level is Level.EVIDENCED else answer.note


def origin(standing: Standing, question: Question) -> str:
    """Where an answer comes from and how long it holds; empty where there is none."""
    given = standing.answers.get(question.key)
    if given is None:
        return ""
    answer = given.answer
    whose = "by the vendor " if answer.author == VENDOR else ""
    where = f"Known from IT-{given.number}, answered" if standing.is_reused(question.key) else "Answered"
    if question in standing.stale:
        return f"{where} {whose}on {answer.on:%d.%m.%Y}: too old by now, please look again."
    return f"{where} {whose}on {answer.on:%d.%m.%Y}, holds until {question.until(answer.on):%d.%m.%Y}."


def open_words(standing: Standing, ticket: Ticket) -> Text:
    """How much is open and with whom: `8 with @marketer, 5 with @liaison (IT), 20 with the vendor`."""
    text: Text = ()
    for asker in Asker:
        waiting = len(standing.open_with(asker))
        if waiting:
            text = (*text, ", " if text else "", f"{waiting} with ", *_whom(asker, ticket))
    return text


def signer_facts(standing: Standing | None, ticket: Ticket) -> tuple[Fact, ...]:
    """What whoever signs must know of it; nothing where due diligence says nothing."""
    if standing is None:
        return ()
    still_open = open_words(standing, ticket)
    rest: Text = ("; open: ", *still_open) if still_open else ()
    left = risk_words(standing)
    facts = [Fact("Due diligence", say("{score}; risk that is left: {left}{rest}", score=score_words(standing),
                                       left=left, rest=rest))]  # fmt: skip
    said = spoken_against(standing)
    if standing.disputes_review:
        facts.append(Fact("⚠️ Look again", (DISPUTED,)))
    if said:
        more = [f"and {len(said) - NAMED_MOST} more"] if len(said) > NAMED_MOST else []
        facts.append(Fact("⛔ Speaks against it", ("\n".join([*said[:NAMED_MOST], *more]),)))
    return tuple(facts)


def _whom(asker: Asker, ticket: Ticket) -> Text:
    if asker is Asker.MARKETER:
        return (Mention(ticket.requester),)
    if asker is Asker.IT and ticket.liaison:
        return (Mention(ticket.liaison), " (IT)")
    return (ASKER_WORDS[asker],)
