"""The tools on the market, by the shipped list."""

import pytest

from bot.detection.market import on_the_market


@pytest.mark.parametrize("written", ["Klaviyo", "klaviyo.com", "https://www.klaviyo.com", "Klavyio"])
def test_a_tool_of_the_list_is_known_by_name_domain_and_slip(written: str) -> None:
    found = on_the_market(written)
    assert found is not None
    assert (found.name, found.category) == ("Klaviyo", "Email & SMS")


@pytest.mark.parametrize("written", ["", "the thing from last week", "Zzyzxqy"])
def test_what_is_not_listed_is_not_known(written: str) -> None:
    assert on_the_market(written) is None
