"""Cards and forms as Adaptive Cards: what people write stays as typed, and all of it fits."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.messages import (
    Button,
    Card,
    Channel,
    Choice,
    Code,
    Fact,
    Field,
    FieldKind,
    Form,
    Line,
    Link,
    Mention,
    Moment,
    Section,
    Strong,
    Style,
    Text,
    ThreadLink,
)
from bot.platforms.teams.cards import MOST_BYTES, message, size
from bot.platforms.teams.forms import filled, form_card
from bot.platforms.teams.spans import Ink, markdown
from tests.support.strict_cards import faults_of

NAMES = {"29:sam": "Sam", "29:sam2": "Sam", "29:odd": "O*dd](x"}
WIDE = "\u200b"
NINE = datetime(2026, 3, 1, 9, tzinfo=UTC)


def ink() -> Ink:
    return Ink("tenant", lambda one: NAMES.get(one, ""), lambda one: "marketing")


def card(made: Card) -> dict[str, Any]:
    drawn = message(made, "key", ink(), lambda action: action == "form")
    assert faults_of(drawn) == []
    return drawn


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (("a*b_c ~d~ `e`",), "a∗b_c ∼d∼ ˋeˋ"),
        (("one\ntwo\n\nthree",), "one\n\ntwo\n\nthree"),
        (("- one\n1. two",), f"{WIDE}- one\n\n{WIDE}1. two"),
        (("[x](https://evil.example) <b>",), f"[x]{WIDE}(https://evil.example) <{WIDE}b>"),
        (("&lt; {{DATE(x)}}",), f"&{WIDE}lt; {{{WIDE}{{DATE(x)}}}}"),
        (("Type /itcheck help now",), "Type @IT Liaison help now"),
        ((Code("/itcheck status IT-1"),), "**@IT Liaison status IT-1**"),
        (("bold", Strong("er"), "!"), "bold\u200a**er**\u200a!"),
        ((Link("https://a.example/(x)", "here"),), "[here](https://a.example/%28x%29)"),
        ((Link("javascript:alert(1)", "here"),), "here"),
        ((Channel("19:x"),), "**marketing**"),
        ((Moment(NINE),), "{{DATE(2026-03-01T09:00:00Z,SHORT)}} {{TIME(2026-03-01T09:00:00Z)}}"),
        (
            (ThreadLink("19:x@thread.tacv2", "17", "IT-1"),),
            "[IT-1](https://teams.microsoft.com/l/message/19%3Ax%40thread.tacv2/17?tenantId=tenant)",
        ),
    ],
)
def test_spans_become_markdown_and_peoples_text_stays_text(text: Text, said: str) -> None:
    assert markdown(text, ink(), 500) == said


def test_a_long_text_is_cut_but_never_inside_a_mention() -> None:
    pen = ink()
    assert markdown(("x" * 20, Mention("29:sam")), pen, 21) == "x" * 20 + "…"
    assert markdown(("x" * 500,), pen, 100) == "x" * 99 + "…"


def test_each_person_of_a_card_is_declared_once_also_where_two_share_a_name() -> None:
    made = card(Card(text=(Mention("29:sam"), " ", Mention("29:sam2"), " ", Mention("29:sam"), Mention("29:odd"))))
    entities = made["msteams"]["entities"]
    assert [one["mentioned"]["id"] for one in entities] == ["29:sam", "29:sam2", "29:odd"]
    assert entities[0]["text"] != entities[1]["text"]


def test_buttons_execute_fetch_a_form_open_a_page_or_ask_first() -> None:
    buttons = (
        Button("Claim", "claim", "IT-1", Style.PRIMARY),
        Button("Answer", "form", "IT-1"),
        Button("See", "", url="https://page.example"),
        Button("Withdraw", "withdraw", "IT-1", Style.DANGER, confirm="Really?"),
    )
    made = card(Card("T", buttons=buttons, more=(Button("Note", "note"),)))
    execute, fetch, opened, asked, more = made["actions"]
    assert (execute["type"], execute["verb"], execute["data"]) == ("Action.Execute", "claim", {"value": "IT-1"})
    assert execute["style"] == "positive"
    assert fetch["data"] == {"msteams": {"type": "task/fetch"}, "action": "form", "value": "IT-1"}
    assert (opened["type"], opened["url"]) == ("Action.OpenUrl", "https://page.example")
    assert asked["card"]["body"][0]["text"] == "Really?"
    assert asked["card"]["actions"][0]["verb"] == "withdraw"
    assert more["mode"] == "secondary"


def test_the_first_element_carries_the_key() -> None:
    assert card(Card(text=("words",)))["body"][0]["id"] == "key:key"


@pytest.mark.parametrize(
    "made",
    [
        Card("T", ("x" * 100_000,)),
        Card("T", ("ü" * 100_000,), note=("n" * 9_000,)),
        Card("T", facts=tuple(Fact(f"F{at}", ("y" * 2_000,)) for at in range(50))),
        Card("T", sections=(Section("S", tuple(Line(("z" * 300,), Button("B", "b", "v" * 900)) for _ in range(200))),)),
        Card("T", sections=tuple(Section(f"S{at}", (Line(("z" * 900,)),)) for at in range(80))),
        Card("T", buttons=tuple(Button("B" * 70, "b", "v" * 2_000) for _ in range(25))),
        Card("T", (Strong("s" * 150),) * 900),
    ],
    ids=["text", "wide text", "facts", "lines", "sections", "buttons", "styled"],
)
def test_whatever_a_card_holds_it_fits_and_keeps_its_title(made: Card) -> None:
    drawn = card(made)
    assert size(drawn) <= MOST_BYTES
    assert drawn["body"][0]["text"] == "T"


FORM = Form(
    "new_tool",
    "New tool",
    (
        Field("name", "Which tool?", value="Klaviyo", required=True, hint="Its name"),
        Field("why", "What for?", FieldKind.PARAGRAPH, most=5_000),
        Field("by", "Needed by", FieldKind.DATE, "2026-12-01"),
        Field("data", "Data", FieldKind.CHOICE, "no", choices=(Choice("Yes", "yes"), Choice("No", "no"))),
    ),
)


def test_a_form_holds_what_stood_in_its_fields_and_leads_back_to_its_view() -> None:
    made = form_card(FORM, "view:1", ink())
    assert faults_of(made) == []
    fields = {one["id"]: one for one in made["body"] if one["type"].startswith("Input.")}
    assert {name: one.get("value") for name, one in fields.items()} == {
        "name": "Klaviyo", "why": None, "by": "2026-12-01", "data": "no"
    }  # fmt: skip
    assert (fields["name"]["isRequired"], fields["why"]["maxLength"]) == (True, 3_000)
    assert made["actions"][0]["data"] == {"view": "view:1"}


def test_what_is_wrong_stands_below_its_field_with_what_was_written() -> None:
    made = form_card(
        filled(FORM, {"name": "x", "why": "y"}), "view:1", ink(), {"name": "That is no name.", "": "Late."}
    )
    body = made["body"]
    assert [one["text"] for one in body[:2] if one["type"] == "TextBlock"][1] == "Late."
    at = next(place for place, one in enumerate(body) if one.get("id") == "name")
    assert body[at]["value"] == "x"
    assert [one["text"] for one in body[at + 1 : at + 3]] == ["Its name", "That is no name."]


def test_a_form_with_many_choices_offers_a_hundred_with_the_chosen_one_among_them() -> None:
    choices = tuple(Choice(f"C{at}", str(at)) for at in range(300))
    field = Field("who", "Who?", FieldKind.CHOICE, "299", choices=(*choices, choices[0]))
    made = form_card(Form("f", "F", (field,)), "v", ink())["body"][0]
    assert (len(made["choices"]), made["value"], made["style"]) == (100, "299", "filtered")
