"""What is documented is there, and what is there is documented."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.domain.kinds import KINDS, Kind
from bot.platforms.slack.manifest import EVENTS, SCOPES, Listened, Scope
from bot.platforms.teams.manifest import PERMISSIONS
from handlers.commands.help import Topic, help_card
from handlers.registry import COMMANDS
from tests.builders import ADMIN, GUEST, LIAISON, MARKETER, an_office, words

ROOT = Path(__file__).parents[2]
ASKED: list[Scope | Listened] = [*SCOPES, *EVENTS]
README = (ROOT / "README.md").read_text() + (ROOT / "docs/features.md").read_text()
TEAMS = (ROOT / "docs" / "teams.md").read_text()
SLACK = (ROOT / "docs" / "slack.md").read_text()


@pytest.mark.parametrize("asked", ASKED, ids=[one.name for one in ASKED])
def test_every_permission_stands_in_the_docs_with_its_reason(asked: Scope | Listened) -> None:
    assert f"| `{asked.name}` | {asked.reason} |" in SLACK


def test_the_docs_name_no_permission_that_is_not_asked_for() -> None:
    documented = re.findall(r"^\| `([^`]+)` \|", SLACK, flags=re.MULTILINE)
    assert documented == [asked.name for asked in ASKED]


def test_help_lists_the_commands_by_what_one_is_after() -> None:
    titles = [section.title for section in help_card(COMMANDS).sections]
    assert titles == [*Topic, "What else works"]
    rows = words(help_card(COMMANDS)).splitlines()
    assert rows.index("Ask IT") < rows.index("For admins")


@pytest.mark.parametrize(
    ("who", "hidden"),
    [
        (MARKETER, {"For IT", "For admins"}),
        (GUEST, {"For IT", "For admins"}),
        (LIAISON, {"For admins"}),
        (ADMIN, {"For IT"}),
    ],
)
def test_help_shows_people_what_they_can_type_and_all_of_it_on_request(who: str, hidden: set[str]) -> None:
    office = an_office()
    office.types(who, "help")
    shown = office.whispers(who)[-1].splitlines()
    assert {"For IT", "For admins"} - set(shown) == hidden
    assert shown[-1] == "IT and admins have more: /itcheck help all."
    office.types(who, "help all")
    assert {"For IT", "For admins"} <= set(office.whispers(who)[-1].splitlines())


def test_every_command_stands_in_help_and_every_command_of_the_readme_exists() -> None:
    shown = words(help_card(COMMANDS))
    assert all(f"/itcheck {command.usage} — {command.help}" in shown for command in COMMANDS)
    known = {word for command in COMMANDS for word in (command.name, *command.aliases)}
    assert set(re.findall(r"/itcheck ([a-z-]+)", README)) <= known


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_the_readme_says_how_every_kind_of_ticket_is_opened(kind: Kind) -> None:
    assert f"`/itcheck {kind.command}" in README


def test_every_page_and_picture_the_docs_link_to_is_there() -> None:
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")]
    missing = [
        f"{page.name}: {link}"
        for page in pages
        for link in re.findall(r"\]\(([^)#:]+)\)", page.read_text())
        if not (page.parent / link).exists()
    ]
    assert missing == []


def test_every_module_the_readme_tells_to_run_exists() -> None:
    verbs = set(re.findall(r"-m bot ([a-z]+)", README))
    assert verbs >= {"manifest", "doctor", "run"}
    assert [verb for verb in verbs if not (ROOT / "bot" / "cli" / f"{verb}.py").exists()] == []


def test_the_permissions_of_teams_stand_in_the_docs_with_their_reason() -> None:
    table = re.findall(r"^\| `([A-Za-z.]+\.Group)` \| (.*) \|$", TEAMS, flags=re.MULTILINE)
    assert table == [(one.name, one.reason) for one in PERMISSIONS]
