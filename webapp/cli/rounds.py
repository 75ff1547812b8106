"""flask rounds: the copier, which carries a round over into the next year."""

from __future__ import annotations

import time

import click
from flask.cli import AppGroup
from sqlalchemy.exc import DBAPIError

from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.services import round_copying

rounds_cli = AppGroup("rounds", help="Rounds of the survey.")

COPIER = Scope("copier")
PAUSE_SECONDS = 2.0


@rounds_cli.command("copy")
@click.option("--follow", is_flag=True, help="Go on until stopped.")
def copy(follow: bool) -> None:
    """Do the copies that the department has asked for; a village is a transaction."""
    while True:
        try:
            with transaction(COPIER) as session:
                done = round_copying.step(session)
        except (DBAPIError, OSError) as failure:
            if not follow:
                raise
            click.echo(type(failure).__name__, err=True)
            done = False
        if done:
            continue
        if not follow:
            break
        time.sleep(PAUSE_SECONDS)
