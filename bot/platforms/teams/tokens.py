"""Our own tokens for the Bot Connector and Graph: the app's secret for an hour's pass, kept until it is nearly over."""

from __future__ import annotations

import time

import httpx

from bot.domain.errors import Permanent
from bot.platforms.teams.access import TeamsAccess
from bot.platforms.teams.errors import NEW_SECRET, translated

EARLY_S = 300.0
LONGEST_S = 3_600.0


class Pass:
    """One app's token for one service (OAuth 2.0 client credentials, RFC 6749, section 4.4). Used in one event loop."""

    def __init__(self, access: TeamsAccess, http: httpx.AsyncClient, scope: str) -> None:
        self._access = access
        self._http = http
        self._scope = scope
        self._token = ""
        self._good_until = 0.0

    async def token(self) -> str:
        """A token that is good for some minutes. Raises Passing, or Permanent where Entra refuses the app."""
        if time.monotonic() >= self._good_until:
            await self._renew()
        return self._token

    async def _renew(self) -> None:
        access = self._access
        form = {"grant_type": "client_credentials", "client_id": access.app_id, "client_secret": access.secret}
        with translated():
            answer = await self._http.post(
                f"{access.login_url}/{access.tenant}/oauth2/v2.0/token", data=form | {"scope": self._scope}
            )
            if answer.status_code in (400, 401):
                raise Permanent("Entra does not know the app, its secret or the tenant.", "token", NEW_SECRET)
            answer.raise_for_status()
            told = answer.json()
            self._token = str(told["access_token"])
            lasts = min(float(told.get("expires_in") or 0), LONGEST_S)
        self._good_until = time.monotonic() + max(lasts - EARLY_S, lasts / 2)
