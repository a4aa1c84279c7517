"""Names that a message tells to be out, on sentences written for these tests."""

import pytest

from bot.detection.contrasts import ruled_out
from bot.detection.names import mark


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Braze or Iterable, Klaviyo is out because of the price", {"klaviyo"}),
        ("Okendo is too dear, Yotpo is fine", {"okendo"}),
        ("we picked Outgrow over Typeform", {"typeform"}),
        ("SurveyMonkey and Typeform were too slow, Tally is quick", {"surveymonkey", "typeform"}),
        ("Canto didn't have the SSO, so it's Bynder", {"canto"}),
        ("Wir wollen Mailjet durch Brevo ersetzen, und zwar bald", {"mailjet"}),
        ("On veut remplacer Mailjet par Brevo pour les relances", {"mailjet"}),
        ("En lugar de Hootsuite queremos Agorapulse", {"hootsuite"}),
        ("can we get Hotjar for the landing pages?", set()),
        ("Braze is out of beta, can we take it with Hotjar?", set()),
        ("Lemlist won, four seats please", set()),
    ],
)
def test_what_is_told_to_be_out_is_found(text: str, expected: set[str]) -> None:
    assert ruled_out(mark(text)) == expected
