"""The kinds of tickets. A new kind is one more entry here: its form, command and card follow from it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.errors import NotFound


class Input(StrEnum):
    """How a question of a form is answered."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    DATE = "date"
    AMOUNT = "amount"
    CHOICE = "choice"
    CHANNELS = "channels"
    TIME = "time"
    SPAN = "span"
    SHARE = "share"
    MONEY = "money"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing we ask when a ticket of a kind is opened by form. Answers become the ticket's facts.

    `later`: asked only in the ticket's details, so that opening one stays short.
    """

    key: str
    label: str
    input: Input = Input.LINE
    hint: str = ""
    required: bool = False
    choices: tuple[str, ...] = ()
    most: int = 300
    short: str = ""
    later: bool = False

    @property
    def name(self) -> str:
        """What its answer is called on a card."""
        return self.short or self.label


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of ticket: its key, its words, and what the form asks. `detected` kinds may be opened unasked.

    owed: the questions whose answers IT needs some working days before the start.
    """

    key: str
    title: str
    sign: str
    command: str
    purpose: str
    questions: tuple[Question, ...]
    detected: bool = False
    owed: tuple[str, ...] = ()

    @property
    def opening(self) -> tuple[Question, ...]:
        """What is asked when one is opened."""
        return tuple(one for one in self.questions if not one.later)

    @property
    def names_it(self) -> Question:
        """The question whose answer becomes the ticket's title."""
        return self.questions[0]


FIXED_STAGES = ("Chosen", "Bought or in use")
NEW_TOOL = Kind(
    key="new_tool",
    title="New tool",
    sign="🧰",
    command="new-tool",
    purpose="Ask IT to look at a tool before it is bought or connected",
    detected=True,
    questions=(
        Question("name", "Which tool?", required=True, hint="Its name, or its website", most=150),
        Question(
            "purpose", "What is it for?", Input.PARAGRAPH, "What should be better with it?", most=2000, short="Purpose"
        ),
        Question("cost", "What does it cost?", hint="For example: 99 a month, trial, don't know", short="Cost"),
        Question(
            "data",
            "Will it hold data about customers?",
            Input.CHOICE,
            choices=("No", "Yes", "I don't know"),
            short="Customer data",
        ),
        Question(
            "stage",
            "How far are you with it?",
            Input.CHOICE,
            "IT helps most while it is an idea",
            choices=("Just an idea", "Comparing some", *FIXED_STAGES),
            short="So far",
        ),
        Question("needed_by", "Needed by", Input.DATE),
    ),
)

NEEDS = "Landing page, tracking, CRM list, promo rule, DNS, consent"
PARTS = "Such as e-mail, paid social; with their parts of the reach, if you like: e-mail 300k, SMS 20 %"
CAMPAIGN = Kind(
    key="campaign",
    title="Campaign",
    sign="📣",
    command="campaign",
    purpose="Tell IT about a campaign, so that the site can take it",
    detected=True,
    owed=("start", "audience", "channel", "page"),
    questions=(
        Question("name", "What is the campaign called?", required=True, most=150),
        Question("start", "First day", Input.DATE, "The first day it brings visitors"),
        Question(
            "audience", "How many people will it reach?", Input.AMOUNT, "For example 400k or 12,000", short="Reach"
        ),
        Question("channel", "Through which channels?", Input.CHANNELS, PARTS, short="Channels"),
        Question("page", "Which site or page does it lead to?", most=500, short="Leads to"),
        Question("time", "At what time does it start?", Input.TIME, "Such as 10:00", short="Starts at", most=20),
        Question(
            "window", "How long does the sending take?", Input.SPAN, "Such as 40 min or 4 h", short="Sent over", most=20
        ),
        Question("sponsor", "Who wants it, and answers for it?", Input.PERSON, short="Sponsor", most=100),
        Question("needs", "What do you need from IT?", Input.PARAGRAPH, NEEDS, most=2000, short="Needed from IT"),
        Question("offer", "What is the offer?", hint="Such as 20 % off until Sunday", short="Offer", later=True),
        Question("click_rate", "How many of them will visit, in %?", Input.SHARE, short="Visits", later=True, most=20),
        Question(
            "conversion", "How many visits become orders, in %?", Input.SHARE, short="Orders", later=True, most=20
        ),
        Question(
            "order_value",
            "What does an order bring?",
            Input.MONEY,
            "Such as 45 EUR",
            short="An order brings",
            later=True,
            most=40,
        ),
    ),
)

QUESTION = Kind(
    key="question",
    title="Question",
    sign="💬",
    command="ask",
    purpose="Ask IT anything; no question is too simple",
    questions=(Question("name", "What would you like to know?", Input.PARAGRAPH, required=True, most=2000),),
)

INTEGRATION = Kind(
    key="integration",
    title="Integration",
    sign="🔌",
    command="integration",
    purpose="Ask IT to connect two systems",
    questions=(
        Question(
            "name",
            "What should be connected?",
            required=True,
            hint="For example: CRM and newsletter",
            most=150,
        ),
        Question("purpose", "What should flow, and what for?", Input.PARAGRAPH, most=2000, short="Purpose"),
        Question("needed_by", "Needed by", Input.DATE),
    ),
)

KINDS = (NEW_TOOL, CAMPAIGN, QUESTION, INTEGRATION)


def kind_of(key: str) -> Kind:
    """The kind with this key. Raises NotFound for an unknown one."""
    for kind in KINDS:
        if kind.key == key:
            return kind
    raise NotFound(f"There is no kind of ticket called “{key}”.")
