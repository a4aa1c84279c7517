"""The tables of who has a ticket and who can be asked: escalations, patience, skills, absences, the roster."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Integer, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.tables import Base, of_a_ticket, partial_index


class EscalationRow(Base):
    """A ticket on its way up a ladder; `look_at` is when it goes on by itself."""

    __tablename__ = "escalation"
    __table_args__ = (
        of_a_ticket(),
        partial_index("ix_escalation_look", "look_at", where=text("look_at IS NOT NULL")),
        # One at a time and side: a second cause finds the person who has it already.
        partial_index("uq_escalation_open", "workspace", "number", "side", where=text("ended_at IS NULL"), unique=True),
    )

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    cause: Mapped[str] = mapped_column(primary_key=True)
    side: Mapped[str]
    reason: Mapped[str]
    why: Mapped[str]
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    level: Mapped[int]
    person: Mapped[str]
    look_at: Mapped[datetime | None]
    stuck: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str]


class PatienceRow(Base):
    """How many working hours each level of a workspace's ladders has to answer."""

    __tablename__ = "patience"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    first_h: Mapped[float]
    second_h: Mapped[float]


class SkillRow(Base):
    """Something a person looks after, in the order they said it."""

    __tablename__ = "skill"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    skill: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]


class AbsenceRow(Base):
    """Somebody out of office; `look_at` is when something follows from it next."""

    __tablename__ = "absence"
    __table_args__ = (partial_index("ix_absence_look", "look_at", where=text("look_at IS NOT NULL")),)

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(primary_key=True)
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime | None]
    delegate: Mapped[str]
    zone: Mapped[str]
    look_at: Mapped[datetime | None]


class ProfileRow(Base):
    """What a person speaks, and where they sit."""

    __tablename__ = "profile"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str] = mapped_column(primary_key=True)
    languages: Mapped[list[str]]
    place: Mapped[str]


class MarketingDelegateRow(Base):
    """Who speaks for marketing about a team, an item or a ticket."""

    __tablename__ = "marketing_delegate"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    about: Mapped[str] = mapped_column(primary_key=True)
    person: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    languages: Mapped[list[str]]
