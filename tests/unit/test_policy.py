"""The policy that ships as a decision table, and what is wrong with a broken one."""

from decimal import Decimal

import pytest

from bot.domain.errors import Invalid
from bot.domain.people import Role
from bot.domain.policy import Asked, DataClass, Integration, Lane, Policy, Purchase, Requester, ruling
from bot.files import policy_text

POLICY = policy_text.read(policy_text.template())

# category, amount a year, data, integration, requester: the rule, the lane, who buys
TABLE = """
email_automation     0       none      none       marketer  FAST             fast      decentral
email_automation     4999.99 none      native     marketer  FAST             fast      decentral
email_automation     5000    none      native     marketer  MEDIUM           standard  joint
email_automation     12000   personal  native     marketer  PERSONAL         standard  joint
email_automation     49999   personal  none       manager   PERSONAL         standard  joint
email_automation     50000   personal  none       manager   PERSONAL-LARGE   full      central
email_automation     300     personal  custom     marketer  PERSONAL         standard  joint
email_automation     300     none      custom     marketer  BUILT-CONNECTION standard  joint
email_automation     300     none      middleware marketer  BUILT-CONNECTION standard  joint
email_automation     300     staff     core       marketer  CORE-INTEGRATION full      central
email_automation     300     sensitive none       marketer  SENSITIVE-DATA   full      central
email_automation     300     sensitive core       agency    SENSITIVE-DATA   full      central
email_automation     300     personal  none       agency    PERSONAL         standard  joint
email_automation     300     none      none       agency    AGENCY           standard  joint
email_automation     60000   none      none       agency    LARGE            full      central
crm                  0       none      none       manager   CORE-SYSTEM      full      central
crm                  0       personal  native     manager   CORE-SYSTEM      full      central
crm                  90000   personal  custom     manager   CORE-SYSTEM      full      central
crm                  90000   personal  core       manager   CORE-INTEGRATION full      central
crm                  90000   sensitive core       manager   SENSITIVE-DATA   full      central
crm                  90000   none      none       agency    CORE-SYSTEM      full      central
content_management   200     none      none       marketer  CORE-SYSTEM      full      central
content_management   200     personal  none       marketer  CORE-SYSTEM      full      central
ecommerce            99      none      native     marketer  CORE-SYSTEM      full      central
ecommerce            99      sensitive native     marketer  SENSITIVE-DATA   full      central
database             10      staff     none       manager   CORE-SYSTEM      full      central
code_repository      10      none      none       manager   CORE-SYSTEM      full      central
backup_recovery      10      none      none       manager   CORE-SYSTEM      full      central
authentication       10      none      none       manager   CORE-SYSTEM      full      central
authentication       10      staff     core       manager   CORE-INTEGRATION full      central
social_listening     0       none      none       marketer  FAST             fast      decentral
social_listening     2400    none      native     marketer  FAST             fast      decentral
social_listening     2400    staff     native     marketer  FAST             fast      decentral
social_listening     2400    personal  native     marketer  PERSONAL         standard  joint
social_listening     9000    none      none       marketer  MEDIUM           standard  joint
social_listening     50000   none      none       marketer  LARGE            full      central
social_listening     50000   none      custom     marketer  LARGE            full      central
social_listening     120     none      none       agency    AGENCY           standard  joint
analytics            0       none      none       marketer  FAST             fast      decentral
analytics            0       personal  native     marketer  PERSONAL         standard  joint
analytics            8000    none      native     marketer  MEDIUM           standard  central
analytics            70000   personal  native     manager   PERSONAL-LARGE   full      central
analytics            70000   none      native     manager   LARGE            full      central
analytics            10      none      core       marketer  CORE-INTEGRATION full      central
collaboration        0       none      none       marketer  FAST             fast      decentral
collaboration        144     staff     none       marketer  FAST             fast      decentral
collaboration        144     staff     middleware marketer  BUILT-CONNECTION standard  joint
collaboration        6000    staff     none       marketer  MEDIUM           standard  decentral
collaboration        6000    personal  none       marketer  PERSONAL         standard  joint
collaboration        60000   staff     none       manager   LARGE            full      central
collaboration        144     none      none       agency    AGENCY           standard  joint
ai                   0       none      none       marketer  AI               standard  joint
ai                   240     staff     none       marketer  AI               standard  joint
ai                   240     personal  none       marketer  AI-PERSONAL      full      joint
ai                   70000   personal  none       manager   AI-PERSONAL      full      joint
ai                   70000   none      none       manager   LARGE            full      central
ai                   240     none      custom     marketer  BUILT-CONNECTION standard  joint
ai                   240     none      core       marketer  CORE-INTEGRATION full      central
ai                   240     sensitive none       marketer  SENSITIVE-DATA   full      central
ai                   240     none      none       agency    AI               standard  joint
advertising_tags     0       none      none       marketer  TAG              standard  joint
advertising_tags     0       personal  none       marketer  TAG-PERSONAL     standard  joint
advertising_tags     0       personal  native     agency    TAG-PERSONAL     standard  joint
advertising_tags     50000   personal  native     agency    PERSONAL-LARGE   full      central
advertising_tags     50000   none      native     agency    LARGE            full      central
advertising_tags     0       none      custom     marketer  BUILT-CONNECTION standard  joint
advertising_tags     0       none      none       agency    TAG              standard  joint
advertising_tags     0       sensitive none       marketer  SENSITIVE-DATA   full      central
"""
CASES = [line.split() for line in TABLE.strip().splitlines()]


