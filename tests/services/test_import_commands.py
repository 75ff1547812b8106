"""The import commands: a dry run first, and all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.fixtures.lists import forget_everything, layer, square
from webapp.models.account import Account
from webapp.models.area import Area, Village
from webapp.models.household import Household
from webapp.models.survey_round import Round

HEADING = "village_code,name_th,lat,lon\n"
GOOD = "43010801,บ้านสมมุติ,17.9,102.9\n"


@pytest.fixture
def country(register: Session) -> Iterator[Session]:
    """No areas before, and none left behind."""
    forget_everything(register)
    yield register
    forget_everything(register)


def run(app: Flask, *words: object, typed: str | None = None) -> Result:
    return app.test_cli_runner().invoke(args=[str(word) for word in words], input=typed)


def villages(session: Session) -> int | None:
    session.rollback()
    return session.scalar(select(func.count()).select_from(Village))


class TestAnImport:
    def test_run_dry_says_what_would_happen_and_changes_nothing(
        self, app: Flask, country: Session, tmp_path: Path
    ) -> None:
        run(app, "areas", "seed", "--province", "43")
        (tmp_path / "v.csv").write_text(HEADING + GOOD)
        done = run(app, "areas", "import", tmp_path / "v.csv", "--dry-run")
        assert done.exit_code == 0
        assert "ถ้านำเข้าจริง จะได้: เพิ่ม 1" in done.output
        assert villages(country) == 0

    def test_with_a_mistake_names_the_row_and_changes_nothing(
        self, app: Flask, country: Session, tmp_path: Path
    ) -> None:
        run(app, "areas", "seed", "--province", "43")
        (tmp_path / "v.csv").write_text(HEADING + GOOD + "x,บ้านผิด,,\n")
        done = run(app, "areas", "import", tmp_path / "v.csv")
        assert done.exit_code == 1
        assert "แถว 3" in done.output
        assert villages(country) == 0

    def test_of_an_unreadable_file_says_so_in_one_sentence(
        self, app: Flask, country: Session, tmp_path: Path
    ) -> None:
        (tmp_path / "v.csv").write_text("a,b\n")
        done = run(app, "areas", "import", tmp_path / "v.csv")
        assert done.exit_code == 1
        assert done.output.startswith("Error: ไม่พบคอลัมน์")

    def test_takes_boundaries_villages_and_households_one_after_another(
        self, app: Flask, country: Session, tmp_path: Path
    ) -> None:
        run(app, "areas", "seed", "--province", "43")
        box = layer(tmp_path / "b.geojson", {"43": square(102.0, 17.5, 1.5)}, "ADM1_PCODE")
        assert run(app, "areas", "import", box, "--level", "province").exit_code == 0
        (tmp_path / "v.csv").write_text(HEADING + GOOD + "43010802,บ้านอื่น,13.72707,100.53409\n")
        done = run(app, "areas", "import", tmp_path / "v.csv")
        assert "ควรตรวจ 1" in done.output
        country.add(Round(id="2569", name_th="ก", questionnaire_id="bmn-31", is_current=True))
        country.commit()
        (tmp_path / "h.csv").write_text("village,house_number\n43010801,9\n")
        assert run(app, "households", "import", tmp_path / "h.csv").exit_code == 0
        assert country.scalar(select(Household.path)) == "TH.43.4301.430108.43010801."
        assert country.scalar(select(Area.boundary_source).where(Area.code == "43")) == "b.geojson"

    def test_of_households_needs_a_round(
        self, app: Flask, country: Session, tmp_path: Path
    ) -> None:
        (tmp_path / "h.csv").write_text("village,house_number\n43010801,9\n")
        done = run(app, "households", "import", tmp_path / "h.csv")
        assert (done.exit_code, "ไม่พบรอบ" in done.output) == (1, True)


class TestAnAccountAtTheCommandLine:
    def test_takes_its_password_from_standard_input_and_never_shows_it(
        self, app: Flask, country: Session
    ) -> None:
        run(app, "areas", "seed", "--province", "43")
        words = ("accounts", "add", "somsri", "--role", "inspector", "--name", "สมศรี ก")
        done = run(app, *words, "--area", "4301", typed="a long password\n")
        assert (done.exit_code, done.output) == (0, "เพิ่มบัญชี somsri แล้ว\n")
        assert "somsri\tinspector" in run(app, "accounts", "list").output
        account = country.scalars(select(Account)).one()
        assert account.password_hash.startswith("$argon2id$")

    def test_shows_a_generated_password_once(self, app: Flask, country: Session) -> None:
        run(app, "areas", "seed", "--province", "43")
        words = ("accounts", "add", "somsri", "--role", "viewer", "--name", "ก", "--area", "43")
        assert "รหัสผ่าน: " in run(app, *words, "--generate").output

    def test_that_is_refused_says_why(self, app: Flask, country: Session) -> None:
        words = ("accounts", "add", "somsri", "--role", "viewer", "--name", "ก", "--area", "43")
        done = run(app, *words, "--generate")
        assert (done.exit_code, "ไม่พบพื้นที่ 43" in done.output) == (1, True)


class TestTheDemoAtTheCommandLine:
    def test_is_refused_where_the_register_is_real(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(app.config, "JPT", replace(app.config["JPT"], demo=False))
        for words in (("load",), ("generate", "--households", 1)):
            done = run(app, "demo", *words)
            assert (done.exit_code, "JPT_DEMO" in done.output) == (1, True)

    def test_shows_its_cast_with_their_passwords(self, app: Flask) -> None:
        done = run(app, "demo", "cast")
        assert done.exit_code == 0
        assert "mali-demo-2565" in done.output
        assert "กรม" in done.output
