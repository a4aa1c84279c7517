"""The form an answer is kept with, and reading it back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.knowledge import Article, Audience
from bot.messages import Choice, Field, FieldKind, Form, Text, say

FORM = "knowledge"
BODY_MOST, TITLE_MOST, OWNER_MOST = 3000, 200, 100
STAYS, RETIRE = "stays", "retire"
AUDIENCES = (Choice("Everyone", Audience.EVERYONE.value), Choice("Only IT", Audience.IT.value))
_MOST = {"title": TITLE_MOST, "body": BODY_MOST, "owner": OWNER_MOST}


def filled_form(article: Article, alike: Sequence[Article], context: Mapping[str, str]) -> Form:
    """The form of an article. `alike`: what is written down that comes near."""
    review = article.review_on.isoformat() if article.review_on else ""
    fields: tuple[Field, ...] = (
        Field("title", "Question", value=article.title, required=True, most=TITLE_MOST),
        Field("body", "Answer", FieldKind.PARAGRAPH, article.body, "It is quoted word for word", True, most=BODY_MOST),
        Field("owner", "Who looks after it?", value=article.owner, required=True, most=OWNER_MOST),
        Field("review_on", "When should somebody look at it again?", FieldKind.DATE, review, required=True),
        Field("audience", "Who may read it?", FieldKind.CHOICE, article.audience.value, choices=AUDIENCES),
    )
    if "was" in context:
        becomes = (Choice("It stays", STAYS), Choice("Retire it: nobody is answered with it any more", RETIRE))
        fields = (*fields, Field("becomes", "What becomes of it?", FieldKind.CHOICE, STAYS, choices=becomes))
    return Form(FORM, "Keep as knowledge", fields, submit="Save", intro=_intro(alike), context=context)


def check_form(values: Mapping[str, str], today: date) -> Mapping[str, str]:
    """What is wrong with a filled form, by field."""
    wrong = {key: "Please fill this in." for key in (*_MOST, "review_on") if not values.get(key, "").strip()}
    for key, most in _MOST.items():
        if len(values.get(key, "")) > most:
            wrong[key] = f"Please use at most {most:,} characters; this has {len(values[key]):,}."
    if "review_on" not in wrong and not _is_later(values["review_on"], today):
        wrong["review_on"] = "Please choose a day to come."
    return wrong


def _is_later(day: str, today: date) -> bool:
    try:
        return date.fromisoformat(day.strip()) > today
    except ValueError:
        return False


def _intro(alike: Sequence[Article]) -> Text:
    if not alike:
        return say("Leave out names and secrets: whoever may read it is shown it word for word.")
    titles = "; ".join(f"“{one.title}” ({one.owner})" for one in alike)
    return say("Near to it is written down already: {titles}. Change one of these if it says the same.", titles=titles)
