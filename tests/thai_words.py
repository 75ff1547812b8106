"""Thai that is data, so that what else is Thai on a page read in English can be told from it."""

from __future__ import annotations

import json
import re

from sqlalchemy import text
from sqlalchemy.orm import Session

from webapp.domain import questionnaire
from webapp.services import local_administration_import

THAI = re.compile(r"[\u0e00-\u0e7f]+")
NAMES = {"จปฐ", "ไทย", "หมู่", "จ", "อ", "ต", "นาย", "นาง", "นางสาว", "อปท", "อบต", "พ", "ศ"}
"""The system's own name, the name of the other language, and words that belong to names."""
COLUMNS = text("""
    select table_name, column_name from information_schema.columns
    where table_schema = 'public'
        and (data_type in ('text', 'jsonb', 'character varying') or data_type = 'ARRAY')
        and table_name in (select tablename from pg_tables where schemaname = 'public')
""")


def in_the_register(register: Session) -> set[str]:
    """Every run of Thai letters that some row or the questionnaire holds."""
    register.rollback()
    found = set(NAMES)
    for table, column in register.execute(COLUMNS).all():
        asked = (
            f'select distinct "{column}"::text from "{table}" where "{column}"::text ~ \'[ก-๙]\''
        )
        for value in register.scalars(text(asked)):
            found |= set(THAI.findall(value))
    told = json.dumps(questionnaire.load("bmn-31"), ensure_ascii=False)
    kinds = " ".join(local_administration_import.TYPES.values())
    return found | set(THAI.findall(told + kinds))


def left(shown: str, known: set[str]) -> set[str]:
    """Thai words of a page that are no data."""
    return set(THAI.findall(shown)) - known
