"""The forms of villages and local administrations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask import request
from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import InputRequired

from webapp.queries.areas import Administration, VillageShown
from webapp.services.local_administration_import import TYPES
from webapp.services.local_administrations import Wanted
from webapp.services.villages import Corrected


class ImportForm(FlaskForm):
    """Nothing but the token; the file and the act come beside it."""


class Told(FlaskForm):
    """A form that can be told what is wrong, box by box."""

    revision = HiddenField(validators=[InputRequired()])
    other: dict[str, str]

    def tell(self, boxes: Mapping[str, str]) -> None:
        """Each refusal stands at its box; those of boxes not ours are kept in `other`."""
        self.other = {name: key for name, key in boxes.items() if name not in self}
        for name, key in boxes.items():
            if name in self:
                self[name].errors = [key]

    def number(self) -> int:
        """The revision; 0 where the box was tampered with, which is stale."""
        written = str(self.revision.data or "")
        return int(written) if written.isdecimal() and len(written) < 18 else 0


class VillageForm(Told):
    """What may be wrong about a village."""

    name_th = StringField()
    moo = StringField()
    administration = SelectField(validate_choice=False)
    latitude = StringField()
    longitude = StringField()

    @classmethod
    def of(cls, shown: VillageShown, offered: list[tuple[int, str]]) -> VillageForm:
        """The village in its form; what was typed goes before."""
        data = {
            "revision": str(shown.revision),
            "name_th": shown.name_th,
            "moo": str(shown.moo),
            "administration": str(shown.administration_id or ""),
            "latitude": "" if shown.latitude is None else f"{shown.latitude:.6f}",
            "longitude": "" if shown.longitude is None else f"{shown.longitude:.6f}",
        }
        form = cls(data=data)
        form.administration.choices = [("", "–"), *((str(id), name) for id, name in offered)]
        return form

    def corrected(self) -> Corrected:
        """What the form asks for."""
        chosen = str(self.administration.data or "")
        return Corrected(
            self.number(),
            str(self.name_th.data or ""),
            str(self.moo.data or ""),
            int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None,
            str(self.latitude.data or ""),
            str(self.longitude.data or ""),
        )


class AdministrationForm(Told):
    """A local administration; what it covers is asked a subdistrict at a time beside the form."""

    type = SelectField(validate_choice=False, choices={one: one for one in TYPES.values()})
    name_th = StringField()
    code = StringField()

    @classmethod
    def of(cls, shown: Administration | None) -> AdministrationForm:
        """The local administration in its form, or an empty one."""
        if shown is None:
            form = cls(data={"revision": "1"})
        else:
            data = {"revision": str(shown.revision), "type": shown.type, "name_th": shown.name_th}
            form = cls(data=data | {"code": shown.code or ""})
        form.other, form.known = {}, dict(shown.coverage) if shown else {}
        return form

    known: dict[str, str]

    def covered(self, subdistricts: Iterable[str]) -> dict[str, str]:
        """Coverage by subdistrict as chosen, or as known before anything was."""
        if request.method != "POST":
            return self.known
        chosen = {code: request.form.get(f"cover-{code}", "") for code in subdistricts}
        return {code: how for code, how in chosen.items() if how}

    def wanted(self, district: str, coverage: Mapping[str, str]) -> Wanted:
        """What the form asks for."""
        return Wanted(
            self.number(),
            str(self.type.data or ""),
            str(self.name_th.data or ""),
            str(self.code.data or ""),
            district,
            coverage,
        )
