"""Choosing an area from lists, level by level; without a script a button shows the next list."""

from __future__ import annotations

from collections.abc import Sequence

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import SelectField

from webapp.blueprints.language import t
from webapp.domain.areas import COUNTRY
from webapp.queries import area_choices

LEVELS = ("province", "district", "subdistrict", "village")


class AreaPicker(FlaskForm):
    """Lists from the province down, each holding what lies below the choice above it."""

    levels: tuple[str, ...] = LEVELS

    province = SelectField(choices=[], validate_choice=False)
    district = SelectField(choices=[], validate_choice=False)
    subdistrict = SelectField(choices=[], validate_choice=False)
    village = SelectField(choices=[], validate_choice=False)

    def chosen(self) -> str:
        """The lowest area chosen."""
        return next((code for one in self.levels[::-1] if (code := str(self[one].data or ""))), "")

    def choose(self, session: Session, code: str) -> None:
        """The lists stand at this area."""
        codes = area_choices.levels_of(session, code)
        for level, one in zip(self.levels, codes, strict=False):
            self[level].data = one

    def fill(self, session: Session, inside: Sequence[str] = ()) -> None:
        """Every list holds what can be chosen now, inside these paths if any are given."""
        codes = self._chain(session)
        above = COUNTRY
        for place, level in enumerate(self.levels):
            known = area_choices.below(session, above, inside) if above else []
            chosen = codes[place] if place < len(codes) else ""
            if not chosen and len(known) == 1 and (place == 0 or (inside and place == 1)):
                chosen = known[0].code  # there is nothing to choose
            self[level].choices = [("", t(f"register.choose_{level}"))] + [
                (one.code, one.name_th) for one in known
            ]
            self[level].data = chosen
            above = chosen

    def _chain(self, session: Session) -> list[str]:
        """The areas chosen, from the province down, without what does not lie in what is above."""
        codes: list[str] = []
        for level in self.levels:
            code = str(self[level].data or "")
            if not code or codes != area_choices.levels_of(session, code)[: len(codes)]:
                break
            codes.append(code)
        return codes
