"""The second thing an officer shows, as a test's own authenticator app makes it."""

from __future__ import annotations

import pyotp
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from werkzeug.test import TestResponse

from webapp.db import transaction
from webapp.domain.actors import door
from webapp.models.sign_in import Authenticator
from webapp.services import second_factor

SECRET = "JPTJPTJPTJPTJPTJPTJPTJPTJPTJPTJP"


def code(app: Flask, username: str) -> str:
    """Six digits that the register takes now, whatever was shown before."""
    key = app.extensions["keys"].secrets["fields"]
    with transaction(door(name=username)) as session:
        account = session.scalar(select(func.jpt_door_account()))
        secret = second_factor.sealed(account, SECRET, key)
        made = insert(Authenticator).values(account_id=account, secret=secret)
        session.execute(made.on_conflict_do_nothing())
        session.execute(update(Authenticator).values(last_step=0))
        shared = second_factor.secret_of(session, account, key)
    return pyotp.TOTP(shared or SECRET).now()


def show(client: FlaskClient, username: str) -> TestResponse:
    """The browser that has shown the password is signed in."""
    return client.post(
        "/sign-in/second",
        data={"code": code(client.application, username)},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
