"""Every visited household's interview goes to the register; some need a person to look."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from webapp.demo import cast, papers, proof, sending, working
from webapp.demo.cast import Person
from webapp.demo.fates import Fate
from webapp.demo.papers import Document
from webapp.demo.sending import Register, Sealed


def hand_over(register: Register, fate: Fate, round_id: str) -> None:
    """The interview is sent as this household's fate wants it."""
    made, sealed = _written(register, fate, round_id)
    if fate.custody:
        _TROUBLE[fate.custody](register, fate, made, sealed)
    else:
        late = fate.evidence == "not_arrived"
        sending.send(register, made, fate.volunteer, sealed, without_files=late)


def _written(
    register: Register, fate: Fate, round_id: str, *about: object
) -> tuple[Document, list[Sealed]]:
    interview = papers.interview_id(fate, *about)
    sealed = sending.seal_files(register, interview, proof.files(fate))
    lines = [one.line for one in sealed] + proof.entries(fate)
    made = working.as_worked(fate, papers.document(fate, round_id, lines), round_id)
    return made | {"interview": str(interview)}, sealed


def _handed_in(register: Register, fate: Fate, made: Document, sealed: list[Sealed]) -> None:
    """A colleague carries what somebody else finished."""
    colleague = _other(fate.volunteer)
    sending.send(register, made, fate.volunteer, sealed, carrier=colleague)


def _not_assigned(register: Register, fate: Fate, made: Document, sealed: list[Sealed]) -> None:
    """A volunteer interviews in a village that is somebody else's."""
    stranger = _other(fate.volunteer)
    author = {"account": str(stranger.id), "device": str(stranger.device)}
    sending.send(register, made | {"author": author}, stranger, sealed)


def _interviewed_twice(
    register: Register, fate: Fate, made: Document, sealed: list[Sealed]
) -> None:
    """The household is visited, then visited again as if nobody had been there."""
    sending.send(register, made, fate.volunteer, sealed)
    again, others = _written(register, fate, made["round"], "again")
    sending.send(register, again, fate.volunteer, others)


def _in_conflict(register: Register, fate: Fate, made: Document, sealed: list[Sealed]) -> None:
    """Two corrections of one interview, made on two phones from the same state."""
    sending.send(register, made, fate.volunteer, sealed)
    base = hashlib.sha256(papers.written(made)).hexdigest()
    for level in (6, 9):
        corrected = {
            **made,
            "number": 2,
            "based_on": [base],
            "answers": made["answers"] | {"happiness": level},
        }
        sending.send(register, corrected, fate.volunteer, [])


def _unknown_version(register: Register, fate: Fate, made: Document, sealed: list[Sealed]) -> None:
    """A phone that was never updated speaks of a questionnaire we do not have."""
    sending.send(register, made | {"questionnaire": "bmn-38"}, fate.volunteer, sealed)


def _other(person: Person) -> Person:
    place = cast.VOLUNTEERS.index(person)
    return cast.VOLUNTEERS[(place + 1) % len(cast.VOLUNTEERS)]


_TROUBLE: dict[str, Callable[[Register, Fate, Document, list[Sealed]], None]] = {
    "hand_in": _handed_in,
    "not_assigned": _not_assigned,
    "second_interview": _interviewed_twice,
    "conflict": _in_conflict,
    "unknown_version": _unknown_version,
}
