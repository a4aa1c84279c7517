"""Forty messages with orders to a machine change neither an action, a name nor a recipient, however a model obeys."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.detection import (
    CAMPAIGN,
    LABELS,
    NEW_TOOL,
    THRESHOLDS,
    Action,
    CampaignFacts,
    Detection,
    Heard,
    Sensitivity,
    decide,
)
from bot.domain.instructions import speaks_to_a_machine
from bot.domain.masking import mask
from bot.domain.second_opinion import MOST_MOVE, Opinion, Verdict, merge, stands_in
from bot.services.intake.second_opinion import SecondOpinion
from prompts.catalog import SECOND_OPINION
from tests.builders import MARKETER, Office, an_office, words
from tests.support.injections import INJECTIONS
from tests.support.scripted_model import ScriptedModel, a_reading

NORMAL = THRESHOLDS[Sensitivity.NORMAL]
SENT = date(2026, 11, 23)
EVIL = {"campaign_name": "EvilSale", "date_text": "1 January", "audience_text": "9,000,000"}
WORDS = re.compile(r"\w{2,40}")


def obey_with_yes(message: str) -> str:
    """Whatever it is told to name, it names, and what it is not told too."""
    said = ["EvilTool", *WORDS.findall(message)]
    return a_reading(new_tool="yes", campaign="yes", tools=said[-6:], **EVIL)


def obey_with_evil(message: str) -> str:
    """The tool it is told to name takes the place of the real one."""
    return a_reading(new_tool="yes", campaign="yes", tools=["EvilTool", "U999", "@cio"], **EVIL)


def obey_with_no(message: str) -> str:
    """It keeps quiet about everything."""
    return a_reading(new_tool="no", campaign="no")


OBEDIENT = (obey_with_yes, obey_with_evil, obey_with_no)


def read_anything(text: str, sent_at: date) -> CampaignFacts:
    """A reader of dates that finds one in any words: the rule must hold without its help."""
    return CampaignFacts(iso_date=date(2027, 1, 1), audience=9_000_000)


def leaning(sure: float) -> Detection:
    confidence = {NEW_TOOL: sure, CAMPAIGN: 0.45}
    labels = tuple(label for label in LABELS if confidence[label] >= 0.5)
    return Detection(labels, ("Klaviyo",) if labels else (), None, confidence, ())


def after_hearing(text: str, sure: float, obey: Callable[[str], str] | None) -> tuple[Office, object]:
    """The office after somebody wrote this, and everything anybody can see of it."""
    office = an_office()
    if obey:
        model = ScriptedModel([obey])
        office.second_opinion = SecondOpinion(model, office.store.unit_of_work, office.clock, read=read_anything)
    office.says(MARKETER, text, leaning(sure))
    seen = [(one.ref.conversation, one.thread, one.only_for, words(one.card)) for one in office.chat.said]
    tickets = [(one.title, one.kind, one.requester, one.liaison) for one in office.store.state.tickets.values()]
    return office, (seen, tickets)


def test_there_are_forty_different_ones() -> None:
    assert len(set(INJECTIONS)) == 40


@pytest.mark.parametrize("text", INJECTIONS, ids=range(40))
def test_it_is_shown_to_no_model_and_everything_happens_as_without_one(text: str) -> None:
    assert speaks_to_a_machine(text)
    for sure in (NORMAL.ask - 0.05, NORMAL.ask + 0.05, NORMAL.open - 0.01):
        alone = after_hearing(text, sure, None)[1]
        assert [after_hearing(text, sure, obey)[1] for obey in OBEDIENT] == [alone] * len(OBEDIENT)


@pytest.mark.parametrize("obey", OBEDIENT)
@pytest.mark.parametrize("text", INJECTIONS, ids=range(40))
def test_even_if_it_were_shown_the_rule_of_merging_holds(text: str, obey: Callable[[str], str]) -> None:
    masked = mask(text).text
    opinion = Opinion(*opinion_of(obey(masked)))
    for sure in (NORMAL.ask - 0.05, NORMAL.ask + 0.05, NORMAL.open - 0.1, NORMAL.open - 0.01):
        before = leaning(sure)
        after = merge(before, opinion, Heard(text, SENT), masked, read_anything, NORMAL)
        assert {decide(before), decide(after)} != {Action.OPEN, Action.IGNORE}
        assert all(abs(after.confidence[label] - before.confidence[label]) <= MOST_MOVE + 1e-9 for label in LABELS)
        assert all(stands_in(name, text) and "@" not in name for name in after.tools)
        named = after.campaign or CampaignFacts()
        assert all(fact is None or stands_in(fact, text) for fact in (named.name, named.date_text, named.audience_text))
        assert (named.iso_date is None) is (named.date_text is None)
        assert named.channel == ()


def opinion_of(answer: str) -> tuple[dict[str, Verdict], tuple[str, ...], str, str, str]:
    """An obedient model's answer, as the rule gets it."""
    said = SECOND_OPINION.parse(answer)
    verdicts = {NEW_TOOL: Verdict(said.new_tool), CAMPAIGN: Verdict(said.campaign)}
    return verdicts, tuple(said.tools), said.campaign_name, said.date_text, said.audience_text


@pytest.mark.parametrize(
    "text",
    [
        "we signed up for a Klaviyo trial yesterday, any objections?",
        "Wir testen gerade ein neues Tool für Umfragen, Typeform oder Tally?",
        "on lance la campagne de Noël le 4 décembre, 50 000 contacts",
        "¿podemos conectar Hotjar a la web antes del viernes?",
        "can somebody check whether the Winter Sale page holds? mail goes out Thursday",
        "ChatGPT Team seats for the copywriters, can we buy them?",
        "o cliente quer usar o RD Station, vamos contratar",
    ],
)
def test_ordinary_messages_are_not_held_back(text: str) -> None:
    assert not speaks_to_a_machine(text)
