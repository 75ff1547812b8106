"""The decoder: opens sealed pictures apart from intake and makes the copies that people see."""

from __future__ import annotations

import resource
import time

import click
from flask import current_app
from flask.cli import AppGroup

from webapp import files
from webapp.db import transaction
from webapp.domain.actors import Scope
from webapp.services import decoding

evidence_cli = AppGroup("evidence", help="Evidence files.")

DECODER = Scope("decoder")
MEMORY = 2 * 1024**3
PAUSE_SECONDS = 1.0


@evidence_cli.command("decode")
@click.option("--follow", is_flag=True, help="Go on until stopped.")
def decode(follow: bool) -> None:
    """Make the copies of all pictures that have none yet; clear what killed uploads left."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    keys, folder = current_app.extensions["keys"], current_app.config["JPT"].evidence
    files.sweep(folder, time.time())
    while True:
        with transaction(DECODER) as session:
            done = decoding.decode_one(session, keys, folder)
        if done:
            continue
        if not follow:
            break
        time.sleep(PAUSE_SECONDS)
