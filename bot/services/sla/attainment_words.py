"""How the SLA was kept, in words: figures as sentences, facts and lines, as CSV, and as a picture."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from io import StringIO

from bot.attachments import Picture
from bot.charts import Bar, Bars
from bot.domain.attainment import Outcome, Score, Verdict, by_week, score, scores
from bot.domain.people import Side
from bot.domain.sla import SIDE_WORDS, duration
from bot.messages import Fact, Line, Mention, Section, Text, say
from bot.services.intake.intake import shorten
from bot.services.sla.attainment import Record
from bot.services.tickets.cards import CLOCK_WORDS, owed_words, ticket_link

LATE_MOST = 8
TITLE_MOST = 60
WHY_MOST = 100
COLUMNS = (
    "ticket", "title", "owed", "by", "person", "cycle", "outcome",
    "started", "due", "decided", "working_seconds", "why",
)  # fmt: skip
IN_TIME, LATE_IT, LATE_MARKETING = "in time", "late: IT", "late: marketing"
SHORT_NOTICE = "short notice"
COLOURS = ("#3566b8", "#e58a3c", "#8a6bb1", "#8fa3b8")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def summary(record: Record) -> str:
    """The whole in a sentence or two: how much each side kept, and what is still open."""
    told = [_kept(side, [one for one in record.verdicts if one.side is side]) for side in Side]
    kept = [words for words in told if words]
    still, opened = score(record.verdicts).open, _open_words(record)
    if not kept:
        return f"Nothing has come due yet.{opened}" if still else "Nobody owed anybody an answer. Enjoy the quiet!"
    return f"In time: {', '.join(kept)}.{opened}"


def short_notice_words(count: int) -> str:
    """How many campaigns IT was told of too late for their size; empty for none."""
    return f"{count} {'campaign' if count == 1 else 'campaigns'} at short notice" if count else ""


def figures(record: Record) -> tuple[Fact, ...]:
    """A fact for each side and kind of clock: share and counts, then the times it took."""
    found = scores(record.verdicts).items()
    return tuple(Fact(f"{SIDE_WORDS[side]}: {CLOCK_WORDS[kind].lower()}", _figures(one)) for (side, kind), one in found)


def lateness(record: Record) -> tuple[Section, ...]:
    """What was late, and what came at short notice, the newest first: whose it was and what had changed its course."""
    return (*_listed(record, Outcome.LATE, "Late"), *_listed(record, Outcome.SHORT_NOTICE, "Short notice"))


def picture(record: Record, title: str) -> Picture | None:
    """Bars by week: what was in time, what was late on which side, what came at short notice. None if nothing was
    decided.
    """
    weeks = {_week(begin, record): _parts(found) for begin, found in by_week(record.verdicts, record.period).items()}
    if not any(sum(parts.values()) for parts in weeks.values()):
        return None
    bars = tuple(Bar(week, part, float(count)) for week, parts in weeks.items() for part, count in parts.items())
    said = "; ".join(f"{week} {_counted(parts)}" for week, parts in weeks.items() if sum(parts.values()))
    return Picture(Bars(title, f"{title}, by week: {said}.", "promises", bars, stacked=True, colours=COLOURS))


def as_csv(record: Record, names: Mapping[str, str]) -> str:
    """A line for each clock, times in the period's zone. `names`: what people are called, by id."""
    out = StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow(COLUMNS)
    for one in sorted(record.verdicts, key=lambda each: (each.number, each.started_at, each.kind)):
        sheet.writerow([cell(value) for value in _row(record, one, names)])
    return out.getvalue()


