"""The forms of people: their details, a new person, another area."""

from __future__ import annotations

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField, TextAreaField

from webapp.blueprints.area_picker import LEVELS, AreaPicker
from webapp.domain.actors import Level, Role
from webapp.domain.people import name_parts
from webapp.models.account import Account
from webapp.models.person import PersonDetails
from webapp.services.people_changes import Written

PLACED_BY = {
    (Role.VOLUNTEER, None): LEVELS,
    (Role.INSPECTOR, None): LEVELS[:2],
    (Role.VIEWER, None): LEVELS[:2],
    (Role.OFFICER, Level.PROVINCE): LEVELS[:1],
    (Role.OFFICER, Level.DISTRICT): LEVELS[:2],
}
"""Which lists lead to the area that such a person belongs to."""


class ActForm(FlaskForm):
    """A reason, and nothing else."""

    reason = TextAreaField()


class TransferForm(AreaPicker):
    """Where the person goes, why, and which state of theirs was looked at."""

    revision = IntegerField()
    reason = TextAreaField()


class DetailsForm(AreaPicker):
    """What an officer writes about a person; for volunteers the lists give the home village."""

    revision = HiddenField()
    title_th = StringField()
    given = StringField()
    family = StringField()
    national_id = StringField()
    phone = StringField()
    agency_th = StringField()
    position_th = StringField()

    def written(self, home: str) -> Written:
        """What was typed, with the home village chosen."""
        names = (
            "title_th", "given", "family", "national_id", "phone", "agency_th", "position_th"
        )  # fmt: skip
        typed = {name: str(self[name].data or "") for name in names}
        return Written(**typed, home_village_code=home)

    def show(self, account: Account, kept: PersonDetails | None) -> None:
        """The form as it begins: what is known, without the numbers."""
        self.given.data, self.family.data = name_parts(account.name_th)
        self.revision.data = str(account.revision)
        if kept:
            self.title_th.data = kept.title_th
            self.agency_th.data, self.position_th.data = kept.agency_th, kept.position_th

    def tell(self, found: dict[str, str]) -> bool:
        """Whether something is wrong; said beside its box, on the lowest list for an area."""
        for field, key in found.items():
            self[self.levels[-1] if field == "area_code" else field].errors = [key]
        return bool(found)
