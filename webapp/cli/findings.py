"""The follow-up: looks at interviews after they came, apart from intake, and tells findings."""

from __future__ import annotations

import time

import click
from flask import current_app
from flask.cli import AppGroup
from sqlalchemy.exc import OperationalError

from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.services import following_up

findings_cli = AppGroup("findings", help="What a person should look at.")

FINDER = Scope("finder")
PAUSE_SECONDS = 1.0


@findings_cli.command("look")
@click.option("--follow", is_flag=True, help="Go on until stopped.")
def look(follow: bool) -> None:
    """Compare what came with what was there, and tell what somebody should look at."""
    while True:
        try:
            with transaction(FINDER) as session:
                done = following_up.look_at_one(session)
        except OperationalError as error:  # a lock that somebody holds: the line stays on the list
            current_app.logger.warning("follow-up waits: %s", type(error.orig).__name__)
            time.sleep(PAUSE_SECONDS)
            continue
        if done:
            continue
        if not follow:
            break
        time.sleep(PAUSE_SECONDS)
