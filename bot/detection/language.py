"""The language a short message is written in: enough to know how capitals and cues are to be read."""

import re
from collections.abc import Mapping
from types import MappingProxyType

_WORD = re.compile(r"[^\W\d_]+")
_MARKS: Mapping[str, frozenset[str]] = MappingProxyType({
    "de": frozenset(
        ["der", "die", "das", "und", "nicht", "ist", "wir", "ich", "für", "mit", "ein", "eine", "einen", "wird", "haben", "hat", "auf", "von", "zum", "zur", "den", "dem", "auch", "sind", "kein", "keine", "bitte", "jemand", "möchte", "möchten", "können", "kann", "läuft", "geht", "unser", "unsere", "unseren", "an", "um", "uhr", "ab", "heute", "morgen", "wenn", "am", "im"]
    ),
    "fr": frozenset(
        ["le", "la", "les", "des", "du", "et", "est", "on", "nous", "vous", "pour", "une", "dans", "pas", "sur", "avec", "qui", "que", "au", "aux", "est-ce", "notre", "nos", "peut", "peuvent", "pouvez", "aimerait", "sera", "merci", "bonjour", "à", "ce", "cette", "de", "un", "en", "qu", "c", "d", "l", "jusqu", "été", "aura"]
    ),
    "es": frozenset(
        ["el", "los", "las", "del", "y", "para", "que", "una", "con", "por", "no", "nos", "es", "está", "vamos", "podemos", "podéis", "quiero", "queremos", "hola", "al", "lo", "se", "su", "mañana", "lunes", "martes", "jueves", "viernes", "un", "en", "de", "la", "correo"]
    ),
    "pt": frozenset(
        ["o", "os", "as", "do", "da", "dos", "das", "e", "para", "que", "uma", "com", "por", "não", "nos", "é", "está", "vamos", "podemos", "quero", "queremos", "olá", "ao", "no", "na", "em", "um", "de", "disparo", "dia", "amanhã", "pra", "pro", "nossa", "nosso", "são", "ser"]
    ),
    "en": frozenset(
        ["the", "a", "an", "and", "is", "are", "to", "of", "for", "we", "i", "you", "on", "in", "it", "with", "our", "be", "can", "have", "this", "that", "not", "at", "from", "will", "do", "just", "my", "they", "he", "she", "has", "was", "were", "or", "if", "what", "who", "by", "so", "all", "any", "up", "get", "out", "your", "goes", "us", "let", "there", "about"]
    ),
})


def guess(text: str) -> str:
    """One of en, de, fr, es, pt by counting small words; en when nothing else stands out."""
    words = _WORD.findall(text[:1500].casefold())
    counts = {code: sum(word in marks for word in words) for code, marks in _MARKS.items()}
    best = max(counts, key=lambda code: (counts[code], code == "en"))
    return best if counts[best] >= 2 and counts[best] > counts["en"] else "en"
