"""Topics for the next sync: anybody adds one, and takes back their own."""

from __future__ import annotations

from bot.domain.agenda import NEVER, Agenda, Topic, next_slot
from bot.domain.errors import Conflict, Invalid
from bot.domain.workspace import Channel
from bot.messages import Card, Code, Request, Strong, say
from bot.messages import Channel as ChannelName
from bot.ports import UnitOfWork
from bot.services.agenda.agenda_lines import day_words
from bot.services.agenda.place import channel_for
from bot.services.desk import Desk

TOPIC_MOST = 200
TOPICS_MOST = 30
HOW = "/itcheck agenda add your topic"


def add_topic(desk: Desk, request: Request, text: str) -> Card:
    """Put a topic on the next agenda of the channel. Raises Invalid for no words or too many, Conflict for too many
    topics, NotAllowed for guests. The same one twice stands there once.
    """
    words = _checked(text)
    desk.member(request.workspace, request.actor)
    with desk.unit_of_work() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        waiting = _waiting(uow, channel)
        if len(waiting) >= TOPICS_MOST:
            raise Conflict(
                f"There are {TOPICS_MOST} topics already: more than a meeting can take. Try again next week."
            )
        if (request.actor, words) not in {(topic.by, topic.words) for topic in waiting}:
            uow.topics.add(Topic(request.workspace, channel.id, words, request.actor, desk.at()))
    slot = next_slot(desk.at(), channel.tz, channel.sync_weekday, channel.sync_hour)
    return Card(
        text=say(
            "{words} is on the agenda of {channel} for {day}. To see it all: {how}",
            words=Strong(words),
            channel=ChannelName(channel.id),
            day=day_words(slot.at, channel.zone),
            how=Code("/itcheck agenda"),
        )
    )


def remove_topic(desk: Desk, request: Request, topic: int) -> None:
    """Take back a topic of one's own. Raises Conflict if it is gone, or was on an agenda already."""
    with desk.unit_of_work() as uow:
        channel = channel_for(uow, request.workspace, request.conversation)
        if topic not in {one.id for one in _waiting(uow, channel)}:
            raise Conflict("This topic is not waiting any more. See /itcheck agenda.")
        if not uow.topics.remove(request.workspace, topic, request.actor):
            raise Conflict("Only who added a topic can take it back.")


def _waiting(uow: UnitOfWork, channel: Channel) -> list[Topic]:
    """The topics for the next agenda: those added since the last one was posted."""
    last: Agenda | None = uow.agendas.last(channel.workspace, channel.id)
    since = last.posted_at if last else channel.set_up_at
    return list(uow.topics.between(channel.workspace, channel.id, since, NEVER)) if since else []


def _checked(text: str) -> str:
    words = " ".join(text.split())
    if not words:
        raise Invalid(f"What would you like to talk about? Type it like this: {HOW}")
    if len(words) > TOPIC_MOST:
        raise Invalid(f"Please say it in at most {TOPIC_MOST} characters; this has {len(words)}.")
    return words
