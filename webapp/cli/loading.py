"""What the commands that load data share: the loader's session, and the end of an import."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from flask import current_app
from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.config import Config
from webapp.db import make_engine
from webapp.services.import_report import ImportReport
from webapp.services.import_sheet import FileRefused

_PATIENT = text("set statement_timeout = '30min'")


def config() -> Config:
    """The application's settings."""
    found: Config = current_app.config["JPT"]
    return found


@contextmanager
def loader_session() -> Iterator[Session]:
    """A session of the loader's role, which row security does not hold back; it must commit."""
    if not config().loader_url:
        raise click.ClickException("JPT_LOADER_URL ยังไม่ได้ตั้งค่า: คำสั่งนี้ใช้สิทธิ์ของ loader")
    engine = make_engine(config().loader_url, pool_size=1)
    try:
        with Session(engine, expire_on_commit=False) as session:
            session.execute(_PATIENT)
            session.commit()
            yield session
    except FileRefused as refused:
        raise click.ClickException(str(refused)) from refused
    finally:
        engine.dispose()


def conclude(session: Session, report: ImportReport, *, dry_run: bool) -> None:
    """All of the import is kept, or nothing: the report says which, and so does the exit code."""
    if report.errors or dry_run:
        session.rollback()
    else:
        session.commit()
        report.written = True
    for line in report.lines():
        click.echo(line)
    if report.errors:
        raise click.exceptions.Exit(1)
