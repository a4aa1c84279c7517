"""What happens once a month in the demo: the review is decided on, the pulse answered, the sponsors say a word."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

from bot.demo.cast import BRAND, CMO, IT, TEAMS, WORKSPACE, members_of
from bot.demo.diary import Diary, at_work
from bot.demo.floor import Floor
from bot.demo.paper import direct
from bot.demo.roadmap import Maker
from bot.domain.months import Month
from bot.domain.pulse import ASKED_FROM_DAY
from bot.domain.roadmap import Item, ItemStatus
from bot.domain.sponsor import Mood, sponsored

ANSWERED_ON = 18  # the day of the month: by then both questions have been asked
DECIDED_ON = 7  # by then the first sync of the month was
FEW = 4  # of IT answer in the first month: too few to be shown
LINES = (
    "Tell us dates earlier, then we can help",
    "The Monday sync is worth its half hour",
    "We still hear of tools from the invoice",
    "Answers came quickly this month",
    "Fewer meetings, more of the road map",
)
GOOD = ("It goes as we planned.", "The first users like it.", "On time so far.")
READY = ("We are ready to begin.", "The team is named, and the money is there.")
WORRIES = ("The data takes longer than we thought.", "We wait for a date from the vendor.", "One of us is missing.")


def plan_months(floor: Floor, diary: Diary, span: tuple[date, date], maker: Maker, source: random.Random) -> None:
    """Write down the answers and decisions of each month."""
    begin, today = span
    month, number = Month(begin.year, begin.month), 0 if begin.day < ASKED_FROM_DAY else -1
    while date(month.year, month.number, 1) < today:
        first = date(month.year, month.number, 1)
        monthly = Monthly(floor, month.name, number, random.Random(source.random()))
        if first > begin:
            decided = at_work(first + timedelta(days=DECIDED_ON), 13, BRAND.zone)
            diary.add(decided, lambda name=month.name: maker.decide(name))  # type: ignore[misc]
        monthly.plan(diary, first + timedelta(days=ANSWERED_ON - 1))
        month, number = month.after, number + 1


class Monthly:
    """The answers of one month; the later it is, the better both sides feel. `number`: of the month, 0 the first that
    is asked.
    """

    def __init__(self, floor: Floor, month: str, number: int, source: random.Random) -> None:
        self._floor, self._month, self._number, self._source = floor, month, number, source
        self._lines = source.sample(LINES, 3)

    def plan(self, diary: Diary, day: date) -> None:
        """Everybody answers on their own day."""
        it, marketing = list(IT), sorted({one for team in TEAMS for one in members_of(team)} - set(IT))
        answering = [*(it[:FEW] if self._number == 0 else it), *marketing]
        for person in answering:
            if person in it or self._source.random() < 0.8:
                at = at_work(day + timedelta(days=self._source.randint(0, 4)), self._source.uniform(9, 16), BRAND.zone)
                diary.add(at, lambda who=person: self.answer(who))  # type: ignore[misc]
        diary.add(at_work(day + timedelta(days=1), 12, BRAND.zone), self.say_words)

    def answer(self, person: str) -> None:
        """A click, and from some a line."""
        if not self._was_asked("pulse"):
            return
        mood = (2.6 if person not in IT else 3.1) + 0.28 * self._number
        score = min(5, max(1, round(self._source.gauss(mood, 0.8))))
        self._floor.presses(person, "pulse", f"{self._month}:{score}", direct(person))
        if self._lines and self._source.random() < 0.15:
            self._floor.fills(person, "pulse_say", self._month, direct(person), line=self._lines.pop())

    def say_words(self) -> None:
        """Each sponsor on the first of theirs; the CMO is silent now and then."""
        if not self._was_asked("sponsors-asked"):
            return
        draft = self._floor.read(lambda uow: uow.roadmap_drafts.get(WORKSPACE))
        for person, items in sponsored(draft.road_map, self._floor.clock().date()).items():
            if person == CMO and self._number % 2:
                continue
            self._say(person, items)

    def _say(self, person: str, items: Sequence[Item]) -> None:
        begun = [one for one in items if one.status is not ItemStatus.PLANNED] or items
        item = self._source.choice(list(begun))
        is_good = self._source.random() < 0.7
        mood = Mood.ON_TRACK if is_good else self._source.choice((Mood.WORRIED, Mood.WORRIED, Mood.STUCK))
        hopes = READY if item.status is ItemStatus.PLANNED else GOOD
        words = self._source.choice(hopes if is_good else WORRIES)
        place = direct(person)
        self._floor.fills(person, "sponsor_word", self._month, place, item=item.key, mood=mood.value, words=words)

    def _was_asked(self, job: str) -> bool:
        last = self._floor.read(lambda uow: uow.occurrences.last(WORKSPACE, job))
        return last is not None and last[0] == self._month
