"""What every store promises about the pulse and about sponsors."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.domain.people import Side
from bot.domain.pulse import Pulse
from bot.domain.sponsor import Mood, SponsorWord
from bot.domain.stake import MOST_AUDIENCE, Size
from tests.conftest import AnyStore
from tests.support.samples import HOUR, NOW


def test_a_record_comes_back_as_it_was_last_saved(store: AnyStore) -> None:
    empty = Pulse("T1", "2026-12", Side.IT)
    counted = empty.vote(4, "b2").vote(1, "b1").say("more “talk”; x' OR 1=1", "b3")
    with store.unit_of_work() as uow:
        assert uow.pulses.get("T1", "2026-12", Side.IT) == empty
        uow.pulses.save(empty)
        uow.pulses.save(counted)
    with store.unit_of_work() as uow:
        assert uow.pulses.get("T1", "2026-12", Side.IT) == counted
        for other in (("T2", "2026-12", Side.IT), ("T1", "2026-11", Side.IT), ("T1", "2026-12", Side.MARKETING)):
            assert uow.pulses.get(*other) == Pulse(*other)


def test_a_sponsors_word_is_the_last_one_of_its_month(store: AnyStore) -> None:
    first = SponsorWord("T1", "2026-12", "RM-1", "U1", Mood.ON_TRACK, "all “fine”", NOW)
    second = SponsorWord("T1", "2026-12", "RM-1", "U1", Mood.STUCK, "", NOW + HOUR)
    other = SponsorWord("T1", "2026-12", "RM-1", "U2", Mood.WORRIED, "x' OR 1=1", NOW)
    with store.unit_of_work() as uow:
        for word in (other, first, second, replace(first, workspace="T2"), replace(first, month="2026-11")):
            uow.sponsor_words.save(word)
    with store.unit_of_work() as uow:
        assert list(uow.sponsor_words.of("T1", "2026-12")) == [second, other]
        assert list(uow.sponsor_words.of("T2", "2026-11")) == []


def test_the_size_that_needs_a_sponsor_is_the_one_said_last(store: AnyStore) -> None:
    with store.unit_of_work() as uow:
        assert uow.sponsor_words.size("T1") == Size()
        for size in (Size(Decimal("0.10"), 1), Size(Decimal("25000.50"), MOST_AUDIENCE)):
            uow.sponsor_words.resize("T1", size)
    with store.unit_of_work() as uow:
        assert uow.sponsor_words.size("T1") == Size(Decimal("25000.50"), MOST_AUDIENCE)
        assert uow.sponsor_words.size("T2") == Size()
