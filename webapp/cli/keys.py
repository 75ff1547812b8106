"""The register's keys: made once, outside the database."""

from __future__ import annotations

import os
from pathlib import Path

import click
from flask.cli import AppGroup

from webapp import keys

keys_cli = AppGroup("keys", help="The register's keys.")


@keys_cli.command("make")
def make() -> None:
    """Make the keys that are missing; never change one that exists."""
    folder = Path(os.environ.get("JPT_VAR", "var")) / "keys"
    keys.make(folder)
    click.echo("keys are in place")
