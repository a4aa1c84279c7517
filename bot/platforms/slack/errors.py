"""What goes wrong between us and Slack, in our own words: passing, ambiguous or permanent."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.client import HTTPException
from ssl import SSLError
from typing import Any
from urllib.error import URLError

from slack_sdk.errors import SlackApiError, SlackClientError

from bot.domain.errors import Ambiguous, LiaisonError, Passing, Permanent

# The request never left this machine, or nobody was there to take it.
_NEVER_SENT = (ConnectionRefusedError, SSLError)
_NO_WAY = frozenset({"gaierror", "herror"})
_UNREACHABLE = frozenset({100, 101, 113, 51, 65})  # network down or unreachable, no route to the host

_TOKEN = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "team_access_not_granted",
        "org_login_required",
        "no_permission",
    }
)
_CHANNEL = frozenset({"not_in_channel", "channel_not_found", "is_archived", "is_inactive", "restricted_action"})
_CONTENT = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "invalid_arguments",
        "too_long",
        "invalid_arg_name",
        "invalid_metadata_format",
        "invalid_metadata_schema",
        "metadata_too_large",
        "view_too_large",
        "too_many_attachments",
    }
)
_GONE = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "not_found",
        "view_not_found",
        "expired_trigger_id",
        "exchanged_trigger_id",
        "invalid_trigger_id",
        "trigger_expired",
        "trigger_exchanged",
        "hash_conflict",
        "thread_not_found",
        "expired_url",
        "used_url",
        "invalid_thread_ts",
    }
)
_NOBODY = frozenset({"user_not_found", "user_not_visible", "users_not_found", "user_disabled", "cannot_dm_bot"})
_MAYBE_DONE = frozenset({"internal_error", "fatal_error"})
_BUSY = frozenset({"ratelimited", "rate_limited", "service_unavailable", "team_added_to_org", "request_timeout"})

INVITE = "Invite the bot again: /invite @it-liaison"


@contextmanager
def translated(conversation: str = "") -> Iterator[None]:
    """Whatever a call to Slack raises inside, raised as an error of ours."""
    try:
        yield
    except SlackApiError as error:
        raise from_answer(error, conversation) from error
    except URLError as error:
        raise from_network(error) from error
    except (OSError, HTTPException, SlackClientError) as error:  # a lost answer: the request was on its way
        raise Ambiguous("The answer from Slack was lost.") from error


def from_answer(error: SlackApiError, conversation: str = "") -> LiaisonError:
    """The error of ours for an answer of Slack's that says no."""
    response = error.response
    status = int(getattr(response, "status_code", 200) or 200)
    data: Mapping[str, Any] = response.data if isinstance(getattr(response, "data", None), dict) else response or {}
    code = str(data.get("error", ""))
    if code in _BUSY or status in (429, 503):
        headers = {name.lower(): value for name, value in (getattr(response, "headers", None) or {}).items()}
        return Passing("Slack asks us to wait a moment.", _seconds(headers.get("retry-after")))
    if code in _MAYBE_DONE or status >= 500:
        return Ambiguous("Slack had a problem of its own and may or may not have done it.")
    return refusal(code, data, conversation)


def refusal(code: str, data: Mapping[str, Any], conversation: str = "") -> LiaisonError:
    """The error for one of Slack's codes that a second try does not change."""
    if code in _TOKEN:
        mend = "Install the app in the workspace again and put its new token into SLACK_BOT_TOKEN or SLACK_APP_TOKEN."
        return Permanent("Slack does not accept our token any more.", "token", mend)
    if code == "missing_scope":
        needed = str(data.get("needed", ""))
        mend = f"Add the scope {needed} to the app (see `python -m bot manifest slack`) and install it again."
        return Permanent(f"Slack wants the scope {needed} for this.", f"scope:{needed}", mend)
    if code in _CHANNEL:
        return Permanent("The bot cannot speak in this channel any more.", f"channel:{conversation}", INVITE)
    if code in _NOBODY:
        return Permanent("Slack knows nobody by that name.", "person")
    if code in _GONE:
        return Permanent("It is not there any more.", "gone")
    if code in _CONTENT:
        return Permanent("Slack cannot show this message.", "content", "This is a fault of ours: please report it.")
    if code in ("unknown_method", "method_deprecated", "method_not_supported_for_channel_type"):
        return Permanent("This workspace does not offer what we asked for.", "method")
    return Permanent(f"Slack refused: {code[:200] or 'no reason given'}.", f"slack:{code[:80]}")


def from_network(error: URLError) -> Passing:
    """Whether a connection that failed may have carried the request."""
    reason = error.reason
    lost = isinstance(reason, _NEVER_SENT) or type(reason).__name__ in _NO_WAY
    if lost or (isinstance(reason, OSError) and reason.errno in _UNREACHABLE):
        return Passing("Slack cannot be reached.")
    return Ambiguous("The connection to Slack broke.")


def _seconds(header: object) -> float:
    """A Retry-After header; one second if it says nothing."""
    text = str(header[0] if isinstance(header, list) and header else header or "")
    return float(text) if text.isdigit() else 1.0
