"""The evidence of consent: one sealed file each, held once its bytes are on disk."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from webapp.models.base import PEOPLE, Base, moment, octets, string


class Evidence(Base):
    """One sealed file of an interview: listed by a revision, held once its bytes are on disk."""

    __tablename__ = "evidence"
    __table_args__ = (
        CheckConstraint(
            "kind is null or kind in ('photo', 'signature', 'signature_strokes', 'other_photo')",
            "kind",
        ),
        Index(
            "ix_evidence_undecoded",
            "received_at",
            postgresql_where=text(
                "received_at is not null and listed_in is not null and decoded_at is null"
            ),
        ),
        Index("ix_evidence_sealed_sha256", "sealed_sha256"),
        Index(
            "ix_evidence_alike_author",
            "author_id",
            postgresql_include=["difference_hash", "interview_id"],
            postgresql_where=text("kind = 'photo' and difference_hash is not null"),
        ),
        Index(
            "ix_evidence_alike_path",
            "path",
            postgresql_ops={"path": "text_pattern_ops"},
            postgresql_include=["difference_hash", "interview_id"],
            postgresql_where=text("kind = 'photo' and difference_hash is not null"),
        ),
        {"info": PEOPLE},
    )

    interview_id: Mapped[UUID] = mapped_column(primary_key=True)
    sealed_sha256: Mapped[octets] = mapped_column(primary_key=True)
    kind: Mapped[string | None]
    media_type: Mapped[string | None]
    sha256: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_size: Mapped[int | None]
    taken_at: Mapped[string | None]
    listed_in: Mapped[bytes | None] = mapped_column(LargeBinary)
    path: Mapped[string | None]
    author_id: Mapped[UUID | None]
    ingest_key: Mapped[string | None]
    received_at: Mapped[moment | None]
    decoded_at: Mapped[moment | None]
    decode_problem: Mapped[string | None]
    width: Mapped[int | None]
    height: Mapped[int | None]
    difference_hash: Mapped[int | None] = mapped_column(BigInteger)
    visible: Mapped[int | None] = mapped_column(SmallInteger)
