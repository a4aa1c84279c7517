"""How the policy is shown: first what it means for whoever asks, the whole of it on a button."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.domain.people import ROLE_WORDS, Role
from bot.domain.policy import Policy
from bot.domain.policy_outline import Way, asked_for_yes, longer_ways, not_proposed_by, plain_ways
from bot.domain.review import Edition
from bot.domain.signoff import SignOff
from bot.messages import Button, Card, Fact, Line, Section, say
from bot.services.both_sides import stands
from bot.services.desk import Desk
from bot.services.reviews.policies import edition_in_force, edition_words, requester_of
from bot.services.reviews.policy_signing import signoffs_for

WHOLE = "policy_whole"


def policy_card(desk: Desk, workspace: str, actor: str) -> Card:
    """What the policy in force means for somebody; a version that waits for its signatures is named."""
    who = desk.person(workspace, actor)
    with desk.look() as uow:
        roles = uow.workspaces.roles(workspace).of(actor)
        edition, latest = edition_in_force(desk, uow, workspace), uow.policies.latest(workspace)
        waits = signoffs_for(uow, workspace, latest.version) if latest and latest.version != edition.version else []
    asker = requester_of(who, roles)
    return Card(
        title=f"📜 {edition.policy.name}: what it means for you",
        text=say("As {asker}, by the {words}:", asker=f"a {asker.value}", words=edition_words(edition.version)),
        sections=(
            _section("A simple tool: no customer data, no connections", plain_ways(edition.policy, asker)),
            _section("It takes longer with", longer_ways(edition.policy, asker)),
            *_others(edition.policy, not_proposed_by(edition.policy, asker), roles),
            *([Section("A newer version waits for", _lines(waits))] if waits else []),
        ),
        buttons=(Button("The whole policy", WHOLE),),
        note=say("For one tool: {command}", command="/itcheck new-tool and its name"),
    )


def whole_card(desk: Desk, workspace: str) -> Card:
    """The policy in force with all its rules, and who signed it."""
    with desk.look() as uow:
        edition = edition_in_force(desk, uow, workspace)
        signed = signoffs_for(uow, workspace, edition.version)
    return _whole(edition, signed)


def _whole(edition: Edition, signed: Sequence[SignOff]) -> Card:
    policy = edition.policy
    rules = tuple(
        Line(say("{rule}: {lane} lane. {why}", rule=one.key, lane=one.lane, why=one.because)) for one in policy.rules
    )
    lanes = ", ".join(f"{lane} {days} working days" for lane, days in policy.lane_days.items())
    return Card(
        title=f"📜 {policy.name}",
        text=say("This is the {words}.", words=edition_words(edition.version)),
        facts=(Fact("Lanes", (lanes,)), Fact("Amounts in", (policy.currency,))),
        sections=(
            Section("The first rule that fits decides", rules),
            *([Section("Signed by", _lines(signed))] if signed else []),
        ),
        note=say("For IT, as a page: {command}", command="python -m bot policy show"),
    )


def _section(title: str, ways: Sequence[Way]) -> Section:
    return Section(title, tuple(Line((_way_words(one),)) for one in ways))


def _way_words(way: Way) -> str:
    needs = f"; yes of {', '.join(ROLE_WORDS[role] for role in way.approvers)}" if way.approvers else ""
    return f"{way.what[:1].upper()}{way.what[1:]}: {way.lane} lane, {way.days} working days{needs}"


def _others(policy: Policy, not_mine: Sequence[str], roles: Iterable[Role]) -> list[Section]:
    """What somebody else has to propose, and where one's own yes is asked for."""
    mine = asked_for_yes(policy, sorted(roles))
    sections = [Section("Somebody else proposes", (Line((", ".join(not_mine),)),))] if not_mine else []
    return [*sections, *([Section("Your yes is asked for", tuple(Line((one,)) for one in mine))] if mine else [])]


def _lines(signoffs: Sequence[SignOff]) -> tuple[Line, ...]:
    return tuple(Line(stands(one)) for one in signoffs)
