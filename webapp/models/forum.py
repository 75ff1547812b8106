"""The back-check at the forum: what was drawn, who may ask, and what households said again."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import (
    PEOPLE,
    Base,
    document,
    moment,
    moment_now,
    octets,
    string,
    uuid_key,
)

OUTCOMES = ("asked", "absent", "refused", "moved")
STANDINGS = (
    "counted",
    "first_interviewer",
    "not_named",
    "not_drawn",
    "unknown_author",
    "hand_in",
    "second",
)
NOTHING = text("'{}'")


class Forum(Base):
    """A village's forum and its draw: once a round, never again; `frame` is what was drawn from."""

    __tablename__ = "forums"
    __table_args__ = (
        UniqueConstraint("round_id", "village_code"),
        Index("ix_forums_village_code", "village_code"),
        Index("ix_forums_path", "path", postgresql_ops={"path": "text_pattern_ops"}),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    round_id: Mapped[string] = mapped_column(ForeignKey("rounds.id"))
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    held_on: Mapped[date]
    questions_version: Mapped[int] = mapped_column(SmallInteger)
    rule_version: Mapped[int] = mapped_column(SmallInteger)
    seed: Mapped[string]
    frame: Mapped[list[Any]] = mapped_column(JSONB)
    drawn_by: Mapped[UUID]
    drawn_at: Mapped[moment_now]
    closed_at: Mapped[moment | None]
    closed_by: Mapped[UUID | None]
    closing_note: Mapped[string | None]


class ForumHouse(Base):
    """A household of the sample or the reserve, with the revision that it is compared with."""

    __tablename__ = "forum_houses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["interview_id", "digest"], ["revisions.interview_id", "revisions.digest"]
        ),
        Index("ix_forum_houses_household_id", "household_id"),
        Index("ix_forum_houses_interview_id", "interview_id", "digest"),
        {"info": PEOPLE},
    )

    forum_id: Mapped[UUID] = mapped_column(ForeignKey("forums.id"), primary_key=True)
    household_id: Mapped[UUID] = mapped_column(ForeignKey("households.id"), primary_key=True)
    interview_id: Mapped[UUID]
    digest: Mapped[octets]
    first_asker: Mapped[UUID]
    stratum: Mapped[int] = mapped_column(SmallInteger)
    place: Mapped[int] = mapped_column(SmallInteger)
    is_reserve: Mapped[bool]
    path: Mapped[string]


class ForumAsker(Base):
    """Who may ask at this forum; whoever was named once keeps what they asked."""

    __tablename__ = "forum_askers"
    __table_args__ = (Index("ix_forum_askers_account_id", "account_id"), {"info": PEOPLE})

    forum_id: Mapped[UUID] = mapped_column(ForeignKey("forums.id"), primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    path: Mapped[string]
    named_by: Mapped[UUID]
    named_at: Mapped[moment_now]
    ended_at: Mapped[moment | None]


class BackCheck(Base):
    """A household asked again, as the phone sealed it; added, never changed.

    `compared` is true, false or null by question. What does not count says so in `standing`.
    """

    __tablename__ = "back_checks"
    __table_args__ = (
        CheckConstraint(f"outcome in {OUTCOMES}", "outcome"),
        CheckConstraint(f"standing in {STANDINGS}", "standing"),
        Index("ix_back_checks_forum_id", "forum_id", "household_id"),
        Index("ix_back_checks_village_code", "village_code"),
        {"info": PEOPLE},
    )

    id: Mapped[uuid_key]
    digest: Mapped[octets] = mapped_column(primary_key=True)
    forum_id: Mapped[UUID] = mapped_column(ForeignKey("forums.id"))
    household_id: Mapped[UUID]
    village_code: Mapped[string] = mapped_column(ForeignKey("villages.code"))
    path: Mapped[string]
    asker_id: Mapped[UUID]
    device_id: Mapped[UUID | None]
    carried_by: Mapped[UUID]
    outcome: Mapped[string]
    note: Mapped[string] = mapped_column(server_default="")
    respondent: Mapped[string | None]
    standing: Mapped[string]
    answers: Mapped[document] = mapped_column(server_default=NOTHING)
    compared: Mapped[document] = mapped_column(server_default=NOTHING)
    app: Mapped[string]
    ingest_key: Mapped[string]
    envelope: Mapped[octets]
    signature: Mapped[bytes | None] = mapped_column(LargeBinary)
    finished_at: Mapped[moment | None]
    received_at: Mapped[moment_now]
