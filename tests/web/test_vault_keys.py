"""A phone's vault key at the register: taken in sealed, given back to its own person alone."""

from __future__ import annotations

import os
import time
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from tests.handset import APP, Handset
from tests.officer import Officer
from webapp.keys import public_point
from webapp.models.account import Account, Device
from webapp.models.audit import AuditEntry
from webapp.models.vault_key import VaultKey
from webapp.services import sealing


class Vault:
    """One phone's vault key, and what the phone says of it."""

    def __init__(self, app: Flask, phone: Handset) -> None:
        self.phone, self.keys = phone, app.extensions["keys"]
        self.id, self.key = uuid.uuid4(), os.urandom(32)
        self.answers_to = ec.generate_private_key(ec.SECP256R1())

    def sealed(self, account: uuid.UUID, key: bytes) -> str:
        ingest = self.keys.ingest[self.keys.ingest_id].public_key()
        about = f"jpt/1 vault {account} {self.id}"
        return sealing.to_base64url(sealing.seal(ingest, about, key))

    def bring(self, by: Handset | None = None, **changed: Any) -> TestResponse:
        """To the register, sealed as the phone does it."""
        said = {
            "device": self.phone.device,
            "ingest_key": self.keys.ingest_id,
            "sealed": self.sealed(self.phone.account, self.key),
        }
        address = f"/api/v1/vault-keys/{self.id}"
        return (by or self.phone).client.put(address, json=said | changed, headers=APP)

    def ask(self, by: Handset | None = None) -> TestResponse:
        """For the key, to be sealed to a key made for the answer."""
        public = sealing.to_base64url(public_point(self.answers_to))
        address = f"/api/v1/vault-keys/{self.id}/hand-back"
        return (by or self.phone).client.post(address, json={"public_key": public}, headers=APP)

    def opened(self, answer: TestResponse) -> bytes:
        sealed = sealing.from_base64url(answer.json["sealed"]) if answer.json else b""
        about = f"jpt/1 vault-back {self.phone.account} {self.id}"
        return sealing.SUITE.decrypt(sealed, self.answers_to, info=about.encode())


@pytest.fixture
def vault(app: Flask, mali: Handset) -> Vault:
    """Of Mali's phone."""
    return Vault(app, mali)


def sign_in_of(phone: Handset, seconds_ago: int) -> None:
    """As if the password had been typed so long ago."""
    with phone.client.session_transaction() as session:
        session["began"] = int(time.time()) - seconds_ago


class TestAKeyInCustody:
    def test_is_given_back_to_its_person_who_has_just_signed_in(self, vault: Vault) -> None:
        assert vault.bring().status_code == 201
        assert vault.opened(vault.ask()) == vault.key

    def test_is_given_back_on_another_phone_too(self, vault: Vault, app: Flask) -> None:
        vault.bring()
        other = Handset(app.test_client(), vault.phone.account, "mali")
        other.sign_in()
        assert vault.opened(vault.ask(other)) == vault.key

    def test_is_taken_once_and_never_replaced(self, vault: Vault) -> None:
        vault.bring()
        other = vault.sealed(vault.phone.account, os.urandom(32))
        assert vault.bring(sealed=other).status_code == 200
        assert vault.opened(vault.ask()) == vault.key

    def test_is_not_for_who_merely_holds_a_phone_left_signed_in(self, vault: Vault) -> None:
        vault.bring()
        sign_in_of(vault.phone, seconds_ago=11 * 60)
        answer = vault.ask()
        assert (answer.status_code, answer.json["code"]) == (403, "proof")  # type: ignore[index]  # a problem

    def test_is_for_nobody_else(self, vault: Vault, chai: Handset) -> None:
        vault.bring()
        assert vault.ask(chai).status_code == 404
        assert vault.bring(chai).status_code == 422
        taken = vault.sealed(chai.account, os.urandom(32))
        assert vault.bring(chai, sealed=taken).status_code == 404

    def test_leaves_a_line_in_the_log(self, vault: Vault, the_world: Session) -> None:
        vault.bring()
        vault.ask()
        acts = the_world.scalars(select(AuditEntry.act).where(AuditEntry.subject.is_not(None)))
        assert "vault_key.handed_back" in list(acts)

    def test_lies_sealed_in_the_database(self, vault: Vault, the_world: Session) -> None:
        vault.bring()
        held = the_world.scalars(select(VaultKey.sealed)).one()
        assert vault.key not in held

    @pytest.mark.parametrize("size", [0, 31, 33])
    def test_must_be_a_key(self, vault: Vault, size: int) -> None:
        bad = vault.sealed(vault.phone.account, os.urandom(size))
        assert vault.bring(sealed=bad).status_code == 422

    def test_sealed_to_a_key_nobody_knows_is_refused(self, vault: Vault) -> None:
        assert vault.bring(ingest_key="other").json["code"] == "unknown-key"  # type: ignore[index]  # a problem


class TestReading:
    def standing(self, phone: Handset) -> Any:
        """What the phone is told that has nothing but its token."""
        headers = {"Authorization": f"Hand-In {phone.token}"}
        answer = phone.client.application.test_client().get("/api/v1/standing", headers=headers)
        return answer.json["reading"] if answer.json else None

    def test_goes_on_after_signing_out(self, mali: Handset) -> None:
        assert self.standing(mali) is True

    def test_ends_for_a_suspended_person(self, mali: Handset, the_world: Session) -> None:
        the_world.execute(
            update(Account).where(Account.id == mali.account).values(status="suspended")
        )
        the_world.commit()
        assert self.standing(mali) is False

    def test_ends_for_a_revoked_phone_and_handing_in_does_not(
        self, mali: Handset, the_world: Session
    ) -> None:
        gone = {"revoked_at": text("now()")}
        the_world.execute(update(Device).where(Device.account_id == mali.account).values(gone))
        the_world.commit()
        assert self.standing(mali) is False
        headers = APP | {"Authorization": f"Hand-In {mali.token}"}
        asked = mali.client.application.test_client().post(
            "/api/v1/plan", json={"items": []}, headers=headers
        )
        assert asked.status_code == 200

    def test_a_revoked_phone_has_no_session_left_and_no_key_to_ask_for(
        self, vault: Vault, app: Flask
    ) -> None:
        mali = vault.phone
        vault.bring()
        assert mali.client.get("/api/v1/changes").status_code == 200
        revoking = f"/{mali.account}/phones/{mali.device}/revoke"
        assert Officer(app, "orathai").post(revoking).status_code == 303
        app.session_interface.forget_all()  # type: ignore[attr-defined]  # ours
        assert mali.client.get("/api/v1/changes").status_code == 401
        other = Handset(app.test_client(), mali.account, "mali")
        other.sign_in()
        assert vault.ask(other).get_json()["code"] == "revoked"
        assert other.client.get("/api/v1/changes").status_code == 200

    def test_is_not_told_to_a_stranger(self, app: Flask, mali: Handset) -> None:
        assert app.test_client().get("/api/v1/standing").status_code == 401
