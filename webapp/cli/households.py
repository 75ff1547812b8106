"""flask households: the list of households to visit in a round."""

from __future__ import annotations

from pathlib import Path

import click
from flask.cli import AppGroup
from sqlalchemy import select

from webapp.cli.loading import conclude, loader_session
from webapp.models.survey_round import Round
from webapp.services import household_import

households_cli = AppGroup("households", help="Households to visit.")


@households_cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--round", "round_id", help="The round, e.g. 2569; the current one if not given.")
@click.option("--dry-run", is_flag=True, help="Only say what would happen.")
def import_file(file: Path, round_id: str | None, dry_run: bool) -> None:
    """Take a household list (CSV, XLSX): all of it or nothing; a second time adds none twice."""
    with loader_session() as session:
        wanted = Round.id == round_id if round_id else Round.is_current
        found = session.scalar(select(Round.id).where(wanted))
        if found is None:
            raise click.ClickException("ไม่พบรอบการจัดเก็บนี้ในระบบ")
        conclude(session, household_import.take(session, file, found), dry_run=dry_run)
