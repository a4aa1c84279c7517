"""What can be set from outside, and what holds without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.settings import Settings

NAMES = [name.upper() for name in Settings.model_fields]


@pytest.fixture(autouse=True)
def bare_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """An empty folder without .env, and nothing set."""
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_it_is_the_sandbox_on_this_machine_with_sqlite(bare_environment: Path) -> None:
    settings = Settings()
    assert not settings.has_slack
    assert (settings.host, settings.port) == ("127.0.0.1", 8080)
    assert settings.store_url == f"sqlite:///{bare_environment / 'data' / 'liaison.db'}"
    assert settings.slack_api_url == "https://slack.com/api/"


def test_a_bot_token_makes_it_a_real_workspace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    assert Settings().has_slack


def test_what_is_set_empty_counts_as_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.setenv(name, "")
    assert Settings() == Settings.model_construct(
        **{name: field.default for name, field in Settings.model_fields.items()}
    )


def test_the_environment_goes_before_the_file(bare_environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (bare_environment / ".env").write_text("PORT=1111\nSANDBOX_PORT=2222\nSOMETHING_ELSE=x\n")
    monkeypatch.setenv("PORT", "3333")
    settings = Settings()
    assert (settings.port, settings.sandbox_port) == (3333, 2222)


def test_a_database_that_is_given_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql+psycopg://u:hunter2@db/x")
    assert Settings().store_url == "postgresql+psycopg://u:hunter2@db/x"


@pytest.mark.parametrize("given", ["http://localhost:1/api", "http://localhost:1/api/"])
def test_the_address_of_slack_may_end_in_a_slash_or_not(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_API_URL", given)
    assert Settings().slack_api_url == "http://localhost:1/api/"


def test_secrets_are_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "DATABASE_URL")
    for name in secrets:
        monkeypatch.setenv(name, "hunter2")
    settings = Settings()
    assert "hunter2" not in f"{settings} {settings!r} {settings.model_dump_json()}"


def test_a_port_that_is_no_number_is_refused_by_its_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "many")
    with pytest.raises(ValidationError, match="port"):
        Settings()


def test_settings_do_not_change_while_it_runs() -> None:
    with pytest.raises(ValidationError, match="frozen"):
        Settings().port = 1  # type: ignore[misc]
