"""Socket Mode envelopes as Slack sends them, ready made, so that making them costs no time while it is measured."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.bench.traffic import plain_messages
from bot.now import utc_now

TEAM = "T0BENCH"
BOT = "U0BOT"
APP = "A0BENCH"
MARKETER = "U0MARKETER"
LIAISON = "U0LIAISON"
CHANNEL = "C0MARKETING"
REACTIONS_PERCENT = 4

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Envelope:
    """One delivery: its id, the message's ts, the JSON that is sent, whether it asks for a ticket."""

    id: str
    ts: str
    text: str
    asks: bool


def make_envelopes(count: int, tickets_percent: int, asking: Iterator[tuple[str, str]]) -> list[Envelope]:
    """Some events: so many of a hundred ask for a ticket, 4 are reactions, the rest is plain chat.

    What asks for one is the next of `asking`: tool and message.
    """
    plain = plain_messages(count)
    now = int(utc_now().timestamp())
    batch = []
    for number in range(count):
        # Spread evenly: 7 and 100 have no common factor.
        place = number * 7 % 100
        ts = f"{now}.{number:06d}"
        asks = place < tickets_percent
        if not asks and place >= 100 - REACTIONS_PERCENT:
            event = _reaction(ts)
        else:
            event = _message(ts, next(asking)[1] if asks else next(plain))
        batch.append(_envelope(event, ts, asks))
    return batch


def _envelope(event: Json, ts: str, asks: bool) -> Envelope:
    name = str(uuid.uuid4())
    whose = {"enterprise_id": None, "team_id": TEAM, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}
    payload = {
        "token": "verification-token",
        "team_id": TEAM,
        "context_team_id": TEAM,
        "api_app_id": APP,
        "event": event,
        "type": "event_callback",
        "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}",
        "event_time": int(float(ts)),
        "authorizations": [whose],
        "is_ext_shared_channel": False,
        "event_context": uuid.uuid4().hex * 2,
    }
    whole = {"envelope_id": name, "type": "events_api", "accepts_response_payload": False, "payload": payload}
    return Envelope(name, ts, json.dumps(whole | {"retry_attempt": 0, "retry_reason": ""}), asks)


def _message(ts: str, text: str) -> Json:
    words = [{"type": "text", "text": text}]
    block = {"type": "rich_text", "block_id": "b0", "elements": [{"type": "rich_text_section", "elements": words}]}
    return {
        "type": "message",
        "user": MARKETER,
        "text": text,
        "ts": ts,
        "event_ts": ts,
        "client_msg_id": str(uuid.uuid4()),
        "team": TEAM,
        "blocks": [block],
        "channel": CHANNEL,
        "channel_type": "channel",
    }


def _reaction(ts: str) -> Json:
    item = {"type": "message", "channel": CHANNEL, "ts": ts}
    return {"type": "reaction_added", "user": MARKETER, "reaction": "tada", "item": item, "event_ts": ts}
