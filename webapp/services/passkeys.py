"""Passkeys (WebAuthn): a key in the person's own phone or laptop, opened by finger, face or PIN."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar
from uuid import UUID

import webauthn
from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from webapp.domain import documents
from webapp.domain.problems import Problem
from webapp.models.sign_in import Passkey

NAME_TH = "จปฐ."
LONGEST = 64 * 1024
"""Letters of any one part of a browser's answer."""
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Site:
    """Where passkeys are made and used: the host's name and the page's origin."""

    host: str
    origin: str


@dataclass(frozen=True)
class Known:
    """Whose passkey was shown."""

    account: UUID
    username: str
    role: str


def options_to_add(
    site: Site, account: UUID, username: str, name_th: str, held: list[bytes]
) -> tuple[str, bytes]:
    """What the browser needs to make a passkey (JSON), and the challenge to remember."""
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name=NAME_TH,
        user_id=account.bytes,
        user_name=username,
        user_display_name=name_th,
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in held],
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
    )
    return webauthn.options_to_json(options), options.challenge


def options_to_show(site: Site) -> tuple[str, bytes]:
    """What the browser needs to show a passkey (JSON), and the challenge to remember."""
    options = webauthn.generate_authentication_options(
        rp_id=site.host, user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options), options.challenge


def add(
    session: Session, site: Site, account: UUID, answer: str, challenge: bytes, name: str
) -> None:
    """The person can sign in with this passkey. Raises Problem `passkey`."""
    made = _checked(
        lambda: webauthn.verify_registration_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            require_user_verification=True,
        )
    )
    new = insert(Passkey).values(
        id=made.credential_id,
        account_id=account,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        name=name.strip()[:60],
    )
    if session.scalar(new.on_conflict_do_nothing().returning(Passkey.id)) is None:
        raise Problem("passkey")  # somebody's already, perhaps one's own


def credential_id(answer: str) -> bytes:
    """Which passkey an answer names. Raises Problem `passkey`."""
    named = _read(answer).get("id")
    if not isinstance(named, str) or not 1 <= len(named) <= 1400:
        raise Problem("passkey")
    return _checked(lambda: webauthn.base64url_to_bytes(named))


def check(session: Session, site: Site, answer: str, challenge: bytes) -> Known:
    """Whose passkey this is, in the door's scope of that passkey. Raises Problem `passkey`."""
    named = credential_id(answer)
    found = session.scalar(select(func.jpt_passkey(named)))
    if not found:
        raise Problem("passkey")
    shown = _checked(
        lambda: webauthn.verify_authentication_response(
            credential=_read(answer),
            expected_challenge=challenge,
            expected_rp_id=site.host,
            expected_origin=site.origin,
            credential_public_key=bytes.fromhex(found["public_key"]),
            credential_current_sign_count=found["sign_count"],
            require_user_verification=True,
        )
    )
    session.execute(select(func.jpt_passkey_used(named, shown.new_sign_count)))
    return Known(UUID(found["account"]), found["username"], found["role"])


def _read(answer: str) -> dict[str, Any]:
    try:
        found = documents.parse(answer.encode(errors="replace"), longest=LONGEST)
    except documents.Unreadable as broken:
        raise Problem("passkey") from broken
    if not isinstance(found, dict):
        raise Problem("passkey")
    return found


def _checked(check_it: Callable[[], Answer]) -> Answer:
    """The library's own refusals, and what it raises for nonsense, as one problem."""
    try:
        return check_it()
    except (WebAuthnException, ValueError, LookupError, TypeError, RecursionError) as refused:
        raise Problem("passkey") from refused
