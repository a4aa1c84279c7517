"""What is done about a detection, and when two spellings are one tool."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import Tool, ToolStatus, edits, resolve, topic
from bot.domain.detection import THRESHOLDS, Action, CampaignFacts, Detection, Sensitivity, decide

TOOLS = (
    Tool("Klaviyo", website="https://www.klaviyo.com"),
    Tool("Monday.com", aliases=("monday work management",), status=ToolStatus.APPROVED),
    Tool("SurveyMonkey"),
    Tool("Loom"),
    Tool("Impact.com"),
)


def detection(new_tool: float, campaign: float = 0.0) -> Detection:
    return Detection((), (), None, {"new_tool": new_tool, "campaign": campaign}, ())


@pytest.mark.parametrize(
    ("sure", "sensitivity", "action"),
    [
        (0.97, Sensitivity.NORMAL, Action.OPEN),
        (0.97, Sensitivity.QUIET, Action.ASK),
        (0.80, Sensitivity.NORMAL, Action.ASK),
        (0.80, Sensitivity.QUIET, Action.IGNORE),
        (0.60, Sensitivity.EAGER, Action.ASK),
        (0.60, Sensitivity.NORMAL, Action.IGNORE),
    ],
)
def test_the_surer_we_are_the_more_is_done(sure: float, sensitivity: Sensitivity, action: Action) -> None:
    assert decide(detection(sure), sensitivity) is action
    assert decide(detection(0.1, sure), sensitivity) is action


def test_a_quieter_channel_never_hears_more() -> None:
    quiet, normal, eager = (THRESHOLDS[one] for one in (Sensitivity.QUIET, Sensitivity.NORMAL, Sensitivity.EAGER))
    assert quiet.open >= normal.open >= eager.open
    assert quiet.ask >= normal.ask >= eager.ask


def test_a_detection_survives_the_way_through_json() -> None:
    facts = CampaignFacts("Sale", "27 Nov", date(2025, 11, 27), 400_000, "400k", ("email",))
    found = Detection(("campaign",), (), facts, {"new_tool": 0.1, "campaign": 0.9}, ("names a day",))
    assert Detection.from_dict(found.to_dict()) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Monday.com", "monday"),
        ("Survey Monkey", "SurveyMonkey"),
        ("The Trade Desk", "trade desk"),
        ("https://www.klaviyo.com", "Klaviyo"),
        ("Ｋｌａｖｉｙｏ", "klaviyo"),
        ("Café", "cafe"),
        ("🚀", "🚀\ufe0f"),
    ],
)
def test_two_spellings_of_one_name_have_one_topic(one: str, other: str) -> None:
    assert topic(one) == topic(other) != ""


@given(st.text(min_size=1))
def test_a_topic_is_stable_and_never_empty_where_something_is_written(name: str) -> None:
    key = topic(name)
    assert bool(key) == bool(name.strip()) or not key.strip()
    assert topic(key) == key or not key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("klaviyo.com", "Klaviyo"),
        ("Klavyio", "Klaviyo"),
        ("monday work management", "Monday.com"),
        ("surveymonky", "SurveyMonkey"),
        ("impact", "Impact.com"),
        ("Zoom", None),
        ("Lume", None),
        ("", None),
    ],
)
def test_a_tool_is_found_by_name_alias_domain_or_small_slip(name: str, expected: str | None) -> None:
    found = resolve(name, TOOLS)
    assert (found.name if found else None) == expected


def test_a_slip_that_could_be_two_tools_is_neither() -> None:
    assert resolve("Planner", (Tool("Planned"), Tool("Plannex"))) is None


def test_a_swap_of_two_neighbours_is_one_edit() -> None:
    assert edits("klavyio", "klaviyo") == 1
