"""How a review looks: the policy's ruling with its sign-offs in the thread, and what each signer is asked directly."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.answers import Standing
from bot.domain.money import Money
from bot.domain.people import ROLE_WORDS, Role
from bot.domain.review import Review
from bot.domain.signoff import Outcome, Say, Signature, SignOff, role_words
from bot.domain.ticket import Ticket
from bot.messages import Address, Button, Card, Fact, Line, Mention, Post, Section, Style, Text, say
from bot.services.agenda.agenda_lines import day_words
from bot.services.costs.cost_card import about
from bot.services.diligence.diligence_words import signer_facts, spoken_against
from bot.services.intake.intake import shorten
from bot.services.notifications import direct_post, in_place, lane_of, thread_post
from bot.services.people.holders import approvers_for
from bot.services.reviews.policies import edition_words
from bot.services.reviews.review_form import DATA_WORDS, INTEGRATION_WORDS
from bot.services.tickets.cards import ticket_link
from bot.services.tools.catalogue import INSTEAD

VERDICTS = {
    Outcome.APPROVED: "✅ Approved",
    Outcome.CONDITIONS: "✅ Approved with conditions",
    Outcome.REJECTED: "⛔ Rejected",
}
SAID_WORDS = {Say.YES: "yes", Say.WITH_CONDITIONS: "yes, with conditions", Say.NO: "no"}
TITLE_MOST = 100
ONE_ANSWER = "Your answer counts once, and everybody on the ticket can see it."
FOR_ALL_ROLES = "Your one answer counts for each of these roles, and everybody on the ticket can see it."
Holders = Mapping[Role, Sequence[str]]
Asked = Sequence[SignOff]


def review_card(ticket: Ticket, review: Review, signoffs: Sequence[SignOff], holders: Holders) -> Card:
    """One version of a review as it stands. `signoffs`: those of this version."""
    found, verdict = review.ruling, VERDICTS.get(review.outcome, "")
    words = say(
        "{rule}: the {lane} lane, {days} working days until the verdict. {why}",
        rule=found.rule, lane=found.lane.value, days=str(found.days), why=found.why[0],
    )  # fmt: skip
    return Card(
        title=shorten(f"{verdict or '🔎 Review'}: {ticket.title}", TITLE_MOST),
        text=words,
        facts=_facts(ticket, review, holders),
        sections=(Section("Sign-offs", tuple(_line(one) for one in signoffs)),) if signoffs else (),
        buttons=_buttons(ticket, review, signoffs),
        note=say(
            "{more} Version {version}, under the {policy}.",
            more=" ".join(found.why[1:]), version=str(review.version), policy=edition_words(review.policy),
        ),
    )  # fmt: skip


def review_post(ticket: Ticket, review: Review, card: Card) -> Post:
    """The card of a new version, in the thread."""
    return thread_post(ticket, _key(review), card)


def review_update(ticket: Ticket, review: Review, card: Card) -> Post:
    """The card of a version as it stands now, in place."""
    to = Address(ticket.place.conversation, ticket.place.thread)
    key = f"{ticket.name}:{_key(review)}"
    return Post(ticket.workspace, f"{key}:{ticket.revision}", to, card, lane=lane_of(ticket), update_of=key)


def replaced_card(review: Review) -> Card:
    """What is left of an older version."""
    return Card(text=say("Version {old} of the review was replaced by a newer one below.", old=str(review.version)))


def request_post(ticket: Ticket, review: Review, asked_for: Asked, to: str, standing: Standing | None = None) -> Post:
    """What is asked of a signer for all their roles; `to` is them or who stands in, `standing` what due diligence says.

    `asked_for`: the sign-offs of this person, in the order of asking.
    """
    value = f"{ticket.name}:{review.version}"
    asked, found = review.asked, review.ruling
    person = asked_for[0].person
    for_whom = say(" (you stand in for {who})", who=Mention(person)) if to != person else ()
    card = Card(
        title=shorten(f"Your sign-off: {ticket.title}", TITLE_MOST),
        text=say(
            "{link}, asked by {asker}. As {role}{standing_in}: may we use it?",
            link=ticket_link(ticket), asker=Mention(ticket.requester), role=role_words(asked_for),
            standing_in=for_whom,
        ),
        facts=(
            Fact("A year", (str(Money(asked.amount, review.currency)),)),
            Fact("Data", (DATA_WORDS[asked.data],)),
            Fact("Connection", (INTEGRATION_WORDS[asked.integration],)),
            *cost_facts(review),
            *instead_facts(ticket),
            Fact("Why you", (f"{found.rule}: {' '.join(found.why)}",)),
            *signer_facts(standing, ticket),
        ),
        buttons=(
            _yes(value, standing),
            Button("Yes, with conditions", "sign_conditions", value),
            Button("No", "sign_no", value, Style.DANGER),
            *((Button("See the answers", "diligence_see", ticket.name),) if standing and standing.answers else ()),
        ),
        note=say(ONE_ANSWER if len(asked_for) == 1 else FOR_ALL_ROLES),
    )  # fmt: skip
    return direct_post(ticket, to, _asked_key(review, asked_for), card)


def request_update(ticket: Ticket, review: Review, asked_for: Asked, to: str, standing: Standing | None = None) -> Post:
    """The same question in place, with what is known by now."""
    return in_place(request_post(ticket, review, asked_for, to, standing), ticket.revision)


def request_done(ticket: Ticket, review: Review, asked_for: Asked, to: str, words: Text) -> Post:
    """What is left of such a question, in place."""
    return in_place(direct_post(ticket, to, _asked_key(review, asked_for), Card(text=words)), "done")


def answer_words(ticket: Ticket, signed: Asked, signature: Signature) -> Text:
    """What a signer sees once it is answered; for which roles, where it was for several."""
    return say(
        "{link} “{title}”: {who} said {what}{roles}.",
        link=ticket_link(ticket), title=ticket.title, who=Mention(signature.by), what=SAID_WORDS[signature.said],
        roles=f", as {role_words(signed)}" if len(signed) > 1 else "",
    )  # fmt: skip


def condition_words(signoffs: Sequence[SignOff]) -> tuple[Text, ...]:
    """The conditions that were made, each with its owner and day."""
    signatures = dict.fromkeys(signoff.signature for signoff in signoffs if signoff.signature)
    made = [one for signature in signatures for one in signature.conditions]
    return tuple(
        say("{what} — {owner}, by {due}", what=one.what, owner=Mention(one.owner), due=day_words(one.due))
        for one in made
    )


def _yes(value: str, standing: Standing | None) -> Button:
    """A yes; where something speaks against the tool, one that says why in spite of it."""
    if standing is None or not spoken_against(standing):
        return Button("Yes", "sign_yes", value, Style.PRIMARY)
    return Button("Yes, in spite of it", "sign_anyway", value)


def cost_facts(review: Review) -> tuple[Fact, ...]:
    """What it really costs, where that was reckoned, and what of it is capital."""
    capex = review.asked.capex
    capital = (f"{about(capex)} {review.currency}",) if capex else ()
    facts = Fact("Real cost", (review.cost,) if review.cost else ()), Fact("CapEx", capital)
    return tuple(fact for fact in facts if fact.value)


def instead_facts(ticket: Ticket) -> tuple[Fact, ...]:
    """What is approved for the same already."""
    found = ticket.facts.get(INSTEAD, "")
    return (Fact("Approved for the same already", (found,)),) if found else ()


def _facts(ticket: Ticket, review: Review, holders: Holders) -> tuple[Fact, ...]:
    asked = review.asked
    return (
        Fact("A year", (str(Money(asked.amount, review.currency)),)),
        Fact("Data", (DATA_WORDS[asked.data],)),
        Fact("Connection", (INTEGRATION_WORDS[asked.integration],)),
        *cost_facts(review),
        *instead_facts(ticket),
        Fact("Bought by", (f"{review.ruling.purchase.value} purchase",)),
        Fact("Must say yes", _approvers(ticket, review, holders)),
    )


def _approvers(ticket: Ticket, review: Review, holders: Holders) -> Text:
    text: Text = ()
    for role in approvers_for(ticket, review.ruling.approvers):
        held = [person for person in holders.get(role, ()) if person]
        named: Text = (Mention(held[0]),) if held else ("nobody yet",)
        text = (*text, ", " if text else "", f"{ROLE_WORDS[role]} (", *named, ")")
    return text


def _line(signoff: SignOff) -> Line:
    signature, role = signoff.signature, ROLE_WORDS[signoff.role]
    if signature is None:
        return Line(say("⏳ {role}: {who}", role=role, who=Mention(signoff.person)))
    sign = "⛔" if signature.said is Say.NO else "✅"
    instead = say(" for {who}", who=Mention(signoff.person)) if signature.by != signoff.person else ()
    reason = f": {signature.reason}" if signature.reason else ""
    trial = f"; as a trial until {day_words(signature.trial_until)}" if signature.trial_until else ""
    conditions: Text = (trial,) + tuple(span for one in condition_words([signoff]) for span in ("; ", *one))
    return Line(
        say(
            "{sign} {role}: {who}{instead} said {what}{reason}{conditions}",
            sign=sign, role=role, who=Mention(signature.by), instead=instead, what=SAID_WORDS[signature.said],
            reason=reason, conditions=conditions,
        )
    )  # fmt: skip


def _buttons(ticket: Ticket, review: Review, signoffs: Sequence[SignOff]) -> tuple[Button, ...]:
    if review.is_decided or ticket.is_finished:
        return ()
    again = Button("Change the review", "review", ticket.name)
    if signoffs:
        return (again,)
    return (Button("Ask for sign-offs", "ask_sign_offs", f"{ticket.name}:{review.version}", Style.PRIMARY), again)


def _key(review: Review) -> str:
    return f"review:{review.version}"


def _asked_key(review: Review, asked_for: Asked) -> str:
    return f"sign-off:{review.version}:{asked_for[0].role}"
