"""The tables of the road map: its draft, its revisions, its reviews; of the pulse and of what sponsors say."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger
from sqlalchemy.orm import Mapped, mapped_column

from storage.columns import Exact
from storage.tables import Base


class RoadMapDraftRow(Base):
    """The draft of a workspace."""

    __tablename__ = "roadmap_draft"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    version: Mapped[int]
    draft: Mapped[dict[str, Any]]


class RoadMapRevisionRow(Base):
    """One revision."""

    __tablename__ = "roadmap_revision"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    by: Mapped[str]
    at: Mapped[datetime]
    signed_at: Mapped[datetime | None]
    revision: Mapped[dict[str, Any]]


class RoadMapReviewRow(Base):
    """One review, for a month."""

    __tablename__ = "roadmap_review"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    slot: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    review: Mapped[dict[str, Any]]


class PulseRow(Base):
    """All answers of one side for a month, without order, time or author."""

    __tablename__ = "pulse"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    side: Mapped[str] = mapped_column(primary_key=True)
    tally: Mapped[dict[str, Any]]


class SponsorWordRow(Base):
    """A sponsor's word on one item for a month."""

    __tablename__ = "sponsor_word"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    item: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    mood: Mapped[str]
    words: Mapped[str]
    at: Mapped[datetime]


class StakeSizeRow(Base):
    """From which size on a ticket of a workspace has a sponsor."""

    __tablename__ = "stake_size"

    workspace: Mapped[str] = mapped_column(primary_key=True)
    yearly: Mapped[Decimal] = mapped_column(Exact())
    audience: Mapped[int] = mapped_column(BigInteger)
