"""The register's tables; importing this package makes the metadata complete."""

from webapp.models import (
    account,
    area,
    audit,
    household,
    interview,
    person,
    notice,
    progress,
    roster,
    sign_in,
    survey_round,
    vault_key,
)
from webapp.models.base import Base

__all__ = [
    "Base",
    "account",
    "area",
    "audit",
    "household",
    "interview",
    "person",
    "progress",
    "notice",
    "roster",
    "sign_in",
    "survey_round",
    "vault_key",
]
