"""Can we? IT tells what its systems take, marketing asks, and nothing is guessed."""

from __future__ import annotations

import pytest

from bot.messages import Form
from handlers.routing import check_form
from tests.builders import GUEST, IT_MANAGER, LIAISON, MARKETER, Office, an_office, words

WEBCAST = {
    "system": "Webcast platform", "most": "10k", "unit": "viewers at once", "words": "webcast, live stream",
    "cannot": "subtitles", "beyond": "a streaming service, 4 weeks", "owner": "",
}  # fmt: skip


@pytest.fixture
def office() -> Office:
    office = an_office()
    office.submits(LIAISON, "limit", WEBCAST)
    return office


def asked(office: Office, question: str) -> str:
    office.types(MARKETER, f"can-we {question}")
    return office.whispers(MARKETER)[-1]


def test_two_million_viewers_get_a_figure_a_name_and_what_it_would_take(office: Office) -> None:
    answer = asked(office, "do a webcast to two million viewers")
    assert answer.startswith(
        "Not with what we have: Webcast platform takes 10,000 viewers at once, and 2,000,000 is 200 times that."
    )
    assert "What it would take\na streaming service, 4 weeks" in answer
    assert "Ask\n@liaison" in answer


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("stream live to 300 people", "Yes, as far as I know: Webcast platform takes 10,000 viewers at once"),
        ("a webcast for 9.5k", "Barely: Webcast platform takes"),
        ("webcast with subtitles", "No: Webcast platform can't do that (subtitles)."),
        ("a webcast in May", "Webcast platform takes 10,000 viewers at once. Ask again with your figure"),
        ("print 2 million flyers", "I don't know: nobody has told me what we have for that"),
        ("", "What do you plan?"),
        ("x" * 301, "That is a long one."),
    ],
)
def test_every_answer_says_how_sure_it_is(office: Office, question: str, begins: str) -> None:
    assert asked(office, question).startswith(begins)


def test_what_nobody_knows_goes_to_it_with_one_button(office: Office) -> None:
    asked(office, "print 2 million flyers?")
    office.presses(MARKETER, "answer_liaison", "print 2 million flyers?")
    assert (office.ticket().kind, office.ticket().title) == ("question", "print 2 million flyers?")


def test_the_list_shows_every_system_and_an_empty_number_takes_one_off_it(office: Office) -> None:
    office.types(MARKETER, "limits")
    assert "Webcast platform: 10,000 viewers at once — ask @liaison (as of" in office.whispers(MARKETER)[-1]
    office.submits(IT_MANAGER, "limit", {**WEBCAST, "system": "webcast PLATFORM", "most": ""})
    office.types(MARKETER, "limits")
    assert office.whispers(MARKETER)[-1].startswith("Nobody has told me yet what our systems take.")


def test_the_form_is_filled_with_what_is_known(office: Office) -> None:
    form = office.form(office.types(LIAISON, "limits webcast platform"))
    assert {field.key: field.value for field in form.fields} == {
        **WEBCAST, "most": "10,000", "owner": f"<@{LIAISON}>"
    }  # fmt: skip


@pytest.mark.parametrize("who", [MARKETER, GUEST])
def test_only_it_says_what_a_system_takes(office: Office, who: str) -> None:
    assert not isinstance(office.chat.forms[office.types(who, "limits CRM").view], Form)
    office.submits(who, "limit", {**WEBCAST, "most": "5"})
    office.types(LIAISON, "limits")
    assert "10,000 viewers" in office.whispers(LIAISON)[-1]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"system": " "}, "system"),
        ({"most": "lots"}, "most"),
        ({"most": "0"}, "most"),
        ({"unit": ""}, "unit"),
        ({"words": ",".join(map(str, range(30)))}, "words"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(office: Office, values: dict[str, str], field: str) -> None:
    assert list(check_form(office.submits(LIAISON, "limit", {**WEBCAST, **values}))) == [field]


def test_words_renders_hostile_names_as_they_are(office: Office) -> None:
    office.submits(LIAISON, "limit", {**WEBCAST, "system": "<!channel> & co", "words": "letters"})
    assert "<!channel> & co" in words(asked(office, "letters to 20k people"))
