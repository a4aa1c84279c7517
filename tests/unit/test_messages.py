"""What is said is made of spans, and nothing a person wrote is ever taken for anything else."""

from datetime import timedelta

import pytest

from bot.messages import Card, Code, Mention, Moment, Reply, Strong, say
from tests.support.samples import NOW, a_request


def test_parts_stand_where_the_template_names_them() -> None:
    assert say("Hello {who}, it is {what}.", who=Mention("U1"), what=Strong("late")) == (
        "Hello ", Mention("U1"), ", it is ", Strong("late"), ".",
    )  # fmt: skip


def test_a_part_may_be_a_text_of_its_own() -> None:
    assert say("{link}!", link=say("see {it}", it=Code("help"))) == ("see ", Code("help"), "!")


@pytest.mark.parametrize("wrote", ["{who}", "{0.__class__}", "<!channel>", "@here", "}{", ""])
def test_what_people_wrote_is_never_parsed(wrote: str) -> None:
    assert say("“{title}”", title=wrote) == ("“", wrote, "”")


def test_a_template_without_parts_is_one_span() -> None:
    assert say("Done.") == ("Done.",)
    assert say("") == ()


def test_a_part_that_is_missing_is_noticed_at_once() -> None:
    with pytest.raises(KeyError):
        say("Hello {who}")


def test_a_time_keeps_its_instant_and_the_zone_to_show_it_in() -> None:
    moment = Moment(NOW, "Europe/Berlin")
    assert say("by {at}", at=moment)[1] == moment
    assert moment != Moment(NOW + timedelta(seconds=1), "Europe/Berlin")


def test_what_happens_in_one_thread_is_handled_in_its_order() -> None:
    root = a_request("k1", conversation="C1", message="1.0")
    reply = a_request("k2", conversation="C1", message="1.1", thread="1.0")
    assert root.lane == reply.lane == "C1:1.0"


def test_what_belongs_to_no_thread_is_handled_by_itself() -> None:
    assert a_request("k1", conversation="C1").lane == "k1"
    assert (
        a_request("k1", conversation="C1", message="1.0").lane != a_request("k2", conversation="C2", message="1.0").lane
    )


def test_saying_nothing_is_not_the_same_as_saying_an_empty_card() -> None:
    assert Reply() != Reply(card=Card())
