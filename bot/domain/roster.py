"""Who can talk to whom about what: the liaison of each marketing team, marketing's delegates, and who is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.assignment import words_of
from bot.domain.errors import Invalid

MOST_LANGUAGES, MOST_PLACE = 8, 60


class Missing(StrEnum):
    """What a roster lacks, the gravest first."""

    LEFT = "somebody who is named has left"
    LIAISON = "a team without a liaison"
    STAND_IN = "a liaison who is away and named nobody to stand in"
    DELEGATE = "an item without a marketing delegate"
    LANGUAGE = "a language of a team that nobody in IT speaks"
    CATEGORY = "a category of tools that nobody in IT looks after"


@dataclass(frozen=True, slots=True)
class Profile:
    """What somebody (`person`: an id) speaks, and where they sit."""

    workspace: str
    person: str
    languages: tuple[str, ...] = ()
    place: str = ""


@dataclass(frozen=True, slots=True)
class MarketingDelegate:
    """Who speaks for marketing about one thing, named by somebody at a time.

    `about`: a road map item (`RM-3`), a ticket (`IT-12`), or a team by its channel's id. `person`: empty while it is
    nobody; `languages`: those a team works in.
    """

    workspace: str
    about: str
    person: str
    by: str
    at: datetime
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """A marketing team, which is a marketing channel: its liaison, who speaks for it, the languages it works in."""

    conversation: str
    name: str
    liaison: str = ""
    delegate: str = ""
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Work:
    """An item or a ticket under way; `delegate` speaks for marketing about it, named or (`is_owner`) as its owner."""

    about: str
    title: str
    delegate: str = ""
    is_owner: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something missing: what, about which team (its channel's id), item, category or language, and who."""

    missing: Missing
    about: str = ""
    person: str = ""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who is named, and what they can be asked.

    it: the liaisons, who are given tickets. skills, profiles: by person; of IT, who has no skills takes whatever comes.
    away: who is away now or within a week, with who stands in for them or an empty string. gone: who left the chat.
    categories: of the tools there are.
    """

    teams: tuple[Team, ...] = ()
    work: tuple[Work, ...] = ()
    it: tuple[str, ...] = ()
    skills: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    away: Mapping[str, str] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    categories: tuple[str, ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """Everybody who is on it, once: the teams' liaisons, marketing's delegates, then other liaisons."""
        named = [person for team in self.teams for person in (team.liaison, team.delegate)]
        return tuple(dict.fromkeys(one for one in (*named, *(work.delegate for work in self.work), *self.it) if one))

    def languages(self, person: str) -> tuple[str, ...]:
        """What somebody speaks, as far as they said."""
        return self.profiles[person].languages if person in self.profiles else ()

    def who_knows(self, subject: str) -> tuple[str, ...]:
        """Whom to ask about a skill, a language, or a thing under way (`RM-3`), liaisons first; nobody who left."""
        about, wanted = " ".join(subject.split()).casefold(), words_of(subject)
        speakers = [work.delegate for work in self.work if about == work.about.casefold() and work.delegate]
        known = [person for person in (*self.it, *self.skills, *self.profiles) if self._knows(person, about, wanted)]
        return tuple(person for person in dict.fromkeys([*speakers, *known]) if person not in self.gone)

    def _knows(self, person: str, about: str, wanted: frozenset[str]) -> bool:
        skills = [words_of(skill) for skill in self.skills.get(person, ())]
        if any(words and (words <= wanted or wanted <= words) for words in skills if wanted):
            return True
        return about in {word.casefold() for word in self.languages(person)}

    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, the gravest first."""
        found = [*self._left(), *self._of_teams(), *self._of_work(), *self._categories()]
        return tuple(sorted(found, key=lambda gap: list(Missing).index(gap.missing)))

    def _left(self) -> Iterator[Gap]:
        for team in self.teams:
            yield from (Gap(Missing.LEFT, team.conversation, one) for one in {team.liaison, team.delegate} & self.gone)
        yield from (Gap(Missing.LEFT, work.about, work.delegate) for work in self.work if work.delegate in self.gone)

    def _of_teams(self) -> Iterator[Gap]:
        spoken = {word.casefold() for person in self.it for word in self.languages(person)}
        for team in self.teams:
            if not team.liaison:
                yield Gap(Missing.LIAISON, team.conversation)
            if self.away.get(team.liaison) == "":
                yield Gap(Missing.STAND_IN, team.conversation, team.liaison)
            if team.languages and not spoken & {word.casefold() for word in team.languages}:
                yield Gap(Missing.LANGUAGE, f"{team.conversation} {', '.join(team.languages)}")

    def _of_work(self) -> Iterator[Gap]:
        yield from (Gap(Missing.DELEGATE, work.about) for work in self.work if not work.delegate)

    def _categories(self) -> Iterator[Gap]:
        here = [person for person in self.it if person not in self.gone]
        if not here or not all(self.skills.get(person) for person in here):
            return  # somebody takes whatever comes
        known = [words_of(skill) for person in here for skill in self.skills[person]]
        for category in self.categories:
            if not any(words and words <= words_of(category) for words in known):
                yield Gap(Missing.CATEGORY, category)


def read_languages(words: str) -> tuple[str, ...]:
    """`german, English` as it is kept: each with a capital, once. Raises Invalid for what is no language's name."""
    found = [" ".join(one.split()) for one in re.split(r"[,;/\n]", words)]
    names = tuple(dict.fromkeys(one[:1].upper() + one[1:] for one in found if one))
    for name in names:
        if len(name) > 30 or not all(part.isalpha() for part in re.split(r"[ '’-]", name) if part):
            raise Invalid(
                f"“{name[:30]}” is no language I can take. Write them like this: English, German.", "languages"
            )
    if len(names) > MOST_LANGUAGES:
        raise Invalid(f"Please name at most {MOST_LANGUAGES} languages; these are {len(names)}.", "languages")
    return names


def read_place(words: str) -> str:
    """Where somebody sits, in one line. Raises Invalid for a long one."""
    place = " ".join(words.split())
    if len(place) > MOST_PLACE:
        raise Invalid(f"Please use at most {MOST_PLACE} characters; this has {len(place)}.", "place")
    return place
