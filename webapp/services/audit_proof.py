"""Proof of the audit log: whether anything was changed since it was sealed, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from webapp.domain import audit_chain
from webapp.domain.audit_chain import Sealed
from webapp.services.checkpoints import Checkpoint

Entry = Row[Any]

PIECE = 5_000
LATE = timedelta(hours=1)
"""No transaction of ours lasts longer: an entry dated so far before its seal was put in later."""

_CHAIN = text("""
    select s.number, s.sealed_at, s.entry_id, s.entry_xid::text::bigint as entry_xid,
        s.entry_digest, s.chain,
        e.id, e.at, e.actor_id, e.act, e.path, e.subject, e.before, e.after,
        e.changed_xid::text::bigint as xid
    from audit_seals s left join audit_entries e on e.id = s.entry_id order by s.number
""")
_NEVER_SEALED = text("""
    select e.id from audit_entries e
        left join audit_seals s on s.entry_id = e.id
        cross join (select * from audit_seals order by number desc limit 1) h
    where s.entry_id is null
        and (e.changed_xid < h.entry_xid or (e.changed_xid = h.entry_xid and e.id < h.entry_id)
            or e.at < h.sealed_at - cast(:late as interval))
    order by e.id limit 100
""")
_UNSIGNED = text(
    "select number from audit_seals where number > :covered "
    "and sealed_at < now() - cast(:late as interval) order by number limit 1"
)


@dataclass(frozen=True)
class Finding:
    """Something that is not as it was sealed: what, at which number of the chain or which entry."""

    kind: str
    where: int
    message_th: str


@dataclass
class Proof:
    """What was looked at and what was found."""

    entries: int = 0
    checkpoints: int = 0
    covered: int = 0
    findings: list[Finding] = field(default_factory=list)

    def find(self, kind: str, where: int, message_th: str) -> None:
        """One finding more."""
        self.findings.append(Finding(kind, where, message_th))


def verify(session: Session, kept: Iterable[Checkpoint]) -> Proof:
    """Every sealed entry and checkpoint compared, in one snapshot; what was found.

    Finds an edited, deleted, inserted or moved entry, a chain that was made anew, an end that
    was cut off, and checkpoints that are missing. What was never sealed (the last seconds) cannot
    be proved.
    """
    proof = Proof()
    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    checkpoints = sorted(_readable(kept, proof), key=lambda one: one.number)
    _chain(session, checkpoints, proof)
    unsigned = session.scalar(_UNSIGNED, {"covered": proof.covered, "late": LATE})
    if unsigned is not None:
        text_th = f"ไม่มีจุดยืนยันของลำดับ {unsigned} ที่ผนึกไว้เกินหนึ่งชั่วโมงแล้ว: แฟ้มจุดยืนยันหายหรือถูกตัด"
        proof.find("unsigned", unsigned, text_th)
    for entry in session.scalars(_NEVER_SEALED, {"late": LATE}):
        proof.find("inserted", entry, f"รายการ {entry} ไม่เคยผนึก แต่เก่ากว่ารายการที่ผนึกแล้ว: แทรกภายหลัง")
    return proof


def _readable(kept: Iterable[Checkpoint], proof: Proof) -> Iterator[Checkpoint]:
    before = 0
    for one in kept:
        proof.checkpoints += 1
        if one.chain is None:
            proof.find("checkpoint", one.line, f"จุดยืนยันบรรทัด {one.line} อ่านไม่ได้หรือลายเซ็นไม่ถูกต้อง")
            continue
        if one.number <= before:
            proof.find("checkpoint", one.line, f"จุดยืนยันบรรทัด {one.line} ไม่เรียงลำดับ")
        before = one.number
        yield one


def _chain(session: Session, checkpoints: list[Checkpoint], proof: Proof) -> None:
    said = {one.number: one for one in checkpoints}
    last, order, chain = 0, (0, 0), audit_chain.GENESIS
    batches = _Batches()
    rows = session.execute(_CHAIN, execution_options={"yield_per": PIECE})
    for row in rows:
        if row.number != last + 1:
            proof.find("deleted", last + 1, f"ลำดับ {last + 1} ถึง {row.number - 1} ถูกลบ")
        _content(row, proof)
        if batches.is_dated_back(row):
            text_th = (
                f"รายการ {row.entry_id} (ลำดับ {row.number}) ลงเวลาก่อนรายการที่ผนึกไปแล้ว: แทรกภายหลัง"
            )
            proof.find("inserted", row.number, text_th)
        if audit_chain.link(chain, row.number, row.entry_digest) != row.chain:
            proof.find("chain", row.number, f"สายโซ่ขาดที่ลำดับ {row.number}: ลบ แทรก หรือสลับลำดับ")
        if (row.entry_xid, row.entry_id) <= order:
            proof.find("reordered", row.number, f"ลำดับ {row.number} ถูกสลับที่")
        _checkpoint(said.pop(row.number, None), row.chain, proof)
        last, order, chain = row.number, (row.entry_xid, row.entry_id), row.chain
        proof.entries += 1
    for number in sorted(said):
        word = "ถูกตัดท้าย" if number > last else "หายไป"
        proof.find(
            "truncated", number, f"จุดยืนยันกล่าวถึงลำดับ {number} ซึ่ง{word} (ในฐานข้อมูลถึงลำดับ {last})"
        )


class _Batches:
    """Entries sealed together: none can be much older than the batch before them."""

    def __init__(self) -> None:
        self._before: datetime | None = None
        self._this: datetime | None = None

    def is_dated_back(self, row: Entry) -> bool:
        if row.sealed_at != self._this:
            self._before, self._this = self._this, row.sealed_at
        return bool(self._before and row.at and row.at + LATE < self._before)


def _content(row: Entry, proof: Proof) -> None:
    if row.id is None:
        proof.find("deleted", row.number, f"รายการ {row.entry_id} (ลำดับ {row.number}) ถูกลบ")
        return
    found = Sealed(
        row.id, row.at, row.actor_id, row.act, row.path, row.subject, row.before, row.after, row.xid
    )
    if found.digest() != row.entry_digest:
        proof.find("edited", row.number, f"รายการ {row.entry_id} (ลำดับ {row.number}) ถูกแก้ไข")


def _checkpoint(said: Checkpoint | None, chain: bytes, proof: Proof) -> None:
    if said is None:
        return
    proof.covered = said.number
    if said.chain != chain:
        text_th = f"สายโซ่ถึงลำดับ {said.number} ไม่ตรงกับจุดยืนยันเมื่อ {said.at}: ถูกทำขึ้นใหม่"
        proof.find("rewritten", said.number, text_th)