def ask(category: str = "collaboration", amount: str = "0", **more: object) -> Asked:
    return Asked(category, Decimal(amount), **more)  # type: ignore[arg-type]


def changed(was: str, is_now: str) -> Policy:
    text = policy_text.template()
    assert was in text
    return policy_text.read(text.replace(was, is_now, 1))


@pytest.mark.parametrize("case", CASES, ids=["-".join(case[:5]) for case in CASES])
def test_the_policy_that_ships_decides(case: list[str]) -> None:
    category, amount, data, integration, requester, rule, lane, purchase = case
    found = ruling(
        POLICY, Asked(category, Decimal(amount), DataClass(data), Integration(integration), Requester(requester))
    )
    assert (found.rule, found.lane, found.purchase) == (rule, Lane(lane), Purchase(purchase))
    assert found.days == POLICY.lane_days[Lane(lane)]
    assert found.why[0]


def test_every_rule_that_ships_decides_something_in_the_table() -> None:
    assert {case[5] for case in CASES} == {rule.key for rule in POLICY.rules}


BANDS = [
    ("999.99", 12, (Role.MARKETING_MANAGER,)),
    ("1000", 12, (Role.MARKETING_MANAGER, Role.LIAISON)),
    ("999.99", 13, (Role.MARKETING_MANAGER, Role.LIAISON)),
    ("10000", 12, (Role.MARKETING_MANAGER, Role.LIAISON, Role.CMO, Role.PROCUREMENT)),
]


@pytest.mark.parametrize(("amount", "months", "approvers"), BANDS)
def test_the_amount_and_the_term_say_who_approves(amount: str, months: int, approvers: tuple[Role, ...]) -> None:
    assert ruling(POLICY, ask(amount=amount, months=months)).approvers == approvers


def test_the_highest_band_has_none_above_it() -> None:
    top = ruling(POLICY, ask(amount="999999999", months=60)).approvers
    assert {Role.CMO, Role.CIO, Role.FINANCE} <= set(top)


def test_much_capital_expense_adds_finance_and_a_project_manager_and_tells_it_management() -> None:
    below, above = (ruling(POLICY, ask(capex=Decimal(capex))) for capex in ("99999.99", "100000"))
    assert (Role.FINANCE in below.approvers, below.told) == (False, ())
    assert {Role.PROJECT_MANAGER, Role.FINANCE} <= set(above.approvers)
    assert above.told == (Role.IT_MANAGER,)


def test_who_may_not_propose_a_category_is_told_who_may() -> None:
    assert "a manager has to propose it" in ruling(POLICY, ask("crm")).why[-1]


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(Invalid, match="from zero up"):
        ruling(POLICY, ask(amount=amount))


def test_an_unknown_category_is_refused_with_those_there_are() -> None:
    with pytest.raises(Invalid, match="There are: content_management"):
        ruling(POLICY, ask("gardening"))


BROKEN = [
    ("weight: 25}", "weight: 24}", "criteria: The weights add up to 99"),
    ("categories: [ai], data", "categories: [ia], data", "“ia” is no category"),
    ("{below: 10000, ", "{below: 900, ", "bands[1]: Limits must rise"),
    ("  - {approvers: [cmo, cio, it_manager", "  - {below: 900000, approvers: [cmo, cio, it_manager", "The last band"),
    ("fast: 2,", "fast: 12,", "lane_days"),
    ("when: {requester: [agency]}", "when: {amount_from: 50000}", "rules[12]: AGENCY contradicts LARGE"),
    ("when: {amount_from: 5000}", "when: {amount_from: 9, amount_below: 9}", "MEDIUM can never fire: nothing"),
    ("when: {categories: [ai]}", "when: {data: [sensitive, personal]}", "rules[11]: AI can never fire: for all it"),
    ("  - rule: FAST\n", "  - rule: FAST\n    when: {data: [none]}\n", "Let the last rule fit everything"),
    ("rule: TAG-PERSONAL", "rule: PERSONAL", "“PERSONAL” is there twice"),
    ("currency: EUR", "currency: Euro", "currency"),
    ("lane: fast\n", "lane: quick\n", "rules[14].lane"),
    ("purchase: decentral}", "purchase: decentral, colour: red}", "categories.collaboration.colour: there is no such"),
    ("decides: [it_manager, security]", "decides: []", "categories.authentication.decides: Nobody"),
    ("threshold: 100000", "threshold: -1", "capex.threshold"),
    ("rules:\n", "rulez:\n", "rules: this is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("was", "is_now", "place"), BROKEN)
def test_a_broken_policy_is_refused_with_the_place(was: str, is_now: str, place: str) -> None:
    with pytest.raises(Invalid) as raised:
        changed(was, is_now)
    assert place in raised.value.words


def test_a_rule_of_the_same_outcome_that_comes_too_late_is_no_contradiction_but_never_fires() -> None:
    late = "  - rule: LATE\n    when: {data: [sensitive]}\n    lane: full\n    purchase: central\n"
    late += "    approvers: [security, legal, it_manager]\n    because: Again.\n"
    with pytest.raises(Invalid, match="LATE can never fire: SENSITIVE-DATA comes first"):
        changed("  - rule: FAST\n", late + "  - rule: FAST\n")
