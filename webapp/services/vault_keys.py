"""Custody of phones' vault keys: taken in sealed, handed back to nobody but their own person."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.domain.problems import Problem
from webapp.keys import Keys
from webapp.models.account import Device
from webapp.models.vault_key import VaultKey
from webapp.services import audit, sealing

KEY_BYTES = 32


@dataclass(frozen=True)
class Brought:
    """A vault's key as its phone sealed it."""

    vault: UUID
    device: UUID
    ingest_key: str
    sealed: bytes


def keep(session: Session, keys: Keys, account: UUID, brought: Brought) -> bool:
    """The key is in custody afterwards; true when it was not before. None held is ever replaced.

    Raises:
        Problem: `unknown-key`, or `unreadable` for what does not open to a key of this account: the
            phone must never rely on a key that nobody could give back.
    """
    _open(keys, account, brought.vault, brought.ingest_key, brought.sealed)
    values = {
        "id": brought.vault,
        "account_id": account,
        "device_id": brought.device,
        "ingest_key": brought.ingest_key,
        "sealed": brought.sealed,
    }
    adding = insert(VaultKey).values(values).on_conflict_do_nothing().returning(VaultKey.id)
    added = session.scalar(adding) is not None
    if not added and _held(session, account, brought.vault) is None:
        raise Problem("not-found")  # somebody else's key has this id
    return added


def hand_back(
    session: Session, keys: Keys, account: UUID, vault: UUID, phone: bytes, *, is_fresh: bool
) -> bytes:
    """The vault's key, sealed to the public key that the phone made for this one answer.

    Raises:
        Problem: `not-found` when this account has no such key; `revoked` when its phone may show
            nothing any more; `proof` when the person has not just signed in; `malformed` for no
            P-256 point.
    """
    held = _held(session, account, vault)
    if held is None:
        raise Problem("not-found")
    if _is_revoked(session, account, held.device_id):
        raise Problem("revoked")
    if not is_fresh:
        raise Problem("proof")
    key = _open(keys, account, vault, held.ingest_key, held.sealed)
    audit.note(session, "vault_key.handed_back", account, None, vault=str(vault))
    return sealing.seal_to_point(phone, f"jpt/1 vault-back {account} {vault}", key)


def may_read(session: Session, token: bytes) -> bool:
    """Whether the phone of this hand-in token may still show its volunteer what it holds."""
    return bool(session.scalar(select(func.jpt_may_read(token))))


def _held(session: Session, account: UUID, vault: UUID) -> VaultKey | None:
    return session.scalar(
        select(VaultKey).where(VaultKey.id == vault, VaultKey.account_id == account)
    )


def _is_revoked(session: Session, account: UUID, device: UUID) -> bool:
    found = select(Device.revoked_at).where(Device.id == device, Device.account_id == account)
    return session.scalar(found) is not None


def _open(keys: Keys, account: UUID, vault: UUID, ingest_key: str, sealed: bytes) -> bytes:
    key = sealing.open_vault_key(keys.ingest, ingest_key, account, vault, sealed)
    if len(key) != KEY_BYTES:
        raise Problem("unreadable")
    return key
