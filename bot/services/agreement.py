"""The set-up form of a channel: what it asks, and what a filled one agrees on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.errors import Invalid
from bot.domain.people import Person, Role
from bot.domain.wall_time import zone_hint
from bot.domain.workspace import WEEKDAYS, Channel, Roles
from bot.messages import Choice, Field, FieldKind, Form, say

SETUP = "setup"
PEOPLE_MOST = 100
NOBODY = "-"
INTRO = "From now on I listen here for new tools and campaigns. Text that is neither is never stored."
LEAVES_THE_HOUSE = (
    "A language model helps with unclear messages: they leave this server with addresses, phone numbers and names "
    "masked."
)
ON, OFF = "on", "off"
WRITING = "writing"  # the field that asks whether a language model may write
LEARNING_KEEPS = (
    "On: of messages somebody judged (yes, no, Not this, closed) the text and its thread are kept here for a year. "
    "Switching it off wipes them."
)
SENSITIVITIES = {
    "quiet": "Quiet: only when it is obvious",
    "normal": "Normal",
    "eager": "Eager: ask me more often",
}


@dataclass(frozen=True, slots=True)
class Agreement:
    """What the setup form says, checked."""

    liaison: str
    it_manager: str
    marketing_manager: str
    zone: str
    sync_weekday: int
    sync_hour: int
    sensitivity: str
    reaction: str
    learning: bool = False
    writing: bool | None = None


def agreement_form(
    channel: Channel, roles: Roles, people: Sequence[Person], *, sends_out: bool = False, writing: Field | None = None
) -> Form:
    """The form, prefilled with what stands; `people` can be chosen. `sends_out`: a language model is configured, and
    `writing` asks whether it may write.
    """
    return Form(
        name=SETUP,
        title="Set up this channel",
        submit="Save",
        intro=say("{intro}", intro=f"{INTRO} {LEAVES_THE_HOUSE}" if sends_out else INTRO),
        fields=(*_fields(channel, roles, people), *((writing,) if writing else ())),
        context={"conversation": channel.id},
    )


def check_agreement(values: Mapping[str, str]) -> Mapping[str, str]:
    """The errors of a filled setup form, by field."""
    errors: dict[str, str] = {}
    for key in ("liaison", "it_manager", "marketing_manager"):
        if not person_in(values.get(key, "")):
            errors[key] = "Please choose somebody, or type a mention like @name."
    zone = values.get("zone", "").strip()
    if not _is_zone(zone):
        errors["zone"] = f"I don't know this time zone. {zone_hint(zone)}"
    people = {key: person_in(values.get(key, "")) for key in ("it_manager", "marketing_manager")}
    if people["it_manager"] and people["it_manager"] == people["marketing_manager"]:
        errors["marketing_manager"] = "One person can't answer for both sides. Please choose somebody else."
    return errors


def agreement_of(values: Mapping[str, str]) -> Agreement:
    """What a filled form agrees on. Raises Invalid for the first field that is wrong."""
    errors = check_agreement(values)
    if errors:
        key, words = next(iter(errors.items()))
        raise Invalid(words, key)
    sensitivity = values.get("sensitivity", "")
    return Agreement(
        liaison=person_in(values["liaison"]),
        it_manager=person_in(values["it_manager"]),
        marketing_manager=person_in(values["marketing_manager"]),
        zone=values["zone"].strip(),
        sync_weekday=_within(values.get("sync_weekday", ""), 0, 6, 0),
        sync_hour=_within(values.get("sync_hour", ""), 0, 23, 9),
        sensitivity=sensitivity if sensitivity in SENSITIVITIES else "normal",
        reaction=values.get("reaction", "").strip().strip(":") or "ticket",
        learning=values.get("learning", "") == ON,
        writing={ON: True, OFF: False}.get(values.get(WRITING, "")),
    )


def _within(words: str, least: int, most: int, default: int) -> int:
    return min(max(int(words), least), most) if words.isdigit() else default


def person_in(words: str) -> str:
    """The person a field names: an id from a list, or a mention as the platform hands it on."""
    word = words.strip().removeprefix("<").removesuffix(">").removeprefix("@").split("|")[0].strip()
    return "" if word in {"", NOBODY} or " " in word else word


def person_field(key: str, label: str, people: Sequence[Person], value: str, hint: str = "") -> Field:
    """A field for a person: a list of the channel's people, or a mention where there are too many."""
    if 0 < len(people) <= PEOPLE_MOST:
        known = any(person.id == value for person in people)
        choices = tuple(Choice(person.name or person.id, person.id) for person in people)
        return Field(key, label, FieldKind.CHOICE, value if known else "", hint, required=True, choices=choices)
    return Field(
        key,
        label,
        FieldKind.LINE,
        f"@{value}" if value else "",
        hint or "Type a mention: @name",
        required=True,
    )


def _fields(channel: Channel, roles: Roles, people: Sequence[Person]) -> tuple[Field, ...]:
    weekdays = tuple(Choice(name, str(number)) for number, name in enumerate(WEEKDAYS))
    hours = tuple(Choice(f"{hour:02d}:00", str(hour)) for hour in range(24))
    sensitivities = tuple(Choice(label, key) for key, label in SENSITIVITIES.items())
    return (
        person_field(
            "liaison",
            "Default liaison (IT)",
            people,
            channel.liaison,
            "Gets every new ticket of this channel",
        ),
        person_field("it_manager", "IT manager", people, roles.first(Role.IT_MANAGER)),
        person_field("marketing_manager", "Marketing manager", people, roles.first(Role.MARKETING_MANAGER)),
        Field("zone", "Time zone", value=channel.zone, hint="Such as Europe/Berlin", required=True, most=60),
        Field("sync_weekday", "Weekly sync: day", FieldKind.CHOICE, str(channel.sync_weekday), choices=weekdays),
        Field("sync_hour", "Weekly sync: hour", FieldKind.CHOICE, str(channel.sync_hour), choices=hours),
        Field(
            "sensitivity",
            "How readily should I speak up?",
            FieldKind.CHOICE,
            channel.sensitivity,
            choices=sensitivities,
        ),
        Field(
            "reaction",
            "Reaction that opens a ticket",
            value=channel.reaction,
            hint="Its name, without colons",
            most=60,
        ),
        Field(
            "learning",
            "Learn from your answers?",
            FieldKind.CHOICE,
            ON if channel.learning else OFF,
            LEARNING_KEEPS,
            choices=(Choice("Off", OFF), Choice("On", ON)),
        ),
    )


def _is_zone(zone: str) -> bool:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return bool(zone)