def cell(value: object) -> object:
    """A cell of a sheet. A spreadsheet would run what begins like a formula: people's words never do."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _listed(record: Record, outcome: Outcome, title: str) -> tuple[Section, ...]:
    found = sorted((one for one in record.verdicts if one.at and one.outcome is outcome), key=_decided, reverse=True)
    lines = [_late_line(record, one) for one in found[:LATE_MOST]]
    if len(found) > LATE_MOST:
        lines.append(Line(say("… and {more} more", more=str(len(found) - LATE_MOST))))
    return (Section(f"{title}: {len(found)}", tuple(lines)),) if lines else ()


def _open_words(record: Record) -> str:
    """` 26 promises on 13 tickets are still open.`: each clock is one, and a ticket has several."""
    still = [one for one in record.verdicts if one.outcome is Outcome.OPEN]
    tickets = len({one.number for one in still})
    if not still:
        return ""
    promises = f"{len(still)} {'promise' if len(still) == 1 else 'promises'}"
    where = f"{tickets} {'ticket' if tickets == 1 else 'tickets'}"
    return f" {promises} on {where} {'is' if len(still) == 1 else 'are'} still open."


def _kept(side: Side, verdicts: list[Verdict]) -> str:
    found = score(verdicts)
    short = f", {short_notice_words(found.short)}" if found.short else ""
    return f"{SIDE_WORDS[side]} {_of(found)} ({_percent(found)}{short})" if found.share is not None else ""


def _figures(found: Score) -> Text:
    told = [f"{_of(found)} in time ({_percent(found)})"] if found.share is not None else []
    if found.short:
        told.append(f"{found.short} at short notice")
    if found.open:
        told.append(f"{found.open} open")
    lines = [", ".join(told)]
    if found.median_s is not None and found.p90_s is not None:
        lines.append(f"median {duration(found.median_s)}, 90 % within {duration(found.p90_s)}")
    return ("\n".join(lines),)


def _of(found: Score) -> str:
    return f"{found.in_time} of {found.decided}"


def _percent(found: Score) -> str:
    """Whole percents, rounded down: only all is 100 %."""
    return f"{int(100 * (found.share or 0))} %"


def _late_line(record: Record, one: Verdict) -> Line:
    ticket = record.tickets[one.number]
    who: Text = (Mention(one.person),) if one.person else ("nobody assigned",)
    return Line(
        say(
            "{sign} {link} {title} — {owed}, {side}: {who}, {day}{why}",
            sign="⏱️" if one.outcome is Outcome.SHORT_NOTICE else "⌛",
            link=ticket_link(ticket),
            title=shorten(ticket.title, TITLE_MOST),
            owed=owed_words(one.kind),
            side=SIDE_WORDS[one.side],
            who=who,
            day=_day(_decided(one).astimezone(record.period.zone).date()),
            why=f" ({shorten(one.why, WHY_MOST)})" if one.why else "",
        )
    )


def _decided(one: Verdict) -> datetime:
    return one.at or one.started_at


def _parts(found: list[Verdict]) -> dict[str, int]:
    late = [one.side for one in found if one.outcome is Outcome.LATE]
    return {
        IN_TIME: sum(one.outcome is Outcome.IN_TIME for one in found),
        LATE_IT: late.count(Side.IT),
        LATE_MARKETING: late.count(Side.MARKETING),
        SHORT_NOTICE: sum(one.outcome is Outcome.SHORT_NOTICE for one in found),
    }


def _counted(parts: Mapping[str, int]) -> str:
    return ", ".join(f"{count} {part}" for part, count in parts.items() if count)


def _week(begin: datetime, record: Record) -> str:
    """`2–8 Nov`: a week's days within the period."""
    first = begin.astimezone(record.period.zone).date()
    end = (record.period.until - timedelta(microseconds=1)).astimezone(record.period.zone).date()
    last = min(first + timedelta(days=6 - first.weekday()), end)
    if first == last:
        return _day(first)
    return f"{first.day}–{_day(last)}" if first.month == last.month else f"{_day(first)} – {_day(last)}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"


def _row(record: Record, one: Verdict, names: Mapping[str, str]) -> tuple[object, ...]:
    ticket, zone = record.tickets[one.number], record.period.zone
    times = [
        at.astimezone(zone).isoformat(timespec="seconds") if at else "" for at in (one.started_at, one.due, one.at)
    ]
    taken = "" if one.taken_s is None else round(one.taken_s)
    who = names.get(one.person, one.person)
    owed = (one.kind.value, one.side.value, who, one.cycle, one.outcome.value)
    return (ticket.name, ticket.title, *owed, *times, taken, one.why)
