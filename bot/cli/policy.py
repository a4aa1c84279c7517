"""`policy`: the technology-selection policy as a file: check it, try it, read it."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from bot.domain.policy import Asked, Policy

CASE_HELP = "A request: category=email_automation,amount=12000,data=personal,integration=native,requester=marketer"


File = Annotated[Path | None, typer.Argument(help="The policy; without one, the one that ships.")]


def register(app: typer.Typer) -> None:
    """Add the verbs."""
    group = typer.Typer(no_args_is_help=True, help="The technology-selection policy.")
    for verb in (check, simulate, show, apply, template, schema):
        group.command()(verb)
    app.add_typer(group, name="policy")


def check(file: File = None) -> None:
    """Say whether a policy makes sense: sums, bands, rules that never fire or contradict each other."""
    policy = _read(file)
    print(f"✓ {policy.name}: {len(policy.categories)} categories, {len(policy.rules)} rules; nothing contradicts.")


def simulate(
    file: File = None,
    case: Annotated[list[str] | None, typer.Option(help=CASE_HELP)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a case.")] = False,
) -> None:
    """Say which rule fires for a request, and why."""
    from bot.domain.errors import Invalid

    if not case:
        raise Invalid(f"Name at least one --case. {CASE_HELP}")
    policy = _read(file)
    for one in case:
        found = as_object(policy, asked(one))
        print(json.dumps(found) if as_json else words(found))


def show(file: File = None) -> None:
    """Print a policy as Markdown."""
    from bot.files.policy_page import markdown

    print(markdown(_read(file)))


def apply(
    file: Annotated[Path, typer.Argument(help="The policy.")],
    workspace: Annotated[str, typer.Option(help="Which workspace, if the database holds several.")] = "",
) -> None:
    """Store a policy as a new version and put it before both sides; it holds once both managers have said yes."""
    from bot.cli.stores import only_workspace, open_up_to_date
    from bot.files import policy_text
    from bot.now import utc_now
    from bot.services.reviews.policy_signing import apply_policy

    policy, store = _read(file), open_up_to_date()
    where, ships = only_workspace(store, workspace), policy_text.read(policy_text.template())
    with store.unit_of_work() as uow:
        applied = apply_policy(uow, where, policy, ships, utc_now())
    print(f"✓ {policy.name}: version {applied.version} waits for the yes of both sides, who are asked in chat.")
    for line in applied.changes or ("it is what ships, unchanged",):
        print(f"  {line}")


def template() -> None:
    """Print the policy that ships, to begin with."""
    from bot.files import policy_text

    print(policy_text.template(), end="")


def schema() -> None:
    """Print the JSON Schema of the file."""
    from bot.files import policy_text

    print(json.dumps(policy_text.schema(), indent=2))


def asked(text: str) -> Asked:
    """The request in `key=value,…`. Raises Invalid with the part that is wrong."""
    from bot.domain.errors import Invalid
    from bot.domain.policy import Asked, DataClass, Integration, Requester

    given = dict(part.split("=", 1) for part in text.replace(" ", "").split(",") if "=" in part)
    unknown = set(given) - {"category", "amount", "data", "integration", "requester", "months", "capex"}
    if unknown or "category" not in given:
        raise Invalid(f"“{text[:80]}” is no request. {CASE_HELP}")
    try:
        return Asked(
            category=given["category"],
            amount=Decimal(given.get("amount", "0")),
            data=DataClass(given.get("data", "none")),
            integration=Integration(given.get("integration", "none")),
            requester=Requester(given.get("requester", "marketer")),
            months=int(given.get("months", "12")),
            capex=Decimal(given.get("capex", "0")),
        )
    except InvalidOperation:
        raise Invalid(f"An amount in “{text[:80]}” is no number. Write it like amount=12000.") from None
    except ValueError as error:
        raise Invalid(f"“{text[:80]}” can't be read: {error}.") from None


def as_object(policy: Policy, request: Asked) -> dict[str, object]:
    """What follows for a request, with plain values."""
    from bot.domain.policy import ruling

    found = ruling(policy, request)
    return {
        "rule": found.rule,
        "lane": found.lane.value,
        "days": found.days,
        "purchase": found.purchase.value,
        "approvers": [role.value for role in found.approvers],
        "told": [role.value for role in found.told],
        "buys": [role.value for role in found.raci.buys],
        "runs": [role.value for role in found.raci.runs],
        "why": list(found.why),
    }


def words(found: dict[str, object]) -> str:
    """The same for people."""
    approvers = found["approvers"]
    names = ", ".join(str(role).replace("_", " ") for role in approvers) if isinstance(approvers, list) else ""
    why = found["why"]
    return "\n".join(
        [
            f"{found['rule']}: {found['lane']} lane, {found['days']} working days, {found['purchase']} purchase",
            f"  approved by: {names}",
            *(f"  {line}" for line in (why if isinstance(why, list) else [])),
        ]
    )


def _read(file: Path | None) -> Policy:
    from bot.cli.files import text_of
    from bot.files import policy_text

    return policy_text.read(policy_text.template() if file is None else text_of(file))
