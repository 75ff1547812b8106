"""What a phone may count on that sends a household whole: the interview with its files."""

from __future__ import annotations

import hashlib
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.handset import Handset, Sealed, blank
from webapp import files
from webapp.models.evidence import Evidence
from webapp.models.household import Household
from webapp.models.interview import Interview, Receipt
from webapp.models.progress import VillageProgress

PICTURES = {"photo": b"\xff\xd8 a photo", "signature": b"\xff\xd8 a signature"}


class TestAHouseholdInOneRequest:
    def test_is_complete_at_once(self, app: Flask, mali: Handset, the_world: Session) -> None:
        one = mali.interview(PICTURES)
        answer = mali.put_whole(one)
        assert (answer.status_code, told(answer)) == (201, ("complete", []))
        for digest, content in one.files.items():
            assert files.read(app.config["JPT"].evidence, bytes.fromhex(digest)) == content
        assert the_world.scalars(select(Interview.evidence_due)).all() == [0]
        assert the_world.scalars(select(Receipt.level)).all() == ["complete"]

    def test_shows_on_its_household(self, mali: Handset, the_world: Session) -> None:
        mali.put_whole(mali.interview(PICTURES))
        home = the_world.scalars(select(Household).where(Household.interview_id.is_not(None))).one()
        assert (home.state, home.evidence_grade) == ("received", "weak")
        village = the_world.scalars(select(VillageProgress).where(VillageProgress.received == 1))
        assert village.one().evidence_weak == 1

    def test_brings_an_older_revision_what_it_lacks(self, mali: Handset) -> None:
        first = mali.interview(PICTURES)
        assert told(mali.put(first))[0] == "data"
        second = mali.seal(first.document | {"number": 2, "based_on": [first.digest]}, first.files)
        assert told(mali.put_whole(second)) == ("complete", [])
        assert told(mali.put(first)) == ("complete", [])

    def test_again_is_answered_with_the_same_receipt(self, mali: Handset) -> None:
        one = mali.interview(PICTURES)
        first, again = mali.put_whole(one), mali.put_whole(one)
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.get_json() == again.get_json()

    def test_brings_what_was_missing(self, mali: Handset) -> None:
        one = mali.interview(PICTURES)
        assert told(mali.put(one))[0] == "data"
        answer = mali.put_whole(one)
        assert (answer.status_code, told(answer)) == (200, ("complete", []))

    def test_is_whole_when_its_files_were_there_before(self, mali: Handset) -> None:
        one = mali.interview(PICTURES)
        for digest in one.files:
            assert mali.put_file(one, digest).status_code == 201
        assert told(mali.put_whole(one)) == ("complete", [])


class TestADamagedFile:
    def test_never_keeps_the_interview_out(self, mali: Handset, the_world: Session) -> None:
        one = mali.interview(PICTURES)
        sound, spoilt = one.files
        sent = one.files | {spoilt: one.files[spoilt][:-1] + b"?"}
        answer = mali.put_whole(Sealed(**vars(one) | {"files": sent}))
        assert (answer.status_code, told(answer)) == (201, ("data", [spoilt]))
        held = select(Evidence.sealed_sha256).where(Evidence.received_at.is_not(None))
        assert the_world.scalars(held).all() == [bytes.fromhex(sound)]
        assert told(mali.put_file(one, spoilt))[0] == "complete"

    def test_of_another_interview_is_not_kept(self, app: Flask, mali: Handset) -> None:
        one, stranger = mali.interview(PICTURES), b"nobody lists this"
        sent = one.files | {"": stranger}
        assert told(mali.put_whole(Sealed(**vars(one) | {"files": sent}))) == ("complete", [])
        digest = hashlib.sha256(stranger).digest()
        assert not files.holds(app.config["JPT"].evidence, digest)

    def test_that_is_cut_off_is_asked_for_again(self, mali: Handset) -> None:
        one = mali.interview(PICTURES)
        *_, last = one.files
        sizes = [len(one.envelope), *(len(content) for content in one.files.values())]
        told_of = ",".join(str(size) for size in sizes)
        cut = Sealed(**vars(one) | {"files": one.files | {last: one.files[last][:-5]}})
        assert mali.put_whole(cut, **{"Jpt-Parts": told_of}).status_code == 400
        assert told(mali.put_whole(one)) == ("complete", [])


class TestWhatIsRefused:
    def test_sizes_that_are_not_the_bodys(self, mali: Handset) -> None:
        one = mali.interview(PICTURES)
        for sizes in ("", "0", "1", "x", "1,,2", "-1", "1" * 60, ",".join("1" * 20)):
            answer = mali.put_whole(one, **{"Jpt-Parts": sizes})
            assert answer.get_json()["code"] == "malformed", sizes

    def test_a_file_too_large(self, mali: Handset) -> None:
        one = mali.interview({"photo": b"\xff" * (400 * 1024 + 1)})
        assert mali.put_whole(one).get_json()["code"] == "too-large"


class TestInCustody:
    def test_files_are_held_for_the_person_who_looks(
        self, mali: Handset, the_world: Session
    ) -> None:
        one = mali.interview(PICTURES, questionnaire="bmn-99")
        answer = mali.put_whole(one)
        assert (answer.status_code, told(answer)) == (202, ("custody", []))
        held = the_world.scalars(select(Evidence.sealed_sha256)).all()
        assert {one.hex() for one in held} == set(one.files)

    def test_bytes_that_are_no_interview_are_held_without_files(self, mali: Handset) -> None:
        one = mali.seal(blank(mali) | {"schema": 9}, {"": b"a file"})
        assert mali.put_whole(one).status_code == 202


def told(answer: Any) -> tuple[str, list[str]]:
    """Level and what is still missing."""
    said = answer.get_json()
    return said["level"], said.get("missing", [])
