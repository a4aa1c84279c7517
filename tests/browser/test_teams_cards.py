"""Every card and form of the product as Teams is sent it, parsed, validated and drawn by Microsoft's own renderer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from bot.messages import Button, Came, Card, Fact, Field, Form, Line, Link, Mention, Section, Strong, say
from bot.platforms.teams.activities import Heard
from bot.platforms.teams.cards import MOST_BYTES, message, size
from bot.platforms.teams.forms import form_card
from bot.platforms.teams.invokes import sent
from bot.platforms.teams.spans import Ink
from handlers.parts import always
from handlers.routing import ACTION_OF
from tests.browser.conftest import album
from tests.builders import the_people
from tests.support.command_line import ROOT
from tests.support.harvest import gathered
from tests.support.strict_cards import faults_of

pytestmark = pytest.mark.browser

Json = dict[str, Any]

MODULES = Path(__file__).parent / "cards" / "node_modules"
SCRIPTS = (MODULES / "adaptivecards/dist/adaptivecards.js", MODULES / "markdown-it/dist/markdown-it.min.js")
SLOW = ("test_feeds", "test_who_may_go_ahead", "test_who_may_sign")  # seconds each, and no card of their own
WIDTH = 640
STYLE = """body { margin: 0; background: white; color: #242424 }
.ac-pushButton { font: 600 14px Segoe UI, sans-serif; padding: 5px 12px; border: 1px solid #d1d1d1; border-radius: 4px;
  background: white } .ac-pushButton.style-positive { background: #5b5fc7; color: white; border-color: #5b5fc7 }
.ac-pushButton.style-destructive { color: #c4314b } .ac-input { border: 1px solid #d1d1d1; padding: 5px }"""
# What is kept as a picture: its name, and words that stand in it.
PICTURES = {
    "teams-ticket": "New tool: Klaviyo",
    "teams-agenda": "Weekly sync",
    "teams-check": "Hotjar",
    "teams-calendar": "Campaign calendar",
    "teams-review": "Review",
}
DRAW = """card => {
  const made = new AdaptiveCards.AdaptiveCard(), read = new AdaptiveCards.SerializationContext();
  made.hostConfig = new AdaptiveCards.HostConfig({
    fontFamily: "Segoe UI, Helvetica Neue, sans-serif", supportsInteractivity: true,
    actions: { maxActions: 25, actionsOrientation: "horizontal", actionAlignment: "left" },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 16 },
  });
  made.parse(card, read);
  const told = made.validateProperties().validationEvents.map(one => one.message);
  for (let at = 0; at < read.eventCount; at++) told.push(read.getEventAt(at).message);
  const drawn = made.render();
  document.body.replaceChildren(drawn);
  const inputs = Object.fromEntries(made.getAllInputs().map(one => [one.id, one.value || ""]));
  const foreign = [...drawn.querySelectorAll("script,iframe,img,a")].map(one => one.outerHTML);
  return { faults: told, text: drawn.innerText, foreign, inputs };
}"""


@pytest.fixture(scope="module")
def harvest(tmp_path_factory: pytest.TempPathFactory) -> tuple[Sequence[Card], Sequence[Form]]:
    """All shapes of cards and forms that the unit tests bring about."""
    folder = tmp_path_factory.mktemp("harvest")
    files = [one for one in sorted((ROOT / "tests/unit").glob("test_*.py")) if one.stem not in SLOW]
    told = [str(one) for one in files if "office" in one.read_text()]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.support.harvest",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        *told,
    ]
    made = subprocess.run(
        command, cwd=ROOT, env=os.environ | {"HARVEST": str(folder)}, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stdout[-2000:]
    return gathered(folder)


@pytest.fixture(scope="module")
def sheet(chromium: Browser) -> Iterator[Page]:
    """An empty page with the renderer in it."""
    context = chromium.new_context(viewport={"width": WIDTH, "height": 900}, locale="en-GB")
    page = context.new_page()
    page.set_content(f"<style>{STYLE}</style>")
    for script in SCRIPTS:
        assert script.exists(), f"{script.name} is not there; `make install-dev` fetches it"
        page.add_script_tag(path=script)
    page.evaluate(
        """() => { AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, told) => {
            const named = markdownit().render(text).replace(/&lt;at&gt;(.*?)&lt;\\/at&gt;/g, "<b>$1</b>");
            told.outputHtml = named; told.didProcess = true; }; }"""
    )
    yield page
    context.close()


def ink() -> Ink:
    names = the_people()
    return Ink("tenant", lambda one: names[one].name if one in names else "Sam", lambda one: "marketing")


def fetches(action: str) -> bool:
    return action in ACTION_OF and ACTION_OF[action].opens_form is always


def test_every_card_is_valid_small_enough_and_drawn(
    harvest: tuple[Sequence[Card], Sequence[Form]], sheet: Page
) -> None:
    cards, _ = harvest
    assert len(cards) > 500, "the harvest is thin"
    wrong: list[str] = []
    wanted = dict(PICTURES)
    for card in cards:
        made = message(card, "key", ink(), fetches)
        drawn = sheet.evaluate(DRAW, made)
        wrong += [f"{card.title}: {one}" for one in (*drawn["faults"], *faults_of(made))]
        wrong += [f"{card.title}: too big"] if size(made) > MOST_BYTES else []
        wrong += [f"{card.title}: nothing is seen"] if not drawn["text"].strip() else []
        keep(sheet, wanted, card.title, made)
    assert wrong == []


def test_every_form_is_valid_shows_its_fields_and_comes_back_as_it_was(
    harvest: tuple[Sequence[Card], Sequence[Form]], sheet: Page
) -> None:
    _, forms = harvest
    assert len({form.name for form in forms}) > 30, "the harvest is thin"
    wrong: list[str] = []
    wanted = {"teams-form": "New tool"}
    for form in forms:
        made = form_card(form, "view", ink())
        drawn = sheet.evaluate(DRAW, made)
        wrong += [f"{form.name}: {one}" for one in (*drawn["faults"], *faults_of(made))]
        wrong += [f"{form.name}: {field.label}" for field in form.fields if field.label not in drawn["text"]]
        if came_back(form, drawn["inputs"]) != stood_in(form):
            wrong.append(f"{form.name}: {drawn['inputs']}")
        keep(sheet, wanted, form.title, made)
    assert wrong == []


def came_back(form: Form, inputs: Json) -> dict[str, str]:
    """The values of the request that a dialog with these inputs is sent as."""
    submit = {"type": "invoke", "name": "task/submit", "from": {"id": "29:sam"}, "conversation": {"id": "a:1"}}
    heard = Heard(submit, "28:app", frozenset(), datetime(2026, 3, 1, tzinfo=UTC))
    request = sent(heard, form, "view", inputs | {"view": "view"})
    assert (request.came, request.name, request.context) == (Came.FORM, form.name, dict(form.context))
    return dict(request.values)


def stood_in(form: Form) -> dict[str, str]:
    """What the fields of a form hold; of a choice, one that is offered."""
    return {one.key: one.value if not one.choices or one.value in offered(one) else "" for one in form.fields}


def offered(field: Field) -> set[str]:
    return {choice.value for choice in field.choices}


HOSTILE = " ".join(
    (
        "<script>alert(1)</script> <img src=x onerror=alert(1)> [press](javascript:alert(1))",
        "![x](https://evil.example/x.png) <at>everyone</at> **bold** _thin_ `code` # title\n- list\n1. list\n> quote",
        "{{DATE(2026-01-01T00:00:00Z)}} &lt;b&gt; \\*",
    )
)


def test_text_of_people_is_shown_as_typed_and_makes_no_markup(sheet: Page) -> None:
    card = Card(
        HOSTILE[:100],
        say("{a} {b} {c}", a=HOSTILE, b=Mention("U01MKTR"), c=Strong("it's ours")),
        facts=(Fact("Fact", (HOSTILE,)),),
        sections=(Section(HOSTILE[:90], (Line((HOSTILE,), Button("Do it", "do", HOSTILE)),)),),
        note=(HOSTILE, Link("https://ours.example/(x)", "ours ](https://evil.example)")),
    )
    made = message(card, "key", ink(), fetches)
    assert faults_of(made) == []
    drawn = sheet.evaluate(DRAW, made)
    links = [one for one in drawn["foreign"] if "https://ours.example/%28x%29" not in one]
    assert links == []
    for words in ("<script", "[press]", "<at", "list", "&lt;b&gt;", "quote {"):
        assert words in drawn["text"].replace("\u200b", "")


def keep(sheet: Page, wanted: dict[str, str], title: str, made: Json) -> None:
    """A picture of the first card of each kind that is wanted, if pictures are kept."""
    folder = album()
    name = next((name for name, words in wanted.items() if words in title), None)
    if folder is None or name is None or (name != "teams-form" and len(str(made)) < 900):
        return
    del wanted[name]
    sheet.evaluate(DRAW, made)
    sheet.locator("body > *").first.screenshot(path=folder / f"{name}.png")
