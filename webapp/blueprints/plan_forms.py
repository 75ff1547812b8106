"""The forms of the service plan, and what they say in the survey's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from webapp.blueprints.date_field import ThaiDateField
from webapp.domain import questionnaire
from webapp.domain.identifiers import to_arabic_digits
from webapp.domain.service_plan import SERVICES
from webapp.queries.plan import AreaTarget, Plan
from webapp.services.rounds import Refused, Wanted

PARAGRAPHS = 8
MOST_HOUSEHOLDS = 50_000_000


class YearForm(FlaskForm):
    """The year that a round is carried over into."""

    year = StringField(validators=[InputRequired("plan.year_wrong")])


class TargetsForm(FlaskForm):
    """Nothing but the token; the boxes are the areas'."""


class RevisionForm(FlaskForm):
    """A form that knows which revision it was filled in from."""

    revision = HiddenField(validators=[InputRequired()])

    def number(self) -> int:
        """The revision; 0 where the box was tampered with, which is stale."""
        written = str(self.revision.data or "")
        return int(written) if written.isdecimal() and len(written) < 18 else 0


class PlanForm(RevisionForm):
    """Name, questionnaire version, and two days a service; the days' boxes are added below."""

    name_th = StringField(
        validators=[InputRequired("plan.name_missing"), Length(max=120, message="plan.name_long")]
    )
    questionnaire_id = SelectField(validate_choice=False)

    def wanted(self) -> Wanted:
        """What the form asks for."""
        return Wanted(
            self.number(),
            str(self.name_th.data or "").strip(),
            str(self.questionnaire_id.data or ""),
            {
                service: (self[f"opens_{service}"].data, self[f"closes_{service}"].data)
                for service in SERVICES
            },
        )

    def said(self) -> dict[str, str]:
        """Every box as it shows itself, by name."""
        return {box.name: shown(box) for box in self.boxes()}

    def boxes(self) -> Iterator[Field]:
        """The boxes that hold the plan."""
        return (box for box in self if box.name not in ("csrf_token", "revision"))


for _service in SERVICES:
    setattr(PlanForm, f"opens_{_service}", ThaiDateField())
    setattr(PlanForm, f"closes_{_service}", ThaiDateField())


class NoticeForm(RevisionForm):
    """The notice: a title, and paragraphs each with a heading."""

    title_th = StringField(validators=[InputRequired("plan.notice_title_missing"), Length(max=200)])

    def pairs(self) -> list[tuple[Field, Field]]:
        """Heading and text of each paragraph."""
        return [(self[f"heading_{n}"], self[f"text_{n}"]) for n in range(PARAGRAPHS)]

    def wanted(self) -> dict[str, Any]:
        """The notice as a questionnaire has one; paragraphs without text are left out."""
        said = [(str(h.data or "").strip(), str(x.data or "").strip()) for h, x in self.pairs()]
        return {
            "title_th": str(self.title_th.data or "").strip(),
            "paragraphs": [{"heading_th": h, "text_th": x} for h, x in said if x],
        }


for _number in range(PARAGRAPHS):
    setattr(NoticeForm, f"heading_{_number}", StringField(validators=[Length(max=200)]))
    setattr(NoticeForm, f"text_{_number}", TextAreaField(validators=[Length(max=4_000)]))


def of_plan(plan: Plan, typed: Any = None) -> PlanForm:
    """The plan in its form; what was typed goes before."""
    days = {f"opens_{name}": one.opens_on for name, one in plan.windows.items()}
    days |= {f"closes_{name}": one.closes_on for name, one in plan.windows.items()}
    data = {
        "revision": str(plan.revision),
        "name_th": plan.name_th,
        "questionnaire_id": plan.questionnaire_id,
    }
    form = PlanForm(data=data | days) if typed is None else PlanForm(typed, data=data | days)
    form.questionnaire_id.choices = [(one, version_name(one)) for one in questionnaire.versions()]
    return form


def version_name(version: str) -> str:
    """A questionnaire version's name with its id."""
    name = questionnaire.load(version).get("name_th", "") if questionnaire.exists(version) else ""
    return f"{name} ({version})" if name else version


def of_notice(plan: Plan) -> NoticeForm:
    """The round's notice in its form, or the questionnaire's own."""
    notice = plan.notice or questionnaire.load(plan.questionnaire_id)["notice"]
    data = {"revision": str(plan.revision), "title_th": notice["title_th"]}
    for number, one in enumerate(notice["paragraphs"][:PARAGRAPHS]):
        data |= {f"heading_{number}": one["heading_th"], f"text_{number}": one["text_th"]}
    return NoticeForm(data=data)


def tell(form: FlaskForm, refused: Refused) -> None:
    """Each refusal stands at its box; one that has no box at the first."""
    boxes = [box for box in form if box.name not in ("csrf_token", "revision")]
    for name, key in refused.boxes.items():
        box = next((box for box in boxes if box.name == name), boxes[0])
        box.errors = [*box.errors, key]


def targets_of(
    typed: Mapping[str, str], areas: list[AreaTarget]
) -> tuple[dict[str, int | None], dict[str, str]]:
    """Targets by area code, and what is wrong with those that are no number."""
    wanted: dict[str, int | None] = {}
    wrong: dict[str, str] = {}
    for one in areas:
        written = to_arabic_digits(typed.get(f"target-{one.code}", "")).replace(",", "").strip()
        if not written:
            wanted[one.code] = None
        elif written.isdecimal() and len(written) < 18 and int(written) <= MOST_HOUSEHOLDS:
            wanted[one.code] = int(written)
        else:
            wrong[one.code] = "plan.target_wrong"
    return wanted, wrong


def shown(box: Field) -> str:
    """A box's content as people see it."""
    return str(box._value()) if hasattr(box, "_value") else str(box.data or "")
