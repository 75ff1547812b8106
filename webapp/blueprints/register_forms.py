"""The forms of registering: what was typed, the areas to choose from, and what is wrong."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from flask_wtf import FlaskForm
from sqlalchemy.orm import Session
from wtforms import BooleanField, HiddenField, SelectMultipleField, StringField
from wtforms.fields import Field

from webapp.blueprints.area_picker import LEVELS, AreaPicker
from webapp.blueprints.language import t
from webapp.domain.actors import Role
from webapp.domain.registration import NOTICE_VERSION, Wish, problems
from webapp.queries import area_choices
from webapp.services import registration


class RegistrationForm(AreaPicker):
    """What volunteers and inspectors write alike."""

    role: Role

    request_id = HiddenField()
    title_th = StringField()
    given = StringField()
    family = StringField()
    national_id = StringField()
    phone = StringField()
    agreed = BooleanField()

    def request(self) -> UUID:
        """The id made with the page, so that what is sent twice is one registration."""
        try:
            return UUID(str(self.request_id.data))
        except ValueError:
            return uuid4()

    def area_code(self) -> str:
        """The area that the person says they belong to; empty where it is not chosen yet."""
        raise NotImplementedError

    def wish(self) -> Wish:
        """What was typed, as the register takes it."""
        return Wish(
            request=self.request(),
            role=self.role,
            title_th=str(self.title_th.data or ""),
            given=str(self.given.data or ""),
            family=str(self.family.data or ""),
            national_id=str(self.national_id.data or ""),
            phone=str(self.phone.data or ""),
            area_code=self.area_code(),
            agreed_to=NOTICE_VERSION if self.agreed.data else "",
        )

    def prepare(self, session: Session) -> None:
        """Every list holds what can be chosen now; what is chosen stays chosen."""
        if not self.request_id.data:
            self.request_id.data = str(uuid4())
        self.fill(session)

    def problems(self, session: Session) -> bool:
        """Whether something must be put right; said beside its box."""
        wish = self.wish()
        found = problems(wish) | registration.area_problems(session, wish)
        for field, key in found.items():
            self._box(field).errors = [key]
        return bool(found)

    def told(self) -> dict[str, list[str]]:
        """What is wrong, box by box."""
        return {name: [t(one) for one in told] for name, told in self.errors.items()}

    def _box(self, field: str) -> Field:
        names = {"area_code": self.levels[-1], "agreed_to": "agreed"}
        return self[names.get(field, field)]


class VolunteerForm(RegistrationForm):
    """A volunteer's: the home village, and the villages offered to work in."""

    role = Role.VOLUNTEER

    village_name = StringField()
    found = StringField()
    offered = SelectMultipleField(validate_choice=False)
    more = SelectMultipleField(validate_choice=False)

    def area_code(self) -> str:
        return str(self.village.data or "")

    def wish(self) -> Wish:
        home = self.area_code()
        offered = tuple(self.offered.data or ()) or ((home,) if home else ())
        return replace(super().wish(), offered=offered)

    def prepare(self, session: Session) -> None:
        """Also the villages to offer: of the home subdistrict, and of others asked for."""
        self.take_found(session)
        super().prepare(session)
        home = str(self.subdistrict.data or "")
        others = [str(one) for one in self.more.data or () if one != home]
        self.offered.choices = [
            (one.code, one.name_th)
            for code in [home, *others]
            if code
            for one in area_choices.below(session, code)
        ]
        self.more.choices = [
            (code, name) for code, name in self.subdistrict.choices if code not in ("", home)
        ]
        if not self.offered.data and self.village.data:
            self.offered.data = [self.village.data]

    def take_found(self, session: Session) -> None:
        """A village found by its name is the one chosen."""
        if not self.found.data:
            return
        self.choose(session, str(self.found.data))


class InspectorForm(RegistrationForm):
    """An inspector's: the district (or the whole province), the agency and the position there."""

    role = Role.INSPECTOR
    levels = LEVELS[:2]

    agency_th = StringField()
    position_th = StringField()

    def area_code(self) -> str:
        return self.chosen()

    def wish(self) -> Wish:
        return replace(
            super().wish(),
            agency_th=str(self.agency_th.data or ""),
            position_th=str(self.position_th.data or ""),
        )


class StatusForm(FlaskForm):
    """The code that was shown after registering."""

    code = StringField()
