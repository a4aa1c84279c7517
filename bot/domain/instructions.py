"""Telling whether a text speaks to a machine: such a text is never shown to a language model."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Being wrong costs nothing but a second opinion, so these are wide on purpose. English, German, French, Spanish,
# Portuguese, Italian and Dutch; all written without accents, as `_folded` leaves a text.
_FORGET = (
    r"ignor\w*|disregard\w*|forget|override\w*|overrul\w*|bypass\w*|skip|vergiss|vergesst|missacht\w*|oublie[zr]?"
    r"|olvid\w*|esquec\w*|desconsider\w*|dimentica\w*|negeer|vergeet|statt|instead of"
)
_RULES = (
    r"instruct?ions?|instructies|instruc\w+|instruz\w+|anweisung\w*|rules?|regeln?|regles?|reglas?|regras?|consignes?"
    r"|prompts?|above|previous|prior|earlier|obig\w*|vorherig\w*|bisherig\w*|precedent\w*|anterior\w*|guidelines?"
    r"|everything|alles|tout|todo|tudo"
)
_MACHINE = (
    r"ai|ki|ia|llms?|gpt\w*|chatgpt|claude|gemini|copilot|assist\w*|asist\w*|language model|sprachmodell"
    r"|modele de langage|modelo de lenguaje|modelo de linguagem|classif\w+|klassifi\w+|clasific\w+|bot|chatbot|robot"
    r"|system|systeme|sistema|model|modell|modele|modelo|detector|prompt\w*|jailbreak\w*|developer mode|dan mode|token"
)
_ORDER = (
    r"answer|respond|reply|output|return|print|say|classify|label|mark|treat|report|consider|set|write|emit|translate"
    r"|pretend|act|behave|you are|you must|you will|from now on|antworte\w*|gib|schreib\w*|setze|stufe|bewerte|du bist"
    r"|sag|markier\w*|repond\w*|renvoie\w*|ecris|considere\w*|classe[zr]?|tu es|vous etes|dis|marque\w*|responde\w*"
    r"|devuelv\w*|escrib\w*|considera\w*|clasifica\w*|eres|di|marca\w*|responda\w*|devolv\w*|escrev\w*|classifi\w*"
    r"|voce e|diga|rispondi|scrivi|sei|antwoord|schrijf|je bent"
)
_VALUE = (
    r"yes|no|ja|nein|oui|non|si|sim|nao|true|false|null|unsure|none|json|confidence|konfidenz|confiance|confianza"
    r"|confianca|new[ _-]?tool|neues tool|campaign\w*|kampagne\w*|campagne|campana|campanha|open|ask|ignore|not a\b"
    r"|no tools?|empty|leer|vide|vacio|vazio|100 ?%|1\.0|0\.0"
)
_SIGNS = (
    r"<\|",
    r"\|>",
    r"\[/?inst\]",
    r"<</?sys",
    r"```",
    r"^#{2,}",
    r"\{\s*[\"']",
    r"^\s*(?:system|assistant|user|developer|human|ai)\s*[:>]",
    r"</?\s*(?:system|assistant|user|message|instructions?|prompt|tool|data)\b",
    r"\b(?:new_tool|campaign_name|date_text|audience_text|base64|rot13)\b",
    r"(?<![\w/])[a-z0-9+/]{40,}={0,2}(?!\w)",
    r"\b(?:llms?|language model|sprachmodell|modele de langage|modelo de lengua\w+|modelo de linguagem)\b",
    r"\b(?:instructions?|instrucciones|instrucoes|anweisung\w*|consignes|istruzioni|jailbreak\w*|as an ai)\b",
    r"\bautomat\w*.{0,30}\b(?:read\w*|review\w*|filter\w*|check\w*|process\w*|system\w*|tools?|bots?)\b",
    r"\b(?:reads?|reading) this\b.{0,30}\bautomat\w*|\b(?:ai|bot|machine|model|whoever|whatever) (?:reads?|reading)\b",
    r"\b(?:not|don'?t|never|no|nicht|kein\w*|pas|nao|ne)\b.{0,25}\b(?:flag\w*|classif\w*|melde\w*|label\w*|tickets?)\b",
    r"\b(?:correct|right|expected|desired|only) (?:output|answer|response|label|result|classification|verdict)\b",
    r"\bend of (?:the )?(?:message|data|text|input|transcript)\b|\b(?:begin|end) (?:message|system|instructions?)\b",
    r"\b(?:reveal|repeat|leak|show me|print)\b.{0,40}\b(?:prompt|instructions?|rules)\b",
)
# Letters without a body, directions and tags: nobody types them, and they hide orders from people.
_HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\U000e0000-\U000e007f]")
_FOREIGN_MOST = 3  # letters of another script: a sign or a name is no sentence
_NEAR = r"\b.{0,60}?\b"


# What tells a model where its sources begin, what it is to cite, or makes it show a link or picture. Our articles lose
# their markup before anybody is shown them, so that what is left of it was meant to be written again.
_POSES = re.compile(
    r"\b(?:source|passage|quelle)\s+\d{1,2}\s*(?:[(:]|$)|\b(?:cite|zitiere|citez?|cita)\b.{0,20}\d|!\[|\]\(|<https?:|<!"
    r"|[\"'](?:sentences|source|passage|questions)[\"']\s*:|^\s*-{3}\s*\w+\s*-{3}",
    re.MULTILINE | re.IGNORECASE,
)


def poses_as_a_source(text: str) -> bool:
    """True for a text that may pass itself off as a source, or has marks in it that a model would write again."""
    return bool(_POSES.search(text))


def speaks_to_a_machine(text: str) -> bool:
    """True for a text that may be meant to steer whoever reads it automatically: orders, role marks, hidden letters.

    A text in a script these words are not written in counts too: it can't be told what it says.
    """
    if _HIDDEN.search(text):
        return True
    folded = _folded(text)
    return bool(_pattern().search(folded)) or sum(map(_is_foreign, folded)) > _FOREIGN_MOST


def _folded(text: str) -> str:
    """Lower case, no accents, look-alike letters of the wide and styled alphabets as plain ones."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _is_foreign(letter: str) -> bool:
    return letter > "\u024f" and letter.isalpha() and not unicodedata.name(letter, "").startswith("LATIN")


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    forgets = rf"\b(?:{_FORGET}){_NEAR}(?:{_RULES})\b"
    calls = rf"\b(?:{_MACHINE})\b\s*[:,]|\b(?:{_ORDER}){_NEAR}(?:{_MACHINE})\b|\b(?:{_MACHINE}){_NEAR}(?:{_ORDER})\b"
    orders = rf"\b(?:{_ORDER}){_NEAR}(?:{_VALUE})(?!\w)"
    return re.compile("|".join([forgets, calls, orders, *_SIGNS]), re.MULTILINE | re.DOTALL)
