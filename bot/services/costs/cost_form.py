"""The forms of a tool's real cost: what its requester and IT know of it, and the figures it is reckoned from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from decimal import Decimal
from functools import partial
from typing import Any

from bot.domain.cost import MOST_YEARS, Spread
from bot.domain.cost_figures import PERCENT, UNIT_WORDS, Figures, Unit, number_of, plain_words, spread_of, spread_words
from bot.domain.cost_sheet import CostSheet, Inputs, Records, Size
from bot.domain.errors import Invalid
from bot.domain.money import money_of
from bot.messages import Choice, Field, FieldKind

YES, NO = "yes", "no"
LINE_MOST = 60
NAME_MOST = 80
FILL_IN = "Please fill this in."
SIZES = {
    Size.LIGHT: "Light: switched on, and used by a few",
    Size.STANDARD: "Standard: set up once, with a few connections",
    Size.PLATFORM: "Platform: many depend on it every day",
}
RECORDS = {
    Records.NONE: "Nothing",
    Records.SMALL: "Below 50,000 records",
    Records.MEDIUM: "50,000 to 500,000 records",
    Records.LARGE: "Above 500,000 records",
}
COUNTS = {
    "users": (1, 100_000), "years": (1, MOST_YEARS), "native": (0, 99), "middleware": (0, 99), "custom": (0, 99),
    "core": (0, 99),
}  # fmt: skip
AMOUNTS = ("licence", "setup", "owned_yearly", "it_rate", "marketing_rate")
REQUIRED = ("licence", "users")
OF_IT = frozenset(
    {"native", "middleware", "custom", "core", "records", "has_sso", "has_support", "it_rate", "marketing_rate"}
)


def quote_fields(known: Mapping[str, str], currency: str) -> tuple[Field, ...]:
    """What whoever asked for the tool knows: the quote, seats, growth, what is there already."""
    return (
        _line("licence", f"What does the vendor ask a year, in {currency}?", known, "The quote, for example 12,000"),
        _line("setup", f"And once, to set it up, in {currency}?", known, "0 if nothing"),
        _line("users", "How many people will use it?", known),
        _line("seat_growth", "By how many percent a year will that grow?", known),
        _choice("size", "How large is it for us?", known, {one.value: words for one, words in SIZES.items()}),
        _line("years", "Over how many years shall I reckon?", known, f"1 to {MOST_YEARS}"),
        _line("owned", "Which tool do we have that would do?", known, "Leave it empty if there is none"),
        _line("owned_yearly", f"What does that one cost a year, in {currency}?", known),
    )


def it_fields(known: Mapping[str, str], currency: str) -> tuple[Field, ...]:
    """What IT knows: connections, data to move, what the quote leaves out, what an hour costs."""
    yes_no = {YES: "Yes", NO: "No: it comes on top"}
    return (
        _line("native", "Connections that are switched on in the tool", known, "How many"),
        _line("middleware", "Connections through middleware", known, "How many"),
        _line("custom", "Connections we have to build", known, "How many"),
        _line("core", "Connections into a core or old system", known, "How many: ERP, CRM, identity, warehouse"),
        _choice("records", "How much data moves over?", known, {one.value: words for one, words in RECORDS.items()}),
        _choice("has_sso", "Is single sign-on in the quote?", known, yes_no),
        _choice("has_support", "Is the support we need in the quote?", known, yes_no),
        _line("it_rate", f"What does an hour of IT cost, in {currency}?", known, "An example stands here: ask finance"),
        _line("marketing_rate", f"And an hour of marketing, in {currency}?", known),
    )


def figure_fields(sheet: CostSheet) -> tuple[Field, ...]:
    """Each figure the cost hangs on, as `low / likely / high`, with its source."""
    units = UNIT_WORDS | {Unit.MONEY: f" {sheet.currency}"}
    return tuple(
        Field(
            f"{figure.unit.value}_{key}",
            f"{figure.name}, in{units[figure.unit]}",
            value=spread_words(figure.spread, figure.unit),
            hint=figure.source,
            required=True,
            most=LINE_MOST,
        )
        for key, figure in ((key, sheet.figures[key]) for key in sheet.used)
    )


def words_of(inputs: Inputs) -> dict[str, str]:
    """Inputs as they stand in the form."""
    plain: dict[str, Any] = asdict(inputs)
    words = {key: plain_words(value) for key, value in plain.items() if isinstance(value, Decimal)}
    words |= {key: str(plain[key]) for key in ("owned", "size", "records", *COUNTS)}
    words |= {key: YES if plain[key] else NO for key in ("has_sso", "has_support")}
    return words | {"seat_growth": plain_words(inputs.seat_growth * PERCENT)}


def read_inputs(values: Mapping[str, str], currency: str, known: Inputs) -> Inputs:
    """Inputs as a filled form says; what it does not ask stays. Raises Invalid for the first wrong field."""
    for key, words in check_inputs(values, currency).items():
        raise Invalid(words, key)
    return replace(known, **{key: _read(key, words, currency) for key, words in values.items() if key in _READERS})


def check_inputs(values: Mapping[str, str], currency: str) -> dict[str, str]:
    """What is wrong in a filled form, by field."""
    errors = _faults({key: partial(_read, key, values[key], currency) for key in values if key in _READERS})
    errors |= {key: FILL_IN for key in REQUIRED if not values.get(key, "").strip()}
    owned, costs = values.get("owned", "").strip(), values.get("owned_yearly", "").strip() not in {"", "0"}
    if owned and not costs:
        errors.setdefault("owned_yearly", "Say what it costs a year, so that the two can be compared.")
    if costs and not owned:
        errors.setdefault("owned", "Say which tool that is.")
    return errors


def read_figures(values: Mapping[str, str], currency: str, known: Figures) -> dict[str, Spread]:
    """The figures of a filled form that differ from the known ones. Raises Invalid for the first wrong field."""
    for field, words in check_figures(values, currency).items():
        raise Invalid(words, field)
    read = {field.partition("_")[2]: _spread(field, words, currency) for field, words in values.items()}
    return {key: spread for key, spread in read.items() if key in known and known[key].spread != spread}


def check_figures(values: Mapping[str, str], currency: str) -> dict[str, str]:
    """What is wrong in a filled form of figures, by field."""
    return _faults({key: partial(_spread, key, values[key], currency) for key in values})


def _faults(readers: Mapping[str, Callable[[], object]]) -> dict[str, str]:
    errors = {}
    for key, read in readers.items():
        try:
            read()
        except Invalid as error:
            errors[key] = error.words
    return errors


def _spread(field: str, words: str, currency: str) -> Spread:
    unit = field.partition("_")[0]
    if unit not in set(Unit):
        raise Invalid("I don't know this figure.", field)
    return spread_of(words, Unit(unit), currency, field)


def _read(key: str, words: str, currency: str) -> Any:
    return _READERS[key](words.strip(), key, currency)


def _amount(words: str, key: str, currency: str) -> Decimal:
    return money_of(words or "0", currency, key).amount


def _count(words: str, key: str, currency: str) -> int:
    least, most = COUNTS[key]
    number = number_of(words or "0", least, most, key) if words or not least else Decimal(3 if key == "years" else 0)
    if number != int(number):
        raise Invalid("Please give a whole number.", key)
    return int(number)


def _growth(words: str, key: str, currency: str) -> Decimal:
    return number_of(words or "0", -50, 200, key) / PERCENT


def _name(words: str, key: str, currency: str) -> str:
    return " ".join(words.split())[:NAME_MOST]


def _is_yes(words: str, key: str, currency: str) -> bool:
    return words != NO


def _size(words: str, key: str, currency: str) -> Size:
    return Size(words) if words in set(Size) else Size.STANDARD


def _records(words: str, key: str, currency: str) -> Records:
    return Records(words) if words in set(Records) else Records.NONE


_READERS: Mapping[str, Callable[[str, str, str], object]] = {
    **dict.fromkeys(AMOUNTS, _amount),
    **dict.fromkeys(COUNTS, _count),
    "seat_growth": _growth, "owned": _name, "has_sso": _is_yes, "has_support": _is_yes, "size": _size,
    "records": _records,
}  # fmt: skip


def _line(key: str, label: str, known: Mapping[str, str], hint: str = "") -> Field:
    value = known.get(key, "")
    return Field(key, label, value=value, hint=hint, required=key in REQUIRED, most=NAME_MOST if key == "owned" else 40)


def _choice(key: str, label: str, known: Mapping[str, str], choices: Mapping[str, str]) -> Field:
    offered = tuple(Choice(words, value) for value, words in choices.items())
    return Field(key, label, FieldKind.CHOICE, known.get(key, ""), required=True, choices=offered)
