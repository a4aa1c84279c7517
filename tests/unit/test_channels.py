"""Which channels the bot listens in, who may say so, and what is agreed there."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.people import Role
from bot.domain.workspace import Channel, Roles
from bot.messages import Address, Came, Card, Choice, Field, Post, say
from bot.services.agreement import PEOPLE_MOST, check_agreement, person_field, person_in
from bot.services.channels import furnish
from tests.builders import (
    ADMIN,
    COLLEAGUE,
    GENERAL,
    GUEST,
    HOLDERS,
    IT_MANAGER,
    LIAISON,
    MARKETER,
    MARKETING,
    MARKETING_MANAGER,
    TEAM,
    Office,
    a_channel,
    a_new_office,
    a_tool,
    an_office,
    the_people,
    words,
)

AGREED = {
    "liaison": LIAISON,
    "it_manager": IT_MANAGER,
    "marketing_manager": MARKETING_MANAGER,
    "zone": "Europe/Berlin",
    "sync_weekday": "1",
    "sync_hour": "14",
    "sensitivity": "eager",
    "reaction": ":eyes:",
}


def test_the_first_member_who_sets_a_channel_up_becomes_its_admin() -> None:
    office = a_new_office()
    set_up(office, MARKETER)
    assert roles(office).holders == {
        Role.ADMIN: (MARKETER,),
        Role.LIAISON: (LIAISON,),
        Role.IT_MANAGER: (IT_MANAGER,),
        Role.MARKETING_MANAGER: (MARKETING_MANAGER,),
    }


def test_what_was_agreed_holds_from_then_on() -> None:
    office = a_new_office()
    set_up(office, MARKETER)
    assert channel(office) == Channel(
        TEAM, MARKETING, "marketing", True, LIAISON, "Europe/Berlin", 1, 14, "eager", "eyes", office.clock.at
    )
    assert office.direct(MARKETER) == ["#C-marketing is set up as you said."]
    (hello,) = office.channel()
    assert "I bring in @liaison from IT" in hello
    assert "Weekly sync agenda: Tuesdays at 14:00." in hello
    office.says(MARKETER, "try Klaviyo", a_tool("Klaviyo"))
    assert office.tickets() == 1


def test_a_later_change_is_told_to_the_channel_only_if_it_gets_another_liaison() -> None:
    office = a_new_office()
    set_up(office, MARKETER)
    set_up(office, MARKETER)
    assert len(office.channel()) == 1
    set_up(office, MARKETER, liaison=COLLEAGUE)
    (introduced,) = office.channel()[1:]
    assert f"@{COLLEAGUE} is the IT liaison of this channel from now on." in introduced


def test_the_form_begins_with_what_stands_and_offers_the_members_without_guests() -> None:
    office = an_office()
    form = office.form(office.types(ADMIN, "setup"))
    fields = {field.key: field for field in form.fields}
    assert (fields["liaison"].value, fields["it_manager"].value) == (LIAISON, IT_MANAGER)
    assert Choice("Colleague", COLLEAGUE) in fields["liaison"].choices
    assert GUEST not in {choice.value for choice in fields["liaison"].choices}
    assert form.context == {"conversation": MARKETING}


def test_a_channel_set_up_again_keeps_its_admins_and_earlier_liaisons() -> None:
    office = an_office()
    set_up(office, ADMIN, liaison=COLLEAGUE)
    assert roles(office).holders[Role.ADMIN] == (ADMIN,)
    assert roles(office).holders[Role.LIAISON] == (LIAISON, COLLEAGUE)
    assert channel(office).liaison == COLLEAGUE


def test_who_is_no_admin_is_told_whom_to_ask_by_name() -> None:
    office = an_office()
    asked = office.types(MARKETER, "setup")
    assert words(office.chat.forms[asked.view]) == "Only an admin can set this up. Please ask Admin."
    set_up(office, MARKETER)
    assert office.direct(MARKETER) == ["Only an admin can set this up."]
    assert channel(office) == a_channel()


def test_an_admin_of_the_chat_may_set_up_even_if_somebody_else_was_named() -> None:
    office = an_office(holders=HOLDERS | {Role.ADMIN: (MARKETER,)})
    set_up(office, ADMIN)
    assert channel(office).sync_hour == 14


def test_a_guest_never_becomes_the_admin() -> None:
    office = a_new_office()
    asked = office.types(GUEST, "setup")
    assert "Please ask the person who added me." in words(office.chat.forms[asked.view])
    set_up(office, GUEST)
    assert roles(office).holders == {}


@pytest.mark.parametrize("where", [{"conversation": "D-admin", "is_direct": True}, {"conversation": ""}])
def test_setup_outside_a_channel_says_where_to_type_it(where: dict[str, object]) -> None:
    office = an_office()
    asked = office.types(ADMIN, "setup", **where)
    assert words(office.chat.forms[asked.view]).startswith("Type /itcheck setup in the channel it is for")


@pytest.mark.parametrize(
    ("zone", "hint"),
    [
        ("Europe/Berln", "Did you mean Europe/Berlin?"),
        ("America/Chigaco", "Did you mean America/Chicago?"),
        ("???", "They look like Europe/Berlin"),
        ("", "They look like Europe/Berlin"),
        ("../etc/passwd", "They look like Europe/Berlin"),
        ("Europe", "I don't know this time zone."),
    ],
)
def test_an_unknown_zone_is_refused_with_a_suggestion(zone: str, hint: str) -> None:
    errors = check_agreement(AGREED | {"zone": zone})
    assert list(errors) == ["zone"]
    assert hint in errors["zone"]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"liaison": "-"}, "liaison"),
        ({"it_manager": "somebody from IT"}, "it_manager"),
        ({"marketing_manager": IT_MANAGER}, "marketing_manager"),
    ],
)
def test_a_form_that_names_nobody_or_one_for_both_sides_is_refused(given: dict[str, str], field: str) -> None:
    assert list(check_agreement(AGREED | given)) == [field]


@pytest.mark.parametrize(("named", "said"), [("nobody", "I can't find “nobody” here"), (GUEST, "Guest can't do that")])
def test_a_liaison_who_cannot_be_reached_is_refused(named: str, said: str) -> None:
    office = a_new_office()
    set_up(office, MARKETER, liaison=named)
    assert said in office.direct(MARKETER)[0]
    assert office.store.state.channels == {}


@pytest.mark.parametrize(
    ("given", "agreed"),
    [({"sync_weekday": "9", "sync_hour": "99"}, (6, 23)), ({"sync_weekday": "x", "sync_hour": ""}, (0, 9))],
)
def test_a_strange_hour_is_taken_for_the_nearest_or_the_usual_one(
    given: dict[str, str], agreed: tuple[int, int]
) -> None:
    office = a_new_office()
    set_up(office, MARKETER, **given)
    assert (channel(office).sync_weekday, channel(office).sync_hour) == agreed


@pytest.mark.parametrize(
    ("typed", "person"),
    [("<@U1>", "U1"), ("<@U1|anna>", "U1"), ("@U1", "U1"), (" U1 ", "U1"), ("-", ""), ("Anna Schmidt", "")],
)
def test_a_person_is_picked_or_typed_as_a_mention(typed: str, person: str) -> None:
    assert person_in(typed) == person


def test_in_a_channel_with_very_many_people_they_are_typed_instead_of_picked() -> None:
    crowd = [*the_people().values()] * PEOPLE_MOST
    field = person_field("liaison", "Liaison", crowd, LIAISON)
    assert field == Field("liaison", "Liaison", value="@liaison", hint="Type a mention: @name", required=True)


def test_invited_it_offers_itself_to_the_inviter_only() -> None:
    office = a_new_office()
    office.does(Came.JOINED, MARKETER, conversation=GENERAL)
    (offer,) = office.chat.said
    assert offer.ref.conversation == "D-marketer"
    assert "Shall I listen there for new tools and campaigns?" in words(offer.card)
    (button,) = offer.card.buttons
    assert button.label == "Set up #general"
    pressed = office.presses(MARKETER, button.action, button.value, conversation="D-marketer", is_direct=True)
    assert office.form(pressed).context == {"conversation": GENERAL}


def test_nobody_is_bothered_when_it_is_not_known_who_invited_it() -> None:
    office = a_new_office()
    office.does(Came.JOINED, "", conversation=GENERAL)
    assert office.chat.said == []


def test_removed_it_stops_listening_and_back_again_it_goes_on_as_agreed() -> None:
    office = an_office()
    office.does(Came.LEFT, "", conversation=MARKETING)
    assert not channel(office).listening
    office.does(Came.JOINED, COLLEAGUE, conversation=MARKETING)
    assert channel(office) == a_channel()
    assert office.direct(COLLEAGUE) == []


def test_back_in_a_channel_what_waited_for_it_is_sent_at_once() -> None:
    office = an_office()
    members = office.chat.rooms.pop(MARKETING)
    with office.store.unit_of_work() as uow:
        uow.outbox.put([Post(TEAM, "late", Address(MARKETING), Card(text=say("Better late")), "lane")])
    office.run()
    office.wait(minutes=1)
    assert len(office.store.outbox.parked()) == 1
    office.chat.rooms[MARKETING] = members
    office.does(Came.JOINED, COLLEAGUE, conversation=MARKETING)
    assert office.channel() == ["Better late"]


def test_a_channel_furnished_with_its_people_is_greeted() -> None:
    office = a_new_office()
    with office.store.unit_of_work() as uow:
        furnish(uow, a_channel(set_up_at=office.clock.at - timedelta(hours=1)), HOLDERS)
    office.run()
    assert office.channel()[0].startswith("Hello! I'm the IT liaison of this channel.")
    assert roles(office).first(Role.ADMIN) == ADMIN


def set_up(office: Office, who: str, **given: str) -> None:
    office.submits(who, "setup", AGREED | given, conversation=MARKETING)


def channel(office: Office) -> Channel:
    return office.store.state.channels[TEAM, MARKETING]


def roles(office: Office) -> Roles:
    with office.store.unit_of_work() as uow:
        return uow.workspaces.roles(TEAM)
