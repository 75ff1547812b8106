"""A form's box for a day, written as people write it: 15/7/2569."""

from __future__ import annotations

from datetime import date
from typing import Any

from wtforms import StringField
from wtforms.validators import StopValidation

from webapp.domain import thai_dates


class ThaiDateField(StringField):
    """`data` is a date, or None for an empty box; what cannot be read stays in the box."""

    data: date | None

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.written = str(valuelist[0]).strip() if valuelist else ""
        self.data = None

    def pre_validate(self, form: object) -> None:
        written = getattr(self, "written", "")
        if not written:
            return
        try:
            self.data = thai_dates.read(written)
        except thai_dates.NoDay as error:
            raise StopValidation("dates.wrong") from error

    def _value(self) -> str:
        written: str | None = getattr(self, "written", None)
        if written is not None:
            return written
        return thai_dates.write(self.data) if self.data else ""
