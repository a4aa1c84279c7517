"""Cards, forms and Home stay within Slack's limits and do no harm, whatever people wrote."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    Span,
    Strong,
    Style,
    ThreadLink,
)
from bot.platforms.slack.blocks import block_id, home, message
from bot.platforms.slack.forms import closing_view, form_view, loading_view
from bot.platforms.slack.spans import Look, mrkdwn, size
from tests.support.strict_blocks import message_faults, view_faults

Json = dict[str, Any]

LOOK = Look("https://acme.slack.com", native_times=False)
HOSTILE = (
    "",
    " ",
    "\n\n",
    "x" * 3_000,
    "<!channel> <@U1> <https://evil.example|x> & " * 300,
    "😀" * 3_000,
    "\u202eright to left\u202c " * 200,
    "👩‍👩‍👧‍👦" * 500,
    "*b* _i_ ~s~ `c` ```x``` > q\n> q\n" * 200,
    "\ud800\x00",
)


def full_card(words: str) -> Card:
    """A card with these words in every place and as many parts as there may be."""
    spans: tuple[Span, ...] = (words, Mention("U1"), Strong(words), Code(words), Link("https://a.example/?a|b", words))
    spans += (Channel("C1"), ThreadLink("C1", TS, words), Moment(AT, "Europe/Berlin"), Link(words, words))
    button = Button(words, "act", words, Style.PRIMARY, confirm=words)
    lines = tuple(Line(spans, button if number % 2 else None) for number in range(40))
    return Card(
        title=words,
        text=spans,
        facts=tuple(Fact(words, spans) for _ in range(23)),
        sections=(Section(words, lines), Section(words, lines)),
        buttons=(button, Button(words, "", url="https://a.example"), *(button for _ in range(30))),
        note=spans,
    )


TS = "1763974800.000100"
AT = datetime(2025, 11, 24, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize("words", HOSTILE)
def test_a_message_is_within_the_limits_whatever_it_says(words: str) -> None:
    text, blocks = message(full_card(words), "a key", LOOK)
    assert message_faults(blocks) == []
    assert 0 < size(text) <= 3_000
    assert too_long(blocks) == []


@pytest.mark.parametrize("words", HOSTILE)
def test_home_and_the_closing_view_are_within_the_limits(words: str) -> None:
    assert view_faults(home(full_card(words), LOOK)) == []
    assert view_faults(closing_view(full_card(words), LOOK)) == []
    assert view_faults(loading_view()) == []


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("kind", list(FieldKind))
def test_a_form_is_within_the_limits_whatever_stands_in_it(words: str, kind: FieldKind) -> None:
    choices = tuple(Choice(words, f"{number}") for number in range(150))
    fields = tuple(Field(f"f{n}", words, kind, words, words, bool(n % 2), choices) for n in range(5))
    view = form_view(Form("name", words, fields, words, (words,), {"a": words, "b": "12"}), LOOK)
    assert view_faults(view) == []
    assert too_long(view) == []
    assert json.loads(view["private_metadata"])["context"].get("b", "12") == "12"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200))
def test_no_text_of_a_person_leaves_its_place(words: str) -> None:
    shown = mrkdwn((words,), LOOK, 3_000)
    assert "<" not in shown
    assert not any(mark in shown.replace(" * ", "").replace(" ~ ", "") for mark in "`*~") or words.isspace()
    assert "@channel" not in shown.casefold()


def test_what_people_typed_is_shown_as_typed() -> None:
    assert mrkdwn(("snake_case 5 * 3 H&M <b>",), LOOK, 3_000) == "snake_case 5 * 3 H&amp;M &lt;b&gt;"
    assert mrkdwn(("Email & SMS &",), LOOK, 3_000) == "Email & SMS &amp;"
    assert mrkdwn(("*bold* _it_",), LOOK, 3_000) == "\u2217bold\u2217 \u02cdit\u02cd"
    assert mrkdwn(("> quote",), LOOK, 3_000) == "\u200b&gt; quote"
    assert (
        mrkdwn(("mal\u202e \u2066x\u2069 \u05e9\u05dc\u05d5\u05dd",), LOOK, 3_000) == "mal x \u05e9\u05dc\u05d5\u05dd"
    )
    assert mrkdwn(("@channel @here @Everyone @pat",), LOOK, 3_000) == "@\u200bchannel @\u200bhere @\u200bEveryone @pat"


def test_spans_become_slacks_markup() -> None:
    spans = (Mention("U1"), " ", Channel("C1"), " ", Strong("a*b"), " ", Code("/itcheck `x`"))
    assert mrkdwn(spans, LOOK, 3_000) == "<@U1> <#C1> *a\u2217b* `/itcheck \u02cbx\u02cb`"
    link = Link("https://a.example/?q=1&r=<2>|3", "a <page>")
    assert mrkdwn((link,), LOOK, 3_000) == "<https://a.example/?q=1&amp;r=%3C2%3E%7C3|a &lt;page&gt;>"
    thread = ThreadLink("C1", TS, "thread")
    assert mrkdwn((thread,), LOOK, 3_000) == "<https://acme.slack.com/archives/C1/p1763974800000100|thread>"


def test_only_web_and_mail_addresses_become_links() -> None:
    assert mrkdwn((Link("javascript:alert(1)", "press"),), LOOK, 3_000) == "press"
    assert mrkdwn((Link("http://[broken", ""),), LOOK, 3_000) == "<http://[broken>"


def test_styled_words_work_beside_letters() -> None:
    assert mrkdwn(("un", Strong("believ"), "able"), LOOK, 3_000) == "un\u200b*believ*\u200bable"


def test_a_time_is_shown_in_the_readers_zone_or_else_in_its_own() -> None:
    moment = (Moment(AT, "Europe/Berlin"),)
    assert mrkdwn(moment, LOOK, 3_000) == "Mon 24 Nov, 15:00 CET"
    token = "<!date^1763992800^{date_short_pretty} {time}|Mon 24 Nov, 15:00 CET>"
    assert mrkdwn(moment, Look(native_times=True), 3_000) == token
    assert mrkdwn((Moment(AT, "No/Where"),), LOOK, 3_000) == "Mon 24 Nov, 14:00 UTC"


def test_a_cut_spares_mentions_and_entities() -> None:
    assert mrkdwn(("aaaa ", Mention("U123")), LOOK, 9) == "aaaa…"
    assert mrkdwn(("a&&&",), LOOK, 9) == "a&amp;…"


def test_a_long_text_goes_on_in_the_next_section_before_it_is_cut() -> None:
    _, blocks = message(Card(text=("word " * 1_500,)), "k", LOOK)
    assert len(blocks) == 3
    assert "".join(block["text"]["text"] for block in blocks) == "word " * 1_500


def test_the_first_block_carries_the_key() -> None:
    assert message(Card(text=("x",)), "ticket:1", LOOK)[1][0]["block_id"] == "key:ticket:1"
    assert size(block_id("k" * 400)) <= 255
    assert block_id("k" * 400) != block_id("k" * 401)


def test_equal_actions_are_told_apart() -> None:
    lines = tuple(Line(("x",), Button("Open", "open", str(number))) for number in range(3))
    _, blocks = message(Card(sections=(Section("", lines),), buttons=(Button("Open", "open"),)), "k", LOOK)
    ids = [block["accessory"]["action_id"] for block in blocks if "accessory" in block]
    assert ids == ["open", "open#2", "open#3"]
    assert blocks[-1]["elements"][0]["action_id"] == "open#4"


def test_what_does_not_fit_gives_way_and_the_buttons_stay() -> None:
    lines = tuple(Line((f"line {number}",), Button("Open", "open")) for number in range(80))
    _, blocks = message(Card(sections=(Section("All", lines),), buttons=(Button("More", "more"),)), "k", LOOK)
    assert len(blocks) == 50
    assert "more that does not fit" in blocks[-2]["text"]["text"]
    assert blocks[-1]["elements"][0]["text"]["text"] == "More"


def test_an_empty_card_is_a_message_all_the_same() -> None:
    text, blocks = message(Card(), "k", LOOK)
    assert message_faults(blocks) == []
    assert text


def test_the_chosen_option_is_offered_however_many_there_are() -> None:
    choices = tuple(Choice(f"Choice {number}", str(number)) for number in range(300))
    view = form_view(Form("n", "T", (Field("f", "F", FieldKind.CHOICE, "250", choices=choices),)), LOOK)
    element = view["blocks"][0]["element"]
    assert len(element["options"]) == 100
    assert element["initial_option"] == element["options"][-1]
    assert element["placeholder"]["text"] == "Choice 250"


def test_a_date_that_is_none_is_left_out() -> None:
    view = form_view(Form("n", "T", (Field("f", "F", FieldKind.DATE, "soon"),)), LOOK)
    assert "initial_date" not in view["blocks"][0]["element"]


def too_long(value: Any) -> list[str]:
    """Text objects that are longer than Slack takes, or empty."""
    if isinstance(value, dict):
        own = value.get("text")
        bad = [own] if isinstance(own, str) and not 0 < size(own) <= 3_000 else []
        return bad + [one for inner in value.values() for one in too_long(inner)]
    return [one for inner in value for one in too_long(inner)] if isinstance(value, list) else []
