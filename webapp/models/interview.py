"""An interview, its immutable revisions, its people, and the receipts given."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
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
    point,
    string,
    uuid_key,
)
from webapp.models.household import GRADES

CUSTODY_REASONS = (
    "unreadable",
    "unknown_version",
    "unknown_author",
    "not_assigned",
    "hand_in",
    "conflict",
    "second_interview",
    "late",
    "late_change",
)
RESOLUTIONS = ("placed", "stands", "beside", "aside", "together")
INTERVIEW_STATES = ("received", "returned", "accepted", "custody", "replaced")


class Interview(Base):
    """One household's answers in one round; what is shown of it follows its head revision."""

    __tablename__ = "interviews"
    __table_args__ = (
        CheckConstraint(f"state in {INTERVIEW_STATES}", "state"),
        CheckConstraint(f"evidence_grade in {GRADES}", "evidence_grade"),
        CheckConstraint("mode in ('doorstep', 'paper')", "mode"),
        Index("ix_interviews_round_id", "round_id", "state", text("review_weight desc"), "id"),
        Index("ix_interviews_household_id", "household_id"),
        Index(
            "ix_interviews_village_code",
            "village_code",
            "round_id",
            "state",
            text("review_weight desc"),
            "id",
        ),
        Index(
            "ix_interviews_district",
            text('"left"(village_code, 4)'),
            "round_id",
            "state",
            text("review_weight desc"),
            "id",
        ),
        *(
            Index(
                f"ix_interviews_district_{name}",
                text("substr(village_code, 1, 4)"),
                "round_id",
                "state",
                text("review_weight desc"),
                "id",
                postgresql_where=text(rare),
            )
            for name, rare in (
                ("finding", "findings_weight > 0"),
                ("explained", "explained > 0"),
                ("outcome", "outcome <> 'interviewed'"),
                ("hard", "hard_open > 0"),
            )
        ),
        Index("ix_interviews_given_to", "given_to", postgresql_where=text("given_to is not null")),
        Index("ix_interviews_author_id", "author_id", "id"),
        Index("ix_interviews_device_id", "device_id"),
        Index("ix_interviews_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        Index("ix_interviews_point", "point", postgresql_using="gist"),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    device_id: Mapped[UUID]
    head_digest: Mapped[octets]
    head_number: Mapped[int]
    state: Mapped[string]
    mode: Mapped[string]
    outcome: Mapped[string]
    has_conflict: Mapped[bool] = mapped_column(server_default=false())
    people: Mapped[int]
    hard_open: Mapped[int]
    soft_open: Mapped[int]
    explained: Mapped[int] = mapped_column(server_default="0")
    findings_weight: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    review_weight: Mapped[int] = mapped_column(
        SmallInteger,
        Computed(
            "jpt_weigh(hard_open, soft_open, explained, evidence_grade, evidence_due, "
            "has_conflict, outcome, findings_weight)",
            persisted=True,
        ),
    )
    given_to: Mapped[UUID | None]
    evidence_grade: Mapped[string]
    evidence_due: Mapped[int]
    point: Mapped[point | None]
    accuracy: Mapped[float | None]
    position_inside: Mapped[bool | None]
    village_distance: Mapped[float | None]
    interviewed_on: Mapped[date]
    received_at: Mapped[moment_now]
    updated_at: Mapped[moment_now]
    changed_xid: Mapped[changed_xid]


class Revision(Base):
    """One finished state of an interview, kept as received; added, never changed."""

    __tablename__ = "revisions"
    __table_args__ = (
        Index("ix_revisions_author_id", "author_id"),
        Index("ix_revisions_received_at", "received_at"),
        CheckConstraint("number >= 1", "number"),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(ForeignKey("interviews.id"), primary_key=True)
    digest: Mapped[octets] = mapped_column(primary_key=True)
    number: Mapped[int]
    based_on: Mapped[list[bytes]] = mapped_column(ARRAY(LargeBinary))
    path: Mapped[string]
    author_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"))
    device_id: Mapped[UUID]
    signature: Mapped[octets]
    questionnaire_id: Mapped[string]
    app: Mapped[string]
    ingest_key: Mapped[string]
    envelope: Mapped[octets]
    answers: Mapped[document]
    evaluation: Mapped[document]
    findings: Mapped[list[Any]] = mapped_column(JSONB, server_default=text("'[]'"))
    finished_at: Mapped[moment | None]
    received_at: Mapped[moment_now]
    changed_xid: Mapped[changed_xid]


class Member(Base):
    """A person of a household as one revision has them; the ID number only sealed and indexed."""

    __tablename__ = "members"
    __table_args__ = (
        ForeignKeyConstraint(
            ["interview_id", "digest"], ["revisions.interview_id", "revisions.digest"]
        ),
        Index(
            "ix_members_national_id_index",
            "national_id_index",
            postgresql_where=text("national_id_index is not null"),
        ),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[octets] = mapped_column(primary_key=True)
    ordinal: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    member: Mapped[string]
    path: Mapped[string]
    author_id: Mapped[UUID]
    name: Mapped[string]
    sex: Mapped[string | None]
    birth: Mapped[string | None]
    national_id_sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    national_id_index: Mapped[bytes | None] = mapped_column(LargeBinary)


class Receipt(Base):
    """The register's signed word that it holds those bytes, by level."""

    __tablename__ = "receipts"
    __table_args__ = (
        CheckConstraint("level in ('custody', 'data', 'complete')", "level"),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    digest: Mapped[octets] = mapped_column(primary_key=True)
    level: Mapped[string] = mapped_column(primary_key=True)
    jws: Mapped[string]
    created_at: Mapped[moment_now]


class Custody(Base):
    """Bytes the register holds but cannot yet place; a person looks."""

    __tablename__ = "custody"
    __table_args__ = (
        CheckConstraint(f"reason in {CUSTODY_REASONS}", "reason"),
        CheckConstraint(f"resolution in {RESOLUTIONS}", "resolution"),
        UniqueConstraint("interview_id", "digest"),
        Index(
            "ix_custody_open",
            "path",
            "reason",
            "interview_id",
            postgresql_ops={"path": "text_pattern_ops"},
            postgresql_where=text("resolved_at is null"),
        ),
        Index(
            "ix_custody_waiting", "received_at", "id", postgresql_where=text("resolved_at is null")
        ),
        Index("ix_custody_household", "household_id", "id"),
        Index(
            "ix_custody_household_id",
            "household_id",
            postgresql_where=text("resolved_at is null"),
        ),
        {"info": PEOPLE},
    )

    id: Mapped[number_key]
    interview_id: Mapped[UUID]
    digest: Mapped[octets]
    household_id: Mapped[UUID | None]
    reason: Mapped[string]
    path: Mapped[string | None]
    envelope: Mapped[bytes | None] = mapped_column(LargeBinary)
    ingest_key: Mapped[string | None]
    device_id: Mapped[UUID | None]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    carried_by: Mapped[UUID | None]
    received_at: Mapped[moment_now]
    resolved_at: Mapped[moment | None]
    resolution: Mapped[string | None]
    resolved_by: Mapped[UUID | None]
    why: Mapped[string | None]
