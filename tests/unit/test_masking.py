"""What is hidden of a message before it leaves the house, and what stays readable."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.masking import mask, unmask

EMAILS = ["bob@acme.com", "b.o-b+news@mail.example.co.uk", "jürgen@müller.de", "mailto:x@y.de", "me@localhost"]
PHONES = [
    "+49 171 1234567", "0171-1234567", "(030) 123 45 67", "555-123-4567", "(555) 123 4567", "06.12.34.56.78",
    "06 12 34 56 78", "0049 30 1234567", "+1 (555) 123-4567", "+351 912 345 678", "5551234567",
]  # fmt: skip
NUMBERS = [
    "4111 1111 1111 1111", "4111-1111-1111-1111", "378282246310005", "DE89 3704 0044 0532 0130 00",
    "FR1420041010050500013M02606", "1234567890", "9876 54321",
]  # fmt: skip
MENTIONS = ["@sara", "@Jean-Luc", "<@U123ABC>", "<@U1|bob>", "<!subteam^S12|@legal>", "<at>Bob Smith</at>", "@user_7"]
CUSTOMERS = [
    ("client ", "Acme"), ("our customer ", "Globex Corporation"), ("customers: ", "Acme and Globex"),
    ("der Kunde ", "Müller GmbH"), ("für Kundin ", "Özdemir"), ("le client ", "Société Générale"),
    ("la cliente ", "Ana de la Torre"), ("cliente ", "Grupo Pão de Açúcar"), ("Mr. ", "Smith"), ("Frau ", "Weber"),
    ("the client is called ", "Initech"), ("client “", "Nike"), ("客 client ", "三菱"), ("Mandant ", "Weiß & Söhne"),
]  # fmt: skip
PLAIN = [
    "we send it to 400,000 people", "on 28.11.2025 at 10:30", "2025-11-28 14:00", "11/28/2025", "1 200 000 visits",
    "12.000.000 impressions", "5000-10000 sign-ups", "12.000 Kontakte", "v2.4.1", "MS Teams and HubSpot", "for $1,200",
    "Klaviyo, Customer.io and Later", "the customer journey", "clients love it", "call 12000 leads", "KW 48", "24/7",
    "on the 3rd @ 5pm",
]  # fmt: skip
SECRETS = [*EMAILS, *PHONES, *NUMBERS, *MENTIONS]

pieces = st.one_of(
    st.sampled_from(PLAIN).map(lambda text: (text, "")),
    st.sampled_from(SECRETS).map(lambda text: (text, text)),
    st.sampled_from(CUSTOMERS).map(lambda pair: ("".join(pair), pair[1])),
)


@pytest.mark.parametrize("secret", SECRETS)
def test_addresses_numbers_and_mentions_are_hidden(secret: str) -> None:
    masked = mask(f"please ask {secret} about it")
    assert list(masked.originals.values()) == [secret]
    assert secret not in masked.text


@pytest.mark.parametrize(("before", "name"), CUSTOMERS)
def test_the_name_after_a_word_for_a_customer_is_hidden(before: str, name: str) -> None:
    masked = mask(f"a mailing for {before}{name} next week")
    assert list(masked.originals.values()) == [name]
    assert masked.text.startswith(f"a mailing for {before}[NAME_A]")


@pytest.mark.parametrize("text", PLAIN)
def test_dates_amounts_and_names_of_tools_stay_readable(text: str) -> None:
    assert mask(text).text == text


def test_a_short_number_is_hidden_where_somebody_is_to_be_called() -> None:
    assert mask("call me on 555 12 34").text == "call me on [NUMBER_A]"
    assert mask("we had 555 12 34 in stock").originals == {}


def test_equal_things_get_equal_placeholders() -> None:
    assert mask("@bob and @sara, then @bob").text == "[MENTION_A] and [MENTION_B], then [MENTION_A]"


def test_a_placeholder_that_stands_in_the_message_already_is_not_mixed_up() -> None:
    text = "[NAME_A] [EMAIL_A] client Acme, bob@acme.com"
    masked = mask(text)
    assert not {"[NAME_A]", "[EMAIL_A]"} & set(masked.originals)
    assert unmask(masked.text, masked.originals) == text


@given(st.lists(pieces, max_size=8), st.sampled_from([" ", ", ", "\n", " – "]))
def test_whatever_is_said_around_it_nothing_of_the_masked_kinds_remains(
    said: list[tuple[str, str]], between: str
) -> None:
    text = between.join(words for words, _ in said)
    masked = mask(text)
    assert [secret for _, secret in said if secret and secret in masked.text] == []
    assert unmask(masked.text, masked.originals) == text


@given(st.text(max_size=300) | st.text("aA1@. +-()[]_&<>client", max_size=300))
def test_any_text_is_restored_exactly_and_masking_again_finds_nothing(text: str) -> None:
    masked = mask(text)
    assert unmask(masked.text, masked.originals) == text
    assert mask(masked.text).originals == {}


@given(st.text("0123456789 -.", max_size=60))
def test_no_row_of_nine_digits_is_left(text: str) -> None:
    assert not any(len(word) >= 9 and word.isdigit() for word in mask(text).text.split())
