"""Who gets in from Teams: Microsoft's signature, our app, our tenant, Microsoft's service; all over real HTTP."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import jwt
import pytest

from bot.messages import Came
from tests.support.local_slack import MARKETER, MARKETING
from tests.support.teams_edge import Door, edge_alone
from tests.support.teams_world import APP, ISSUER, KEY_ID, TENANT, own_key

HOUR = 3600


@pytest.fixture(scope="module")
def world() -> Iterator[Door]:
    with edge_alone() as door:
        yield door


@pytest.fixture
def door(world: Door) -> Door:
    world.arrivals.requests.clear()
    world.arrivals.down = False
    return world


def said(door: Door, **more: Any) -> dict[str, Any]:
    return door.people.activity(MARKETER, MARKETING, "shall we try Klaviyo?") | more


def test_a_message_with_a_good_token_is_stored(door: Door) -> None:
    assert door.post(said(door)) == (200, {})
    (request,) = door.requests
    assert (request.came, request.workspace, request.actor) == (Came.MESSAGE, TENANT, MARKETER)
    assert (request.conversation, request.text) == (MARKETING, "shall we try Klaviyo?")


WRONG_CLAIMS = {
    "another app": {"aud": "ffffffff-0000-0000-0000-000000000000"},
    "another issuer": {"iss": "https://sts.windows.net/x/"},
    "expired": {"iat": 1, "nbf": 1, "exp": int(time.time()) - HOUR},
    "not good yet": {"nbf": int(time.time()) + HOUR, "exp": int(time.time()) + 2 * HOUR},
    "for another service": {"serviceurl": "https://smba.trafficmanager.net/emea/"},
    "for no service": {"serviceurl": None},
    "without an end": {"exp": None},
}


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS.keys())
def test_a_token_that_is_not_for_us_now_is_refused(door: Door, claims: dict[str, Any]) -> None:
    status, told = door.post(said(door), **claims)
    assert status == 401
    assert told["error"]
    assert door.requests == []


def forged() -> str:
    now = int(time.time())
    claims = {"iss": ISSUER, "aud": APP, "iat": now, "exp": now + HOUR, "serviceurl": "x"}
    return jwt.encode(claims, own_key("somebody else's"), algorithm="RS256", headers={"kid": KEY_ID})


def unsigned() -> str:
    now = int(time.time())
    return jwt.encode({"iss": ISSUER, "aud": APP, "exp": now + HOUR}, "", algorithm="none", headers={"kid": KEY_ID})


def by_shared_secret() -> str:
    claims = {"iss": ISSUER, "aud": APP, "exp": int(time.time()) + HOUR}
    return jwt.encode(claims, "s" * 32, algorithm="HS256", headers={"kid": KEY_ID})


def of_an_unknown_key() -> str:
    return jwt.encode({"iss": ISSUER}, own_key("somebody else's"), algorithm="RS256", headers={"kid": "key-2"})


@pytest.mark.parametrize("make", [forged, unsigned, by_shared_secret, of_an_unknown_key, lambda: "no.token.atall"])
def test_a_token_that_microsoft_did_not_sign_is_refused(door: Door, make: Any) -> None:
    assert door.post(said(door), token=make())[0] == 401
    assert door.requests == []


def test_nothing_gets_in_without_a_token(door: Door) -> None:
    assert door.post(said(door), token=None)[0] == 401
    assert door.raw(b"{}", {"Authorization": "Basic x"})[0] == 400
    assert door.requests == []


def test_another_tenant_is_refused_whichever_way_it_is_named(door: Door) -> None:
    other = {"id": "99999999-0000-0000-0000-000000000000"}
    message = said(door)
    for wrong in (
        message | {"channelData": message["channelData"] | {"tenant": other}},
        message | {"conversation": message["conversation"] | {"tenantId": other["id"]}},
        message | {"channelData": {}, "conversation": {"id": MARKETING}},
    ):
        status, told = door.post(wrong)
        assert (status, told["error"]) == (403, "it comes from another tenant")
    assert door.requests == []


SERVICES = (
    "",
    "https://evil.example/",
    "https://smba.trafficmanager.net.evil.example/",
    "http://smba.trafficmanager.net/emea/",
    "https://evil.example/smba.trafficmanager.net",
    "https://smba.trafficmanager.net@evil.example/",
)


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_that_is_not_microsofts_is_refused_even_with_a_good_token(door: Door, service: str) -> None:
    status, told = door.post(said(door, serviceUrl=service))
    assert (status, told["error"]) == (403, "the service address is not Microsoft's")
    assert door.requests == []


def test_another_channel_than_teams_is_refused(door: Door) -> None:
    assert door.post(said(door, channelId="webchat"))[0] == 403


@pytest.mark.parametrize("body", [b"", b"no json", b"[]", b"{}", b'{"type": 7}', b"\xff\xfe"])
def test_what_is_no_activity_is_refused(door: Door, body: bytes) -> None:
    token = door.connector.signer.token(door.connector.service_url)
    assert door.raw(body, {"authorization": f"Bearer {token}"})[0] == 400


def test_an_activity_of_an_unknown_type_is_acknowledged_and_is_nothing(door: Door) -> None:
    assert door.post(said(door, type="typing")) == (200, {})
    assert door.post(said(door, type="somethingNew")) == (200, {})
    assert door.requests == []


def test_an_invoke_nobody_answers_says_so(door: Door) -> None:
    status, told = door.post(said(door, type="invoke", name="fileConsent/invoke", value={}))
    assert status == 501
    assert "fileConsent/invoke" in told["error"]


def test_while_nothing_can_be_stored_nothing_is_acknowledged(door: Door) -> None:
    door.arrivals.down = True
    assert door.post(said(door))[0] == 503


def test_the_same_message_delivered_twice_is_one_request(door: Door) -> None:
    message = said(door)
    assert door.post(message)[0] == door.post(message)[0] == 200
    assert len(door.requests) == 1


def test_100_kb_of_text_are_stored_whole(door: Door) -> None:
    assert door.post(said(door, text="x" * 100_000))[0] == 200
    assert len(door.requests[0].text) == 100_000
