"""One interview as an inspector reads it: what was answered, what came of it, how it was done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select, text
from sqlalchemy.orm import Session, aliased

from webapp.domain import answer_words, questionnaire
from webapp.domain.problems import Problem
from webapp.models.area import Area, Village
from webapp.models.household import Household
from webapp.models.interview import Evidence, Interview, Revision

PICTURES = ("photo", "other_photo", "signature")

_PEOPLE = text("select id, name_th from jpt_interview_people(:interview)")


@dataclass(frozen=True)
class Shown:
    """Everything that the panel of one household says."""

    interview: Interview
    place: Row[Any]
    head: Revision
    history: Sequence[Revision]
    people: dict[UUID, str]
    pictures: Sequence[Evidence]
    definition: dict[str, Any]

    @property
    def document(self) -> dict[str, Any]:
        """The finished interview as it was told, without ID numbers."""
        return self.head.answers

    @property
    def parts(self) -> list[answer_words.Part]:
        """Cover, members and sections in words."""
        return answer_words.parts_of(self.definition, self.document) if self.definition else []

    @property
    def indicators(self) -> list[dict[str, Any]]:
        """Each indicator's result with its plain words."""
        named = {one["no"]: one for one in self.definition.get("indicators", [])}
        found = self.head.evaluation.get("indicators", [])
        return [{**named.get(one["no"], {}), **one} for one in found]

    @property
    def failures(self) -> list[dict[str, Any]]:
        """The edit rules that fail, with the volunteer's explanation of each."""
        told = self.document.get("explanations", {})
        names = answer_words.member_names(self.document.get("members", []))
        return [
            {
                **failure,
                "explanation": told.get(f"{failure['id']}:{failure.get('member')}")
                or told.get(failure["id"]),
                "name": names.get(failure.get("member", ""), ""),
            }
            for failure in self.head.evaluation.get("failures", [])
        ]

    @property
    def positions(self) -> list[dict[str, Any]]:
        """The fixes that were handed in, with what the phone said of them."""
        return [e for e in self.document.get("evidence", []) if e.get("kind") == "position"]

    @property
    def other_evidence(self) -> list[str]:
        """Other proof of consent, in the volunteer's words."""
        evidence = self.document.get("evidence", [])
        return [str(e.get("note", "")) for e in evidence if e.get("kind") == "other"]

    @property
    def seconds(self) -> list[tuple[str, int]]:
        """How long each section was on the screen."""
        titles = {s["id"]: s["title_th"] for s in self.definition.get("sections", [])}
        spent = self.document.get("paradata", {}).get("section_seconds", {})
        return [(titles.get(section, section), int(value)) for section, value in spent.items()]

    @property
    def shortcuts(self) -> list[str]:
        """The sections answered by one tap (ทุกข้อปกติ)."""
        titles = {s["id"]: s["title_th"] for s in self.definition.get("sections", [])}
        used = self.document.get("paradata", {}).get("shortcuts", [])
        return [titles.get(one.get("section"), one.get("section")) for one in used]


def read(session: Session, interview_id: UUID) -> Shown:
    """The interview with its head revision, its history and its pictures, in four selects.

    Raises:
        Problem: `not-found` where there is none in the asker's areas.
    """
    interview = session.get(Interview, interview_id)
    revisions = _revisions(session, interview_id) if interview else []
    head = next(
        (one for one in revisions if interview and one.digest == interview.head_digest), None
    )
    if interview is None or head is None:
        raise Problem("not-found")
    known = questionnaire.exists(head.questionnaire_id)
    return Shown(
        interview=interview,
        place=_place(session, interview),
        head=head,
        history=revisions,
        people={
            row.id: row.name_th for row in session.execute(_PEOPLE, {"interview": interview_id})
        },
        pictures=_pictures(session, interview_id),
        definition=questionnaire.load(head.questionnaire_id) if known else {},
    )


def shows_evidence(session: Session, interview_id: UUID, sealed_sha256: bytes) -> bool:
    """Whether this picture lies inside the asker's areas; row-level security decides."""
    found = session.scalar(
        select(Evidence.interview_id).where(
            Evidence.interview_id == interview_id,
            Evidence.sealed_sha256 == sealed_sha256,
            Evidence.listed_in.is_not(None),
        )
    )
    return found is not None


def _revisions(session: Session, interview_id: UUID) -> Sequence[Revision]:
    """Newest first."""
    return session.scalars(
        select(Revision)
        .where(Revision.interview_id == interview_id)
        .order_by(Revision.number.desc(), Revision.received_at.desc())
    ).all()


def _pictures(session: Session, interview_id: UUID) -> Sequence[Evidence]:
    return session.scalars(
        select(Evidence)
        .where(Evidence.interview_id == interview_id, Evidence.kind.in_(PICTURES))
        .where(Evidence.listed_in.is_not(None))
        .order_by(Evidence.kind, Evidence.taken_at, Evidence.sealed_sha256)
    ).all()


def _place(session: Session, interview: Interview) -> Row[Any]:
    """The household and the areas it lies in; points as degrees (EPSG:4326)."""
    village, subdistrict, district = aliased(Area), aliased(Area), aliased(Area)
    return session.execute(
        select(
            Household.house_number,
            Household.house_code,
            Household.head_name,
            Household.state,
            village.name_th.label("village"),
            Village.moo,
            subdistrict.name_th.label("subdistrict"),
            district.name_th.label("district"),
            func.st_x(Village.point).label("village_longitude"),
            func.st_y(Village.point).label("village_latitude"),
            func.st_x(Interview.point).label("longitude"),
            func.st_y(Interview.point).label("latitude"),
        )
        .select_from(Interview)
        .join(Household, Household.id == Interview.household_id)
        .join(Village, Village.code == Household.village_code)
        .join(village, village.code == Village.code)
        .join(subdistrict, subdistrict.code == Village.subdistrict_code)
        .join(district, district.code == subdistrict.parent_code)
        .where(Interview.id == interview.id)
    ).one()
