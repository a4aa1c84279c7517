"""The tools on the market, by the shipped list."""

import pytest

from bot.detection.lists import shipped_tools, table
from bot.detection.market import on_the_market
from bot.files import policy_text


@pytest.mark.parametrize("written", ["Klaviyo", "klaviyo.com", "https://www.klaviyo.com", "Klavyio"])
def test_a_tool_of_the_list_is_known_by_name_domain_and_slip(written: str) -> None:
    found = on_the_market(written)
    assert found is not None
    assert (found.name, found.category, found.use) == ("Klaviyo", "email_automation", "Email & SMS")


@pytest.mark.parametrize("written", ["", "the thing from last week", "Zzyzxqy"])
def test_what_is_not_listed_is_not_known(written: str) -> None:
    assert on_the_market(written) is None


def test_the_categories_of_the_list_lead_to_categories_of_the_policy() -> None:
    policy = policy_text.read(policy_text.template())
    assert set(table("categories")) <= {known.tool.category for known in shipped_tools()}
    assert set(table("categories").values()) <= set(policy.categories)
    listed = [known for known in shipped_tools() if known.tool.category in table("categories")]
    assert len(listed) > 0.97 * len(shipped_tools())
