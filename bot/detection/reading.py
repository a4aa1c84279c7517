"""One message as it is read: its plain text, possible names and their roles, dates and amounts."""

from dataclasses import dataclass
from datetime import date

from bot.detection import audience, dates, frames, markup, mentions, names


@dataclass(frozen=True)
class Reading:
    """What can be seen in a text before anybody says what it means."""

    plain: markup.Plain
    sent_at: date
    marked: mentions.Marked
    roles: frames.Roles
    dates: tuple[dates.Found, ...]
    amounts: tuple[audience.Amount, ...]

    @property
    def text(self) -> str:
        """The text without markup."""
        return self.plain.text


def read(raw: str, sent_at: date, american: bool = False) -> Reading:
    """Everything of a message that needs no judgement; `american` writers put the month first."""
    plain = markup.strip(raw)
    marked = names.mark(plain.text)
    return Reading(
        plain=plain,
        sent_at=sent_at,
        marked=marked,
        roles=frames.roles(marked),
        dates=tuple(dates.find(plain.text, sent_at, american)),
        amounts=tuple(audience.find(plain.text)),
    )
