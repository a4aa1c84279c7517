"""How what happens to a ticket moves its clocks: the same rules as it happens, and again from the log."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.agreed import Agreed
from bot.domain.board import Board
from bot.domain.clock import Clock
from bot.domain.events import Event, What
from bot.domain.kinds import NEW_TOOL
from bot.domain.lead_time import plan
from bot.domain.ledger import AIMS, ClockKind, last_of, last_turn
from bot.domain.people import Side
from bot.domain.situation import Situation
from bot.domain.sla import WAITING_FOR_REQUESTER
from bot.domain.targets import WORKING_DAY_S
from bot.domain.ticket import REOPENS_WITHIN

RESPONSES = (ClockKind.FIRST_RESPONSE, ClockKind.NEXT_RESPONSE)
PAUSED = (ClockKind.NEXT_RESPONSE, ClockKind.RESOLUTION)
OWED_BY_IT = (*RESPONSES, ClockKind.RESOLUTION)
BY_THE_POLICY = "by the policy: "
ON_CLOSING = (ClockKind.BRIEF, ClockKind.LEAD_TIME, ClockKind.SIGN_OFF)


def advance(clocks: Sequence[Clock], events: Iterable[Event], now: Situation, agreed: Agreed) -> tuple[Clock, ...]:
    """The clocks of a ticket after some more events, in the order in which they were written down."""
    board = Board(clocks, now, agreed)
    for event in events:
        _hear(board, event)
    return board.clocks


def replay(events: Sequence[Event], last: Situation, agreed: Agreed) -> tuple[Clock, ...]:
    """All clocks of a ticket from its whole log. `last`: how it stands today, for what an old log does not tell."""
    board = Board((), _at_opening(events, last), agreed)
    for event in events:
        board.now = board.now.after(event)
        _hear(board, event)
    return board.clocks


def asked_to_sign(events: Iterable[Event]) -> frozenset[str]:
    """The people who are asked for a sign-off, in whose hours its clock counts."""
    return frozenset(event.data["person"] for event in events if event.what is What.SIGN_OFF_ASKED)


def _at_opening(events: Sequence[Event], last: Situation) -> Situation:
    """As it was opened: its liaison was named at that very moment, or there was none."""
    opened = next((event.at for event in events if event.what is What.OPENED), None)
    first = next((event for event in events if event.what is What.ASSIGNED and event.at == opened), None)
    liaison = first.data.get("to", "") if first else ""
    return replace(last, liaison=liaison)


def _hear(board: Board, event: Event) -> None:
    board.event = event
    rule = _RULES.get(event.what)
    if rule is not None:
        rule(board)
        board.clocks = tuple(clock.stamp(board.agreed.calendar_of(clock)) for clock in board.clocks)


def _open(board: Board) -> None:
    for kind in (ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION):
        board.start(kind, Side.IT, "opened")
    plan(board)


def _answer(board: Board) -> None:
    board.meet(RESPONSES, "answered in the thread")


def _ask(board: Board) -> None:
    board.meet([ClockKind.BRIEF], "the requester answered")
    if board.event.data.get("as") == "requester" and not board.is_running(*RESPONSES):
        board.start(ClockKind.NEXT_RESPONSE, Side.IT, "the requester wrote")


def _wait(board: Board) -> None:
    reason = f"waiting for {board.event.data.get('for', 'requester')}"

    def hold(clock: Clock) -> Clock:
        at = board.since(clock.ledger[-1].at)
        if clock.is_paused and last_turn(clock.ledger).reason != reason:
            clock = clock.resume(at, "waiting for somebody else now")
        return clock.pause(at, reason)

    board.change(PAUSED, hold)
    if reason == WAITING_FOR_REQUESTER and not board.is_running(ClockKind.BRIEF):
        board.start(ClockKind.BRIEF, Side.MARKETING, "IT asked")


def _resume(board: Board) -> None:
    board.change(PAUSED, lambda clock: clock.resume(board.since(clock.ledger[-1].at), board.event.why))
    board.cancel([ClockKind.BRIEF], "IT went on without it")


def _resolve(board: Board) -> None:
    board.meet(RESPONSES, "resolved, with the outcome in the thread")
    board.meet([ClockKind.RESOLUTION], "resolved")
    board.cancel(ON_CLOSING, "resolved without it")


def _reopen(board: Board) -> None:
    resolution, first = board.latest(ClockKind.RESOLUTION), board.latest(ClockKind.FIRST_RESPONSE)
    if resolution is None or resolution.is_cancelled or _is_long_ago(board, resolution):
        board.start(ClockKind.RESOLUTION, Side.IT, "reopened")
    else:
        board.put(resolution, resolution.reopen(board.since(resolution.ledger[-1].at), "reopened"))
    if first is None or first.is_cancelled:
        board.start(ClockKind.FIRST_RESPONSE, Side.IT, "reopened before anybody answered")
    plan(board)


def _is_long_ago(board: Board, resolution: Clock) -> bool:
    return board.event.at - last_turn(resolution.ledger).at > REOPENS_WITHIN


def _withdraw(board: Board) -> None:
    into = board.event.data.get("into")
    board.cancel(ClockKind, f"merged into {into}" if into else "withdrawn")


def _take_over(board: Board) -> None:
    """Another ticket became part of this one: whoever waits there longest for an answer goes on waiting here."""
    told = board.event.data.get("unanswered")
    at = datetime.fromisoformat(told) if told else None
    running = [clock for clock in board.clocks if clock.is_open and clock.kind in RESPONSES]
    if at is None or any(clock.started_at <= at for clock in running):
        return
    board.cancel([ClockKind.NEXT_RESPONSE], f"{board.event.data.get('from', 'the merged ticket')} waits longer")
    board.start(ClockKind.NEXT_RESPONSE, Side.IT, f"unanswered in {board.event.data.get('from')}", at)


def _change(board: Board) -> None:
    targets, why = board.agreed.targets_at(board.event.at), board.event.why or "changed"

    def aim(clock: Clock) -> Clock:
        if follows_lane(clock) and board.now.kind == NEW_TOOL.key:
            return clock
        target_s = targets.of(clock.kind, board.now.priority, board.now.kind)
        return clock if target_s == clock.target_s else clock.retarget(target_s, board.aimed_after(clock), why)

    board.change([*OWED_BY_IT, ClockKind.BRIEF, ClockKind.SIGN_OFF], aim)
    plan(board)


def _review(board: Board) -> None:
    """A tool under review is settled in the time that its lane of the policy allows."""
    days, why = int(board.event.data.get("lane_days", "0")), f"{BY_THE_POLICY}{board.event.why}"

    def aim(clock: Clock) -> Clock:
        target_s = days * WORKING_DAY_S
        if target_s == clock.target_s and follows_lane(clock):
            return clock
        return board.judge(clock).retarget(target_s, board.aimed_after(clock), why)

    if days:
        board.change([ClockKind.RESOLUTION], aim)


def follows_lane(clock: Clock) -> bool:
    """Whether a clock's target is its lane's."""
    return last_of(AIMS, clock.ledger).reason.startswith(BY_THE_POLICY)


def _recount(board: Board) -> None:
    """New targets or an edited calendar; what runs goes on by them, what stopped stays as it was judged."""
    at = board.event.at

    def count(clock: Clock) -> Clock:
        hours = board.agreed.hours_for(clock.person, at)
        return clock.recount(hours.version, hours.owner, board.agreed.targets_at(at).shares)

    board.change(ClockKind, count)
    _change(board)


def _ask_sign_off(board: Board) -> None:
    data = board.event.data
    board.start(ClockKind.SIGN_OFF, Side(data["side"]), board.event.why or "asked to sign", person=data["person"])


def _sign(board: Board) -> None:
    person = board.event.data.get("person", board.event.by)

    def sign(clock: Clock) -> Clock:
        return board.judge(clock).meet(board.since(clock.started_at), "signed") if clock.person == person else clock

    board.change([ClockKind.SIGN_OFF], sign)


def _withdraw_sign_offs(board: Board) -> None:
    board.cancel([ClockKind.SIGN_OFF], board.event.why)


def _note(board: Board) -> None:
    """A warning or breach as a sweep noted it; one by a person or an older log tells no cycle and is passed over."""
    data = board.event.data
    kinds = [kind for kind in ClockKind if kind == data.get("clock")]
    share = int(data.get("share", "100"))

    def note(clock: Clock) -> Clock:
        if str(clock.cycle) != data.get("cycle"):
            return clock
        return clock.breach(board.event.at) if board.event.what is What.BREACHED else clock.warn(share, board.event.at)

    board.change(kinds, note)


_RULES: Mapping[What, Callable[[Board], None]] = {
    What.OPENED: _open,
    What.ANSWERED: _answer,
    What.ASKED: _ask,
    What.WAITING: _wait,
    What.RESUMED: _resume,
    What.REVIEWED: _review,
    What.RESOLVED: _resolve,
    What.REOPENED: _reopen,
    What.WITHDRAWN: _withdraw,
    What.TOOK_OVER: _take_over,
    What.CHANGED: _change,
    What.RECOUNTED: _recount,
    What.SIGN_OFF_ASKED: _ask_sign_off,
    What.SIGNED: _sign,
    What.SIGN_OFF_WITHDRAWN: _withdraw_sign_offs,
    What.WARNED: _note,
    What.BREACHED: _note,
}
