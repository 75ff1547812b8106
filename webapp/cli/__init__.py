"""The flask commands, one file per trade; register() hangs them on the application."""

from __future__ import annotations

from flask import Flask

from webapp.cli.accounts import accounts_cli
from webapp.cli.areas import areas_cli
from webapp.cli.audit import audit_cli
from webapp.cli.demo import demo_cli
from webapp.cli.evidence import evidence_cli
from webapp.cli.findings import findings_cli
from webapp.cli.forum import forum_cli
from webapp.cli.households import households_cli
from webapp.cli.quality import quality_cli
from webapp.cli.questionnaire import questionnaire_cli
from webapp.cli.rounds import rounds_cli

GROUPS = (
    areas_cli,
    households_cli,
    accounts_cli,
    demo_cli,
    evidence_cli,
    findings_cli,
    audit_cli,
    forum_cli,
    rounds_cli,
    quality_cli,
    questionnaire_cli,
)


def register(app: Flask) -> None:
    """Every group of commands can be called as `flask GROUP COMMAND`."""
    for group in GROUPS:
        app.cli.add_command(group)
