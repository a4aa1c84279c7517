"""What a model's answer may change about a detection, whatever it says."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
    Thresholds,
    decide,
)
from bot.domain.second_opinion import BELOW, MOST_MOVE, Opinion, Verdict, is_uncertain, merge, stands_in

NORMAL = THRESHOLDS[Sensitivity.NORMAL]
SENT = date(2026, 11, 23)
TEXT = "We may try Klaviyo or Mailchimp for our Winter Sale on 4 December, 50,000 people, for client [NAME_A] Nike."
DAYS = {"4 December": date(2026, 12, 4), "Friday": date(2026, 11, 27)}
AUDIENCES = {"50,000 people": 50_000, "50,000": 50_000}
ANYTHING = st.sampled_from(
    [
        "Klaviyo",
        "klaviyo",
        "Mailchimp",
        "EvilTool",
        "Winter Sale",
        "4 December",
        "Friday",
        "50,000",
        "our",
        "",
        "Nike",
        "\n",
        TEXT,
    ]
) | st.text(max_size=100)


def read(words: str, sent_at: date) -> CampaignFacts:
    """As the rules do, for the few words of these tests."""
    assert sent_at == SENT
    return CampaignFacts(iso_date=DAYS.get(words), audience=AUDIENCES.get(words))


def found(sure: float = 0.6, *, campaign: float = 0.0, tools: tuple[str, ...] = ("Klaviyo",)) -> Detection:
    confidence = {NEW_TOOL: sure, CAMPAIGN: campaign}
    labels = tuple(label for label in LABELS if confidence[label] >= 0.5)
    facts = CampaignFacts("Sale", "Friday", date(2026, 11, 27), 10) if CAMPAIGN in labels else None
    return Detection(labels, tools if NEW_TOOL in labels else (), facts, confidence, ("a cue",))


def merged(
    detection: Detection, text: str = TEXT, seen: str = "", limits: Thresholds = NORMAL, **said: Any
) -> Detection:
    verdicts = {label: Verdict(said.pop(label, "unsure")) for label in LABELS}
    opinion = Opinion(verdicts, **said)
    return merge(detection, opinion, Heard(text, SENT), seen or text, read, limits)


@pytest.mark.parametrize("sensitivity", Sensitivity)
def test_only_the_middle_is_uncertain(sensitivity: Sensitivity) -> None:
    limits = THRESHOLDS[sensitivity]
    sures = [limits.ask - BELOW - 0.01, limits.ask - BELOW + 0.01, limits.ask, limits.open - 0.01, limits.open, 1.0]
    assert [is_uncertain(found(sure), sensitivity) for sure in sures] == [False, True, True, True, False, False]


@pytest.mark.parametrize("sensitivity", Sensitivity)
@pytest.mark.parametrize(
    ("side", "by", "verdict", "action"),
    [
        ("open", -0.05, "yes", Action.OPEN),
        ("ask", -0.05, "yes", Action.ASK),
        ("ask", -0.01, "yes", Action.ASK),
        ("ask", -0.05, "no", Action.IGNORE),
        ("ask", 0.05, "no", Action.IGNORE),
        ("ask", 0.05, "unsure", Action.ASK),
    ],
)
def test_a_verdict_moves_the_action_by_one_step_at_most(
    sensitivity: Sensitivity, side: str, by: float, verdict: str, action: Action
) -> None:
    limits = THRESHOLDS[sensitivity]
    after = merged(found(getattr(limits, side) + by), limits=limits, new_tool=verdict)
    assert decide(after, sensitivity) is action


def test_a_no_does_not_silence_what_the_detector_is_rather_sure_of() -> None:
    assert decide(merged(found(NORMAL.ask + MOST_MOVE + 0.01), new_tool="no")) is Action.ASK
    assert decide(merged(found(NORMAL.open - MOST_MOVE - 0.01), new_tool="yes")) is Action.ASK


def test_a_yes_sets_a_label_the_detector_nearly_set_and_a_no_drops_one_it_hardly_set() -> None:
    assert merged(found(0.45), new_tool="yes", tools=("Mailchimp",)).labels == (NEW_TOOL,)
    dropped = merged(found(0.55, campaign=0.55), new_tool="no", campaign="no")
    assert (dropped.labels, dropped.tools, dropped.campaign) == ((), (), None)
    assert merged(found(0.60), campaign="yes").labels == (NEW_TOOL,)


def test_names_the_message_has_are_added_and_names_the_model_does_not_confirm_are_dropped() -> None:
    assert merged(found(tools=("Klaviyo", "Winter Sale")), new_tool="yes", tools=("Klaviyo", "Mailchimp")).tools == (
        "Klaviyo",
        "Mailchimp",
    )


@pytest.mark.parametrize(
    "name",
    ["EvilTool", "klaviyo2", "Klav", "may", "", "We may try Klaviyo or Mailchimp", "@sara", "Klaviyo\n", "[NAME_A]"],
)
def test_a_name_that_is_not_one_or_not_in_the_message_changes_nothing(name: str) -> None:
    assert merged(found(), new_tool="yes", tools=(name,)).tools == ("Klaviyo",)


def test_what_the_model_was_not_shown_it_can_neither_drop_nor_name() -> None:
    text = "client Klaviyo and Nike want Mailchimp"
    kept = merged(found(), text, "client [NAME_A] want Mailchimp", new_tool="yes", tools=("Mailchimp", "Nike"))
    assert kept.tools == ("Klaviyo", "Mailchimp")


@pytest.mark.parametrize("verdict", ["no", "unsure"])
def test_only_a_yes_may_change_names_and_facts(verdict: str) -> None:
    before = found(0.8, campaign=0.8)
    said: dict[str, Any] = {"tools": ("Mailchimp",), "campaign_name": "Winter Sale", "date_text": "4 December"}
    after = merged(before, new_tool=verdict, campaign=verdict, **said)
    assert (after.tools, after.campaign) == (before.tools, before.campaign)


def test_facts_are_read_from_words_of_the_message() -> None:
    said: dict[str, Any] = {"campaign_name": "Winter Sale", "date_text": "4 December", "audience_text": "50,000 people"}
    after = merged(found(campaign=0.6), campaign="yes", **said).campaign
    assert after == CampaignFacts("Winter Sale", "4 December", date(2026, 12, 4), 50_000, "50,000 people")
    assert merged(found(campaign=0.4), campaign="yes", **said).campaign == after


@pytest.mark.parametrize(
    "said",
    [
        {"campaign_name": "Summer Sale", "date_text": "5 December", "audience_text": "900,000"},
        {"campaign_name": "", "date_text": "", "audience_text": ""},
        {"campaign_name": "inter Sal", "date_text": "Friday", "audience_text": "0,000"},
        {"date_text": "Winter Sale", "audience_text": "Klaviyo"},
        {"campaign_name": TEXT},
    ],
)
def test_a_lie_about_the_facts_leaves_them_as_they_were(said: dict[str, Any]) -> None:
    before = found(campaign=0.6)
    assert merged(before, campaign="yes", **said).campaign == before.campaign


def test_the_reasons_say_what_the_second_opinion_was() -> None:
    assert merged(found(), new_tool="no", campaign="yes").why == (
        "a cue", "second opinion on a new tool: no", "second opinion on a campaign: yes",
    )  # fmt: skip


@given(
    st.floats(0, 1), st.floats(0, 1), st.tuples(*[st.sampled_from(Verdict)] * 2), st.lists(ANYTHING, max_size=9),
    ANYTHING, ANYTHING, ANYTHING, st.sampled_from(Sensitivity),
)  # fmt: skip
def test_no_answer_changes_more_than_the_message_bears_out(
    tool: float, campaign: float, verdicts: tuple[Verdict, ...], tools: list[str],
    name: str, day: str, audience: str, sensitivity: Sensitivity,
) -> None:  # fmt: skip
    before = found(tool, campaign=campaign)
    opinion = Opinion(dict(zip(LABELS, verdicts, strict=True)), tuple(tools), name, day, audience)
    after = merge(before, opinion, Heard(TEXT, SENT), TEXT, read, THRESHOLDS[sensitivity])
    assert all(abs(after.confidence[label] - before.confidence[label]) <= MOST_MOVE + 1e-9 for label in LABELS)
    assert all(0 <= after.confidence[label] <= 1 for label in LABELS)
    assert all(one in before.tools or stands_in(one, TEXT) for one in after.tools)
    if is_uncertain(before, sensitivity):
        assert {decide(before, sensitivity), decide(after, sensitivity)} != {Action.OPEN, Action.IGNORE}
    if after.campaign and after.campaign != before.campaign:
        old = before.campaign or CampaignFacts()
        assert after.campaign.name == old.name or stands_in(str(after.campaign.name), TEXT)
        assert after.campaign.iso_date in {old.iso_date, DAYS["4 December"]}
        assert after.campaign.audience in {old.audience, 50_000}
        assert after.campaign.channel == old.channel
