"""The real Bolt app against a real server: stored before it is acknowledged, once, and only what Slack signed."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from bot.domain.errors import Permanent
from bot.messages import Came, Field, Form
from bot.platforms.slack.access import SlackAccess
from tests.support.local_slack import APP_TOKEN, BOT, BOT_TOKEN, LIAISON, MARKETER, MARKETING, SIGNING_SECRET
from tests.support.slack_edge import EdgeInThread, MemoryArrivals
from tests.support.stage import Stage, strict_stage
from tests.support.strict_http import sign
from tests.support.strict_slack import Faults
from tests.support.workspace import wait_for

FORM = Form("tool", "A tool", (Field("name", "Name", value="Hotjar"),), context={"from": "command"})
JSON = "application/json"


@dataclass(frozen=True)
class Scene:
    """A stage with the edge on it."""

    stage: Stage
    edge: EdgeInThread

    @property
    def arrivals(self) -> MemoryArrivals:
        return self.edge.arrivals


@pytest.fixture
def scene() -> Iterator[Scene]:
    with strict_stage() as stage, EdgeInThread(access(stage.proxy.api_url)) as edge:
        stage.proxy.wait_for_bot()
        yield Scene(stage, edge)


def access(api_url: str, app_token: str = APP_TOKEN) -> SlackAccess:
    return SlackAccess(BOT_TOKEN, app_token, SIGNING_SECRET, api_url)


def test_a_message_is_stored_before_it_is_acknowledged(scene: Scene) -> None:
    ts = scene.stage.workspace.say(MARKETER, MARKETING, "we'd love to try Klaviyo")
    key = f"message:{MARKETING}:{ts}"
    scene.stage.workspace.wait_for(scene.stage.proxy.acked)
    (delivery,) = scene.stage.proxy.deliveries
    assert scene.arrivals.requests[key].text == "we'd love to try Klaviyo"
    assert delivery.acked_at is not None
    assert scene.arrivals.stored_at[key] < delivery.acked_at


def test_a_mention_and_its_message_are_stored_once(scene: Scene) -> None:
    scene.stage.workspace.say(MARKETER, MARKETING, f"<@{BOT}> can we use Klaviyo?")
    scene.stage.workspace.wait_for(lambda: len(scene.stage.proxy.acked()) == 2)
    (request,) = scene.arrivals.of(Came.MESSAGE)
    assert request.calls_us


def test_a_repeated_delivery_is_acknowledged_and_stored_once(scene: Scene) -> None:
    scene.stage.workspace.say(MARKETER, MARKETING, "hello")
    scene.stage.workspace.wait_for(scene.stage.proxy.acked)
    scene.stage.proxy.repeat(scene.stage.proxy.acked()[0])
    scene.stage.workspace.wait_for(lambda: len(scene.stage.proxy.ack_times()) == 2)
    assert len(scene.arrivals.requests) == 1


def test_nothing_is_acknowledged_while_the_store_is_down(scene: Scene) -> None:
    scene.arrivals.down = True
    key = scene.stage.proxy.inject_event(
        {"type": "message", "channel": MARKETING, "user": MARKETER, "text": "x", "ts": "1.1", "event_ts": "1.1"}
    )
    scene.stage.workspace.wait_for(lambda: scene.arrivals.refused)
    assert scene.stage.proxy.acked() == []
    scene.arrivals.down = False
    scene.stage.proxy.wait_acked(key)
    (delivery,) = scene.stage.proxy.deliveries
    assert len(delivery.sent) > 1
    assert list(scene.arrivals.requests) == [f"message:{MARKETING}:1.1"]


def test_a_command_that_cannot_be_stored_is_answered_with_words(scene: Scene) -> None:
    scene.arrivals.down = True
    key = scene.stage.proxy.inject_command(MARKETER, MARKETING, "new-tool")
    answer = scene.stage.proxy.wait_acked(key).answer or {}
    assert answer["response_type"] == "ephemeral"
    assert "nothing was done" in answer["text"]
    assert scene.arrivals.requests == {}


def test_a_command_that_opens_a_form_shows_a_view_at_once_and_is_released(scene: Scene) -> None:
    scene.stage.workspace.command(MARKETER, MARKETING, "new-tool Hotjar")
    scene.stage.workspace.wait_for(lambda: scene.arrivals.released)
    (request,) = scene.arrivals.of(Came.COMMAND)
    assert (request.name, request.text) == ("new-tool", "Hotjar")
    assert request.key in scene.arrivals.held
    assert scene.arrivals.released[request.key]
    assert scene.stage.workspace.modal() is not None


def test_a_form_is_checked_in_the_answer_and_stored_when_it_is_right(scene: Scene) -> None:
    open_form(scene)
    assert scene.stage.workspace.submit(MARKETER, {"name": None}) == {"name": "Please give it a name."}
    assert scene.arrivals.of(Came.FORM) == []
    assert scene.stage.workspace.submit(MARKETER, {"name": "Klaviyo"}) == {}
    (form,) = scene.arrivals.of(Came.FORM)
    assert (form.name, form.values, form.context) == ("tool", {"name": "Klaviyo"}, {"from": "command"})
    assert scene.stage.workspace.modal() is None


def test_a_form_that_cannot_be_stored_stays_open_with_words(scene: Scene) -> None:
    open_form(scene)
    scene.arrivals.down = True
    assert "nothing was done" in scene.stage.workspace.submit(MARKETER, {"name": "Klaviyo"})["name"]
    scene.arrivals.down = False
    assert scene.stage.workspace.submit(MARKETER, {"name": "Klaviyo"}) == {}


def open_form(scene: Scene) -> None:
    """Fill the loading view as a worker would."""
    scene.stage.workspace.command(MARKETER, MARKETING, "new-tool Hotjar")
    scene.stage.workspace.wait_for(lambda: scene.arrivals.released)
    (request,) = scene.arrivals.of(Came.COMMAND)
    scene.edge.chat.show(replace(request, view=scene.arrivals.released[request.key]), FORM)
    scene.stage.workspace.wait_for(lambda: (scene.stage.workspace.modal() or {}).get("callback_id") == "tool")


def test_events_come_again_after_the_connection_was_cut(scene: Scene) -> None:
    assert scene.stage.proxy.cut_sockets() == 1
    scene.stage.proxy.wait_for_bot(timeout=12)
    scene.stage.workspace.say(LIAISON, MARKETING, "still there?")
    scene.stage.workspace.wait_for(lambda: scene.arrivals.of(Came.MESSAGE))


def test_a_revoked_token_stops_the_start_with_words() -> None:
    with strict_stage() as stage:
        stage.proxy.revoke(BOT_TOKEN, APP_TOKEN)
        with pytest.raises(Permanent) as refused, EdgeInThread(access(stage.proxy.api_url)):
            pass
        assert refused.value.code == "token"


def test_a_start_whose_first_answers_are_lost_is_tried_again() -> None:
    with strict_stage() as stage:
        stage.proxy.faults = Faults(lost=1.0, methods=frozenset({"apps.connections.open"}))

        def mend() -> None:
            wait_for(lambda: [call for call in stage.proxy.calls if call.status == 0])
            stage.proxy.faults = Faults()

        mending = threading.Thread(target=mend)
        mending.start()
        with EdgeInThread(access(stage.proxy.api_url)):
            mending.join()
            stage.proxy.wait_for_bot()


@pytest.fixture
def http() -> Iterator[EdgeInThread]:
    with strict_stage() as stage, EdgeInThread(access(stage.proxy.api_url, app_token="")) as edge:
        yield edge


def body(text: str = "hello") -> bytes:
    event = {"type": "message", "channel": "C1", "user": "U1", "text": text, "ts": "1.1", "event_ts": "1.1"}
    return json.dumps({"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}).encode()


def test_what_slack_signed_is_stored_and_a_replay_is_the_same_request(http: EdgeInThread) -> None:
    headers = sign(SIGNING_SECRET, body(), JSON)
    assert [http.http(body(), headers), http.http(body(), headers)] == [200, 200]
    assert list(http.arrivals.requests) == ["message:C1:1.1"]


def test_a_wrong_a_missing_and_an_old_signature_are_refused(http: EdgeInThread) -> None:
    assert http.http(body(), sign("another secret", body(), JSON)) == 401
    assert http.http(body("changed"), sign(SIGNING_SECRET, body(), JSON)) == 401
    assert http.http(body(), {"content-type": JSON}) == 401
    assert http.http(body(), sign(SIGNING_SECRET, body(), JSON, at=int(time.time()) - 301)) == 401
    assert http.arrivals.requests == {}


def test_no_answer_says_yes_while_the_store_is_down(http: EdgeInThread) -> None:
    http.arrivals.down = True
    assert http.http(body(), sign(SIGNING_SECRET, body(), JSON)) == 503
    assert http.http(b"\xff", {}) == 400


def test_slack_can_check_the_address(http: EdgeInThread) -> None:
    challenge = json.dumps({"type": "url_verification", "challenge": "say this"}).encode()
    status, _, answer = http.do(http.edge.handle_http(challenge, sign(SIGNING_SECRET, challenge, JSON)))
    assert status == 200
    assert "say this" in answer
