"""The door: an activity gets in with Microsoft's signature, from Microsoft's service, for our app, from our tenant."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import jwt
from microsoft_teams.api.auth.cloud_environment import PUBLIC
from microsoft_teams.apps.auth import TokenValidator

from bot.platforms.teams.access import TeamsAccess

Json = dict[str, Any]

CHANNELS = frozenset({"msteams"})


class Refused(Exception):
    """It does not get in: the status to answer with, and why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


class Gate:
    """Checks every activity that is posted to us. There is no way to switch it off."""

    def __init__(self, access: TeamsAccess) -> None:
        self._access = access
        cloud = replace(PUBLIC, openid_metadata_url=access.openid_url, token_issuer=access.issuer)
        self._validator = TokenValidator.for_service(access.app_id, cloud=cloud)

    async def admit(self, body: bytes, headers: Mapping[str, str]) -> Json:
        """The activity in a POST. Raises Refused: 400 no activity, 401 no good token, 403 not from our tenant or not
        by a service of Microsoft's, 503 while Microsoft's keys can't be had.
        """
        activity = _parsed(body)
        service = str(activity.get("serviceUrl") or "")
        if not self._access.is_microsofts(service):
            raise Refused(403, "the service address is not Microsoft's")
        await self._check_token(_bearer(headers), service)
        if str(activity.get("channelId")) not in CHANNELS:
            raise Refused(403, "it does not come from Teams")
        if tenant_of(activity) != self._access.tenant:
            raise Refused(403, "it comes from another tenant")
        if not _author(activity) or not _conversation(activity):
            raise Refused(400, "it has no author or no conversation")
        return activity

    async def _check_token(self, token: str, service: str) -> None:
        """Signature, issuer, audience, times and service address, as the SDK checks them."""
        if not token:
            raise Refused(401, "there is no token")
        try:
            # The keys are fetched by a call that blocks, so not in the event loop's thread.
            claims = await asyncio.to_thread(asyncio.run, self._validator.validate_token(token, service))
        except jwt.PyJWKClientConnectionError as error:
            raise Refused(503, "Microsoft's keys cannot be had at the moment") from error
        except (jwt.PyJWTError, ValueError) as error:
            raise Refused(401, f"the token is not good: {error}") from error
        if "exp" not in claims:  # which the SDK lets pass
            raise Refused(401, "the token is not good: it never ends")


def tenant_of(activity: Mapping[str, Any]) -> str:
    """The tenant an activity says it comes from; empty where it names two."""
    told = {
        str((_object(_object(activity.get("channelData")).get("tenant"))).get("id") or ""),
        str(_object(activity.get("conversation")).get("tenantId") or ""),
    } - {""}
    return told.pop() if len(told) == 1 else ""


def _parsed(body: bytes) -> Json:
    try:
        activity = json.loads(body)
    except ValueError as error:
        raise Refused(400, "it is no JSON") from error
    if not isinstance(activity, dict) or not isinstance(activity.get("type"), str):
        raise Refused(400, "it is no activity")
    return activity


def _bearer(headers: Mapping[str, str]) -> str:
    value = next((value for name, value in headers.items() if name.lower() == "authorization"), "")
    kind, _, token = value.partition(" ")
    return token.strip() if kind.lower() == "bearer" else ""


def _author(activity: Json) -> str:
    return str(_object(activity.get("from")).get("id") or "")


def _conversation(activity: Json) -> str:
    return str(_object(activity.get("conversation")).get("id") or "")


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}
