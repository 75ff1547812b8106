"""The authenticators of the cast's officers, so that the demo asks for the second thing too."""

from __future__ import annotations

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from webapp.demo import cast
from webapp.domain.actors import Role
from webapp.models.sign_in import Authenticator
from webapp.services import second_factor


def settle(session: Session, key: bytes) -> None:
    """Every officer of the cast has an authenticator; who has one already keeps it."""
    for one in cast.CAST:
        if one.role is Role.OFFICER:
            secret = second_factor.sealed(one.id, one.authenticator_secret, key)
            session.execute(
                insert(Authenticator)
                .values(account_id=one.id, secret=secret)
                .on_conflict_do_nothing()
            )
