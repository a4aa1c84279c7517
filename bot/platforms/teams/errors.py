"""What goes wrong between us and Teams, in our own words: passing, ambiguous or permanent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx
from pydantic import ValidationError

from bot.domain.errors import Ambiguous, LiaisonError, Passing, Permanent

ADD = "Add the app to the team or chat again: Apps, IT Liaison, Add to a team."
NEW_SECRET = "Make a new client secret in Entra (App registrations) and put it into TEAMS_APP_SECRET."  # noqa: S105
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError, httpx.UnsupportedProtocol)
_BUSY = frozenset({412, 429, 502, 503, 504})
_CONTENT = frozenset({"BadSyntax", "MessageSizeTooBig", "RequestEntityTooLarge", "ContentTooLarge"})
_AWAY = frozenset(
    {"BotNotInConversationRoster", "ConversationNotFound", "BotDisabledByAdmin", "ConversationBlockedByUser"}
)


@contextmanager
def translated(conversation: str = "") -> Iterator[None]:
    """Whatever a call to Teams raises inside, raised as an error of ours."""
    try:
        yield
    except httpx.HTTPStatusError as error:
        raise from_answer(error.response, conversation) from error
    except _NEVER_SENT as error:
        raise Passing("Teams cannot be reached.") from error
    except httpx.HTTPError as error:  # a lost answer: the request was on its way
        raise Ambiguous("The answer from Teams was lost.") from error
    except (ValidationError, ValueError, KeyError) as error:
        raise Ambiguous("The answer from Teams could not be read.") from error


def from_answer(response: httpx.Response, conversation: str = "") -> LiaisonError:
    """The error of ours for an answer of Teams' that says no."""
    status, code = response.status_code, _code(response)
    if status in _BUSY or code == "ServiceUnavailable":
        return Passing("Teams asks us to wait a moment.", _seconds(response.headers.get("retry-after", "")))
    if status >= 500:
        return Ambiguous("Teams had a problem of its own and may or may not have done it.")
    if status == 401:
        return Permanent("Teams does not accept our token any more.", "token", NEW_SECRET)
    return _refusal(status, code, conversation)


def _refusal(status: int, code: str, conversation: str) -> LiaisonError:
    """The error for an answer that a second try does not change."""
    if code in _CONTENT or status == 413:
        return Permanent("Teams cannot show this message.", "content", "This is a fault of ours: please report it.")
    if code == "ActivityNotFoundInConversation" or (status == 404 and code not in _AWAY):
        return Permanent("It is not there any more.", "gone")
    if code in _AWAY or status in (403, 404):
        return Permanent("The bot cannot speak in this conversation any more.", f"channel:{conversation}", ADD)
    return Permanent(f"Teams refused: {(code or str(status))[:200]}.", f"teams:{code or status}")


def _code(response: httpx.Response) -> str:
    try:
        told: Any = response.json()
    except ValueError:
        return ""
    error = told.get("error") if isinstance(told, dict) else None
    return str(error.get("code") or "") if isinstance(error, dict) else str(error or "")


def _seconds(header: str) -> float:
    """A Retry-After header; one second if it says nothing."""
    return float(header) if header.isdigit() else 1.0
