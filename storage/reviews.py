"""Policies, reviews and sign-offs in the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from bot.domain.errors import Conflict
from bot.domain.people import Role
from bot.domain.policy import Policy
from bot.domain.review import Edition, Review
from bot.domain.signoff import Signature, SignOff
from storage.sql import insert_into
from storage.tables_review import PolicyRow, ReviewRow, SignOffRow

CHANGED = "Somebody else changed this just now. Look at how it stands, and try again."
ANSWERED = "This is answered already, or not asked any more."
FRESH = {"populate_existing": True}
UNSYNCED = {"synchronize_session": False}


class SqlPolicies:
    """Implements bot.ports.Policies within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, workspace: str, edition: Edition) -> None:
        """Store an edition. Raises Conflict if this version is there already."""
        values = {"workspace": workspace, "version": edition.version, "at": edition.at, "by": edition.by}
        values |= {"policy": _policies().dump_python(edition.policy, mode="json"), "in_force_at": edition.in_force_at}
        row = insert_into(self._session, PolicyRow).values(values)
        added = self._session.execute(row.on_conflict_do_nothing().returning(PolicyRow.version))
        if added.first() is None:
            raise Conflict(CHANGED)

    def get(self, workspace: str, version: int) -> Edition | None:
        """One edition, locked until the transaction ends."""
        wanted = select(PolicyRow).where(PolicyRow.workspace == workspace, PolicyRow.version == version)
        return _edition(self._session.scalars(wanted.with_for_update(), execution_options=FRESH).first())

    def latest(self, workspace: str) -> Edition | None:
        """The newest edition, in force or not."""
        wanted = select(PolicyRow).where(PolicyRow.workspace == workspace).order_by(PolicyRow.version.desc()).limit(1)
        return _edition(self._session.scalars(wanted, execution_options=FRESH).first())

    def in_force(self, workspace: str) -> Edition | None:
        """The edition that holds: of those signed by both sides the newest."""
        signed = select(PolicyRow).where(PolicyRow.workspace == workspace, PolicyRow.in_force_at.is_not(None))
        newest = signed.order_by(PolicyRow.version.desc()).limit(1)
        return _edition(self._session.scalars(newest, execution_options=FRESH).first())

    def enforce(self, workspace: str, version: int, at: datetime) -> None:
        """From now on an edition holds."""
        mine = (PolicyRow.workspace == workspace, PolicyRow.version == version)
        self._session.execute(update(PolicyRow).where(*mine).values(in_force_at=at), execution_options=UNSYNCED)


class SqlReviews:
    """Implements bot.ports.Reviews within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, review: Review) -> None:
        """Store a version. Raises Conflict if somebody else added it."""
        row = insert_into(self._session, ReviewRow).values(_review_values(review))
        added = self._session.execute(row.on_conflict_do_nothing().returning(ReviewRow.version))
        if added.first() is None:
            raise Conflict(CHANGED)

    def of(self, workspace: str, number: int) -> Sequence[Review]:
        """All versions of a ticket's review, oldest first."""
        wanted = select(ReviewRow).where(ReviewRow.workspace == workspace, ReviewRow.number == number)
        rows = self._session.scalars(wanted.order_by(ReviewRow.version), execution_options=FRESH)
        return [_reviews().validate_python(row.review) for row in rows]

    def save(self, review: Review) -> None:
        """Store what became of a version."""
        values = _review_values(review)
        mine = (
            ReviewRow.workspace == review.workspace,
            ReviewRow.number == review.number,
            ReviewRow.version == review.version,
        )
        self._session.execute(update(ReviewRow).where(*mine).values(values), execution_options=UNSYNCED)


class SqlSignOffs:
    """Implements bot.ports.SignOffs within one transaction."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def ask(self, workspace: str, subject: str, signoffs: Sequence[SignOff]) -> None:
        """Store what is asked now."""
        for one in signoffs:
            self._session.execute(insert(SignOffRow).values(_key(workspace, subject, one) | {"said": _said(one)}))

    def of(self, workspace: str, subject: str) -> Sequence[SignOff]:
        """Everything that was asked and not taken back, in the order of asking."""
        wanted = select(SignOffRow).where(SignOffRow.workspace == workspace, SignOffRow.subject == subject)
        rows = self._session.scalars(wanted.order_by(SignOffRow.id), execution_options=FRESH)
        return [_sign_off(row) for row in rows]

    def answer(self, workspace: str, subject: str, signoff: SignOff) -> None:
        """Store a signature. Raises Conflict if there is one already, or it is not asked any more."""
        mine = [getattr(SignOffRow, name) == value for name, value in _key(workspace, subject, signoff).items()]
        change = update(SignOffRow).where(*mine, SignOffRow.said.is_(None)).values(said=_said(signoff))
        if self._session.execute(change.returning(SignOffRow.id), execution_options=UNSYNCED).first() is None:
            raise Conflict(ANSWERED)

    def take_back(self, workspace: str, subject: str) -> None:
        """Whatever is unanswered is not asked any more."""
        open_ones = (SignOffRow.workspace == workspace, SignOffRow.subject == subject, SignOffRow.said.is_(None))
        self._session.execute(delete(SignOffRow).where(*open_ones), execution_options=UNSYNCED)


def _edition(row: PolicyRow | None) -> Edition | None:
    if row is None:
        return None
    return Edition(row.version, _policies().validate_python(row.policy), row.by, row.at, row.in_force_at)


def _review_values(review: Review) -> dict[str, Any]:
    plain = {name: getattr(review, name) for name in ("workspace", "number", "version", "by", "at", "policy")}
    return plain | {"review": _reviews().dump_python(review, mode="json")}


def _key(workspace: str, subject: str, signoff: SignOff) -> dict[str, Any]:
    plain = {name: getattr(signoff, name) for name in ("version", "role", "person", "asked_at")}
    return {"workspace": workspace, "subject": subject} | plain


def _said(signoff: SignOff) -> dict[str, Any] | None:
    return _signatures().dump_python(signoff.signature, mode="json") if signoff.signature else None


def _sign_off(row: SignOffRow) -> SignOff:
    asked = SignOff(Role(row.role), row.person, row.version, row.asked_at)
    return replace(asked, signature=_signatures().validate_python(row.said)) if row.said else asked


# Built on first use: importing does nothing.
@cache
def _policies() -> TypeAdapter[Policy]:
    return TypeAdapter(Policy)


@cache
def _reviews() -> TypeAdapter[Review]:
    return TypeAdapter(Review)


@cache
def _signatures() -> TypeAdapter[Signature]:
    return TypeAdapter(Signature)
