"""The sealer: numbers what has been committed and chains it by hash, apart from every act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, Text, cast, func, insert, select, text
from sqlalchemy.orm import Session

from webapp.domain import audit_chain
from webapp.domain.audit_chain import Sealed
from webapp.models.audit import AuditSeal

MOST = 2_000
"""Entries a transaction: a second's work, so that a kill costs little."""

SEALERS_LOCK = 4_301_565
"""Only sealers take it; no act waits for it."""

_UNSEALED = text(
    "select id, at, actor_id, act, path, subject, before, after, "
    "changed_xid::text::bigint as xid "
    "from jpt_audit_unsealed(cast(cast(:xid as text) as xid8), :id, :most)"
)
_NEXT_XID = text("select pg_snapshot_xmax(pg_current_snapshot())::text::bigint")


class WentBack(Exception):
    """The database counts transactions from anew, as a restored copy does."""


@dataclass(frozen=True)
class Head:
    """How far the chain reaches: the last number, its hash, and the entry sealed there."""

    number: int = 0
    chain: bytes = audit_chain.GENESIS
    xid: int = 0
    entry: int = 0


def head(session: Session) -> Head:
    """The newest seal."""
    xid = cast(cast(AuditSeal.entry_xid, Text), BigInteger)
    row = session.execute(
        select(AuditSeal.number, AuditSeal.chain, xid, AuditSeal.entry_id)
        .order_by(AuditSeal.number.desc())
        .limit(1)
    ).one_or_none()
    return Head(*row) if row else Head()


def seal(session: Session) -> int:
    """Up to two thousand committed entries more are in the chain; how many.

    Only entries of transactions older than every one still open are sealed, in the order of
    transaction and id, so nothing can come to lie before what is sealed. Nothing where another
    sealer is at work. The transaction's scope must be the sealer's.

    Raises:
        WentBack: new entries would count as older than sealed ones.
    """
    if not session.scalar(select(func.pg_try_advisory_xact_lock(SEALERS_LOCK))):
        return 0
    last = head(session)
    if (session.scalar(_NEXT_XID) or 0) <= last.xid:
        raise WentBack("ฐานข้อมูลนี้นับธุรกรรมใหม่จากต้น (กู้คืนจากสำเนา) จึงผนึกต่อไม่ได้")
    asked = {"xid": str(last.xid), "id": last.entry, "most": MOST}
    rows = [Sealed(**row) for row in session.execute(_UNSEALED, asked).mappings()]
    if rows:
        session.execute(insert(AuditSeal), _linked(last, rows))
    return len(rows)


def _linked(last: Head, rows: list[Sealed]) -> list[dict[str, Any]]:
    chain, linked = last.chain, []
    for number, row in enumerate(rows, start=last.number + 1):
        digest = row.digest()
        chain = audit_chain.link(chain, number, digest)
        linked.append(
            {
                "number": number,
                "entry_id": row.id,
                "entry_xid": str(row.xid),
                "entry_digest": digest,
                "chain": chain,
            }
        )
    return linked
