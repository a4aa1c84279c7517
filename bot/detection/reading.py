"""One message as it is read: its plain text, possible names and their roles, dates and amounts."""

from dataclasses import dataclass
from datetime import date

from bot.detection import audience, dates, frames, markup, mentions, names, tags


@dataclass(frozen=True)
class Reading:
    """What can be seen in a text before anybody says what it means."""

    plain: markup.Plain
    sent_at: date
    marked: mentions.Marked
    roles: frames.Roles
    dates: tuple[dates.Found, ...]
    amounts: tuple[audience.Amount, ...]
    tagged: tags.Tagged | None = None  # what the encoder takes its words for, where it was asked

    @property
    def text(self) -> str:
        """The text without markup."""
        return self.plain.text


def read(raw: str, sent_at: date, american: bool = False) -> Reading:
    """Everything of a message that needs no judgement; `american` writers put the month first."""
    plain = markup.strip(raw)
    marked = names.mark(plain.text)
    days = tuple(dates.find(plain.text, sent_at, american))
    return Reading(
        plain=plain,
        sent_at=sent_at,
        marked=marked,
        roles=frames.roles(marked),
        dates=days,
        amounts=tuple(audience.find(plain.text, [(day.start, day.end) for day in days])),
    )


def quotes(reading: Reading) -> Reading | None:
    """What the message quotes, such as a forwarded mail, which its plain text leaves out; None if it quotes nothing."""
    lines = markup.QUOTED.findall(reading.plain.raw)
    return read("\n".join(lines), reading.sent_at) if lines else None
