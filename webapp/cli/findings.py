"""The follow-up: looks at interviews after they came, apart from intake, and tells findings."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.services import following_up, screening

findings_cli = AppGroup("findings", help="What a person should look at.")

FINDER = Scope("finder")
PAUSE_SECONDS = 1.0
SCREENED_AFTER_SECONDS = 120.0
"""A village waits so long to be compared again: volunteers hand in several interviews in a row."""


@findings_cli.command("look")
@click.option("--follow", is_flag=True, help="Go on until stopped.")
def look(follow: bool) -> None:
    """Compare what came with what was there, and tell what somebody should look at."""
    while True:
        try:
            done = _look_at_one() or _screen_one(SCREENED_AFTER_SECONDS if follow else 0)
        except OperationalError as error:  # a lock that somebody holds: the line stays on the list
            current_app.logger.warning("follow-up waits: %s", type(error.orig).__name__)
            time.sleep(PAUSE_SECONDS)
            continue
        if done:
            continue
        if not follow:
            break
        time.sleep(PAUSE_SECONDS)


@findings_cli.command("screen")
@click.option("--all", "everything", is_flag=True, help="Compare every village again.")
def screen(everything: bool) -> None:
    """Compare the interviews of villages with something new, now; say how many villages."""
    if everything:
        with transaction(FINDER) as session:
            screening.again(session)
    villages = 0
    while _screen_one(0):
        villages += 1
    click.echo(f"{villages:,} หมู่บ้าน")


def _look_at_one() -> bool:
    with transaction(FINDER) as session:
        return following_up.look_at_one(session)


def _screen_one(waited: float) -> bool:
    with transaction(FINDER) as session:
        return screening.step(session, waited) is not None
