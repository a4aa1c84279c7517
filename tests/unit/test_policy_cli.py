"""The verbs of the policy, its page and its published schema."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from bot.cli import policy
from bot.domain.errors import Invalid
from bot.files import policy_page, policy_text

SCHEMA = Path(__file__).parents[2] / "docs" / "policy.schema.json"


def run(*arguments: str) -> Result:
    app = typer.Typer()
    policy.register(app)
    return CliRunner().invoke(app, ["policy", *arguments])


def test_the_policy_that_ships_makes_sense() -> None:
    assert run("check").stdout.startswith("✓ Technology selection: 13 categories")


def test_a_file_is_checked_as_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "policy.yaml"
    file.write_text(policy_text.template().replace("weight: 25", "weight: 5"))
    raised = run("check", str(file)).exception
    assert isinstance(raised, Invalid)
    assert "add up to 80" in raised.words


def test_a_case_is_answered_with_its_rule_and_why() -> None:
    shown = run("simulate", "--case", "category=ai, amount=240, data=personal").stdout
    assert shown.startswith("AI-PERSONAL: full lane, 20 working days, joint purchase")
    assert "Customer data and AI together" in shown


def test_a_case_as_json_is_one_object() -> None:
    found = json.loads(run("simulate", "--json", "--case", "category=crm,amount=90000").stdout)
    assert found["rule"] == "CORE-SYSTEM"
    assert "cio" in found["approvers"]


@pytest.mark.parametrize(
    "case",
    [
        "",
        "amount=3",
        "category=ai,amount=much",
        "category=ai,data=secret",
        "category=ai,colour=red",
        "category=ai,months=x",
    ],
)
def test_a_case_that_is_none_is_refused_in_words(case: str) -> None:
    raised = run("simulate", "--case", case).exception
    assert isinstance(raised, Invalid)


def test_the_published_schema_is_the_one_that_checks() -> None:
    assert json.loads(SCHEMA.read_text()) == policy_text.schema()
    assert json.loads(run("schema").stdout) == policy_text.schema()


def test_the_page_shows_every_category_and_rule_and_keeps_its_table_whole() -> None:
    made = policy_text.read(policy_text.template().replace("Artificial intelligence", "A | B"))
    page = policy_page.markdown(made)
    assert all(f"| {rule.key} |" in page for rule in made.rules)
    assert "A \\| B" in page
    assert "CMO" in page
    assert page == policy_page.markdown(made)
