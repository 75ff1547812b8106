"""What inspectors decided, what is worth a look, and what the volunteer says to it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    SmallInteger,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    changed_xid,
    document,
    moment,
    moment_now,
    number_key,
    octets,
    string,
)

DECISIONS = ("accepted", "returned", "evidence_again", "withdrawn", "replaced")
SOURCES = ("intake", "evidence", "screening", "back_check", "people", "income")
FINDING_STATES = ("open", "explained", "cleared")
NOTHING = text("'{}'")


class Decision(Base):
    """One act of an inspector on an interview, on the revision they had before them."""

    __tablename__ = "decisions"
    __table_args__ = (
        CheckConstraint(f"decision in {DECISIONS}", "decision"),
        Index("ix_decisions_interview_id", "interview_id", "id"),
        Index("ix_decisions_household_id", "household_id"),
        Index("ix_decisions_round_id", "round_id", "id"),
        Index("ix_decisions_decided_by", "decided_by", "id"),
        Index(
            "ix_decisions_given_to",
            "given_to",
            "id",
            postgresql_where=text("given_to is not null"),
        ),
        Index("ix_decisions_batch", "batch", postgresql_where=text("batch is not null")),
        Index("ix_decisions_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"))
    digest: Mapped[octets]
    decision: Mapped[string]
    reason: Mapped[string] = mapped_column(server_default="")
    deadline: Mapped[date | None]
    kinds: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=NOTHING)
    given_to: Mapped[UUID | None]
    decided_by: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    batch: Mapped[UUID | None]
    path: Mapped[string]
    created_at: Mapped[moment_now]
    changed_xid: Mapped[changed_xid]


class DecisionComment(Base):
    """What the inspector says of one question, one picture, or the whole interview."""

    __tablename__ = "decision_comments"
    __table_args__ = (
        CheckConstraint("length(comment) between 1 and 750", "comment"),
        {"info": PEOPLE},
    )

    decision_id: Mapped[int] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    about: Mapped[string]
    comment: Mapped[string]
    path: Mapped[string]


class Finding(Base):
    """Something that a rule or comparison points at, for a person to judge; closed, never lost."""

    __tablename__ = "findings"
    __table_args__ = (
        CheckConstraint(f"source in {SOURCES}", "source"),
        CheckConstraint("weight between 1 and 100", "weight"),
        CheckConstraint(f"state in {FINDING_STATES}", "state"),
        CheckConstraint("(state = 'open') = (closed_at is null)", "closing"),
        UniqueConstraint(
            "code",
            "interview_id",
            "account_id",
            "other_interview_id",
            postgresql_nulls_not_distinct=True,
        ),
        Index("ix_findings_interview_id", "interview_id"),
        Index("ix_findings_other_interview_id", "other_interview_id"),
        Index("ix_findings_household_id", "household_id"),
        Index("ix_findings_account_id", "account_id", "id"),
        Index(
            "ix_findings_round_id",
            "round_id",
            "state",
            "code",
            "path",
            postgresql_ops={"path": "text_pattern_ops"},
        ),
        Index("ix_findings_village_code", "village_code", "state"),
        Index("ix_findings_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        Index(
            "ix_findings_same_person",
            "path",
            postgresql_ops={"path": "text_pattern_ops"},
            postgresql_where=text("code = 'same_person' and state = 'open'"),
        ),
        Index(
            "ix_findings_same_person_at",
            "opened_at",
            "id",
            postgresql_where=text("code = 'same_person' and state = 'open'"),
        ),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    code: Mapped[string]
    source: Mapped[string]
    interview_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviews.id"))
    household_id: Mapped[UUID | None] = mapped_column(ForeignKey("households.id"))
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    other_interview_id: Mapped[UUID | None] = mapped_column(ForeignKey("interviews.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    weight: Mapped[int] = mapped_column(SmallInteger)
    detail: Mapped[document] = mapped_column(server_default=NOTHING)
    state: Mapped[string] = mapped_column(server_default="open")
    opened_at: Mapped[moment_now]
    closed_at: Mapped[moment | None]
    closed_by: Mapped[UUID | None]
    closing_reason: Mapped[string | None]
    updated_at: Mapped[moment_now]
    changed_xid: Mapped[changed_xid]


class FindingReply(Base):
    """What the volunteer concerned says to a finding: the right of reply."""

    __tablename__ = "finding_replies"
    __table_args__ = (
        CheckConstraint("length(text) between 1 and 750", "text"),
        Index("ix_finding_replies_finding_id", "finding_id"),
        Index("ix_finding_replies_account_id_written_as", "account_id", "written_as", unique=True),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id"))
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    text: Mapped[string]
    path: Mapped[string]
    created_at: Mapped[moment_now]
    written_as: Mapped[UUID] = mapped_column(server_default=func.gen_random_uuid())
