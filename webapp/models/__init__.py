"""The register's tables; importing this package makes the metadata complete."""

from webapp.models import (
    account,
    appointment,
    area,
    audit,
    follow_up,
    household,
    interview,
    notice,
    person,
    progress,
    quality,
    review,
    roster,
    sign_in,
    survey_round,
    vault_key,
    working_group,
)
from webapp.models.base import Base

__all__ = [
    "Base",
    "account",
    "appointment",
    "area",
    "audit",
    "follow_up",
    "household",
    "interview",
    "notice",
    "person",
    "progress",
    "quality",
    "review",
    "roster",
    "sign_in",
    "survey_round",
    "vault_key",
    "working_group",
]
