"""What both sides' managers sign: each is asked, answers once, and hears how it ended; nobody signs for both."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.absence import away_at
from bot.domain.errors import Conflict, NotAllowed
from bot.domain.people import ROLE_WORDS, Person, Role
from bot.domain.signoff import Outcome, Say, Signature, SignOff, asked_of, missing_words, outcome, signable
from bot.messages import Address, Button, Card, Line, Mention, Post, Section, Style, Text, say
from bot.ports import UnitOfWork
from bot.services.desk import Desk

ROLES = (Role.MARKETING_MANAGER, Role.IT_MANAGER)
ANSWERED = "You have answered this already."
ONE_SIDE = "You have signed for one side already, and nobody signs for both."
HOLDS_ONCE = "It holds once the marketing manager and the IT manager have both said yes."


@dataclass(frozen=True, slots=True)
class Matter:
    """What is signed. `subject`: under which its sign-offs are kept, and what its keys and buttons begin with; `title`:
    what one version is called, up to its number; the others are whole sentences.
    """

    subject: str
    title: str
    no_guests: str
    decided: str
    fell_through: str

    def key(self, signoff: SignOff) -> str:
        """The key of the question that was put to somebody."""
        return f"{self.subject}:{signoff.version}:{signoff.person}"


def ask_both(uow: UnitOfWork, workspace: str, matter: Matter, version: int, at: datetime) -> list[SignOff]:
    """Ask both managers for a version; whatever older one still waits is out of date.

    Raises Conflict where a side has nobody who may sign.
    """
    asked, missing = asked_of(ROLES, uow.workspaces.roles(workspace).holders, "", version, at)
    if missing:
        raise Conflict(missing_words(missing))
    uow.signoffs.take_back(workspace, matter.subject)
    uow.signoffs.ask(workspace, matter.subject, asked)
    return list(asked)


def signoffs_on(uow: UnitOfWork, workspace: str, matter: Matter, version: int) -> list[SignOff]:
    """What was asked for one version."""
    return [one for one in uow.signoffs.of(workspace, matter.subject) if one.version == version]


def open_to(desk: Desk, uow: UnitOfWork, workspace: str, matter: Matter, version: int, who: Person) -> SignOff:
    """What somebody may sign of a version now. Raises NotAllowed, Conflict."""
    if who.is_guest:
        raise NotAllowed(matter.no_guests)
    signoffs, away = signoffs_on(uow, workspace, matter, version), away_at(uow.absences.of(workspace), desk.at())
    if outcome(signoffs) is not Outcome.PENDING:
        raise Conflict(matter.decided)
    roles = uow.workspaces.roles(workspace).of(who.id)
    found = signable(signoffs, who.id, version, roles, "", lambda person: away.get(person, ""))
    if any(one.signature is not None and one.signature.by == who.id for one in signoffs if one != found):
        raise NotAllowed(ONE_SIDE)
    return found


def answer(
    uow: UnitOfWork, workspace: str, matter: Matter, asked: SignOff, signature: Signature
) -> tuple[SignOff, list[SignOff], Outcome]:
    """Keep a yes or no; what was signed, all that was asked for the version, and how it stands with that."""
    signed = asked.sign(signature)
    uow.signoffs.answer(workspace, matter.subject, signed)
    signoffs = signoffs_on(uow, workspace, matter, asked.version)
    return signed, signoffs, outcome(signoffs)


def question(workspace: str, matter: Matter, signoff: SignOff, text: Text, sections: tuple[Section, ...]) -> Post:
    """What a manager is asked."""
    value, key = str(signoff.version), matter.key(signoff)
    card = Card(
        title=f"{matter.title} {value}: your signature",
        text=text,
        sections=sections,
        buttons=(
            Button("Yes", f"{matter.subject}_yes", value, Style.PRIMARY),
            Button("No", f"{matter.subject}_no", value, Style.DANGER),
        ),
        note=say(HOLDS_ONCE),
    )
    return Post(workspace, key, Address(person=signoff.person), card, lane=key)


def outdated(workspace: str, matter: Matter, older: Iterable[SignOff], version: int) -> list[Post]:
    """What the questions about a version become that a newer one has overtaken."""
    words = "{title} {old} is out of date: {new} is before you now."
    posts = []
    for one in older:
        text = say(words, title=matter.title, old=str(one.version), new=str(version))
        posts.append(_in_place(workspace, matter.key(one), "outdated", one.person, Card(text=text)))
    return posts


def told(
    workspace: str, matter: Matter, signed: SignOff, signoffs: Sequence[SignOff], others: Collection[str] = ()
) -> list[Post]:
    """What each signer's question becomes; at the end both hear of it, and the `others`."""
    result, version = outcome(signoffs), signed.version
    ends = {Outcome.APPROVED: "It is in force now.", Outcome.REJECTED: matter.fell_through}
    end = ends.get(result, "It holds once the other side has said yes too.")
    card = Card(
        text=say("{title} {version}. {end}", title=matter.title, version=str(version), end=end),
        sections=(Section("", tuple(Line(stands(each)) for each in signoffs)),),
    )
    if result is Outcome.PENDING:
        return [_in_place(workspace, matter.key(signed), result, signed.person, card)]
    posts = [_in_place(workspace, matter.key(one), result, one.person, card) for one in signoffs]
    key = f"{matter.subject}:{version}:told"
    more = sorted({*others} - {one.person for one in signoffs} - {""})
    return [*posts, *(Post(workspace, key, Address(person=one), card, lane=key) for one in more)]


def stands(signoff: SignOff) -> Text:
    """How one sign-off stands."""
    role, signature = ROLE_WORDS[signoff.role], signoff.signature
    if signature is None:
        return say("⏳ {role}: {who}", role=role, who=Mention(signoff.person))
    said = "said yes" if signature.said is Say.YES else f"said no: {signature.reason}"
    return say("{role}: {who} {said}", role=role, who=Mention(signature.by), said=said)


def version_in(value: str) -> int:
    """The version a button names; -1 for none."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 9 else -1


def _in_place(workspace: str, key: str, what: str, person: str, card: Card) -> Post:
    return Post(workspace, f"{key}:{what}", Address(person=person), card, lane=key, update_of=key)
