"""An edited message is read again: its ticket follows, and what has become a request is treated like a new one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.catalogue import Market
from bot.domain.detection import LABELS, NEW_TOOL, Action, Detection, Sensitivity, decide, opened_labels
from bot.domain.events import What
from bot.domain.judgement import NO
from bot.domain.kinds import kind_of
from bot.domain.ticket import Intake, Ticket
from bot.domain.workspace import Channel
from bot.messages import NOTHING, Card, Mention, Post, Reply, Request, Strong, Text, say
from bot.ports import TicketFilter, UnitOfWork
from bot.services.desk import Desk
from bot.services.intake.intake import open_ticket, shorten, starts_on, topic_for
from bot.services.intake.judgements import follow_words, note
from bot.services.intake.listening import act_on, taken_for
from bot.services.intake.threads import understood_when_pointed_at
from bot.services.intake.wishes import facts_of, heard, title_of, wishes
from bot.services.notifications import thread_post
from bot.services.tickets.cards import readable
from bot.services.tickets.tickets import settle
from bot.services.tools.catalogue import look_up_again

MATTERS = ("start", "audience")  # facts whose change the thread is told


@dataclass(frozen=True, slots=True)
class Version:
    """A message at one time, with what it was taken for."""

    request: Request
    detection: Detection

    def title(self, kind: str) -> str:
        """What a ticket of a kind is called after it."""
        return shorten(title_of(self.request, replace(self.detection, labels=(kind,))))

    def facts(self, kind: str) -> Mapping[str, str]:
        """What it says for a ticket of a kind."""
        return facts_of(self.detection, kind, self.request.text)


def hear_edit(desk: Desk, request: Request, ticket: Ticket | None, channel: Channel | None) -> Reply:
    """A message was edited. `ticket` is the one whose thread it is in, `channel` where it stands, if we know them."""
    with desk.look() as uow:
        wanted = TicketFilter(source_message=request.message, conversation=request.conversation)
        came_from_it = uow.tickets.search(request.workspace, wanted)
        judged = uow.labels.of(request.workspace, request.conversation, request.message)
    if came_from_it:
        _follow(desk, request, came_from_it, channel)
        return NOTHING
    if ticket is not None or any(one.text for one in judged):
        with desk.unit_of_work() as uow:
            follow_words(uow, request)
            uow.log.change(request.workspace, request.conversation, request.message, request.text, request.at)
        return NOTHING
    was_settled = any(one.said == NO or one.action is not Action.ASK for one in judged)
    if channel is None or not channel.listening or was_settled:
        return NOTHING
    request, detection = taken_for(desk, request, channel)
    action = decide(detection, Sensitivity(channel.sensitivity))
    return NOTHING if judged and action is Action.ASK else act_on(desk, request, channel, detection)


def _follow(desk: Desk, request: Request, tickets: Sequence[Ticket], channel: Channel | None) -> None:
    """The conversation, the log and the tickets that came from the message follow what it says now."""
    then = replace(request, actor=tickets[0].requester, at=tickets[-1].opened_at)
    now = Version(*understood_when_pointed_at(desk, then))
    before = _before(desk, now.request, tickets)
    with desk.unit_of_work() as uow:
        follow_words(uow, request)
        uow.log.change(request.workspace, request.conversation, request.message, request.text, request.at)
        for one in tickets:
            ticket = uow.tickets.get(one.workspace, one.number)
            ticket.note_fact(What.SOURCE_EDITED, request.actor, request.at)
            posts = () if ticket.is_finished else tuple(_take_over(ticket, before, now, request))
            if ticket.kind == NEW_TOOL and ticket.title != one.title:
                look_up_again(uow, ticket, desk.market)
            settle(uow, ticket, posts)
        if channel is not None and channel.listening and before.detection.labels:
            _open_more(uow, now, {one.kind for one in tickets}, channel, desk.market)


def _before(desk: Desk, request: Request, tickets: Sequence[Ticket]) -> Version:
    """The message as it was, read as it is now."""
    with desk.look() as uow:
        entries = uow.log.entries(request.workspace, tickets[-1].number)
    text = next((one.text for one in entries if one.message == request.message), "")
    old = replace(request, text=text)
    return Version(old, desk.detector.detect(heard(old)))


def _take_over(ticket: Ticket, before: Version, now: Version, request: Request) -> Iterator[Post]:
    """Change what the ticket took from the message and nobody has changed since; what the thread is told."""
    kind = ticket.kind
    if kind in LABELS and kind not in now.detection.labels:
        if kind in before.detection.labels and ticket.intake is Intake.DETECTED:
            yield thread_post(ticket, "source-edited-away", _away_card(ticket))
        return
    old_title, old_facts = ticket.title, ticket.facts
    title = now.title(kind) if old_title == before.title(kind) else old_title
    facts = _merged(ticket.facts, before.facts(kind), now.facts(kind))
    if (title, facts) == (old_title, dict(old_facts)):
        return
    ticket.rename(title, topic_for(kind, title), facts, starts_on(facts), request.actor, request.at)
    named = kind in LABELS and title != shorten(now.request.text)
    changes = [*([_change("It is about", title, old_title)] if named and title != old_title else [])]
    changes += [_change(*one) for one in _told_facts(kind, facts, old_facts)]
    if changes:
        yield thread_post(ticket, f"edited:{request.key}", _changes_card(changes))


def _open_more(uow: UnitOfWork, now: Version, kinds: set[str], channel: Channel, market: Market) -> None:
    """The message now is surely something else too: a second ticket, as if it had said so at once."""
    sensitivity = Sensitivity(channel.sensitivity)
    new = tuple(label for label in opened_labels(now.detection, sensitivity) if label not in kinds)
    if not new or not kinds <= set(LABELS):
        return
    sure = replace(now.detection, labels=new)
    for wish in wishes(now.request, sure, Intake.DETECTED):
        open_ticket(uow, wish, market)
    note(uow, now.request, sure, new, Action.OPEN)


def _merged(mine: Mapping[str, str], before: Mapping[str, str], now: Mapping[str, str]) -> dict[str, str]:
    """The ticket's facts with those of the message changed, except where somebody has changed them meanwhile."""
    facts = dict(mine)
    for key in {*before, *now}:
        if facts.get(key, "") == before.get(key, ""):
            facts[key] = now.get(key, "")
    return {key: value for key, value in facts.items() if value}


def _told_facts(kind: str, facts: Mapping[str, str], old: Mapping[str, str]) -> Iterator[tuple[str, str, str]]:
    for question in kind_of(kind).questions:
        new, was = facts.get(question.key, ""), old.get(question.key, "")
        if question.key in MATTERS and new != was:
            yield question.name, readable(question, new), readable(question, was)


def _change(what: str, new: str, was: str) -> Text:
    return say("{what}: {new} (was {was})", what=what, new=Strong(new or "not said"), was=was or "not said")


def _changes_card(changes: Sequence[Text]) -> Card:
    listed: Text = changes[0]
    for one in changes[1:]:
        listed = (*listed, "; ", *one)
    return Card(text=say("The message was edited, and the ticket follows. {changes}.", changes=listed))


def _away_card(ticket: Ticket) -> Card:
    words = say(
        "{liaison}, the message was edited and no longer reads like a {kind}. I changed nothing: if it is over, "
        "press “Not this” or Close.",
        liaison=Mention(ticket.liaison) if ticket.liaison else "IT",
        kind=kind_of(ticket.kind).title.lower(),
    )
    return Card(text=words)
