"""What is found by a few words, and that only what everybody may see is shared."""

from __future__ import annotations

import pytest

from bot.domain.catalogue import Tool, ToolStatus
from bot.domain.errors import NotAllowed
from bot.services.search import search
from tests.builders import GUEST, MARKETER, TEAM, Office, a_tool, an_office, words


@pytest.fixture
def office() -> Office:
    made = an_office()
    for name in ("Klaviyo", "Hotjar"):
        made.says(MARKETER, f"we try {name}", a_tool(name))
    made.run()
    with made.store.unit_of_work() as uow:
        uow.catalogue.save(TEAM, Tool("Klaviyo", status=ToolStatus.APPROVED, note="for IT only"), Tool("Canva"))
    return made


@pytest.mark.parametrize(
    ("wanted", "titles"),
    [
        ("klav", ["IT-1 · Klaviyo", "Klaviyo"]),
        ("it-2", ["IT-2 · Hotjar"]),
        ("  CANVA ", ["Canva"]),
        ("", ["IT-2 · Hotjar", "IT-1 · Klaviyo"]),
        ("nothing like it", []),
    ],
)
def test_words_find_tickets_and_tools_the_newest_first(office: Office, wanted: str, titles: list[str]) -> None:
    assert [one.title for one in search(office.desk, TEAM, MARKETER, wanted)] == titles


def test_what_is_shared_has_no_buttons_and_no_notes(office: Office) -> None:
    for one in search(office.desk, TEAM, MARKETER, "klaviyo"):
        assert one.card.buttons == one.card.more == ()
        assert "for IT only" not in words(one.card)


def test_another_workspace_and_guests_find_nothing(office: Office) -> None:
    assert search(office.desk, "T2", MARKETER, "klaviyo") == []
    with pytest.raises(NotAllowed):
        search(office.desk, TEAM, GUEST, "klaviyo")
