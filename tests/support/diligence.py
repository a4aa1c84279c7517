"""An office in which a tool is asked about, and people who answer its questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.diligence import Asker, Level, Question, Tier
from bot.domain.people import Role
from bot.messages import Card, Form
from tests.builders import CIO, HOLDERS, LIAISON, MARKETER, MARKETING, TEAM, Office, an_office
from tests.support.policies import draft_policy

LEGAL = "cmo"
NEED = Question("purpose", "need", "fit", "Do you know what should be better?", Asker.MARKETER)
DATA = Question("customer_data", "privacy", "privacy", "Will it see customers' data?", Asker.MARKETER, scored=False)
CONNECTS = Question("connects", "integration", "integration", "Can it be connected?", Asker.IT, valid_days=30)
LOCKED = Question("encryption", "security", "security", "Is data encrypted?", Asker.VENDOR, knocks_out=Tier.LOW)
DPA = Question(
    "dpa", "privacy", "privacy", "Is there an agreement?", Asker.VENDOR, after={"customer_data": frozenset({Level.YES})}
)  # fmt: skip
LEGACY = Question("legacy", "integration", "integration", "Do older systems bear it?", Asker.IT, tier=Tier.HIGH)
QUESTIONS = (NEED, DATA, CONNECTS, LOCKED, DPA, LEGACY)
REVIEW = {"category": "email_automation", "amount": "6,000", "data": "personal", "integration": "native"}
Said = Mapping[str, str]


def an_office_with_a_ticket(questions: Sequence[Question] = QUESTIONS) -> Office:
    office = an_office(holders={**HOLDERS, Role.LEGAL: (LEGAL,), Role.CIO: (CIO,)})
    office.policy, office.questions = draft_policy(), tuple(questions)
    office.submits(MARKETER, "new_tool", {"name": "Klaviyo", "data": "Yes"}, conversation=MARKETING)
    return office


def asked_to_sign() -> Office:
    office = an_office_with_a_ticket()
    review(office)
    office.presses(LIAISON, "ask_sign_offs", "IT-1:1")
    return office


def form(office: Office, person: str, place: str = "IT-1") -> Form:
    return office.form(office.presses(person, "diligence", place))


def labels(shown: Form) -> list[str]:
    return [one.label for one in shown.fields]


def answer(
    office: Office, who: str, texts: Said | None = None, *, ticket: str = "IT-1", seen: int | None = None, **said: str
) -> None:
    """Send the form of whoever is asked these questions; `seen` is how many answers there were when it opened."""
    for theirs in Asker:
        mine = {key: level for key, level in said.items() if asker_of(office, key) is theirs}
        if mine:
            values = {f"level.{key}": level for key, level in mine.items()} | dict(texts or {})
            now = count(office, int(ticket.removeprefix("IT-"))) if seen is None else seen
            context = {"ticket": ticket, "asker": theirs.value, "seen": str(now), "conversation": MARKETING}
            office.submits(who, "diligence", values, **context)


def asker_of(office: Office, key: str) -> Asker:
    return next(one.asker for one in office.questions if one.key == key)


def review(office: Office, **more: str) -> None:
    context = {"ticket": "IT-1", "currency": "EUR", "before": "0", "conversation": MARKETING}
    office.submits(LIAISON, "review", REVIEW | more, **context)


def told(office: Office, person: str) -> str:
    """The newest answer to a form."""
    return office.direct(person)[-1]


def count(office: Office, number: int = 1) -> int:
    with office.store.unit_of_work() as uow:
        return len(uow.answers.of(TEAM, number))


def score_card(office: Office) -> str:
    (card,) = [one for one in office.thread() if "🧾 Due diligence" in one]
    return card


def buttons(office: Office, person: str) -> list[str]:
    cards: list[Card] = [one.card for one in office.posts(office.chat.direct(person)) if one.card.buttons]
    return [one.label for one in cards[-1].buttons]
