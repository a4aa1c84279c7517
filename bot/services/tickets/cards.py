"""How a ticket looks and what is said about it, in chat-neutral cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.kinds import NEW_TOOL, QUESTION, Input, Question, kind_of
from bot.domain.people import person_of
from bot.domain.sla import Clock, ClockKind, Priority
from bot.domain.ticket import PART_OF, STATE_WORDS, Intake, State, Ticket, WaitingFor
from bot.domain.workspace import Channel
from bot.messages import Button, Card, Fact, Line, Mention, Moment, Strong, Style, Text, ThreadLink, say
from bot.services.tools.catalogue import KEYS

NEXT_KEYS = ("next_step", "next_step_owner", "next_step_due")  # facts of a ticket, set by who plans its steps
NO_LIAISON = "nobody yet"
CLOCK_WORDS = {
    ClockKind.FIRST_RESPONSE: "First answer",
    ClockKind.NEXT_RESPONSE: "Next answer",
    ClockKind.RESOLUTION: "Resolution",
    ClockKind.LEAD_TIME: "Lead time",
    ClockKind.BRIEF: "Brief",
    ClockKind.SIGN_OFF: "Sign-off",
}
DISMISS_CONFIRM = "The ticket is withdrawn and nobody at IT will look at it."


def ticket_card(ticket: Ticket, clocks: Sequence[Clock], channel: Channel) -> Card:
    """The card of a ticket as it stands: one per ticket, updated in place."""
    if ticket.state is State.WITHDRAWN:
        return withdrawn_card(ticket)
    kind = kind_of(ticket.kind)
    return Card(
        title=f"{kind.sign} {ticket.name} · {kind.title}: {ticket.title}",
        text=_headline(ticket),
        facts=(
            *_people_facts(ticket),
            *due_facts(ticket, clocks, channel),
            *_next_facts(ticket),
            *_catalogue_facts(ticket),
            *_asked_facts(ticket),
        ),
        buttons=_buttons(ticket),
        more=_more(ticket),
        note=_note(ticket),
    )


def withdrawn_card(ticket: Ticket) -> Card:
    """What is left of a ticket that was none, or went on in another."""
    became = ticket.outcome if ticket.outcome.startswith(PART_OF) else "withdrawn"
    words = "{name} is {became}: {title}. Nobody needs to do anything."
    return Card(
        text=say(words, name=Strong(ticket.name), became=became, title=ticket.title),
        buttons=(Button("Reopen", "reopen", ticket.name),),
    )


def ticket_line(ticket: Ticket) -> Line:
    """A ticket in a list: number with a link to its thread, title, state, liaison."""
    kind = kind_of(ticket.kind)
    return Line(
        say(
            "{sign} {link} {title} — {state}, {liaison}",
            sign=kind.sign,
            link=ticket_link(ticket),
            title=ticket.title,
            state=state_words(ticket),
            liaison=liaison_of(ticket),
        )
    )


def ticket_link(ticket: Ticket) -> Text:
    """`IT-12`, linked to its thread once it has one."""
    anchor = ticket.place.thread or ticket.place.message
    if not anchor:
        return (Strong(ticket.name),)
    return (ThreadLink(ticket.place.conversation, anchor, ticket.name),)


def state_words(ticket: Ticket) -> str:
    """The state as people say it, with whom a waiting ticket waits for."""
    words = STATE_WORDS[ticket.state]
    return f"{words} for the {ticket.waiting_for}" if ticket.waiting_for else words


def liaison_of(ticket: Ticket) -> Text:
    """The liaison, mentioned, or words for nobody."""
    return (Mention(ticket.liaison),) if ticket.liaison else (NO_LIAISON,)


def owed_words(kind: ClockKind) -> str:
    """What a clock stands for, inside a sentence: first answer, resolution."""
    return CLOCK_WORDS[kind].lower()


def due_words(at: datetime, zone: str) -> Text:
    """A due time."""
    return say("by {at}", at=Moment(at, zone))


def readable(question: Question, answer: str) -> str:
    """An answer as people write it: `Thu 24 Dec 2026`, `400,000`; what is neither day nor number as it stands."""
    try:
        if question.input is Input.DATE:
            day = date.fromisoformat(answer)
            return f"{day:%a} {day.day} {day:%b %Y}"
        return f"{int(answer):,}" if question.input is Input.AMOUNT else answer
    except ValueError:
        return answer


def answer_words(question: Question, answer: str) -> Text:
    """An answer on a card; nothing where there is none."""
    person = person_of(answer) if question.input is Input.PERSON else ""
    return (Mention(person),) if person else (readable(question, answer),) if answer else ()


def due_facts(ticket: Ticket, clocks: Sequence[Clock], channel: Channel) -> tuple[Fact, ...]:
    """When each thing that is still owed is due, always in the same order, so that a card does not jump about."""
    if ticket.is_finished:
        return ()
    facts = []
    for clock in sorted(clocks, key=lambda one: tuple(CLOCK_WORDS).index(one.kind)):
        due = _due(clock, channel)
        if due is not None:
            late = " (late)" if clock.is_breached else " (short notice)" if clock.is_late_on_arrival else ""
            facts.append(Fact(CLOCK_WORDS[clock.kind], (*_debtor(clock), *due_words(due, channel.zone), late)))
    return tuple(facts)


def _debtor(clock: Clock) -> Text:
    """Who is asked to sign: several may be."""
    return (Mention(clock.person), " ") if clock.kind is ClockKind.SIGN_OFF and clock.person else ()


def _headline(ticket: Ticket) -> Text:
    if ticket.state is State.CLOSED:
        return say("Closed: {outcome}", outcome=ticket.outcome) if ticket.outcome else ("Closed.",)
    if ticket.state is State.NEW:
        return say("Nobody at IT has it yet. An admin can name a liaison with /itcheck setup.")
    if ticket.state is State.ASSIGNED:
        return say("{liaison} from IT takes a look and answers in the thread.", liaison=Mention(ticket.liaison))
    if ticket.state is State.WAITING:
        return say("Waiting for {whom}. The clock for the resolution is paused.", whom=_awaited(ticket))
    if ticket.state is State.IN_DELIVERY:
        return say("{what}. On its way to the launch; its steps are in the thread.", what=ticket.outcome)
    if ticket.state is State.DECIDED and ticket.outcome:
        return say("Decided: {what}. {liaison} takes it from here.", what=ticket.outcome, liaison=liaison_of(ticket))
    return say("{liaison} is on it. Write in the thread to talk to IT.", liaison=liaison_of(ticket))


def _awaited(ticket: Ticket) -> Text:
    if ticket.waiting_for is WaitingFor.REQUESTER:
        return say("{who} to answer in the thread", who=Mention(ticket.requester))
    return (f"the {ticket.waiting_for}",)


def _people_facts(ticket: Ticket) -> tuple[Fact, ...]:
    return (
        Fact("State", (state_words(ticket),)),
        Fact("Priority", (ticket.priority.value,)),
        Fact("Asked by", _askers(ticket)),
        Fact("Liaison", liaison_of(ticket)),
        *((Fact("Sponsor", (Mention(ticket.sponsor),)),) if ticket.sponsor and not _asks_for_sponsor(ticket) else ()),
        *((Fact("Escalated to", (Mention(ticket.escalated_to),)),) if ticket.escalated_to else ()),
    )


def _asks_for_sponsor(ticket: Ticket) -> bool:
    return any(question.key == "sponsor" for question in kind_of(ticket.kind).questions)


def _next_facts(ticket: Ticket) -> tuple[Fact, ...]:
    """The step that is next after the yes."""
    what, owner, due = (ticket.facts.get(key, "") for key in NEXT_KEYS)
    if not what:
        return ()
    return (Fact("Next step", say("{what} — {who}, by {due}", what=what, who=Mention(owner), due=_day(due))),)


def _day(words: str) -> str:
    day = date.fromisoformat(words)
    return f"{day:%a} {day.day} {day:%b}"


def _catalogue_facts(ticket: Ticket) -> tuple[Fact, ...]:
    """What the company has already: the status of the tool itself, what is approved for the same."""
    known, owner, instead = (ticket.facts.get(key, "") for key in KEYS)
    owned: Text = (", owner ", Mention(owner)) if owner else ()
    facts = (Fact("In the catalogue", (known, *owned)), Fact("Approved already", (instead,)))
    return tuple(fact for fact, words in zip(facts, (known, instead), strict=True) if words)


def _asked_facts(ticket: Ticket) -> tuple[Fact, ...]:
    """What the form asked. The first question is the title already, unless its answer was too long for one."""
    first, *others = kind_of(ticket.kind).questions
    whole = " ".join(ticket.facts.get(first.key, "").split())
    asked = [first, *others] if len(whole) > len(ticket.title) else others
    known = [one for one in asked if ticket.facts.get(one.key)]
    return tuple(Fact(one.name, answer_words(one, ticket.facts[one.key])) for one in known)


def _askers(ticket: Ticket) -> Text:
    text: Text = (Mention(ticket.requester),)
    for follower in ticket.followers[:3]:
        text = (*text, ", ", Mention(follower))
    more = len(ticket.followers) - 3
    return (*text, f" and {more} more") if more > 0 else text


def _due(clock: Clock, channel: Channel) -> datetime | None:
    if not clock.is_open or (clock.is_paused and clock.fixed_due is None):
        return None
    return clock.due_at or clock.due(channel.calendar)


def _note(ticket: Ticket) -> Text:
    if ticket.intake is Intake.DETECTED and ticket.state in {State.NEW, State.ASSIGNED}:
        return say("I noticed this in your message. If I got it wrong, press “Not this”.")
    if ticket.priority is Priority.URGENT and not ticket.is_finished:
        return say("Urgent: IT answers within 15 working minutes.")
    return ()


def _buttons(ticket: Ticket) -> tuple[Button, ...]:
    """The next step first, then what else brings the ticket on."""
    name = ticket.name
    if ticket.is_finished:
        return (Button("Reopen", "reopen", name), *_keep_button(ticket))
    review = _tool_buttons(name) if ticket.kind == NEW_TOOL.key else ()
    if ticket.state in {State.NEW, State.ASSIGNED}:
        wrong = (_dismiss_button(ticket),) if ticket.intake is Intake.DETECTED else ()
        claim, answer = Button("Claim", "claim", name, Style.PRIMARY), Button("Answer", "answer", name)
        return (claim, answer, *_draft_button(ticket), *review, *wrong)
    middle = Button("Take up again", "resume", name) if ticket.state is State.WAITING else _wait_button(name)
    return (
        Button("Answer", "answer", name, Style.PRIMARY),
        *_draft_button(ticket),
        middle,
        Button("Close", "resolve", name),
        *review,
        *_keep_button(ticket),
    )


def _more(ticket: Ticket) -> tuple[Button, ...]:
    """What is done to a ticket now and then."""
    if ticket.is_finished:
        return ()
    is_offered = ticket.intake is Intake.DETECTED and ticket.state in {State.NEW, State.ASSIGNED}
    return (
        Button("Details", "details", ticket.name),
        Button("Reassign", "reassign", ticket.name),
        Button("Escalate", "escalate", ticket.name),
        Button("Note for IT", "note", ticket.name),
        *(() if is_offered else (_dismiss_button(ticket),)),
    )


def _draft_button(ticket: Ticket) -> tuple[Button, ...]:
    """What is written down may answer a question."""
    return (Button("Draft an answer", "draft", ticket.name),) if ticket.kind == QUESTION.key else ()


def _keep_button(ticket: Ticket) -> tuple[Button, ...]:
    """An answered question may help the next one who asks."""
    return (Button("Keep as knowledge", "knowledge_keep", ticket.name),) if ticket.kind == QUESTION.key else ()


def _tool_buttons(name: str) -> tuple[Button, ...]:
    return (
        Button("Review", "review", name),
        Button("Due diligence", "diligence", name),
        Button("Real cost", "cost", name),
    )


def _wait_button(name: str) -> Button:
    return Button("Waiting for requester", "wait", name)


def _dismiss_button(ticket: Ticket) -> Button:
    label = "Not this" if ticket.intake is Intake.DETECTED else "Withdraw"
    return Button(label, "dismiss", ticket.name, confirm=DISMISS_CONFIRM)
