"""The second opinion of a language model on messages the detector is not sure about. Off unless it is configured."""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass

from bot.domain.detection import CAMPAIGN, NEW_TOOL, THRESHOLDS, Detection, Heard, Sensitivity
from bot.domain.errors import Invalid, Passing, Permanent
from bot.domain.instructions import speaks_to_a_machine
from bot.domain.masking import mask, unmask
from bot.domain.second_opinion import FactsReader, Opinion, Verdict, is_uncertain, merge, read_nothing
from bot.domain.usage import Purpose
from bot.findings import Finding
from bot.ports import LanguageModel
from bot.services.consultation import Consultation
from prompts.catalog import SECOND_OPINION, SecondReading, UnclearMessage

CHECK_S = 30.0  # for the one question that `doctor` asks
MOST_CHARACTERS = 4_000  # a longer message is judged by the detector alone


@dataclass(slots=True)
class SecondOpinion(Consultation):
    """Asks a language model about messages. `read` reads days and numbers of people."""

    read: FactsReader = read_nothing

    def weigh(self, workspace: str, heard: Heard, detection: Detection, sensitivity: Sensitivity) -> Detection:
        """The detection with the model's opinion in it; the same detection where it is not asked or fails.

        Never call it inside a unit of work. Raises StoreUnavailable if the calls can't be counted.
        """
        if not self._is_for_the_model(heard, detection, sensitivity):
            return detection
        masked = mask(_storable(heard.text))
        given = UnclearMessage(masked.text, secrets.token_hex(8))
        reading = self.ask(workspace, Purpose.SECOND_OPINION, SECOND_OPINION, given)
        if reading is None:
            return detection
        name = unmask(reading.campaign_name, masked.originals)
        return merge(detection, _opinion(reading, name), heard, masked.text, self.read, THRESHOLDS[sensitivity])

    def _is_for_the_model(self, heard: Heard, detection: Detection, sensitivity: Sensitivity) -> bool:
        if not is_uncertain(detection, sensitivity):
            return False
        return len(heard.text) <= MOST_CHARACTERS and not speaks_to_a_machine(heard.text)


def check_model(model: LanguageModel, name: str) -> Finding:
    """Whether a model answers by the schema; for `doctor`. Sends a made-up message."""
    began = time.monotonic()
    rules, message = SECOND_OPINION.render(UnclearMessage("Shall we try Acme for our mails?", "check"))
    try:
        answer = model.complete(rules, message, SECOND_OPINION.text.schema, CHECK_S)
        SECOND_OPINION.parse(answer.text)
    except Invalid as error:
        mend = "Choose a model that answers by JSON schema (OPENAI_MODEL). Until then the detector decides alone."
        return Finding("Language model", False, f"{name} answers, but not as asked: {error.words}", mend)
    except (Passing, Permanent) as error:
        mend = error.mend if isinstance(error, Permanent) else "Check OPENAI_BASE_URL and the network."
        return Finding("Language model", False, f"{error.words} The detector decides alone.", mend)
    words = f"On: {name} answered in {time.monotonic() - began:.1f} s. Unclear messages are sent there, masked."
    return Finding("Language model", True, words)


def _opinion(reading: SecondReading, campaign_name: str) -> Opinion:
    return Opinion(
        verdicts={NEW_TOOL: Verdict(reading.new_tool), CAMPAIGN: Verdict(reading.campaign)},
        tools=tuple(reading.tools),
        campaign_name=campaign_name,
        date_text=reading.date_text,
        audience_text=reading.audience_text,
    )


def _storable(text: str) -> str:
    """The text without halves of surrogate pairs, which no wire can carry."""
    return text.encode("utf-8", "replace").decode("utf-8")
