"""No language model is configured."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import Permanent
from bot.ports import Completion


class NoModel:
    """Stands where a language model would; implements bot.ports.LanguageModel."""

    def complete(self, rules: str, message: str, schema: Mapping[str, Any], limit_s: float) -> Completion:
        """Always raises Permanent."""
        raise Permanent("No language model is configured.", "model", "Set OPENAI_MODEL and OPENAI_API_KEY in .env.")
