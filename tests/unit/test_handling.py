"""A request at the counter: answered, tried again, set aside; never lost, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.domain.errors import (
    Ambiguous,
    Conflict,
    Invalid,
    LeaseLost,
    NotAllowed,
    NotFound,
    Passing,
    Permanent,
    StoreUnavailable,
)
from bot.messages import NOTHING, Came, Card, Form, Reply, Request, say
from bot.services.desk import Desk
from bot.services.handling import GIVES_UP_AFTER, OUR_FAULT, TOO_LATE, Route, backoff
from tests.builders import MARKETER, MARKETING, TEAM, Office, a_channel, an_office, words
from tests.support.memory_state import Row

Step = Callable[[Desk, Request], Reply]


class Script:
    """A route that does one thing after the other, a call each; exceptions are raised."""

    def __init__(self, *steps: Reply | Exception | Step) -> None:
        self.steps = list(steps)
        self.calls = 0

    def __call__(self, desk: Desk, request: Request) -> Reply:
        step = self.steps[min(self.calls, len(self.steps) - 1)]
        self.calls += 1
        if isinstance(step, Exception):
            raise step
        return step if isinstance(step, Reply) else step(desk, request)


def test_an_answer_is_shown_to_the_person_and_the_request_wiped() -> None:
    office, row = handled(a_reply("Hello"))
    assert office.whispers(MARKETER) == ["Hello"]
    assert (row.state, row.outcome, row.item) == ("done", "done", None)


def test_what_a_handler_changed_and_that_it_is_done_are_stored_together() -> None:
    office, row = handled(set_up)
    assert (row.state, row.outcome) == ("done", "handled")
    assert office.store.state.channels[TEAM, "new"].liaison == "set up by the handler"


@pytest.mark.parametrize("error", [Invalid, NotFound, NotAllowed, Conflict])
def test_an_error_with_words_is_told_and_not_tried_again(error: type[Exception]) -> None:
    office, row = handled(error("Please choose a day."))
    assert office.whispers(MARKETER) == ["Please choose a day."]
    assert (row.state, row.outcome) == ("done", error.__name__.lower())


def test_words_with_braces_are_told_as_they_are() -> None:
    office, _ = handled(Invalid("I don't know “{name}”."))
    assert office.whispers(MARKETER) == ["I don't know “{name}”."]


def test_what_passes_is_tried_again_without_a_word() -> None:
    route = Script(StoreUnavailable("The database is away."), a_reply("Hello"))
    office = at_the_counter(route)
    assert office.chat.said == []
    office.wait(seconds=1)
    assert (office.whispers(MARKETER), route.calls) == (["Hello"], 2)


def test_a_wish_for_more_time_is_granted() -> None:
    route = Script(Passing("Slow down.", 30), a_reply("Hello"))
    office = at_the_counter(route)
    office.wait(seconds=29)
    assert route.calls == 1
    office.wait(seconds=1)
    assert route.calls == 2


def test_what_fails_while_changing_leaves_nothing_half_done() -> None:
    def half(desk: Desk, request: Request) -> Reply:
        with desk.unit_of_work() as uow:
            uow.workspaces.save_channel(a_channel(id="new"))
            raise Passing("The database went away.")

    office, row = handled(half)
    assert (TEAM, "new") not in office.store.state.channels
    assert (row.state, row.why) == ("ready", "The database went away.")


def test_what_somebody_has_to_mend_is_set_aside_with_the_reason_and_tried_again_later() -> None:
    route = Script(Permanent("A scope is missing.", "scope", "Install the app again."), a_reply("Hello"))
    office = at_the_counter(route)
    (parked,) = office.store.inbox.parked()
    assert (parked.queue, parked.workspace, parked.why) == ("inbox", TEAM, "A scope is missing.")
    office.wait(minutes=10)
    assert office.whispers(MARKETER) == ["Hello"]
    assert office.store.inbox.parked() == []


def test_a_crash_is_kept_told_kindly_once_and_tried_again() -> None:
    route = Script(KeyError("xoxb-secret"), KeyError("xoxb-secret"), a_reply("Hello"))
    office = at_the_counter(route)
    assert office.whispers(MARKETER) == [OUR_FAULT]
    office.wait(seconds=1)
    office.wait(seconds=2)
    assert office.whispers(MARKETER) == [OUR_FAULT, "Hello"]


def test_a_crash_that_never_ends_is_set_aside_in_the_end() -> None:
    route = Script(ZeroDivisionError("division by zero"))
    office = at_the_counter(route)
    while not office.store.inbox.parked():
        office.wait(minutes=5)
    assert route.calls == GIVES_UP_AFTER
    assert office.whispers(MARKETER) == [OUR_FAULT]
    assert "Traceback" not in "".join(map(str, office.chat.said))


def test_a_crash_of_one_request_does_not_hold_up_the_others() -> None:
    office = an_office()
    office.route = Script(ZeroDivisionError("division by zero"), a_reply("Hello"))
    requests = [a_request(key) for key in ("k1", "k2")]
    office.store.inbox.put(requests, office.clock.at)
    office.run()
    assert office.whispers(MARKETER) == [OUR_FAULT, "Hello"]


def test_a_reply_that_is_lost_does_no_harm() -> None:
    office = an_office()
    office.route = Script(a_reply("Hello"))
    office.chat.fail_with = Ambiguous("The answer was lost.")
    office.does(Came.COMMAND, MARKETER, conversation=MARKETING)
    assert office.chat.said == []
    assert office.store.state.inbox[0].state == "done"


@pytest.mark.parametrize("error", [None, Conflict("Too late."), Passing("Away."), ZeroDivisionError()])
def test_whoever_lost_the_row_keeps_quiet_and_goes_on_with_the_next(error: Exception | None) -> None:
    def overtaken(desk: Desk, request: Request) -> Reply:
        office.clock.at += timedelta(minutes=2)
        office.store.inbox.claim(office.clock.at, 1)
        if error is not None:
            raise error
        return a_reply("twice")

    office = an_office()
    office.route = Script(overtaken, a_reply("next"))
    office.store.inbox.put([a_request("k1"), a_request("k2")], office.clock.at)
    assert office.counter.step()
    assert [said for said in office.whispers(MARKETER) if said != OUR_FAULT] == ["next"]
    assert [row.state for row in office.store.state.inbox] == ["claimed", "done"]


def test_a_change_of_whoever_lost_the_row_is_undone() -> None:
    def overtaken(desk: Desk, request: Request) -> Reply:
        office.clock.at += timedelta(minutes=2)
        office.store.inbox.claim(office.clock.at, 1)
        return set_up(desk, request)

    office = an_office()
    office.route = Script(overtaken)
    office.store.inbox.put([a_request("k1")], office.clock.at)
    office.counter.step()
    assert (TEAM, "new") not in office.store.state.channels
    assert office.chat.said == []


def test_a_crash_after_everything_was_stored_does_not_repeat_it() -> None:
    def crashes_late(desk: Desk, request: Request) -> Reply:
        set_up(desk, request)
        raise ZeroDivisionError

    route = Script(crashes_late)
    office = at_the_counter(route)
    office.wait(hours=1)
    assert route.calls == 1
    assert office.store.state.inbox[0].state == "done"


def test_a_form_fills_the_view_that_was_opened_for_it() -> None:
    office, _ = handled(Reply(form=Form("f", "A form")), view="V1")
    assert words(office.chat.forms["V1"]) == "A form"


@pytest.mark.parametrize(
    ("reply", "shown"), [(Reply(card=Card(text=say("There is none."))), "There is none."), (NOTHING, "Done.")]
)
def test_a_view_that_was_opened_in_vain_is_closed_with_words(reply: Reply, shown: str) -> None:
    office, _ = handled(reply, view="V1")
    assert words(office.chat.forms["V1"]) == shown
    assert office.chat.said == []


def test_a_form_for_which_no_view_could_be_opened_says_so() -> None:
    office, _ = handled(Reply(form=Form("f", "A form")))
    assert office.whispers(MARKETER) == [TOO_LATE]


def test_a_home_is_published_for_the_person_alone() -> None:
    office, _ = handled(Reply(home=Card(title="Home")))
    assert list(office.chat.homes) == [MARKETER]


@pytest.mark.parametrize(("attempts", "seconds"), [(1, 1), (2, 2), (3, 4), (6, 32), (7, 60), (1000, 60)])
def test_tries_are_further_and_further_apart_up_to_a_minute(attempts: int, seconds: int) -> None:
    assert backoff(attempts) == timedelta(seconds=seconds)
    assert backoff(attempts, told=5) == timedelta(seconds=5)


def test_an_idle_counter_says_that_there_is_nothing_more() -> None:
    office = an_office()
    assert not office.counter.step()


def test_losing_a_row_is_an_error_with_words() -> None:
    assert LeaseLost("Another worker has taken this over.").words == "Another worker has taken this over."


def handled(step: Reply | Exception | Step, view: str = "") -> tuple[Office, Row]:
    office = at_the_counter(Script(step), view)
    return office, office.store.state.inbox[0]


def at_the_counter(route: Route, view: str = "") -> Office:
    office = an_office()
    office.route = route
    office.does(Came.COMMAND, MARKETER, conversation=MARKETING, view=view)
    return office


def a_request(key: str) -> Request:
    at = an_office().clock.at
    return Request(TEAM, "slack", key, Came.COMMAND, MARKETER, at, conversation=MARKETING)


def a_reply(said: str) -> Reply:
    return Reply(card=Card(text=(said,)))


def set_up(desk: Desk, request: Request) -> Reply:
    with desk.unit_of_work() as uow:
        uow.workspaces.save_channel(a_channel(id="new", liaison="set up by the handler"))
    return a_reply("Saved")
