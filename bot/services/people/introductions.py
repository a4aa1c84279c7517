"""A team gets another liaison: the channel hears who it is and what they can be asked, and two people shall meet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.attachments import Document
from bot.domain.agenda import next_slot
from bot.domain.errors import NotFound
from bot.domain.first_meeting import LASTS, FirstMeeting, Span, place_of_both, time_for_all
from bot.domain.hours_text import hours_text
from bot.domain.people import Person
from bot.domain.roster import Profile
from bot.domain.workspace import Channel
from bot.messages import Address, Card, Fact, Mention, Moment, Post, Text, say
from bot.messages import Channel as ChannelName
from bot.ports import UnitOfWork
from bot.services.desk import Desk
from bot.services.sla.calendars import calendar_of

WHATEVER = "whatever comes up"
FOREVER = datetime.max.replace(tzinfo=UTC)
FILE = "first-meeting.ics"
TOGETHER = "You and {other} work together for {channel} from now on. {other} {about}. "
FOUND = (
    "Half an hour to get to know each other suits both your calendars: {at}, {where}. Put the file into your calendar, "
    "or agree on another time."
)
NOT_FOUND = (
    "I found no half hour that suits both your calendars within five working days: please agree on one yourselves."
)


@dataclass(frozen=True, slots=True)
class Pair:
    """A new liaison and who meets them for the team (None: nobody), as the chat knows them."""

    liaison: Person
    delegate: Person | None


@dataclass(frozen=True, slots=True)
class Change:
    """A team's channel before and from now on, at a time; `occasion` tells this change from every other one."""

    before: Channel
    channel: Channel
    occasion: str
    at: datetime


def delegate_of(desk: Desk, workspace: str, conversation: str) -> str:
    """Who was named to speak for a team, else an empty string."""
    with desk.look() as uow:
        named = uow.roster.delegates(workspace).get(conversation)
    return named.person if named else ""


def pair_for(desk: Desk, workspace: str, liaison: str, delegate: str) -> Pair:
    """A liaison and a delegate (or an empty string) who shall meet. Asks the chat. Raises NotFound for the liaison."""
    found = None
    if delegate and delegate != liaison:
        with suppress(NotFound):
            found = desk.person(workspace, delegate)
    return Pair(desk.person(workspace, liaison), None if found is None or found.is_gone else found)


def introduce(uow: UnitOfWork, desk: Desk, pair: Pair, change: Change) -> list[Post]:
    """What the channel and the two people are told; nothing where the liaison stays who they were."""
    if change.before.liaison == change.channel.liaison:
        return []
    if pair.delegate is None:
        return [_in_channel(uow, pair, change, None)]
    meeting = _meeting(uow, pair.liaison, pair.delegate, change)
    file = Document(FILE, desk.meeting_file(meeting)) if meeting and desk.meeting_file else None
    both = ((pair.liaison, pair.delegate), (pair.delegate, pair.liaison))
    words = [(one, _to_one(uow, change, other, meeting)) for one, other in both]
    return [
        _in_channel(uow, pair, change, meeting),
        *(_direct(change, one, Card(text=text, file=file)) for one, text in words),
    ]


def works_words(uow: UnitOfWork, channel: Channel, person: Person, at: datetime) -> str:
    """When somebody works: `Mon-Fri 09:00-17:00 (Europe/Berlin)`."""
    calendar = calendar_of(uow, channel, person, at)
    return f"{hours_text(calendar.hours).replace(chr(10), '; ')} ({calendar.zone})"


def _meeting(uow: UnitOfWork, liaison: Person, delegate: Person, change: Change) -> FirstMeeting | None:
    channel = change.channel
    calendars = [calendar_of(uow, channel, one, change.at) for one in (delegate, liaison)]
    start = time_for_all(calendars, _taken(uow, change, {liaison.id, delegate.id}), change.at, channel.tz)
    if start is None:
        return None
    return FirstMeeting(
        f"meet-{channel.workspace}-{channel.id}-{change.occasion}@it-liaison",
        f"{liaison.name} and {delegate.name}: marketing and IT get to know each other",
        f"{liaison.name} is the IT liaison of #{channel.name or channel.id} from now on.",
        start,
        channel.zone,
        place_of_both(_profile(uow, channel, delegate.id).place, _profile(uow, channel, liaison.id).place),
        change.at,
    )


def _taken(uow: UnitOfWork, change: Change, people: set[str]) -> list[Span]:
    """When they are away, and when the weekly sync is."""
    channel, absences = change.channel, uow.absences.of(change.channel.workspace)
    away = [(one.starts_at, one.ends_at or FOREVER) for one in absences if one.person in people]
    sync = next_slot(change.at, channel.tz, channel.sync_weekday, channel.sync_hour).at
    return [*away, *((at, at + LASTS) for at in (sync, sync + timedelta(weeks=1)))]


def _in_channel(uow: UnitOfWork, pair: Pair, change: Change, meeting: FirstMeeting | None) -> Post:
    channel, note = change.channel, say("")
    words = say("{who} is the IT liaison of this channel from now on.", who=Mention(pair.liaison.id))
    if change.before.liaison:
        words += say(" What {before} has on the desk stays there.", before=Mention(change.before.liaison))
    if meeting is not None and pair.delegate is not None:
        when = Moment(meeting.starts_at, channel.zone)
        note = say("They and {who} are invited to meet on {at}.", who=Mention(pair.delegate.id), at=when)
    card = Card(title="🤝 Your new IT liaison", text=words, facts=_facts(uow, change, pair.liaison), note=note)
    key = f"liaison:{channel.id}:{change.occasion}"
    return Post(channel.workspace, key, Address(channel.id), card, lane=key)


def _facts(uow: UnitOfWork, change: Change, who: Person) -> tuple[Fact, ...]:
    profile = _profile(uow, change.channel, who.id)
    facts = (
        ("Ask them about", ", ".join(uow.skills.of(change.channel.workspace).get(who.id, ())) or WHATEVER),
        ("Speaks", ", ".join(profile.languages)),
        ("Sits in", profile.place),
        ("Works", works_words(uow, change.channel, who, change.at)),
    )
    return tuple(Fact(label, (value,)) for label, value in facts if value)


def _to_one(uow: UnitOfWork, change: Change, other: Person, meeting: FirstMeeting | None) -> Text:
    channel = change.channel
    about = _about(uow, channel, other)
    words = say(TOGETHER, other=Mention(other.id), channel=ChannelName(channel.id), about=about)
    if meeting is None:
        return words + say(NOT_FOUND)
    where = f"in person, {meeting.where}" if meeting.where else "by call"
    return words + say(FOUND, at=Moment(meeting.starts_at, channel.zone), where=where)


def _direct(change: Change, one: Person, card: Card) -> Post:
    key = f"meet:{change.channel.id}:{change.occasion}:{one.id}"
    return Post(change.channel.workspace, key, Address(person=one.id), card, lane=key)


def _about(uow: UnitOfWork, channel: Channel, who: Person) -> str:
    """`can be asked about email, seo; speaks English`."""
    skills = uow.skills.of(channel.workspace).get(who.id, ())
    languages = _profile(uow, channel, who.id).languages
    spoken = f"; speaks {', '.join(languages)}" if languages else ""
    return f"can be asked about {', '.join(skills) or WHATEVER}{spoken}"


def _profile(uow: UnitOfWork, channel: Channel, person: str) -> Profile:
    return uow.roster.profiles(channel.workspace).get(person) or Profile(channel.workspace, person)
