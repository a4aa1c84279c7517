"""What people write in a busy marketing channel, invented: plain chat, and messages that ask for a ticket."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date

from bot.detection.rules import RuleDetector
from bot.domain.detection import NEW_TOOL, Action, Heard, decide
from bot.services.intake.intake import topic_for

PLAIN = (
    "Morning all, coffee machine on 3 is fixed",
    "Can somebody proofread the blog post before lunch?",
    "I moved our one-on-one to half past two",
    "Thanks, that helped a lot!",
    "The photos from Tuesday are in the shared folder, please pick your three favourites",
    "Who has the keys to the small meeting room?",
    "+1 from me",
    "Quick reminder: timesheets until Friday, please. And yes, also the ones who were on holiday last week :)",
)
ASKING = (
    "We signed up for {tool} yesterday and want to use it for the newsletter",
    "I'd love to try {tool} for our landing pages, I just signed up for a trial",
    "We just bought {tool} for the social team and start using it on Monday",
)
BEGINNINGS = (
    "Zor Vex Quil Brim Tral Flon Krys Plav Dran Skel Wyn Yol Grav Jex Mird Nuvo Osk Pryn Rulv Thyx "
    "Blor Cwim Dwel Fjor Gwen"
).split()
MIDDLES = "ava ebo ixo oru una ary eto ilu ova uxa".split()
ENDINGS = "drix lytiq mora nexo plyo quora ratic sonix tivva vanta wexo zilla".split()


def plain_messages(seed: int) -> Iterator[str]:
    """What needs no answer, without end."""
    source = random.Random(seed)
    while True:
        yield source.choice(PLAIN)


def asking_messages(seed: int) -> Iterator[tuple[str, str]]:
    """Tool and message, some two thousand times: each tool is invented, no two are alike, and by the detector's
    rules each message opens a ticket.
    """
    names = [first + middle + end for first in BEGINNINGS for middle in MIDDLES for end in ENDINGS]
    random.Random(seed).shuffle(names)
    seen: set[str] = set()
    for number, tool in enumerate(names):
        text = ASKING[number % len(ASKING)].format(tool=tool)
        topic = topic_for(NEW_TOOL, tool)
        if topic not in seen and _opens(text, tool):
            seen.add(topic)
            yield tool, text


def _opens(text: str, tool: str) -> bool:
    detection = RuleDetector().detect(Heard(text, date(2026, 1, 15)))
    return decide(detection) is Action.OPEN and detection.tools == (tool,) and detection.labels == (NEW_TOOL,)
