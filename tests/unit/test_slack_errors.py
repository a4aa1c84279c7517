"""What Slack answers and how connections fail, in our own words."""

from __future__ import annotations

import socket
from http.client import RemoteDisconnected
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse, WebClient

from bot.domain.errors import Ambiguous, LiaisonError, Passing, Permanent
from bot.platforms.slack.errors import from_answer, translated


def answer(code: str, status: int = 200, retry_after: str = "", **more: str) -> LiaisonError:
    headers = {"Retry-After": retry_after} if retry_after else {}
    response = SlackResponse(
        client=WebClient(),
        http_verb="POST",
        api_url="https://slack.com/api/x",
        req_args={},
        data={"ok": False, "error": code} | more,
        headers=headers,
        status_code=status,
    )
    return from_answer(SlackApiError("no", response), "C1")  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("code", "ours"),
    [
        ("not_in_channel", "channel:C1"),
        ("channel_not_found", "channel:C1"),
        ("is_archived", "channel:C1"),
        ("invalid_auth", "token"),
        ("token_revoked", "token"),
        ("account_inactive", "token"),
        ("invalid_blocks", "content"),
        ("msg_too_long", "content"),
        ("message_not_found", "gone"),
        ("expired_trigger_id", "gone"),
        ("unknown_method", "method"),
        ("user_not_found", "person"),
        ("something_new", "slack:something_new"),
    ],
)
def test_what_a_second_try_does_not_change_is_permanent(code: str, ours: str) -> None:
    error = answer(code)
    assert isinstance(error, Permanent)
    assert error.code == ours


def test_a_missing_scope_is_named() -> None:
    error = answer("missing_scope", needed="im:write")
    assert isinstance(error, Permanent)
    assert error.code == "scope:im:write"
    assert "im:write" in error.mend


def test_too_many_calls_pass_after_the_time_slack_names() -> None:
    error = answer("ratelimited", 429, "7")
    assert type(error) is Passing
    assert error.retry_after == 7.0


@pytest.mark.parametrize(("code", "status"), [("internal_error", 200), ("fatal_error", 200), ("no json", 502)])
def test_a_fault_of_slacks_may_have_happened_after_the_fact(code: str, status: int) -> None:
    assert isinstance(answer(code, status), Ambiguous)


def test_a_service_that_is_away_did_nothing() -> None:
    assert type(answer("no json", 503)) is Passing


@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (URLError(ConnectionRefusedError()), Passing),
        (URLError(socket.gaierror(-2, "unknown")), Passing),
        (URLError(OSError(101, "unreachable")), Passing),
        (URLError(TimeoutError()), Ambiguous),
        (URLError(ConnectionResetError()), Ambiguous),
        (TimeoutError(), Ambiguous),
        (RemoteDisconnected(""), Ambiguous),
        (ConnectionResetError(), Ambiguous),
    ],
)
def test_only_a_connection_that_never_was_is_sure_to_have_sent_nothing(failure: Exception, kind: type[Passing]) -> None:
    with pytest.raises(Passing) as raised, translated("C1"):
        raise failure
    assert type(raised.value) is kind
