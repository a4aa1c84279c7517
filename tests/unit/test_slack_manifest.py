"""The manifest asks for what is used, says why, and nothing more."""

from __future__ import annotations

from bot.platforms.slack.manifest import EVENTS, SCOPES, Shortcut, manifest

COMMANDS = {"new-tool": "Ask about a tool", "status": "See a ticket"}
SHORTCUT = Shortcut("Open a ticket with IT", "open_ticket", "Make this message a ticket")


def test_over_socket_mode_no_address_is_named() -> None:
    made = manifest(COMMANDS, [SHORTCUT], socket=True)
    assert made["settings"]["socket_mode_enabled"]
    assert "url" not in str(made)
    assert made["features"]["slash_commands"][0]["usage_hint"] == "new-tool | status"
    assert made["features"]["shortcuts"][0]["callback_id"] == "open_ticket"


def test_over_http_everything_is_posted_to_our_address() -> None:
    made = manifest(COMMANDS, [SHORTCUT], socket=False, public_url="https://bot.example/")
    address = "https://bot.example/slack/events"
    assert made["features"]["slash_commands"][0]["url"] == address
    assert made["settings"]["event_subscriptions"]["request_url"] == address
    assert made["settings"]["interactivity"]["request_url"] == address
    assert not made["settings"]["socket_mode_enabled"]


def test_every_scope_and_event_is_there_once_with_its_reason() -> None:
    made = manifest(COMMANDS, [], socket=True)
    assert made["oauth_config"]["scopes"]["bot"] == sorted({scope.name for scope in SCOPES})
    assert made["settings"]["event_subscriptions"]["bot_events"] == sorted({event.name for event in EVENTS})
    assert all(scope.reason for scope in SCOPES)
    assert all(event.reason for event in EVENTS)


def test_the_menu_entry_is_within_slacks_limits() -> None:
    made = manifest(COMMANDS, [Shortcut("x" * 30, "n", "y" * 200)], socket=True)
    assert len(made["features"]["shortcuts"][0]["name"]) == 24
    assert len(made["features"]["shortcuts"][0]["description"]) == 150
